// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/colorbench.h"

#include "image/qtbridge.h"
#include "image/resample.h"
#include "operation/hintpropagation.h"
#include "operation/operationrecord.h"
#include "session/buffersink.h"
#include "session/modelenvironment.h"
#include "session/uprightsource.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// Of uncertainty(): the network spreads its guesses, so most places are at 0.8 to 0.94. On 100
/// training photos three cells of ten lie above this, and their colours are wrong by 0.15 where
/// those of the others are by 0.11.
constexpr float SureBelow = 0.917F;
constexpr float Unsure = 0.95F; ///< with all of the veil
constexpr int LeastVeil = 60;   ///< opacity, of 255
constexpr int MostVeil = 170;
/// Only the least sure part of a picture is marked, however little is known of the rest.
constexpr double MostMarked = 0.3;
constexpr double Apart = 0.12;     ///< of the longest side, between two doubtful places
constexpr qsizetype MostPlaces = 12;

} // namespace

Result<void> ColorBench::answer(const AiRun &run, Reading reading,
                                const std::shared_ptr<TileStore> &store, ModelEnvironment &models,
                                const Progress &progress)
{
    auto settings = ColorizeSettings::fromParameters(run.content.parameters);
    if (!settings)
        return fail(settings.error());
    const Snapshot &source = run.source;
    const Fingerprint made =
        FingerprintBuilder()
            .add(fingerprintBelow(source.canvas, source.stack, source.stack.count()))
            .add(run.content.method)
            .add(run.content.modelSha256)
            .result();
    if (!m_tool || !(made == m_source)) {
        m_tool.reset();
        auto tool = Colorize::create(pictureOf(source.canvas), *settings, models.context());
        if (!tool)
            return fail(tool.error());
        m_picture = std::make_unique<CompositorSource>(source, store);
        m_levels = std::make_unique<Compositor>(store);
        m_levels->setState(source);
        m_tool = std::move(*tool);
        m_source = made;
        m_state = State::Unread;
        m_ground = {};
        m_knowsSubject = false;
        ++m_made;
    }
    if (auto ready = read(reading, progress.sub(0, 0.5)); !ready)
        return fail(ready.error());
    if (reading == Reading::Exact && m_tool->wantsSubject(*settings)) {
        if (auto found = m_tool->findSubject(progress.sub(0.5, 0)); !found)
            return fail(found.error());
        m_knowsSubject = true;
    }
    return m_tool->answer(*settings, progress);
}

void ColorBench::takeSubject(const Planes &subject, int made)
{
    if (!m_tool || made != m_made)
        return;
    m_tool->takeSubject(subject);
    m_knowsSubject = true;
}

Result<void> ColorBench::read(Reading reading, const Progress &progress)
{
    if (m_state == State::Exact || (m_state == State::Quick && reading == Reading::Quick))
        return {};
    int level = 0;
    const auto side = [&](int of) {
        const QSize size = m_levels->levelSize(of);
        return std::max(size.width(), size.height());
    };
    while (level + 1 < m_levels->levelCount() && side(level + 1) >= 2 * ColorGuide::longestSide)
        ++level;
    if (reading == Reading::Quick && level > 0) {
        MemorySource small(m_levels->render(QRect(QPoint(0, 0), m_levels->levelSize(level)), level),
                           m_picture->icc());
        if (auto ready = m_tool->prepareFrom(small, progress); !ready)
            return fail(ready.error());
        m_state = State::Quick;
        return {};
    }
    if (auto ready = m_tool->prepareFrom(*m_picture, progress); !ready)
        return fail(ready.error());
    m_state = State::Exact;
    return {};
}

Result<AiResult> ColorBench::whole(const AiRun &run, const std::shared_ptr<TileStore> &store,
                                   const Progress &progress)
{
    AiResult result{run.source, run.content, {}, {}};
    BufferSink sink(run.target, run.source.canvas.format, store);
    auto record = m_tool->run(*m_picture, sink, progress);
    if (!record)
        return fail(record.error());
    result.record = *record;
    result.pixels = sink.take();
    result.pixels.contentHash(); // computed here, where nobody waits; tiles remember it
    result.content.record = recordToJson(result.record);
    return result;
}

Result<ColorBench::Look> ColorBench::part(const QRect &region, double scale, double opacity)
{
    // As many pixels as the screen has: a softer look than the picture would flicker, a larger one
    // would come later.
    const QSize size = m_picture->size();
    const double reduced = std::min(scale, 1.0);
    const QSize shown(std::max(1, int(std::lround(size.width() * reduced))),
                      std::max(1, int(std::lround(size.height() * reduced))));
    const double x = double(size.width()) / shown.width();
    const double y = double(size.height()) / shown.height();
    const QRect rect = QRectF(region.x() / x, region.y() / y, region.width() / x,
                              region.height() / y)
                           .toAlignedRect() &
                       QRect(QPoint(0, 0), shown);
    if (rect.isEmpty())
        return Look();
    if (m_ground.picture != shown || m_ground.rect != rect) {
        auto pixels = groundOf(shown, rect);
        if (!pixels)
            return fail(pixels.error());
        m_ground = {shown, rect, std::move(*pixels)};
    }
    Image pixels = m_ground.pixels;
    m_tool->fieldFor(shown).paint(pixels, rect.topLeft(), opacity);
    return Look{toScreenImage(pixels), QRectF(rect.x() * x, rect.y() * y, rect.width() * x,
                                              rect.height() * y)};
}

/// A part of the picture made so small, in sRGB.
Result<Image> ColorBench::groundOf(QSize shown, const QRect &rect)
{
    int level = 0;
    const auto isEnough = [&](QSize size) {
        return size.width() >= shown.width() && size.height() >= shown.height();
    };
    while (level + 1 < m_levels->levelCount() && isEnough(m_levels->levelSize(level + 1)))
        ++level;
    const PixelFormat format{m_picture->format().hasAlpha() ? Channels::Rgba : Channels::Rgb,
                             Depth::U8};
    const auto toScreen = ColorTransform::create(m_levels->canvas().profile, m_picture->format(),
                                                 ColorProfile::sRgb(), format);
    if (!toScreen)
        return fail(ErrorCode::Internal, {QStringLiteral("colours: the profile does not fit")});
    const Resampler resampler(m_levels->levelSize(level), shown);
    const QRect from = resampler.sourceRect(rect);
    return toScreen->apply(
        resampler.apply(m_levels->render(from, level), from.topLeft(), rect));
}

ColorBench::Doubt ColorBench::doubt() const
{
    const ColorGuide &guide = m_tool->guide();
    const Planes unsure = uncertainty(m_tool->lastAnswer());
    const int width = std::min(unsure.width, (guide.content.width() + HintCell - 1) / HintCell);
    const int height = std::min(unsure.height, (guide.content.height() + HintCell - 1) / HintCell);
    Doubt doubt;
    doubt.veil = QImage(width, height, QImage::Format_ARGB32_Premultiplied);
    std::vector<float> all;
    for (int y = 0; y < height; ++y)
        all.insert(all.end(), unsure.row(0, y), unsure.row(0, y) + width);
    const auto least = all.begin() + qsizetype(double(all.size()) * (1 - MostMarked));
    std::nth_element(all.begin(), least, all.end());
    const float from = std::max(SureBelow, *least);
    std::vector<std::pair<float, QPoint>> cells;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float value = unsure.row(0, y)[x];
            const float share = std::clamp((value - SureBelow) / (Unsure - SureBelow), 0.0F, 1.0F);
            const bool isMarked = value >= from;
            const int alpha = LeastVeil + int(std::lround(share * (MostVeil - LeastVeil)));
            doubt.veil.setPixelColor(x, y, QColor(255, 170, 40, isMarked ? alpha : 0));
            if (isMarked)
                cells.emplace_back(value, QPoint(x, y));
        }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    const double apart = std::max(width, height) * Apart;
    const QSizeF cell(double(HintCell) / guide.scaleX(), double(HintCell) / guide.scaleY());
    for (const auto &[value, at] : cells) {
        const QPointF place((at.x() + 0.5) * cell.width(), (at.y() + 0.5) * cell.height());
        const bool isNew =
            std::none_of(doubt.places.begin(), doubt.places.end(), [&](const QPointF &other) {
                return std::hypot((other.x() - place.x()) / cell.width(),
                                  (other.y() - place.y()) / cell.height()) < apart;
            });
        if (isNew)
            doubt.places += place;
        if (doubt.places.size() == MostPlaces)
            break;
    }
    return doubt;
}

std::vector<ColorSuggestion> ColorBench::suggestions(QPointF place, int count) const
{
    return heirloom::suggestions(m_tool->guide(), m_tool->lastAnswer(), m_tool->bins(), place,
                                 count);
}

} // namespace heirloom

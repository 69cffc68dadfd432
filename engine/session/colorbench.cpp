// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/colorbench.h"

#include "image/qtbridge.h"
#include "operation/hintpropagation.h"
#include "operation/operationrecord.h"
#include "session/buffersink.h"
#include "session/modelenvironment.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr float SureBelow = 0.45F; ///< of uncertainty(): what is as sure as this needs no look
constexpr int Veil = 170;          ///< opacity where nothing is known, of 255
constexpr double Apart = 0.12;     ///< of the longest side, between two doubtful places
constexpr qsizetype MostPlaces = 12;

} // namespace

Result<void> ColorBench::answer(const AiRun &run, const std::shared_ptr<TileStore> &store,
                                ModelEnvironment &models, const Progress &progress)
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
        if (auto ready = (*tool)->prepare(*m_picture, progress.sub(0, 0.5)); !ready)
            return fail(ready.error());
        m_tool = std::move(*tool);
        m_source = made;
    }
    return m_tool->answer(*settings, progress);
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
    const QSize size = m_picture->size();
    // Not fewer pixels than the screen has: a look that is softer than the picture would flicker.
    const int level = std::clamp(int(std::floor(-std::log2(std::max(scale, 1e-6)))), 0,
                                 m_levels->levelCount() - 1);
    const QSize small = m_levels->levelSize(level);
    const double x = double(size.width()) / small.width();
    const double y = double(size.height()) / small.height();
    const QRect rect = QRectF(region.x() / x, region.y() / y, region.width() / x,
                              region.height() / y)
                           .toAlignedRect() &
                       QRect(QPoint(0, 0), small);
    if (rect.isEmpty())
        return Look();
    const PixelFormat shown{m_picture->format().hasAlpha() ? Channels::Rgba : Channels::Rgb,
                            Depth::U8};
    const auto toScreen = ColorTransform::create(m_levels->canvas().profile, m_picture->format(),
                                                 ColorProfile::sRgb(), shown);
    if (!toScreen)
        return fail(ErrorCode::Internal, {QStringLiteral("colours: the profile does not fit")});
    Image pixels = toScreen->apply(m_levels->render(rect, level));
    m_tool->fieldFor(small).paint(pixels, rect.topLeft(), opacity);
    return Look{toScreenImage(pixels), QRectF(rect.x() * x, rect.y() * y, rect.width() * x,
                                              rect.height() * y)};
}

ColorBench::Doubt ColorBench::doubt() const
{
    const ColorGuide &guide = m_tool->guide();
    const Planes unsure = uncertainty(m_tool->lastAnswer());
    const int width = std::min(unsure.width, (guide.content.width() + HintCell - 1) / HintCell);
    const int height = std::min(unsure.height, (guide.content.height() + HintCell - 1) / HintCell);
    Doubt doubt;
    doubt.veil = QImage(width, height, QImage::Format_ARGB32_Premultiplied);
    std::vector<std::pair<float, QPoint>> cells;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float value = unsure.row(0, y)[x];
            const double share = std::clamp((value - SureBelow) / (1 - SureBelow), 0.0F, 1.0F);
            doubt.veil.setPixelColor(x, y, QColor(255, 170, 40, int(std::lround(share * Veil))));
            if (value > SureBelow)
                cells.emplace_back(value, QPoint(x, y));
        }
    }
    std::stable_sort(cells.begin(), cells.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    const double apart = std::max(width, height) * Apart;
    const QSizeF cell(double(HintCell) / guide.scaleX(), double(HintCell) / guide.scaleY());
    for (const auto &[value, at] : cells) {
        const QPointF place((at.x() + 0.5) * cell.width(), (at.y() + 0.5) * cell.height());
        const bool isNew = std::none_of(
            doubt.places.begin(), doubt.places.end(), [&](const QPointF &other) {
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

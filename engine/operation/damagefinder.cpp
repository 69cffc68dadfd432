// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagefinder.h"

#include "image/cvbridge.h"
#include "image/resample.h"
#include "inference/tiledrunner.h"
#include "operation/damagefeatures.h"
#include "operation/damagepieces.h"
#include "operation/damageweights.h"
#include "operation/detailscale.h"
#include "operation/eyeguard.h"
#include "operation/logisticweights.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int Core = 768; ///< of a tile, pixels of confidence
/// Of the threshold, how sure what hangs together with a certain core has to be.
constexpr double Less = 0.4;
/// Smallest pieces, pixels of confidence.
constexpr int SmallestSpot = 4;
/// A line is at least this long, and this many times as long as it is wide.
constexpr double ShortestLine = 16;
constexpr double Slenderness = 3;

/// Planes of 0..255 and where nothing is transparent, of a piece.
struct Piece {
    Planes colors;
    cv::Mat opaque; ///< 0..1
};

Result<Piece> readPiece(ImageSource &source, const QRect &r)
{
    const auto read = source.read(r);
    if (!read)
        return fail(read.error());
    const ConstMat pixels(read->converted({Channels::Rgba, Depth::F32}));
    const auto aligned = [](int side) {
        return (side + damageAlignment - 1) / damageAlignment * damageAlignment;
    };
    const cv::Size size(aligned(r.width()), aligned(r.height()));
    cv::Mat wide;
    cv::copyMakeBorder(pixels.mat(), wide, 0, size.height - r.height(), 0,
                       size.width - r.width(), cv::BORDER_REPLICATE);
    std::array<cv::Mat, 4> channels;
    cv::split(wide, channels.data());
    Piece piece{Planes(3, size.width, size.height), channels[3]};
    for (int c = 0; c < 3; ++c)
        copyFromMat(cv::max(cv::min(channels[size_t(c)], 1.0), 0.0) * 255, piece.colors, c);
    return piece;
}

/// A long line of strong contrast where little else stands out is damage, or looks like it,
/// whatever the weights know of it: they have seen few pictures that plain.
bool isPlainLine(const std::array<float, damageFeatureCount> &features)
{
    constexpr size_t perWidth = 8, crowd = 6;
    constexpr float strongest = 30, timesCrowd = 7, share = 1.2F;
    for (size_t width = 0; width < 4 * perWidth; width += perWidth) {
        const float around = std::expm1(features[width + crowd]);
        for (const size_t polarity : {size_t(0), size_t(3)}) {
            const float response = std::expm1(features[width + polarity]);
            if (response >= strongest && response >= timesCrowd * (around + 1) &&
                features[width + polarity + 1] >= 2 * share)
                return true;
        }
    }
    return false;
}

/// core and what lies around it, in pixels of confidence.
Result<Image> confidenceOf(ImageSource &source, const QRect &core, const QRect &around,
                           const Progress &progress)
{
    const auto piece = readPiece(source, around);
    if (!piece)
        return fail(piece.error());
    const auto features = damageFeatures(piece->colors, progress);
    if (!features)
        return fail(features.error());
    Image out(core.size(), {Channels::Gray, Depth::U8});
    const QPoint offset = core.topLeft() - around.topLeft();
    for (int y = 0; y < core.height(); ++y) {
        quint8 *to = out.samples<quint8>(y);
        const auto *opaque = piece->opaque.ptr<float>(y + offset.y());
        for (int x = 0; x < core.width(); ++x) {
            const int at = x + offset.x();
            std::array<float, damageFeatureCount> of;
            for (int i = 0; i < damageFeatureCount; ++i)
                of[size_t(i)] = features->row(i, y + offset.y())[at];
            const float sure = isPlainLine(of) ? 1.0F : logistic<DamageWeights>(of);
            to[x] = opaque[at] > 0 ? quint8(std::lround(sure * 255)) : quint8(0);
        }
    }
    return out;
}

/// A picture as a network takes it; what was read is remembered, in 8 bits.
class DetailSource : public TileSource
{
public:
    explicit DetailSource(ImageSource &source)
        : m_source(source)
        , m_seen(source.size(), {Channels::Rgba, Depth::U8})
    {
    }
    QSize size() const override { return m_seen.size(); }
    bool isOpaque(int x, int y) const { return m_seen.constSamples<quint8>(y)[4 * x + 3] > 0; }
    const Image &seen() const { return m_seen; }

    Result<ModelInput> read(const QRect &r) override
    {
        const auto piece = readPiece(m_source, r);
        if (!piece)
            return fail(piece.error());
        ModelInput input;
        input.image = Planes(3, r.width(), r.height());
        for (int y = 0; y < r.height(); ++y) {
            quint8 *out = m_seen.samples<quint8>(r.top() + y) + 4 * r.left();
            for (int c = 0; c < 3; ++c) {
                const float *in = piece->colors.row(c, y);
                std::transform(in, in + r.width(), input.image.row(c, y),
                               [](float v) { return v / 255; });
                for (int x = 0; x < r.width(); ++x)
                    out[4 * x + c] = quint8(std::lround(in[x]));
            }
            const auto *opaque = piece->opaque.ptr<float>(y);
            for (int x = 0; x < r.width(); ++x)
                out[4 * x + 3] = opaque[x] > 0 ? 255 : 0;
        }
        return input;
    }

private:
    ImageSource &m_source;
    Image m_seen;
};

class ConfidenceSink : public TileSink
{
public:
    ConfidenceSink(const DetailSource &source, Image &confidence)
        : m_source(source)
        , m_confidence(confidence)
    {
    }

    Result<void> write(const QRect &core, const QRect &covered, const Planes &values) override
    {
        for (int y = core.top(); y <= core.bottom(); ++y) {
            const float *in = values.row(0, y - covered.top()) - covered.left();
            quint8 *out = m_confidence.samples<quint8>(y);
            for (int x = core.left(); x <= core.right(); ++x) {
                const float sure = m_source.isOpaque(x, y) ? std::clamp(in[x], 0.0F, 1.0F) : 0.0F;
                out[x] = quint8(std::lround(sure * 255));
            }
        }
        return {};
    }

private:
    const DetailSource &m_source;
    Image &m_confidence;
};

Result<Image> learnedConfidence(ImageSource &source, Model &network,
                                const OperationContext &context, QStringList &warnings,
                                const Progress &progress)
{
    DetailSource detail(source);
    Image all(detail.size(), {Channels::Gray, Depth::U8});
    ConfidenceSink sink(detail, all);
    TiledRunner runner(network, tiledOptions(context));
    const auto done = runner.run(detail, sink, progress.sub(0, 0.95));
    if (!done)
        return fail(done.error());
    warnings += tiledWarnings(*done);
    if (canJudgePieces(network.pack())) {
        auto judged = judgedPieces(all, detail.seen(), progress.sub(0.95, 0.05));
        if (!judged)
            return fail(judged.error());
        all = std::move(*judged);
    }
    leaveEyesAlone(all, detail.seen());
    return all;
}

Result<Image> allConfidence(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    Image all(size, {Channels::Gray, Depth::U8});
    const int columns = (size.width() + Core - 1) / Core;
    const int rows = (size.height() + Core - 1) / Core;
    for (int i = 0; i < columns * rows; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect core = QRect(i % columns * Core, i / columns * Core, Core, Core) & all.rect();
        const QRect around =
            core.adjusted(-damageReach, -damageReach, damageReach, damageReach) & all.rect();
        const auto part = confidenceOf(source, core, around,
                                       progress.sub(double(i) / (columns * rows),
                                                    1.0 / (columns * rows)));
        if (!part)
            return fail(part.error());
        all.paste(*part, core.topLeft());
        progress.report(double(i + 1) / (columns * rows));
    }
    return all;
}

RepairMethods finderMethods()
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("heirloom::Scratches", text);
    };
    RepairMethods methods;
    methods.operation = QStringLiteral("scratches");
    methods.twin = classicalDamageFinder();
    methods.twinReach = damageReach;
    methods.missing =
        tr("No model that finds damage is installed, so lines and spots that stand out "
           "were looked for; it takes more of the picture for damage.");
    methods.failed = tr("%1 Instead, lines and spots that stand out were looked for.");
    methods.task = ModelTask::Scratch;
    methods.wanted = tr("a model whose task is to find scratches");
    return methods;
}

bool isWanted(const cv::Mat &pieces, int piece, DamageKind kind)
{
    const int area = pieces.at<int>(piece, cv::CC_STAT_AREA);
    if (area < SmallestSpot)
        return false;
    const double length = std::hypot(pieces.at<int>(piece, cv::CC_STAT_WIDTH),
                                     pieces.at<int>(piece, cv::CC_STAT_HEIGHT));
    const bool line = length >= ShortestLine && length * length >= Slenderness * area;
    return kind == DamageKind::All || line == (kind == DamageKind::Lines);
}

} // namespace

QString classicalDamageFinder()
{
    return QStringLiteral("lines-and-spots");
}

Result<LoadedRepair> loadDamageFinder(const QString &finder, const OperationContext &context)
{
    return loadRepair({}, finder, finderMethods(), context);
}

Result<OperationPlan> planDamageFinder(const QString &finder, const OperationContext &context)
{
    return planRepair({}, finder, finderMethods(), context);
}

Result<DamageMap> findDamage(ImageSource &source, Model *network, const DamageSearch &search,
                             const Progress &progress)
{
    DamageMap map{source.size(), search.percent.value_or(100), {}, {}};
    if (!search.percent) {
        const auto detail = measureDetail(source, progress.sub(0, 0.05));
        if (!detail)
            return fail(detail.error());
        map.percent = detail->percent();
    }
    const QSize size = sizeAtDetail(map.size, map.percent);
    ResampledSource reduced(source, size);
    ImageSource &seen = size == map.size ? source : reduced;
    if (const QString text = detailText(map.size, map.percent); !text.isEmpty())
        map.warnings += text;
    try {
        const Progress rest = progress.sub(0.05, 0.95);
        auto confidence =
            network ? learnedConfidence(seen, *network, search.context, map.warnings, rest)
                    : allConfidence(seen, rest);
        if (!confidence)
            return fail(confidence.error());
        map.confidence = std::move(*confidence);
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::Internal, {QString::fromStdString(e.what())});
    }
    return map;
}

Image damageMask(const DamageMap &map, double threshold, DamageKind kind)
{
    const ConstMat confidence(map.confidence);
    const double sure = std::clamp(threshold, 1.0 / 255, 1.0) * 255;
    const cv::Mat possible = confidence.mat() >= std::max(sure * Less, 1.0);
    cv::Mat labels, pieces, centres;
    const int count = cv::connectedComponentsWithStats(possible, labels, pieces, centres, 8);
    std::vector<char> kept(size_t(count), 0);
    for (int y = 0; y < labels.rows; ++y) {
        const auto *label = labels.ptr<int>(y);
        const quint8 *value = map.confidence.constSamples<quint8>(y);
        for (int x = 0; x < labels.cols; ++x) {
            if (label[x] > 0 && value[x] >= sure)
                kept[size_t(label[x])] = 1;
        }
    }
    for (int i = 1; i < count; ++i)
        kept[size_t(i)] = char(kept[size_t(i)] && isWanted(pieces, i, kind));
    Image mask(map.confidence.size(), {Channels::Gray, Depth::U8});
    for (int y = 0; y < labels.rows; ++y) {
        quint8 *out = mask.samples<quint8>(y);
        const auto *label = labels.ptr<int>(y);
        std::transform(label, label + labels.cols, out,
                       [&](int piece) { return kept[size_t(piece)] ? 255 : 0; });
    }
    if (mask.size() == map.size)
        return mask;
    cv::Mat full;
    cv::resize(ConstMat(mask).mat(), full, cv::Size(map.size.width(), map.size.height()), 0, 0,
               cv::INTER_LINEAR);
    Image all(map.size, mask.format());
    for (int y = 0; y < all.height(); ++y) {
        const quint8 *in = full.ptr<quint8>(y);
        std::transform(in, in + all.width(), all.samples<quint8>(y),
                       [](quint8 v) { return v >= 128 ? 255 : 0; });
    }
    return all;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagefinder.h"

#include "image/cvbridge.h"
#include "inference/tiledrunner.h"
#include "operation/damagefeatures.h"
#include "operation/damageweights.h"
#include "operation/detailscale.h"

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
constexpr double Less = 0.6;
/// Smallest pieces, pixels of confidence.
constexpr int SmallestSpot = 4;
/// A line is at least this long, and this many times as long as it is wide.
constexpr double ShortestLine = 16;
constexpr double Slenderness = 3;

/// Whole pixels that one pixel of detail covers, a side.
int scaleOf(const DetailScale &detail)
{
    constexpr double sharp = 0.25; // up to here a picture is as sharp as photographs are
    return std::clamp(int(std::lround(sharp / detail.cutoff)), 1, 8);
}

/// Planes of 0..255 and where nothing is transparent, of r in pixels of confidence.
struct Piece {
    Planes colors;
    cv::Mat opaque; ///< 0..1
};

Result<Piece> readPiece(ImageSource &source, const QRect &r, int scale)
{
    const QRect wanted(r.topLeft() * scale, r.size() * scale);
    const auto read = source.read(wanted & QRect(QPoint(0, 0), source.size()));
    if (!read)
        return fail(read.error());
    const ConstMat pixels(read->converted({Channels::Rgba, Depth::F32}));
    const auto aligned = [](int side) {
        return (side + damageAlignment - 1) / damageAlignment * damageAlignment;
    };
    const cv::Size size(aligned(r.width()), aligned(r.height()));
    cv::Mat wide, small;
    cv::copyMakeBorder(pixels.mat(), wide, 0, size.height * scale - read->height(), 0,
                       size.width * scale - read->width(), cv::BORDER_REPLICATE);
    cv::resize(wide, small, size, 0, 0, cv::INTER_AREA);
    std::array<cv::Mat, 4> channels;
    cv::split(small, channels.data());
    Piece piece{Planes(3, size.width, size.height), channels[3]};
    for (int c = 0; c < 3; ++c)
        copyFromMat(cv::max(cv::min(channels[size_t(c)], 1.0), 0.0) * 255, piece.colors, c);
    return piece;
}

/// The weights' answer for one pixel, 0..1.
float weighed(const std::array<float, damageFeatureCount> &features)
{
    std::array<float, DamageWeights::First> first;
    for (size_t i = 0; i < first.size(); ++i) {
        float sum = DamageWeights::firstBias[i];
        for (size_t j = 0; j < features.size(); ++j)
            sum += DamageWeights::first[i][j] * features[j];
        first[i] = std::max(sum, 0.0F);
    }
    float result = DamageWeights::lastBias;
    for (size_t i = 0; i < DamageWeights::Second; ++i) {
        float sum = DamageWeights::secondBias[i];
        for (size_t j = 0; j < first.size(); ++j)
            sum += DamageWeights::second[i][j] * first[j];
        result += DamageWeights::last[i] * std::max(sum, 0.0F);
    }
    return 1 / (1 + std::exp(-result));
}

/// A long line of strong contrast where little else stands out is damage, or looks like it, whatever
/// the weights know of it: they have seen few pictures that plain.
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
Result<Image> confidenceOf(ImageSource &source, const QRect &core, const QRect &around, int scale,
                           const Progress &progress)
{
    const auto piece = readPiece(source, around, scale);
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
            const float sure = isPlainLine(of) ? 1.0F : weighed(of);
            to[x] = opaque[at] > 0 ? quint8(std::lround(sure * 255)) : quint8(0);
        }
    }
    return out;
}

QSize sizeAt(QSize size, int scale)
{
    return {(size.width() + scale - 1) / scale, (size.height() + scale - 1) / scale};
}

/// The picture at its detail scale, as a network takes it; what is opaque is remembered.
class DetailSource : public TileSource
{
public:
    DetailSource(ImageSource &source, int scale)
        : m_source(source)
        , m_scale(scale)
        , m_opaque(sizeAt(source.size(), scale), {Channels::Gray, Depth::U8})
    {
    }
    QSize size() const override { return m_opaque.size(); }
    bool isOpaque(int x, int y) const { return m_opaque.constSamples<quint8>(y)[x] > 0; }

    Result<ModelInput> read(const QRect &r) override
    {
        const auto piece = readPiece(m_source, r, m_scale);
        if (!piece)
            return fail(piece.error());
        ModelInput input;
        input.image = Planes(3, r.width(), r.height());
        for (int y = 0; y < r.height(); ++y) {
            for (int c = 0; c < 3; ++c) {
                const float *in = piece->colors.row(c, y);
                std::transform(in, in + r.width(), input.image.row(c, y),
                               [](float v) { return v / 255; });
            }
            const auto *opaque = piece->opaque.ptr<float>(y);
            quint8 *out = m_opaque.samples<quint8>(r.top() + y) + r.left();
            std::transform(opaque, opaque + r.width(), out,
                           [](float v) { return quint8(v > 0 ? 255 : 0); });
        }
        return input;
    }

private:
    ImageSource &m_source;
    int m_scale;
    Image m_opaque;
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

Result<Image> learnedConfidence(ImageSource &source, int scale, Model &network,
                                const Progress &progress)
{
    DetailSource detail(source, scale);
    Image all(detail.size(), {Channels::Gray, Depth::U8});
    ConfidenceSink sink(detail, all);
    TiledRunner runner(network, {});
    if (const auto done = runner.run(detail, sink, progress); !done)
        return fail(done.error());
    return all;
}

Result<Image> allConfidence(ImageSource &source, int scale, const Progress &progress)
{
    const QSize size = sizeAt(source.size(), scale);
    Image all(size, {Channels::Gray, Depth::U8});
    const int columns = (size.width() + Core - 1) / Core;
    const int rows = (size.height() + Core - 1) / Core;
    for (int i = 0; i < columns * rows; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect core = QRect(i % columns * Core, i / columns * Core, Core, Core) & all.rect();
        const QRect around =
            core.adjusted(-damageReach, -damageReach, damageReach, damageReach) & all.rect();
        const auto part = confidenceOf(source, core, around, scale,
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
    methods.missing = tr("No model that finds damage is installed, so lines and spots that stand out "
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

Result<DamageMap> findDamage(ImageSource &source, Model *network, const Progress &progress)
{
    const auto detail = measureDetail(source, progress.sub(0, 0.05));
    if (!detail)
        return fail(detail.error());
    DamageMap map{source.size(), scaleOf(*detail), {}};
    try {
        const Progress rest = progress.sub(0.05, 0.95);
        auto confidence = network ? learnedConfidence(source, map.scale, *network, rest)
                                  : allConfidence(source, map.scale, rest);
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
    Image mask(map.size, {Channels::Gray, Depth::U8});
    for (int y = 0; y < map.size.height(); ++y) {
        quint8 *out = mask.samples<quint8>(y);
        const auto *label = labels.ptr<int>(y / map.scale);
        for (int x = 0; x < map.size.width(); ++x)
            out[x] = kept[size_t(label[x / map.scale])] ? 255 : 0;
    }
    return mask;
}

} // namespace heirloom

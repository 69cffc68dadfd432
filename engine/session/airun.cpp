// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/airun.h"

#include "document/changedregion.h"
#include "document/compositor.h"
#include "operation/operationrecord.h"
#include "operation/registry.h"
#include "session/buffersink.h"
#include "session/rgbsource.h"
#include "session/modelenvironment.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

namespace heirloom
{

namespace
{

/// Beyond this share of the picture running all of it is as quick.
constexpr double largestPart = 0.6;

qint64 area(const QRegion &region)
{
    qint64 sum = 0;
    for (const QRect &r : region)
        sum += qint64(r.width()) * r.height();
    return sum;
}

/// Rectangles that cover a region, joined wherever one is no more work than two, since each is run
/// with reach pixels around it.
std::vector<QRect> piecesOf(const QRegion &region, int reach)
{
    const auto cost = [&](const QRect &r) {
        return qint64(r.width() + 2 * reach) * (r.height() + 2 * reach);
    };
    std::vector<QRect> pieces(region.begin(), region.end());
    for (bool joined = true; std::exchange(joined, false);) {
        for (size_t i = 0; i < pieces.size(); ++i) {
            for (size_t j = pieces.size() - 1; j > i; --j) {
                const QRect both = pieces[i] | pieces[j];
                if (cost(both) > cost(pieces[i]) + cost(pieces[j]))
                    continue;
                pieces[i] = both;
                pieces.erase(pieces.begin() + qsizetype(j));
                joined = true;
            }
        }
    }
    return pieces;
}

/// Whether an operation works inside a mask.
bool takesMask(const QString &operation)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info && info->takesMask;
}

qint64 bytesOf(const TiledBuffer &pixels)
{
    return qint64(pixels.width()) * pixels.height() * pixels.format().bytesPerPixel();
}

bool isSameWork(const AiContent &a, const AiContent &b)
{
    return a.operation == b.operation && a.method == b.method && a.parameters == b.parameters &&
           a.modelSha256 == b.modelSha256 && a.sourceSize == b.sourceSize;
}

} // namespace

Image areaOf(const Snapshot &source)
{
    if (source.selection.isNull())
        return {};
    const Mask laid = source.selection.laidOn(source.canvas.size);
    Image area = laid.pixels.read(source.canvas.rect());
    for (int y = 0; y < area.height(); ++y) {
        quint8 *row = area.samples<quint8>(y);
        std::transform(row, row + area.width(), row, [](quint8 v) { return v > 0 ? 255 : 0; });
    }
    return area;
}

OperationPicture pictureOf(const Canvas &canvas)
{
    const bool untagged = canvas.profile == ColorProfile::forUntagged(canvas.format);
    return {canvas.size, canvas.format, untagged ? QByteArray() : canvas.profile.icc()};
}

ColorProfile profileOf(const QByteArray &icc, PixelFormat format)
{
    const auto profile = ColorProfile::fromIcc(icc);
    return profile && profile->fits(format) ? *profile : ColorProfile::forUntagged(format);
}

Snapshot fitted(const Snapshot &state, const AiResult &result)
{
    const Snapshot colored =
        needsRgbSource(result.content.operation, state.canvas.format) ? state.inColor() : state;
    if (result.pixels.size() == state.canvas.size)
        return colored;
    Snapshot larger = colored.scaledTo(result.pixels.size());
    const double dpi = result.content.parameters.value(QStringLiteral("dpi")).toDouble();
    if (dpi > 0)
        larger.canvas.resolution = {dpi, dpi};
    return larger;
}

Layer layerOf(const AiResult &result, const AiLook &look, const Canvas &canvas)
{
    Layer layer;
    layer.kind = LayerKind::Ai;
    layer.name = layerName(result.content);
    layer.pixels = result.pixels;
    layer.profile = canvas.profile;
    layer.opacity = look.opacity;
    layer.mask = look.mask;
    layer.blendMode = look.blendMode;
    layer.ai = result.content;
    return layer;
}

QString layerName(const AiContent &content)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(content.operation);
    const QString title = info ? info->resultTitle : content.operation;
    return content.modelName.isEmpty()
               ? title
               : QCoreApplication::translate("heirloom::AiLayers", "%1 with %2")
                     .arg(title, content.modelName);
}

Fingerprint madeFrom(const Snapshot &source, const AiContent &content)
{
    FingerprintBuilder builder;
    builder.add(fingerprintBelow(source.canvas, source.stack, source.stack.count()))
        .add(content.operation)
        .add(content.method)
        .add(content.parameters)
        .add(content.modelSha256);
    if (takesMask(content.operation))
        builder.add(source.selection);
    return builder.result();
}

Result<AiRun> AiRun::plan(const Snapshot &source, const QString &operation,
                          const QVariantMap &parameters, const OperationContext &context)
{
    AiRun run;
    run.source =
        needsRgbSource(operation, source.canvas.format) ? source.inColor() : source;
    OperationPicture picture = pictureOf(run.source.canvas);
    // Planning asks whether there is a mask and how large it is, not what is in it.
    if (takesMask(operation) && !source.selection.isNull())
        picture.mask = Image(source.canvas.size, {Channels::Gray, Depth::U8});
    const auto plan = planOperation(operation, picture, parameters, context);
    if (!plan)
        return fail(plan.error());
    run.reach = plan->reach;
    run.target = plan->target;
    run.content.operation = plan->operation;
    run.content.method = plan->method;
    run.content.parameters = plan->parameters;
    run.content.modelId = plan->modelId;
    run.content.modelVersion = plan->modelVersion;
    run.content.modelSha256 = plan->modelSha256;
    run.content.modelName = plan->modelName;
    run.content.sourceSize = source.canvas.size;
    run.content.madeFrom = heirloom::madeFrom(run.source, run.content);
    return run;
}

std::optional<QRegion> AiRun::partToRun() const
{
    if (!earlier || reach < 0 || !isSameWork(earlier->content, content) ||
        earlier->pixels.size() != target ||
        (takesMask(content.operation) && !(earlier->source.selection == source.selection)))
        return {};
    QRegion part;
    for (const QRect &r : changedRegion(earlier->source, source))
        part += r.adjusted(-reach, -reach, reach, reach);
    part &= source.canvas.rect();
    // Many scattered pieces share their tiles' surroundings.
    if (area(part) * 3 > area(part.boundingRect()) * 2)
        part = part.boundingRect();
    if (double(area(part)) > largestPart * double(area(source.canvas.rect())))
        return {};
    return part;
}

Result<AiResult> AiRun::run(const std::shared_ptr<TileStore> &store, ModelEnvironment &models,
                            const Progress &progress) const
{
    AiResult result{source, content, {}, {}};
    CompositorSource picture(source, store);
    const auto part = partToRun();
    OperationContext context = models.context();
    context.regionAlone = part.has_value();
    OperationPicture shape = pictureOf(source.canvas);
    if (takesMask(content.operation))
        shape.mask = areaOf(source);
    auto operation =
        createOperation(content.operation, shape, content.parameters, 100, context);
    if (!operation)
        return fail(operation.error());
    // What the content decides ("auto") is decided now and from then on part of what it is made
    // with.
    const auto begun = std::chrono::steady_clock::now();
    const double settling = (*operation)->settleShare();
    auto settled = (*operation)->settle(picture, progress.sub(0, settling));
    if (!settled)
        return fail(settled.error());
    result.content.parameters = *settled;
    result.content.madeFrom = heirloom::madeFrom(source, result.content);
    const Progress running = progress.sub(settling, 1 - settling);
    if (part) {
        result.pixels = earlier->pixels;
        result.record = earlier->record;
        const double x = double(target.width()) / source.canvas.size.width();
        const double y = double(target.height()) / source.canvas.size.height();
        const std::vector<QRect> pieces = piecesOf(*part, reach);
        double whole = 0;
        for (const QRect &r : pieces)
            whole += double(r.width()) * r.height();
        double done = 0;
        for (const QRect &r : pieces) {
            const QRect region =
                QRectF(r.x() * x, r.y() * y, r.width() * x, r.height() * y).toAlignedRect() &
                QRect(QPoint(0, 0), target);
            const double share = double(r.width()) * r.height() / whole;
            auto record = (*operation)
                              ->runRegion(
                                  picture, region, region.center(),
                                  [&](const QRect &place, const Image &pixels) {
                                      result.pixels.write(place.topLeft(), pixels);
                                  },
                                  running.sub(done, share));
            if (!record)
                return fail(record.error());
            done += share;
            result.record.inferenceSeconds += record->inferenceSeconds;
        }
    } else {
        BufferSink sink(target, source.canvas.format, store);
        auto record = (*operation)->run(picture, sink, running);
        if (!record)
            return fail(record.error());
        result.record = *record;
        result.pixels = sink.take();
        models.learnSpeed((*operation)->modelPixels(), *record);
        models.learnRun(*record, source.canvas.size, std::chrono::steady_clock::now() - begun);
    }
    result.pixels.contentHash(); // computed here, where nobody waits; tiles remember it
    result.content.record = recordToJson(result.record);
    return result;
}

const AiResult *AiResults::find(const Fingerprint &madeFrom)
{
    const auto at = std::find_if(m_results.begin(), m_results.end(), [&](const AiResult &r) {
        return r.content.madeFrom == madeFrom;
    });
    if (at == m_results.end())
        return nullptr;
    m_results.splice(m_results.begin(), m_results, at);
    return &m_results.front();
}

void AiResults::insert(const AiResult &result)
{
    m_results.remove_if(
        [&](const AiResult &r) { return r.content.madeFrom == result.content.madeFrom; });
    m_results.push_front(result);
    qint64 bytes = 0;
    for (auto it = m_results.begin(); it != m_results.end();) {
        bytes += bytesOf(it->pixels);
        // The newest stays however large it is.
        it = bytes > m_budget && it != m_results.begin() ? m_results.erase(it) : std::next(it);
    }
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/tiledrepair.h"

#include "core/errortext.h"
#include "operation/colorizer.h"
#include "operation/modelprovider.h"
#include "operation/networkpieces.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int CopyBand = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Denoise", text);
}

bool fits(const ModelPack &pack, ModelTask task)
{
    if (pack.task != task || pack.output.scale != 1)
        return false;
    if (task == ModelTask::Colorize)
        return Colorizer::fits(pack);
    if (task == ModelTask::Scratch) {
        return pack.input.tileable && pack.input.channels == u"RGB" &&
               pack.output.channels.size() == 1;
    }
    return task == ModelTask::Tone ? pack.output.meaning == ModelPack::Output::Meaning::Curves
                                   : pack.input.tileable;
}

/// The named pack, or the first that is installed; nothing for the twin.
Result<std::optional<ModelPack>> choosePack(const QString &model, const RepairMethods &methods,
                                            const OperationContext &context, QStringList &warnings)
{
    if (model == methods.twin)
        return std::optional<ModelPack>();
    if (!model.isEmpty()) {
        if (!context.models)
            return fail(ErrorCode::ModelMissing, {model});
        auto pack = context.models->pack(model);
        if (!pack)
            return fail(pack.error());
        if (!fits(*pack, methods.task)) {
            return fail(ErrorCode::BadArgument,
                        {model, methods.wanted.isEmpty()
                                    ? tr("a model whose task is to remove noise")
                                    : methods.wanted});
        }
        return std::optional<ModelPack>(*pack);
    }
    if (context.models) {
        for (const ModelPack &pack : context.models->packs(methods.task)) {
            if (fits(pack, methods.task))
                return std::optional<ModelPack>(pack);
        }
    }
    warnings += methods.missing;
    return std::optional<ModelPack>();
}

} // namespace

Result<OperationPlan> planRepair(const OperationPicture &picture, const QString &model,
                                 const RepairMethods &methods, const OperationContext &context)
{
    OperationPlan plan;
    const auto pack = choosePack(model, methods, context, plan.warnings);
    if (!pack)
        return fail(pack.error());
    plan.operation = methods.operation;
    plan.target = picture.size;
    plan.method = methods.twin;
    plan.reach = methods.twinReach;
    if (*pack) {
        plan.method = (*pack)->id;
        plan.modelId = (*pack)->id;
        plan.modelVersion = (*pack)->version.toString();
        plan.modelSha256 = QString::fromLatin1((*pack)->sha256);
        plan.modelName = (*pack)->name;
        plan.reach = (*pack)->halo + methods.extraReach;
    }
    return plan;
}

Result<LoadedRepair> loadRepair(const OperationPicture &picture, const QString &model,
                                const RepairMethods &methods, const OperationContext &context)
{
    auto plan = planRepair(picture, model, methods, context);
    if (!plan)
        return fail(plan.error());
    if (plan->modelId.isEmpty())
        return LoadedRepair{*plan, nullptr};
    auto loaded = context.models->load(plan->modelId);
    if (loaded)
        return LoadedRepair{*plan, std::move(*loaded)};
    if (!model.isEmpty() || loaded.error().isCancelled())
        return fail(loaded.error()); // a named model must run
    auto classical = planRepair(picture, methods.twin, methods, context);
    if (!classical)
        return fail(classical.error());
    classical->warnings.prepend(methods.failed.arg(errorText(loaded.error()).what));
    return LoadedRepair{*classical, nullptr};
}

TiledOptions tiledOptions(const OperationContext &context)
{
    TiledOptions options;
    options.tile = context.tile;
    options.budgetBytes = context.memoryBytes;
    options.cache = context.cache;
    return options;
}

QStringList tiledWarnings(const TiledStatistics &statistics)
{
    if (statistics.halved == 0)
        return {};
    return {tr("There was not enough memory for tiles of %1 pixels; smaller ones, down to %2, were "
               "used.")
                .arg(statistics.tile)
                .arg(statistics.smallestTile)};
}

/// Numbers as the pack takes them: its range may be rounded a little below what is asked for.
static QMap<QString, double> inRange(QMap<QString, double> scalars, const ModelPack &pack)
{
    for (auto it = scalars.begin(); it != scalars.end(); ++it) {
        if (const ModelPack::ExtraInput *input = pack.extraInput(it.key()))
            it.value() = std::clamp(it.value(), input->minimum, input->maximum);
    }
    return scalars;
}

Result<RepairParts> TiledRepair::partsFor(const OperationPicture &picture, const QString &model,
                                          double strength, const RepairMethods &methods,
                                          const OperationContext &context)
{
    auto loaded = loadRepair(picture, model, methods, context);
    if (!loaded)
        return fail(loaded.error());
    auto composer = PieceComposer::create(picture.size, picture.size, picture.format, picture.icc,
                                          1, strength / 100);
    if (!composer)
        return fail(composer.error());
    return RepairParts{picture, std::move(*loaded), context, std::move(*composer), strength};
}

TiledRepair::TiledRepair(RepairParts parts, std::shared_ptr<Model> model)
    : m_picture(std::move(parts.picture))
    , m_plan(std::move(parts.loaded.plan))
    , m_context(parts.context)
    , m_model(std::move(model))
    , m_composer(std::move(parts.composer))
    , m_strength(parts.strength)
{
}

void TiledRepair::useInstead(std::shared_ptr<Model> model, const QString &why)
{
    m_model = std::move(model);
    m_plan.warnings += why;
}

TiledOptions TiledRepair::options() const
{
    TiledOptions options = tiledOptions(m_context);
    if (!isLearned())
        options.cache = nullptr;
    return options;
}

OperationRecord TiledRepair::record(const TiledStatistics &statistics) const
{
    OperationRecord record;
    record.operation = m_plan.operation;
    record.method = m_plan.method;
    record.parameters = shownParameters();
    record.strength = m_strength;
    record.warnings = m_plan.warnings;
    if (isIdle()) {
        record.changedShare = 0;
        record.warnings += idleText();
        return record;
    }
    record.alteration = Alteration::AlgorithmicallyEnhanced;
    record.modelId = m_plan.modelId;
    record.modelVersion = m_plan.modelVersion;
    record.modelSha256 = m_plan.modelSha256;
    record.tiles = statistics.tiles;
    record.tilesReused = statistics.reused;
    record.tilesRetried = statistics.retried;
    record.tilesHalved = statistics.halved;
    record.inferenceSeconds = statistics.inferenceSeconds;
    record.peakBytes = statistics.peakBytes;
    record.warnings += tiledWarnings(statistics);
    return record;
}

Result<void> TiledRepair::checkSource(const ImageSource &source) const
{
    if (source.size() != m_picture.size || source.format() != m_picture.format || !isSettled()) {
        return fail(ErrorCode::Internal,
                    {m_plan.operation + QStringLiteral(": the source does not fit")});
    }
    return {};
}

Result<void> TiledRepair::copy(ImageSource &source, RowSink &sink, const Progress &progress) const
{
    const QSize size = m_picture.size;
    for (int y = 0; y < size.height(); y += CopyBand) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto band =
            source.read(QRect(0, y, size.width(), std::min(CopyBand, size.height() - y)));
        if (!band)
            return fail(band.error());
        if (auto written = sink.write(*band); !written)
            return written;
    }
    progress.report(1);
    return {};
}

qint64 TiledRepair::modelPixels() const
{
    return isLearned() && !isIdle()
               ? TiledRunner::plan(m_model->pack(), m_picture.size, options()).inputPixels()
               : 0;
}

int TiledRepair::retainedRows() const
{
    const ModelPack &pack = m_model->pack();
    const int halo = std::max(pack.halo, m_plan.reach); // settling may choose what looks farther
    return TiledRunner::retainedRows(pack, halo);
}

Result<OperationRecord> TiledRepair::run(ImageSource &source, RowSink &sink,
                                         const Progress &progress)
{
    if (auto good = checkSource(source); !good)
        return fail(good.error());
    if (isIdle()) {
        if (auto copied = copy(source, sink, progress); !copied)
            return fail(copied.error());
        return record({});
    }
    PieceSource pieces(source, m_composer, inRange(scalars(), m_model->pack()));
    StripSink strips(pieces, m_composer, 1, sink);
    TiledRunner runner(*m_model, options());
    const auto done = runner.run(pieces, strips, progress);
    if (!done)
        return fail(done.error());
    return record(*done);
}

Result<OperationRecord> TiledRepair::runRegion(ImageSource &source, const QRect &region,
                                               QPoint centre, const TileSink &finished,
                                               const Progress &progress)
{
    if (auto good = checkSource(source); !good)
        return fail(good.error());
    const QRect shown = region & QRect(QPoint(0, 0), m_picture.size);
    if (shown.isEmpty())
        return record({});
    if (isIdle()) {
        const auto pixels = source.read(shown);
        if (!pixels)
            return fail(pixels.error());
        finished(shown, *pixels);
        return record({});
    }
    TiledOptions ordered = options();
    if (ordered.tile <= 0 && isLearned()) // no pixel depends on it
        ordered.tile = TiledRunner::tileFor(m_model->pack(), m_model->pack().previewTile,
                                            ordered.budgetBytes);
    if (m_context.regionAlone) {
        ordered.part = shown;
        ordered.cache = nullptr;
    }
    ordered.order = TiledRunner::plan(m_model->pack(), m_picture.size, ordered)
                        .tilesFrom(centre, shown);
    PieceSource pieces(source, m_composer, inRange(scalars(), m_model->pack()));
    RegionSink sink(pieces, m_composer, 1, finished);
    TiledRunner runner(*m_model, ordered);
    const auto done = runner.run(pieces, sink, progress);
    if (!done)
        return fail(done.error());
    return record(*done);
}

} // namespace heirloom

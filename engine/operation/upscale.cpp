// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/upscale.h"

#include "core/errortext.h"
#include "inference/tiledrunner.h"
#include "operation/modelprovider.h"
#include "operation/pictureoperation.h"
#include "operation/piececomposer.h"
#include "operation/networkpieces.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int TwinBand = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Upscale", text);
}

/// What is tried, in this order, when no model is named.
std::vector<ModelPack> candidates(const OperationContext &context)
{
    const QStringList preferred = {QStringLiteral("realesrgan-general-x4v3"),
                                   QStringLiteral("realesrgan-x4plus")};
    std::vector<ModelPack> packs = context.models->packs(ModelTask::Upscale);
    const auto rank = [&](const ModelPack &pack) {
        const auto at = preferred.indexOf(pack.id);
        return at < 0 ? preferred.size() : at;
    };
    std::stable_sort(packs.begin(), packs.end(),
                     [&](const ModelPack &a, const ModelPack &b) { return rank(a) < rank(b); });
    return packs;
}

bool fitsUpscale(const ModelPack &pack)
{
    return pack.task == ModelTask::Upscale && pack.input.tileable && pack.output.scale > 1;
}

QString twinName(QSize source, QSize target)
{
    const bool smaller = target.width() < source.width() || target.height() < source.height();
    return smaller ? QStringLiteral("area") : QString(Upscale::twinId());
}

/// Either the pack to use or nothing for the twin, with the reasons in warnings.
Result<std::optional<ModelPack>> choosePack(const UpscaleSettings &settings,
                                            const OperationContext &context, QStringList &warnings)
{
    if (settings.model == Upscale::twinId())
        return std::optional<ModelPack>();
    if (!settings.model.isEmpty()) {
        if (!context.models)
            return fail(ErrorCode::ModelMissing, {settings.model});
        auto pack = context.models->pack(settings.model);
        if (!pack)
            return fail(pack.error());
        if (!fitsUpscale(*pack)) {
            return fail(ErrorCode::BadArgument,
                        {settings.model, tr("a model whose task is to enlarge")});
        }
        return std::optional<ModelPack>(*pack);
    }
    if (context.models) {
        for (const ModelPack &pack : candidates(context)) {
            if (fitsUpscale(pack))
                return std::optional<ModelPack>(pack);
        }
    }
    warnings += tr("No model for enlarging is installed, so Lanczos was used; it adds no detail.");
    return std::optional<ModelPack>();
}

} // namespace

struct Upscale::Private {
    UpscalePlan plan;
    UpscaleSettings settings;
    OperationContext context;
    PixelFormat format;
    std::shared_ptr<Model> model; ///< null: the twin
    std::optional<PieceComposer> composer;

    TiledOptions options() const
    {
        TiledOptions options;
        options.tile = context.tile;
        options.budgetBytes = context.memoryBytes;
        options.cache = context.cache;
        options.margin = composer ? composer->networkMargin() : 0;
        return options;
    }

    OperationRecord record(const TiledStatistics &statistics) const;
    Result<void> runTwin(ImageSource &source, RowSink &sink, const Progress &progress);
};

OperationRecord Upscale::Private::record(const TiledStatistics &statistics) const
{
    OperationRecord record;
    record.operation = Upscale::id();
    record.method = plan.method;
    record.parameters = {{QStringLiteral("width"), plan.target.width()},
                         {QStringLiteral("height"), plan.target.height()}};
    record.warnings = plan.warnings;
    record.strength = model ? settings.strength : 100;
    record.alteration = Alteration::AlgorithmicallyEnhanced;
    if (!model)
        return record;
    record.modelId = model->pack().id;
    record.modelVersion = model->pack().version.toString();
    record.modelSha256 = QString::fromLatin1(model->pack().sha256);
    record.alteration = Alteration::CompositeWithTrainedAlgorithmicMedia;
    record.tiles = statistics.tiles;
    record.tilesReused = statistics.reused;
    record.tilesRetried = statistics.retried;
    record.tilesHalved = statistics.halved;
    record.inferenceSeconds = statistics.inferenceSeconds;
    record.peakBytes = statistics.peakBytes;
    record.parameters.insert(QStringLiteral("tile"), plan.tile);
    if (statistics.halved > 0) {
        record.warnings += tr("There was not enough memory for tiles of %1 pixels; smaller ones, "
                              "down to %2, were used.")
                               .arg(statistics.tile)
                               .arg(statistics.smallestTile);
    }
    if (statistics.retried > 0) {
        record.warnings +=
            tr("%1 tiles came out unusable and were run again.").arg(statistics.retried);
    }
    return record;
}

Result<UpscalePlan> planUpscale(QSize size, PixelFormat format, const QByteArray &icc,
                                const UpscaleSettings &settings, const OperationContext &context)
{
    Q_UNUSED(format)
    Q_UNUSED(icc)
    UpscalePlan plan;
    plan.source = size;
    const auto target = settings.target.sizeFor(size);
    if (!target)
        return fail(target.error());
    plan.target = *target;
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    plan.method = twinName(size, *target);
    const bool enlarges = target->width() >= size.width() && target->height() >= size.height();
    auto pack = choosePack(settings, context, plan.warnings);
    if (!pack)
        return fail(pack.error());
    if (!enlarges) {
        plan.warnings = {tr("The picture is larger than that already, so it was reduced; no model "
                            "was used.")};
        return plan;
    }
    if (!*pack || settings.strength <= 0)
        return plan;

    const ModelPack &chosen = **pack;
    plan.method = chosen.id;
    plan.modelName = chosen.name;
    TiledOptions options;
    options.tile = context.tile;
    options.budgetBytes = context.memoryBytes;
    const TilePlan tiles = TiledRunner::plan(chosen, size, options);
    plan.tileGrid = QSize(tiles.columns(), tiles.rows());
    plan.tile = tiles.geometry().tile;
    plan.halo = tiles.geometry().halo;
    plan.modelPixels = tiles.inputPixels();
    const qint64 side = plan.tile + 2 * plan.halo;
    plan.memoryBytes = chosen.memoryPerInputPixel * side * side;
    return plan;
}

Upscale::Upscale(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Upscale::~Upscale() = default;

Result<std::unique_ptr<Upscale>> Upscale::create(QSize size, PixelFormat format,
                                                 const QByteArray &icc,
                                                 const UpscaleSettings &settings,
                                                 const OperationContext &context)
{
    auto plan = planUpscale(size, format, icc, settings, context);
    if (!plan)
        return fail(plan.error());
    auto p = std::make_unique<Private>();
    p->settings = settings;
    p->context = context;
    p->format = format;
    while (plan->isLearned()) {
        auto model = context.models->load(plan->method);
        if (model) {
            p->model = std::move(*model);
            break;
        }
        // A named model must run. Otherwise the next best may, and in the end the twin.
        if (!settings.model.isEmpty() || model.error().isCancelled())
            return fail(model.error());
        UpscaleSettings next = settings;
        next.model = twinId();
        for (const ModelPack &pack : candidates(context)) {
            // Load whatever still loads.
            if (pack.id != plan->method && fitsUpscale(pack) && context.models->load(pack.id)) {
                next.model = pack.id;
                break;
            }
        }
        const QString method = next.model == twinId() ? tr("Lanczos") : next.model;
        const QString reason =
            tr("%1 Instead, %2 was used.").arg(errorText(model.error()).what, method);
        plan = planUpscale(size, format, icc, next, context);
        if (!plan)
            return fail(plan.error());
        plan->warnings.prepend(reason);
    }
    p->plan = *plan;
    if (p->model) {
        auto composer =
            PieceComposer::create(size, p->plan.target, format, icc,
                                    p->model->pack().output.scale, settings.strength / 100);
        if (!composer)
            return fail(composer.error());
        p->composer = std::move(*composer);
    }
    return std::unique_ptr<Upscale>(new Upscale(std::move(p)));
}

const UpscalePlan &Upscale::plan() const
{
    return d->plan;
}

PixelFormat Upscale::format() const
{
    return d->format;
}

OperationRecord Upscale::plannedRecord() const
{
    return d->record({});
}

int Upscale::retainedRows() const
{
    return d->model ? TiledRunner::retainedRows(d->model->pack(), d->plan.halo) : 0;
}

Result<OperationRecord> Upscale::run(ImageSource &source, RowSink &sink, const Progress &progress)
{
    if (source.size() != d->plan.source || sink.size() != d->plan.target ||
        sink.format() != d->format || source.format() != d->format)
        return fail(ErrorCode::Internal, {QStringLiteral("upscale: sizes or layouts differ")});
    TiledStatistics statistics;
    if (d->model) {
        PieceSource pieces(source, *d->composer);
        StripSink strips(pieces, *d->composer, d->model->pack().output.scale, sink);
        TiledRunner runner(*d->model, d->options());
        auto done = runner.run(pieces, strips, progress);
        if (!done)
            return fail(done.error());
        statistics = *done;
    } else if (auto done = d->runTwin(source, sink, progress); !done) {
        return fail(done.error());
    }
    return d->record(statistics);
}

Result<void> Upscale::Private::runTwin(ImageSource &source, RowSink &sink, const Progress &progress)
{
    ResampledSource rows(source, plan.target);
    for (int y = 0; y < plan.target.height(); y += TwinBand) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int count = std::min(TwinBand, plan.target.height() - y);
        const auto band = rows.read(QRect(0, y, plan.target.width(), count));
        if (!band)
            return fail(band.error());
        if (auto written = sink.write(*band); !written)
            return written;
        progress.report(double(y + count) / plan.target.height());
    }
    return {};
}

Result<OperationRecord> Upscale::runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                           const TileSink &finished, const Progress &progress)
{
    if (source.size() != d->plan.source || source.format() != d->format || !source.isRandomAccess())
        return fail(ErrorCode::Internal, {QStringLiteral("upscale: the source does not fit")});
    const QRect wanted = region & QRect(QPoint(0, 0), d->plan.target);
    if (wanted.isEmpty())
        return d->record({});
    if (!d->model) {
        ResampledSource pixels(source, d->plan.target);
        const auto part = pixels.read(wanted);
        if (!part)
            return fail(part.error());
        finished(wanted, *part);
        progress.report(1);
        return d->record({});
    }
    const auto toSource = [&](QPoint p) {
        return QPoint(int(qint64(p.x()) * d->plan.source.width() / d->plan.target.width()),
                      int(qint64(p.y()) * d->plan.source.height() / d->plan.target.height()));
    };
    // A pixel on each side, so that rounding at a tile's border leaves no gap.
    const QRect shown = QRect(toSource(wanted.topLeft()) - QPoint(1, 1),
                              toSource(wanted.bottomRight()) + QPoint(1, 1)) &
                        QRect(QPoint(0, 0), d->plan.source);
    TiledOptions options = d->options();
    if (options.tile == 0)
        options.tile = d->model->pack().previewTile;
    if (d->context.regionAlone) {
        options.part = shown;
        options.cache = nullptr;
    }
    const TilePlan tiles = TiledRunner::plan(d->model->pack(), d->plan.source, options);
    options.order = tiles.tilesFrom(toSource(centre), shown);
    PieceSource pieces(source, *d->composer);
    RegionSink sink(pieces, *d->composer, d->model->pack().output.scale, finished);
    TiledRunner runner(*d->model, options);
    auto done = runner.run(pieces, sink, progress);
    if (!done)
        return fail(done.error());
    return d->record(*done);
}

QList<Parameter> Upscale::parameters()
{
    return {
        {QStringLiteral("scale"), tr("Factor"), 2.0, 1.0, 16.0, {}, QStringLiteral("x")},
        {QStringLiteral("model"), tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

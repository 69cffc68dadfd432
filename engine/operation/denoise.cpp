// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/denoise.h"

#include "core/errortext.h"
#include "inference/tiledrunner.h"
#include "operation/modelprovider.h"
#include "operation/networkpieces.h"
#include "operation/noiseestimate.h"
#include "operation/nonlocalmeans.h"
#include "operation/piececomposer.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int CopyBand = 64;
const QString sigmaKey = QStringLiteral("sigma");
const QString modelKey = QStringLiteral("model");
const QString autoValue = QStringLiteral("auto");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Denoise", text);
}

bool fitsDenoise(const ModelPack &pack)
{
    return pack.task == ModelTask::Denoise && pack.input.tileable && pack.output.scale == 1;
}

/// The named pack, or the first that is installed; nothing for the twin.
Result<std::optional<ModelPack>> choosePack(const DenoiseSettings &settings,
                                            const OperationContext &context, QStringList &warnings)
{
    if (settings.model == Denoise::twinId())
        return std::optional<ModelPack>();
    if (!settings.model.isEmpty()) {
        if (!context.models)
            return fail(ErrorCode::ModelMissing, {settings.model});
        auto pack = context.models->pack(settings.model);
        if (!pack)
            return fail(pack.error());
        if (!fitsDenoise(*pack)) {
            return fail(ErrorCode::BadArgument,
                        {settings.model, tr("a model whose task is to remove noise")});
        }
        return std::optional<ModelPack>(*pack);
    }
    if (context.models) {
        for (const ModelPack &pack : context.models->packs(ModelTask::Denoise)) {
            if (fitsDenoise(pack))
                return std::optional<ModelPack>(pack);
        }
    }
    warnings += tr("No model for noise is installed, so non-local means was used; it keeps less "
                   "detail.");
    return std::optional<ModelPack>();
}

Result<void> check(const DenoiseSettings &settings)
{
    if (settings.sigma && !(*settings.sigma >= 0 && *settings.sigma <= Denoise::largestSigma)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.sigma),
                     tr("an amount of noise from 0 to %1").arg(Denoise::largestSigma)});
    }
    if (!(settings.strength >= 0 && settings.strength <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(settings.strength), tr("a strength from 0 to 100")});
    }
    return {};
}

} // namespace

// ---- settings ----------------------------------------------------------------------------------

QVariantMap DenoiseSettings::toParameters() const
{
    QVariantMap map{{sigmaKey, sigma ? QVariant(*sigma) : QVariant(autoValue)}};
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<DenoiseSettings> DenoiseSettings::fromParameters(const QVariantMap &parameters)
{
    DenoiseSettings settings;
    settings.model = parameters.value(modelKey).toString();
    const QVariant sigma = parameters.value(sigmaKey, autoValue);
    if (sigma.toString() != autoValue) {
        bool ok = false;
        settings.sigma = sigma.toDouble(&ok);
        if (!ok) {
            return fail(ErrorCode::BadArgument,
                        {sigma.toString(), tr("\"auto\" or an amount of noise from 0 to %1")
                                               .arg(Denoise::largestSigma)});
        }
    }
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planDenoise(const OperationPicture &picture, const DenoiseSettings &settings,
                                  const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    OperationPlan plan;
    const auto pack = choosePack(settings, context, plan.warnings);
    if (!pack)
        return fail(pack.error());
    plan.operation = Denoise::id();
    plan.target = picture.size;
    plan.method = Denoise::twinId();
    plan.reach = NonLocalMeans::description().halo;
    if (*pack) {
        plan.method = (*pack)->id;
        plan.modelId = (*pack)->id;
        plan.modelVersion = (*pack)->version.toString();
        plan.modelSha256 = QString::fromLatin1((*pack)->sha256);
        plan.modelName = (*pack)->name;
        plan.reach = (*pack)->halo;
    }
    DenoiseSettings named = settings;
    named.model = plan.method;
    plan.parameters = named.toParameters();
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

struct Denoise::Private {
    OperationPicture picture;
    DenoiseSettings settings;
    OperationPlan plan;
    OperationContext context;
    std::shared_ptr<Model> model; ///< the network, or the twin
    PieceComposer composer;

    bool isLearned() const { return !plan.modelId.isEmpty(); }
    /// Nothing is to be done to the picture.
    bool isIdle() const { return settings.sigma && *settings.sigma <= 0; }
    QMap<QString, double> scalars() const { return {{sigmaKey, settings.sigma.value_or(0) / 255}}; }

    TiledOptions options() const
    {
        TiledOptions options;
        options.tile = context.tile;
        options.budgetBytes = context.memoryBytes;
        options.cache = isLearned() ? context.cache : nullptr;
        return options;
    }
    OperationRecord record(const TiledStatistics &statistics) const;
    Result<void> check(const ImageSource &source) const;
    Result<void> copy(ImageSource &source, RowSink &sink, const Progress &progress) const;
};

OperationRecord Denoise::Private::record(const TiledStatistics &statistics) const
{
    OperationRecord record;
    record.operation = Denoise::id();
    record.method = plan.method;
    record.parameters = {
        {sigmaKey, settings.sigma ? QVariant(*settings.sigma) : QVariant(autoValue)}};
    record.strength = settings.strength;
    record.warnings = plan.warnings;
    if (isIdle()) {
        record.changedShare = 0;
        record.warnings += tr("No noise was found, so nothing was changed.");
        return record;
    }
    record.alteration = Alteration::AlgorithmicallyEnhanced;
    record.modelId = plan.modelId;
    record.modelVersion = plan.modelVersion;
    record.modelSha256 = plan.modelSha256;
    record.tiles = statistics.tiles;
    record.tilesReused = statistics.reused;
    record.tilesRetried = statistics.retried;
    record.tilesHalved = statistics.halved;
    record.inferenceSeconds = statistics.inferenceSeconds;
    record.peakBytes = statistics.peakBytes;
    if (statistics.halved > 0) {
        record.warnings += tr("There was not enough memory for tiles of %1 pixels; smaller ones, "
                              "down to %2, were used.")
                               .arg(statistics.tile)
                               .arg(statistics.smallestTile);
    }
    return record;
}

Result<void> Denoise::Private::check(const ImageSource &source) const
{
    if (source.size() != picture.size || source.format() != picture.format || !settings.sigma)
        return fail(ErrorCode::Internal, {QStringLiteral("denoise: the source does not fit")});
    return {};
}

Result<void> Denoise::Private::copy(ImageSource &source, RowSink &sink,
                                    const Progress &progress) const
{
    const QSize size = picture.size;
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

Denoise::Denoise(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Denoise::~Denoise() = default;

Result<std::unique_ptr<Denoise>> Denoise::create(QSize size, PixelFormat format,
                                                 const QByteArray &icc,
                                                 const DenoiseSettings &settings,
                                                 const OperationContext &context)
{
    const OperationPicture picture{size, format, icc};
    auto plan = planDenoise(picture, settings, context);
    if (!plan)
        return fail(plan.error());
    std::shared_ptr<Model> model;
    if (!plan->modelId.isEmpty()) {
        auto loaded = context.models->load(plan->modelId);
        if (loaded) {
            model = std::move(*loaded);
        } else if (!settings.model.isEmpty() || loaded.error().isCancelled()) {
            return fail(loaded.error()); // a named model must run
        } else {
            const QString reason = tr("%1 Instead, non-local means was used.")
                                       .arg(errorText(loaded.error()).what);
            DenoiseSettings classical = settings;
            classical.model = twinId();
            plan = planDenoise(picture, classical, context);
            if (!plan)
                return fail(plan.error());
            plan->warnings.prepend(reason);
        }
    }
    if (!model)
        model = std::make_shared<NonLocalMeans>();
    auto composer = PieceComposer::create(size, size, format, icc, 1, settings.strength / 100);
    if (!composer)
        return fail(composer.error());
    auto p = std::make_unique<Private>(Private{picture, settings, std::move(*plan), context,
                                               std::move(model), std::move(*composer)});
    p->settings.model = p->plan.method;
    return std::unique_ptr<Denoise>(new Denoise(std::move(p)));
}

QSize Denoise::target() const
{
    return d->picture.size;
}

qint64 Denoise::modelPixels() const
{
    return d->isLearned() && !d->isIdle()
               ? TiledRunner::plan(d->model->pack(), d->picture.size, d->options()).inputPixels()
               : 0;
}

int Denoise::retainedRows() const
{
    const ModelPack &pack = d->model->pack();
    return 2 * (pack.halo + pack.input.multipleOf + pack.input.minimumSide);
}

OperationRecord Denoise::plannedRecord() const
{
    return d->record({});
}

bool Denoise::needsSettling() const
{
    return !d->settings.sigma;
}

Result<QVariantMap> Denoise::settle(ImageSource &source, const Progress &progress)
{
    if (needsSettling()) {
        const auto found = estimateNoise(source, progress);
        if (!found)
            return fail(found.error());
        // To a tenth, so that what is shown is what is done.
        const double sigma = std::round(*found * 10) / 10;
        d->settings.sigma = sigma < smallestSigma ? 0 : std::min(sigma, largestSigma);
    }
    return d->settings.toParameters();
}

Result<OperationRecord> Denoise::run(ImageSource &source, RowSink &sink, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    if (d->isIdle()) {
        if (auto copied = d->copy(source, sink, progress); !copied)
            return fail(copied.error());
        return d->record({});
    }
    PieceSource pieces(source, d->composer, d->scalars());
    StripSink strips(pieces, d->composer, 1, sink);
    TiledRunner runner(*d->model, d->options());
    const auto done = runner.run(pieces, strips, progress);
    if (!done)
        return fail(done.error());
    return d->record(*done);
}

Result<OperationRecord> Denoise::runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                           const TileSink &finished, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    const QRect shown = region & QRect(QPoint(0, 0), d->picture.size);
    if (shown.isEmpty())
        return d->record({});
    if (d->isIdle()) {
        const auto pixels = source.read(shown);
        if (!pixels)
            return fail(pixels.error());
        finished(shown, *pixels);
        return d->record({});
    }
    TiledOptions options = d->options();
    if (d->context.regionAlone) {
        options.part = shown;
        options.cache = nullptr;
    }
    options.order = TiledRunner::plan(d->model->pack(), d->picture.size, options)
                        .tilesFrom(centre, shown);
    PieceSource pieces(source, d->composer, d->scalars());
    RegionSink sink(pieces, d->composer, 1, finished);
    TiledRunner runner(*d->model, options);
    const auto done = runner.run(pieces, sink, progress);
    if (!done)
        return fail(done.error());
    return d->record(*done);
}

QList<Parameter> Denoise::parameters()
{
    return {
        {sigmaKey, tr("Noise"), autoValue, 0.0, largestSigma, {}, {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

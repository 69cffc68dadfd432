// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/inpaint.h"

#include "core/errortext.h"
#include "inference/tiledrunner.h"
#include "operation/fillchoice.h"
#include "operation/holefill.h"
#include "operation/holemap.h"
#include "operation/holepieces.h"
#include "operation/modelprovider.h"
#include "operation/patchfiller.h"
#include "operation/textfinder.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int CoreSide = 256;
/// Around a hole that is filled from patches: as much as it is large, between these.
constexpr int SmallestSearch = 48, LargestSearch = 192;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Inpaint", text);
}

/// From this half-width on patches come as close to what was there as a smooth fill does, on the
/// mean of training photographs, and three times closer to its texture; in narrow holes they lose
/// 1.7 dB.
constexpr double LargeHalfWidth = 16;

/// The classical method for a mask: named, or the better one for its widest hole.
QString classicalMethodFor(const InpaintSettings &settings, const Image &mask)
{
    if (settings.method == PatchFiller::id())
        return settings.method;
    if (settings.method == InpaintSettings::classicalMethod &&
        HoleMap(mask.converted({Channels::Gray, Depth::U8}), 0).halfWidth(0) >= LargeHalfWidth)
        return PatchFiller::id();
    return classicalFillName(classicalFillNamed(settings.method).value_or(ClassicalFill::Membrane));
}

bool canFill(const ModelPack &pack)
{
    return (pack.task == ModelTask::Denoise || pack.task == ModelTask::Inpaint) &&
           pack.input.tileable && pack.output.scale == 1 && pack.input.channels == u"RGB" &&
           pack.output.channels == u"RGB";
}

/// The named pack, or the best that is installed: as a prior a denoiser fills better than the
/// network trained for holes (tests/bench/quality). Nothing for the twins.
Result<std::optional<ModelPack>> choosePack(const InpaintSettings &settings,
                                            const OperationContext &context, QStringList &warnings)
{
    if ((settings.method != InpaintSettings::autoMethod &&
         settings.method != InpaintSettings::neuralMethod) ||
        settings.network <= 0)
        return std::optional<ModelPack>();
    if (!settings.model.isEmpty()) {
        if (!context.models)
            return fail(ErrorCode::ModelMissing, {settings.model});
        auto pack = context.models->pack(settings.model);
        if (!pack)
            return fail(pack.error());
        if (!canFill(*pack)) {
            return fail(
                ErrorCode::BadArgument,
                {settings.model, tr("a model whose task is to fill holes or remove noise")});
        }
        return std::optional<ModelPack>(*pack);
    }
    for (const ModelTask task : {ModelTask::Denoise, ModelTask::Inpaint}) {
        for (const ModelPack &pack :
             context.models ? context.models->packs(task) : std::vector<ModelPack>()) {
            if (canFill(pack) && !pack.onlyByName)
                return std::optional<ModelPack>(pack);
        }
    }
    if (settings.method == InpaintSettings::neuralMethod)
        return fail(ErrorCode::ModelMissing, {QStringLiteral("ffdnet-color")});
    warnings +=
        tr("No model for filling is installed, so the holes were filled smoothly from their "
           "rims; structure across them is not continued.");
    return std::optional<ModelPack>();
}

QString sizeText(QSize size)
{
    return QStringLiteral("%1 x %2").arg(size.width()).arg(size.height());
}

Result<void> check(const OperationPicture &picture, const InpaintSettings &settings)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    if (picture.mask.isNull()) {
        return fail(ErrorCode::BadArgument,
                    {tr("no mask"), tr("a mask that marks what is to be filled in white")});
    }
    if (picture.mask.size() != picture.size) {
        return fail(ErrorCode::SizeMismatch, {tr("The mask"), sizeText(picture.mask.size()),
                                              sizeText(picture.size)});
    }
    return {};
}

} // namespace

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planInpaint(const OperationPicture &picture, const InpaintSettings &settings,
                                  const OperationContext &context)
{
    if (auto good = check(picture, settings); !good)
        return fail(good.error());
    OperationPlan plan;
    const auto pack = choosePack(settings, context, plan.warnings);
    if (!pack)
        return fail(pack.error());
    plan.operation = Inpaint::id();
    plan.target = picture.size;
    plan.method = classicalMethodFor(settings, picture.mask);
    if (*pack) {
        plan.method = (*pack)->id;
        plan.modelId = (*pack)->id;
        plan.modelVersion = (*pack)->version.toString();
        plan.modelSha256 = QString::fromLatin1((*pack)->sha256);
        plan.modelName = (*pack)->name;
    }
    InpaintSettings named;
    named.method = *pack ? InpaintSettings::neuralMethod : plan.method;
    named.model = plan.modelId;
    named.network = *pack ? settings.network : 100;
    plan.parameters = named.toParameters();
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

struct Inpaint::Private {
    OperationPicture picture;
    InpaintSettings settings;
    OperationPlan plan;
    OperationContext context;
    std::shared_ptr<Model> filler;
    HoleMap map;
    TiledStatistics statistics;
    Image text = {}; ///< null: not looked for

    bool isLearned() const { return !plan.modelId.isEmpty(); }
    bool isHybrid() const { return isLearned() && settings.network < 100 && !map.isEmpty(); }
    bool isSettled() const { return map.isDeepFilled() && (!isHybrid() || !text.isNull()); }
    QRect surroundings(int tile) const
    {
        const int m = map.margin(tile);
        return map.tiles().tile(tile).core.adjusted(-m, -m, m, m) &
               QRect(QPoint(0, 0), picture.size);
    }
    bool isPatched() const { return plan.method == PatchFiller::id(); }
    /// Where a tile is filled, each place by itself with its margin around: a network in small
    /// windows around the holes, patches each hole in whole, other classical methods in one.
    struct Place {
        QRect window;
        int margin = 0;
    };
    std::vector<Place> places(int tile) const
    {
        std::vector<Place> places;
        if (isLearned()) {
            for (const QRect &window : map.windows(tile))
                places.push_back({window, map.windowMargin(tile)});
        } else if (isPatched()) {
            for (const QRect &window : map.wholeHoles()) {
                places.push_back({window, std::clamp(std::max(window.width(), window.height()),
                                                     SmallestSearch, LargestSearch)});
            }
        } else {
            places.push_back({map.tiles().tile(tile).core, map.margin(tile)});
        }
        return places;
    }
    OperationRecord record() const;
    Result<void> check(const ImageSource &source) const;
    Result<Image> tilePixels(int tile, const Image &around, const Progress &progress);
};

OperationRecord Inpaint::Private::record() const
{
    OperationRecord record;
    record.operation = Inpaint::id();
    record.method = plan.method;
    InpaintSettings recorded;
    recorded.method = isLearned() ? InpaintSettings::neuralMethod : plan.method;
    recorded.network = isHybrid() ? settings.network : 100;
    record.parameters = recorded.toParameters();
    if (isHybrid() && map.meets(text))
        record.warnings += tr("Holes in writing were filled smoothly from their rims.");
    record.strength = settings.strength;
    record.warnings += plan.warnings;
    record.changedShare = map.share();
    if (map.isEmpty()) {
        record.warnings += tr("The mask marks nothing, so nothing was changed.");
        return record;
    }
    record.alteration = isLearned() ? Alteration::CompositeWithTrainedAlgorithmicMedia
                                    : Alteration::AlgorithmicallyEnhanced;
    record.modelId = plan.modelId;
    record.modelVersion = plan.modelVersion;
    record.modelSha256 = plan.modelSha256;
    record.tiles = statistics.tiles;
    record.tilesReused = statistics.reused;
    record.tilesRetried = statistics.retried;
    record.tilesHalved = statistics.halved;
    record.inferenceSeconds = statistics.inferenceSeconds;
    record.peakBytes = statistics.peakBytes;
    return record;
}

Result<void> Inpaint::Private::check(const ImageSource &source) const
{
    if (source.size() != picture.size || source.format() != picture.format || !isSettled())
        return fail(ErrorCode::Internal, {QStringLiteral("inpaint: the source does not fit")});
    return {};
}

/// The finished pixels of a tile's core. around: its surroundings().
Result<Image> Inpaint::Private::tilePixels(int tile, const Image &around, const Progress &progress)
{
    const QRect core = map.tiles().tile(tile).core;
    const QPoint origin = surroundings(tile).topLeft();
    if (map.margin(tile) == 0)
        return around;
    Image pixels = around;
    const std::vector<Place> found = places(tile);
    for (size_t i = 0; i < found.size(); ++i) {
        const auto &[window, m] = found[i];
        const QRect seen = window.adjusted(-m, -m, m, m) & QRect(QPoint(0, 0), picture.size);
        Image part = around.copied(seen.translated(-origin));
        TiledOptions options;
        options.tile = std::max(part.width(), part.height());
        options.halo = m; // should it have to be cut
        options.budgetBytes = context.memoryBytes;
        options.cache = isLearned() ? context.cache : nullptr;
        HoleSource source(map, part, seen.topLeft(), map.halfWidth(tile), text);
        HoleSink sink(map, part, seen.topLeft(), settings.strength / 100);
        TiledRunner runner(*filler, options);
        const auto done = runner.run(
            source, sink,
            progress.sub(double(i) / double(found.size()), 1.0 / double(found.size())));
        if (!done)
            return fail(done.error());
        pixels.paste(part.copied(window.translated(-seen.topLeft())), window.topLeft() - origin);
        statistics.tiles += 1;
        statistics.reused += done->reused;
        statistics.retried += done->retried;
        statistics.halved += done->halved;
        statistics.inferenceSeconds += done->inferenceSeconds;
        statistics.peakBytes = std::max(statistics.peakBytes, done->peakBytes);
    }
    return pixels.copied(core.translated(-origin));
}

Inpaint::Inpaint(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Inpaint::~Inpaint() = default;

Result<std::unique_ptr<Inpaint>> Inpaint::create(const OperationPicture &picture,
                                                 const InpaintSettings &settings,
                                                 const OperationContext &context)
{
    auto plan = planInpaint(picture, settings, context);
    if (!plan)
        return fail(plan.error());
    HoleMap map(picture.mask.converted({Channels::Gray, Depth::U8}),
                plan->method == PatchFiller::id() ? 0 : CoreSide);
    if (map.isFull()) {
        return fail(ErrorCode::BadArgument,
                    {tr("a mask that covers the whole picture"),
                     tr("a mask that leaves something to fill from")});
    }
    std::shared_ptr<Model> filler;
    if (!plan->modelId.isEmpty() && !map.isEmpty()) {
        auto loaded = context.models->load(plan->modelId);
        if (loaded) {
            if ((*loaded)->pack().task == ModelTask::Inpaint)
                filler = std::make_shared<NetworkFiller>(std::move(*loaded));
            else
                filler = std::make_shared<DenoiserFiller>(std::move(*loaded));
        } else if (!settings.model.isEmpty() || settings.method == InpaintSettings::neuralMethod ||
                   loaded.error().isCancelled()) {
            return fail(loaded.error()); // a named model must run
        } else {
            const QString reason = tr("%1 Instead, the holes were filled smoothly from their rims.")
                                       .arg(errorText(loaded.error()).what);
            InpaintSettings classical = settings;
            classical.method = InpaintSettings::classicalMethod;
            plan = planInpaint(picture, classical, context);
            if (!plan)
                return fail(plan.error());
            plan->warnings.prepend(reason);
        }
    }
    if (filler && settings.network < 100) {
        filler = std::make_shared<HybridFiller>(
            std::move(filler), std::make_shared<ClassicalFiller>(ClassicalFill::Membrane),
            settings.network);
    }
    if (plan->method == PatchFiller::id()) {
        filler = std::make_shared<PatchFiller>();
    } else if (!filler) {
        filler = std::make_shared<ClassicalFiller>(
            classicalFillNamed(plan->method).value_or(ClassicalFill::Membrane));
    }
    return std::unique_ptr<Inpaint>(new Inpaint(std::make_unique<Private>(
        Private{picture, settings, std::move(*plan), context, std::move(filler), std::move(map),
                {}})));
}

QSize Inpaint::target() const
{
    return d->picture.size;
}

qint64 Inpaint::modelPixels() const
{
    qint64 pixels = 0;
    for (int i = 0; d->isLearned() && i < d->map.tiles().count(); ++i) {
        for (const auto &[window, m] : d->places(i))
            pixels += qint64(window.width() + 2 * m) * (window.height() + 2 * m) *
                      DenoiserFiller::mostRounds();
    }
    return pixels;
}

int Inpaint::retainedRows() const
{
    return 2 * d->map.widestMargin() + 2;
}

Result<QVariantMap> Inpaint::settle(ImageSource &source, const Progress &progress)
{
    if (!d->map.isDeepFilled()) {
        if (auto filled = d->map.fillDeep(source, progress.sub(0, 0.5)); !filled)
            return fail(filled.error());
    }
    if (!d->isSettled()) {
        auto text = findText(source, progress.sub(0.5, 0.5));
        if (!text)
            return fail(text.error());
        d->text = std::move(*text);
    }
    return d->plan.parameters;
}

Result<Image> Inpaint::choiceMap(ImageSource &source, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    Image choice(d->picture.size, {Channels::Gray, Depth::U8});
    choice.fill(0);
    const int count = d->map.tiles().count();
    for (int tile = 0; tile < count; ++tile) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (d->map.margin(tile) == 0)
            continue;
        for (const auto &[place, m] : d->places(tile)) {
            const QRect seen = place.adjusted(-m, -m, m, m) & choice.rect();
            const auto pixels = source.read(seen);
            if (!pixels)
                return fail(pixels.error());
            HoleSource holes(d->map, *pixels, seen.topLeft(), d->map.halfWidth(tile), d->text);
            const auto input = holes.read(QRect(QPoint(0, 0), seen.size()));
            if (!input)
                return fail(input.error());
            putChoice(d->map, fillChoice(*input, d->isLearned() ? d->settings.network : 0),
                      seen.topLeft(), place, choice);
        }
        progress.report(double(tile + 1) / count);
    }
    return choice;
}

Result<OperationRecord> Inpaint::run(ImageSource &source, RowSink &sink, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    d->statistics = {};
    const TilePlan &tiles = d->map.tiles();
    const QSize size = d->picture.size;
    int done = 0;
    for (int row = 0; row < tiles.rows(); ++row) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect cores = tiles.tile(row * tiles.columns()).core;
        int reach = 0;
        for (int column = 0; column < tiles.columns(); ++column)
            reach = std::max(reach, d->map.margin(row * tiles.columns() + column));
        const QRect band = QRect(0, cores.top() - reach, size.width(), cores.height() + 2 * reach) &
                           QRect(QPoint(0, 0), size);
        const auto read = source.read(band);
        if (!read)
            return fail(read.error());
        Image strip =
            read->copied(QRect(0, cores.top() - band.top(), size.width(), cores.height()));
        for (int column = 0; column < tiles.columns(); ++column, ++done) {
            const int i = row * tiles.columns() + column;
            if (d->map.margin(i) == 0)
                continue;
            const auto pixels =
                d->tilePixels(i, read->copied(d->surroundings(i).translated(0, -band.top())),
                              progress.sub(double(done) / tiles.count(), 1.0 / tiles.count()));
            if (!pixels)
                return fail(pixels.error());
            strip.paste(*pixels, QPoint(tiles.tile(i).core.left(), 0));
        }
        if (auto written = sink.write(strip); !written)
            return fail(written.error());
        progress.report(double(done) / tiles.count());
    }
    return d->record();
}

Result<OperationRecord> Inpaint::runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                           const TileSink &finished, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    d->statistics = {};
    const std::vector<int> order =
        d->map.tiles().tilesFrom(centre, region & QRect(QPoint(0, 0), d->picture.size));
    for (size_t i = 0; i < order.size(); ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto around = source.read(d->surroundings(order[i]));
        if (!around)
            return fail(around.error());
        const auto pixels = d->tilePixels(
            order[i], *around,
            progress.sub(double(i) / double(order.size()), 1.0 / double(order.size())));
        if (!pixels)
            return fail(pixels.error());
        finished(d->map.tiles().tile(order[i]).core, *pixels);
    }
    return d->record();
}

} // namespace heirloom

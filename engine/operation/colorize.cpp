// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorize.h"

#include "inference/modelpack.h"
#include "core/errortext.h"
#include "operation/facefinder.h"
#include "operation/hintpropagation.h"
#include "operation/owncolors.h"
#include "operation/subjectfinder.h"
#include "operation/tiledrepair.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int Band = 64;
/// Of the whole work, reading the picture to make it small.
constexpr double PreparingShare = 0.8;

// Of the settings, which a record says in its own way.
const QString hintsKey = QStringLiteral("hints");
const QString modelKey = QStringLiteral("model");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Colorize", text);
}

RepairMethods methods()
{
    RepairMethods methods;
    methods.operation = Colorize::id();
    methods.twin = Colorize::twinId();
    methods.twinReach = -1;
    methods.missing = tr("No model for colouring is installed, so only the hints' colours were "
                         "spread.");
    methods.failed = tr("%1 Instead, only the hints' colours were spread.");
    methods.task = ModelTask::Colorize;
    methods.wanted = tr("a model whose task is colorize");
    return methods;
}

QString noSubjectModel()
{
    return tr("No model that finds a picture's subject is installed, so hints went by the "
              "luminance alone.");
}

/// Brings pixels back to the luminance they had, in their own profile's coded values.
void keepLuminance(Image &pixels, const Image &original)
{
    const PixelFormat deep = original.format().withDepth(Depth::F32);
    Image painted = pixels.converted(deep);
    const Image before = original.converted(deep);
    const int step = deep.channelCount();
    const auto lum = [](const float *p) { return 0.3F * p[0] + 0.59F * p[1] + 0.11F * p[2]; };
    for (int y = 0; y < painted.height(); ++y) {
        float *p = painted.samples<float>(y);
        const float *was = before.constSamples<float>(y);
        for (int x = 0; x < painted.width(); ++x, p += step, was += step) {
            const float light = lum(p);
            joinChroma(lum(was), {p[2] - light, p[0] - light}, p);
        }
    }
    pixels = painted.converted(original.format());
}

} // namespace

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planColorize(const OperationPicture &picture,
                                   const ColorizeSettings &settings,
                                   const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    if (picture.format.isGray()) {
        return fail(ErrorCode::BadArgument,
                    {tr("a picture of grey levels"), tr("one with channels for colour")});
    }
    auto plan = planRepair(picture, settings.model, methods(), context);
    if (!plan)
        return fail(plan.error());
    ColorizeSettings named = settings;
    named.model = plan->method;
    plan->parameters = named.toParameters();
    plan->reach = -1;
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

struct Colorize::Private {
    OperationPicture picture;
    OperationPlan plan;
    ColorizeSettings settings;
    Colorizer colorizer;
    ColorBins bins;
    PieceComposer composer;
    bool isSrgb = true;
    OperationContext context;

    std::optional<ColorGuide> guide = {};
    Planes subject = {};   ///< of guide, whether it is used or not; none: not known
    QString noSubject = {}; ///< why there is none, translated; empty: it was not looked for
    ColorAnswer plain = {}; ///< without hints
    ColorAnswer said = {};  ///< to the hints, before the variant
    Planes told = {};       ///< that it answers: hints, and what is taken for such
    SkinHints skin = {};    ///< that it answers
    bool isToldSubject = false;
    Planes hintsOnGuide = {};
    Planes shown = {}; ///< its chroma, or the variant's
    LimitedChroma limited = {};
    mutable ChromaField field = {}; ///< empty until something is painted at full size
    bool isAnswered = false;

    ColorHints placedHints() const { return settings.hints.scaledTo(picture.size); }
    /// The twin has nothing to go by.
    bool isIdle() const
    {
        return !colorizer.isLearned() && settings.hints.isEmpty() && !settings.keepsOwn;
    }
    OperationRecord record() const;
    Result<void> check(const ImageSource &source) const;
};

OperationRecord Colorize::Private::record() const
{
    OperationRecord record;
    record.operation = Colorize::id();
    record.method = plan.method;
    record.parameters = settings.toParameters();
    record.parameters.remove(modelKey);
    record.parameters.remove(hintsKey); // how many, and how sure; the project has the hints
    record.parameters.insert(hintsKey, settings.hints.countShown());
    record.parameters.insert(QStringLiteral("guessed"), settings.hints.countGuessed());
    if (!skin.isEmpty())
        record.parameters.insert(QStringLiteral("faces"), int(skin.faces.size()));
    record.strength = settings.strength;
    record.warnings = plan.warnings;
    if (isIdle()) {
        record.changedShare = 0;
        record.warnings += tr("There are no hints and no model, so nothing was changed.");
        return record;
    }
    record.alteration = colorizer.isLearned() ? Alteration::CompositeWithTrainedAlgorithmicMedia
                                              : Alteration::HumanEdits;
    record.modelId = plan.modelId;
    record.modelVersion = plan.modelVersion;
    record.modelSha256 = plan.modelSha256;
    record.inferenceSeconds = said.inferenceSeconds;
    record.tiles = colorizer.isLearned() ? 1 : 0;
    if (colorizer.isLearned() && settings.findsSkin && !settings.keepsOwn &&
        !FaceFinder::isInstalled()) {
        record.warnings += tr("OpenCV's data (opencv-data) are not installed, so no faces were "
                              "looked for to give them the colour of skin.");
    }
    if (!settings.hints.isEmpty() && colorizer.isLearned() && subject.channels == 0 &&
        settings.subject != ColorizeSettings::Subject::Off) {
        if (!noSubject.isEmpty())
            record.warnings += noSubject;
        else if (!canFindSubject(context))
            record.warnings += noSubjectModel();
    }
    const QSize placed = settings.hints.size;
    if (!settings.hints.isEmpty() && !placed.isEmpty() && placed != picture.size) {
        record.warnings += tr("The hints were placed on a picture of %1 x %2 pixels and were "
                              "scaled to this one of %3 x %4.")
                               .arg(placed.width())
                               .arg(placed.height())
                               .arg(picture.size.width())
                               .arg(picture.size.height());
    }
    if (const int outside = placedHints().countOutside(picture.size); outside > 0) {
        record.warnings += tr("%1 of %2 hints lie outside of the picture and have no effect.")
                               .arg(outside)
                               .arg(settings.hints.all.size());
    }
    return record;
}

Result<void> Colorize::Private::check(const ImageSource &source) const
{
    if (source.size() != picture.size || source.format() != picture.format ||
        !(isAnswered || isIdle()))
        return fail(ErrorCode::Internal, {QStringLiteral("colorize: the source does not fit")});
    return {};
}

Colorize::Colorize(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Colorize::~Colorize() = default;

Result<std::unique_ptr<Colorize>> Colorize::create(const OperationPicture &picture,
                                                   const ColorizeSettings &settings,
                                                   const OperationContext &context)
{
    if (auto good = planColorize(picture, settings, context); !good)
        return fail(good.error());
    auto loaded = loadRepair(picture, settings.model, methods(), context);
    if (!loaded)
        return fail(loaded.error());
    auto composer =
        PieceComposer::create(picture.size, picture.size, picture.format, picture.icc, 1, 1);
    if (!composer)
        return fail(composer.error());
    const auto profile = ColorProfile::fromIcc(picture.icc);
    ColorizeSettings named = settings;
    named.model = loaded->plan.method;
    const ColorBins bins = loaded->network ? loaded->network->pack().output.bins : ColorBins();
    auto p = std::make_unique<Private>(Private{
        .picture = picture,
        .plan = std::move(loaded->plan),
        .settings = std::move(named),
        .colorizer = Colorizer(std::move(loaded->network), context.memoryBytes),
        .bins = bins,
        .composer = std::move(*composer),
        .isSrgb = !profile || !profile->fits(picture.format) || profile->isSrgb(),
        .context = context});
    return std::unique_ptr<Colorize>(new Colorize(std::move(p)));
}

QSize Colorize::target() const
{
    return d->picture.size;
}

qint64 Colorize::modelPixels() const
{
    return d->colorizer.isLearned() ? qint64(ColorGuide::longestSide) * ColorGuide::longestSide : 0;
}

Result<void> Colorize::prepare(ImageSource &source, const Progress &progress)
{
    return d->guide ? Result<void>() : prepareFrom(source, progress);
}

Result<void> Colorize::prepareFrom(ImageSource &source, const Progress &progress)
{
    auto guide = colorGuide(source, d->picture.size, progress);
    if (!guide)
        return fail(guide.error());
    d->guide = std::move(*guide);
    d->plain = {};
    d->said = {};
    d->skin = {};
    d->subject = {};
    d->noSubject.clear();
    d->isAnswered = false;
    return {};
}

bool Colorize::wantsSubject(const ColorizeSettings &settings) const
{
    return settings.subject == ColorizeSettings::Subject::Used && !settings.hints.isEmpty() &&
           d->colorizer.isLearned() && d->subject.channels == 0 && d->noSubject.isEmpty();
}

Result<void> Colorize::findSubject(const Progress &progress)
{
    if (!canFindSubject(d->context)) {
        d->noSubject = noSubjectModel();
        return {};
    }
    const auto subject = subjectOf(d->guide->detailed, d->context, progress);
    if (subject) {
        takeSubject(*subject);
        return {};
    }
    if (subject.error().isCancelled())
        return fail(subject.error());
    d->noSubject =
        tr("%1 So hints went by the luminance alone.").arg(errorText(subject.error()).what);
    return {};
}

void Colorize::takeSubject(const Planes &subject)
{
    d->subject = subject;
}

Result<void> Colorize::answer(const ColorizeSettings &settings, const Progress &progress)
{
    const QString model = d->settings.model;
    d->settings = settings;
    d->settings.model = model;
    // Without hints it is not looked for (wantsSubject()), so it must not matter either.
    const bool usesSubject = settings.subject == ColorizeSettings::Subject::Used &&
                             !settings.hints.isEmpty() && d->subject.channels > 0 &&
                             d->colorizer.isLearned();
    if (usesSubject != (d->guide->subject.channels > 0))
        setSubject(*d->guide, usesSubject ? d->subject : Planes());
    Planes hints = hintPlanes(*d->guide, d->placedHints());
    // The network is asked again only where it is told something else.
    Planes told = settings.keepsOwn ? withOwnColors(*d->guide, hints) : hints;
    QList<QRectF> faces;
    if (settings.findsSkin && !settings.keepsOwn && d->colorizer.isLearned())
        faces = unsaidFaces(*d->guide, hints);
    if (d->said.chroma.channels == 0 || !(told == d->told) || faces != d->skin.faces ||
        usesSubject != d->isToldSubject) {
        SkinHints skin = faces == d->skin.faces ? d->skin : skinHints(*d->guide, faces);
        const bool isTold = !skin.isEmpty() ||
                            std::any_of(told.plane(2), told.plane(2) + 2 * told.planeSize(),
                                        [](float mask) { return mask > 0; });
        if (isTold && d->colorizer.isLearned() && d->plain.chroma.channels == 0) {
            const Planes none(told.channels, told.width, told.height);
            auto plain = d->colorizer.answer(*d->guide, none, {}, progress.sub(0, 0.5));
            if (!plain)
                return fail(plain.error());
            d->plain = std::move(*plain);
        }
        auto said = d->colorizer.answer(*d->guide, told, skin, progress, d->plain);
        if (!said)
            return fail(said.error());
        d->said = std::move(*said);
        if (!isTold)
            d->plain = d->said;
        d->told = std::move(told);
        d->skin = std::move(skin);
        d->isToldSubject = usesSubject;
    }
    d->hintsOnGuide = std::move(hints);
    d->shown =
        settings.variant == 0
            ? d->said.chroma
            : variantOf(d->said, d->bins, propagatedHints(d->guide->luminance, d->told),
                        settings.variant, settings.seed)
                  .chroma;
    d->limited = limitedChroma(*d->guide, d->placedHints());
    d->field = {};
    d->isAnswered = true;
    return {};
}

Result<void> Colorize::paint(Image &pixels, QPoint place) const
{
    const double strength = d->settings.strength / 100;
    if (d->field.isEmpty())
        d->field = ChromaField(*d->guide, d->shown, d->hintsOnGuide, d->limited, d->settings.taste);
    if (d->isSrgb) {
        d->field.paint(pixels, place, strength);
        return {};
    }
    const QRect rect(place, pixels.size());
    Planes rgb = d->composer.networkInput(pixels);
    d->field.paint(rgb, place);
    Image colored = d->composer.compose(pixels, place, rgb, rect, rect);
    keepLuminance(colored, pixels);
    if (strength < 1)
        blendOver(colored, pixels, strength);
    pixels = colored;
    return {};
}

ChromaField Colorize::fieldFor(QSize picture) const
{
    ColorGuide smaller = *d->guide;
    smaller.picture = picture;
    return ChromaField(smaller, d->shown, d->hintsOnGuide, d->limited, d->settings.taste);
}

const ColorGuide &Colorize::guide() const
{
    return *d->guide;
}

const ColorAnswer &Colorize::lastAnswer() const
{
    return d->said;
}

const ColorBins &Colorize::bins() const
{
    return d->bins;
}

Result<QVariantMap> Colorize::settle(ImageSource &source, const Progress &progress)
{
    if (!d->isIdle()) {
        if (auto ready = prepare(source, progress.sub(0, PreparingShare)); !ready)
            return fail(ready.error());
        if (wantsSubject(d->settings)) {
            if (auto found = findSubject(progress.sub(PreparingShare, 0)); !found)
                return fail(found.error());
        }
        if (auto answered = answer(d->settings, progress.sub(PreparingShare, 1 - PreparingShare));
            !answered)
            return fail(answered.error());
    }
    return d->settings.toParameters();
}

Result<OperationRecord> Colorize::run(ImageSource &source, RowSink &sink, const Progress &progress)
{
    if (auto good = d->check(source); !good)
        return fail(good.error());
    const QSize size = d->picture.size;
    for (int y = 0; y < size.height(); y += Band) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect rows(0, y, size.width(), std::min(Band, size.height() - y));
        auto pixels = source.read(rows);
        if (!pixels)
            return fail(pixels.error());
        if (!d->isIdle()) {
            if (auto painted = paint(*pixels, rows.topLeft()); !painted)
                return fail(painted.error());
        }
        if (auto written = sink.write(*pixels); !written)
            return fail(written.error());
        progress.report(double(rows.bottom() + 1) / size.height());
    }
    return d->record();
}

Result<OperationRecord> Colorize::runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                            const TileSink &finished, const Progress &progress)
{
    Q_UNUSED(centre) // all of it is there in one breath
    if (auto good = d->check(source); !good)
        return fail(good.error());
    const QRect shown = region & QRect(QPoint(0, 0), d->picture.size);
    for (int y = shown.top(); y <= shown.bottom(); y += Band) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect rows(shown.left(), y, shown.width(), std::min(Band, shown.bottom() + 1 - y));
        auto pixels = source.read(rows);
        if (!pixels)
            return fail(pixels.error());
        if (!d->isIdle()) {
            if (auto painted = paint(*pixels, rows.topLeft()); !painted)
                return fail(painted.error());
        }
        finished(rows, *pixels);
    }
    return d->record();
}

} // namespace heirloom

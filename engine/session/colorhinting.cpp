// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/colorhinting.h"

#include "document/document.h"
#include "image/resample.h"
#include "operation/colormatch.h"
#include "operation/limitedhints.h"
#include "operation/subjectfinder.h"
#include "session/ailayers.h"
#include "session/colorbench.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "session/sessionjobs.h"

#include <QPointer>

#include <algorithm>
#include <atomic>
#include <functional>
#include <optional>
#include <utility>

namespace heirloom
{

namespace
{

/// Longest side of a mask that a region's lines are drawn around: they end at pixels of the guide.
constexpr int outlineSide = 4 * ColorGuide::longestSide;

bool isColor(const Layer &layer)
{
    return layer.kind == LayerKind::Ai && layer.ai.operation == Colorize::id();
}

} // namespace

struct ColorHinting::Private {
    struct Wish {
        ColorizeSettings settings;
        QString text;
        Mask mask = {}; ///< not null: for a new layer
    };
    struct LookWish {
        ColorizeSettings settings;
        QRect region;
        double scale = 1;
    };

    ColorHinting &q;
    EditorSession &session;
    std::shared_ptr<ColorBench> bench = std::make_shared<ColorBench>();
    QList<Wish> waiting; ///< the first is being worked out
    bool isWorking = false;
    bool isNaming = false; ///< the next job that starts is ours
    JobId job;
    JobId lookJob;
    std::optional<LookWish> wanted;
    bool isLooking = false;
    int subjectAsked = 0; ///< of which picture the subject was asked for (ColorBench::made())
    std::shared_ptr<std::atomic<int>> latestSuggestion = std::make_shared<std::atomic<int>>(0);
    QPointer<Document> document; ///< the watched one

    Private(ColorHinting &owner, EditorSession &s)
        : q(owner)
        , session(s)
    {
    }
    Snapshot sourceOf(LayerId layer) const;
    Result<AiRun> plan(LayerId layer, const ColorizeSettings &settings) const;
    void watch();
    void append(const ColorizeSettings &settings, QSize picture, const QString &text,
                const Mask &mask = {});
    void next();
    JobId work(const Wish &wish, LayerId layer, const AiRun &run);
    void done(const Outcome &outcome);
    /// What is asked of the bench without a step: compute runs on the engine thread after settings
    /// were answered.
    template <typename T>
    struct Question {
        ColorizeSettings settings;
        std::function<Result<T>(ColorBench &, const Progress &)> compute;
        std::function<void(const T &)> take;
        std::function<bool()> wanted = {}; ///< asked on the engine thread before all
        std::function<void()> ended = {};
        ColorBench::Reading reading = ColorBench::Reading::Exact;
    };
    /// False: it cannot be asked, and nothing follows.
    template <typename T>
    bool ask(const Question<T> &question);
    void lookNext();
    ColorizeSettings withSubject(ColorizeSettings settings) const;
    void findSubject();
};

ColorHinting::ColorHinting(EditorSession &session)
    : QObject(&session)
    , d(std::make_unique<Private>(*this, session))
{
    connect(&session, &EditorSession::documentReplaced, this, [this] { d->watch(); });
    connect(&session, &EditorSession::started, this, [this](JobId id) {
        if (std::exchange(d->isNaming, false))
            d->job = id;
    });
    connect(&session, &EditorSession::progressed, this,
            [this](JobId id, const ProgressReport &report) {
                if (d->isWorking && id == d->job)
                    Q_EMIT progressed(report);
            });
    connect(&session, &EditorSession::finished, this, [this](JobId id, const Outcome &outcome) {
        if (d->isWorking && d->job.isValid() && id == d->job)
            d->done(outcome);
    });
    d->watch();
}

ColorHinting::~ColorHinting() = default;

void ColorHinting::Private::watch()
{
    waiting.clear();
    wanted.reset();
    isWorking = false;
    bench = std::make_shared<ColorBench>();
    subjectAsked = 0;
    document = session.document();
    if (document) {
        connect(document, &Document::changed, &q, &ColorHinting::changed);
        connect(document, &Document::activeLayerChanged, &q, &ColorHinting::changed);
        connect(document, &Document::selectionChanged, &q, &ColorHinting::changed);
    }
    Q_EMIT q.changed();
}

LayerId ColorHinting::layer() const
{
    if (!d->document)
        return {};
    const Layer *active = d->document->layer(d->document->activeLayer());
    if (active && isColor(*active))
        return active->id;
    const LayerStack &stack = d->document->stack();
    for (int i = stack.count() - 1; i >= 0; --i) {
        if (isColor(stack.at(i)))
            return stack.at(i).id;
    }
    return {};
}

ColorizeSettings ColorHinting::settings() const
{
    if (!d->waiting.isEmpty())
        return d->waiting.last().settings;
    const Layer *found = d->document ? d->document->layer(layer()) : nullptr;
    if (found) {
        if (auto settings = ColorizeSettings::fromParameters(found->ai.parameters))
            return *settings;
    }
    return {};
}

QSize ColorHinting::picture() const
{
    const Layer *found = d->document ? d->document->layer(layer()) : nullptr;
    return found ? found->ai.sourceSize : d->document ? d->document->canvas().size : QSize();
}

Transform ColorHinting::toCanvas() const
{
    const Layer *found = d->document ? d->document->layer(layer()) : nullptr;
    return found ? found->transform : Transform();
}

QList<QPolygonF> ColorHinting::regionOf(const Mask &mask) const
{
    if (!d->document || mask.isNull())
        return {};
    const QSize canvas = d->document->canvas().size;
    const Image all = mask.laidOn(canvas).pixels.read(QRect(QPoint(0, 0), canvas));
    const QSize small = canvas.boundedTo(
        canvas.scaled(QSize(outlineSide, outlineSide), Qt::KeepAspectRatio).expandedTo({1, 1}));
    QList<QPolygonF> region = outlineOf(small == canvas ? all : resampled(all, small));
    const QTransform place = QTransform::fromScale(double(canvas.width()) / small.width(),
                                                   double(canvas.height()) / small.height()) *
                             toCanvas().inverted().toQTransform();
    for (QPolygonF &line : region)
        line = place.map(line);
    return region;
}

bool ColorHinting::isBusy() const
{
    return d->isWorking;
}

bool ColorHinting::isMakingLayer() const
{
    return d->isWorking && !layer().isValid();
}

/// What is below the layer; all layers for one that is not there yet.
Snapshot ColorHinting::Private::sourceOf(LayerId layer) const
{
    const Snapshot now = document->snapshot();
    const int index = now.stack.indexOf(layer);
    return now.sourceBelow(index >= 0 ? index : now.stack.count());
}

Result<AiRun> ColorHinting::Private::plan(LayerId layer, const ColorizeSettings &settings) const
{
    return AiRun::plan(sourceOf(layer), Colorize::id(), settings.toParameters(),
                       session.models().planContext());
}

void ColorHinting::change(const ColorizeSettings &settings, const QString &text)
{
    if (d->document && !(layer().isValid() && settings == this->settings()))
        d->append(settings, picture(), text);
}

void ColorHinting::changeInside(const Mask &mask, const ColorizeSettings &settings,
                                const QString &text)
{
    if (d->document && !mask.isNull())
        d->append(settings, d->document->canvas().size, text, mask);
}

void ColorHinting::Private::append(const ColorizeSettings &settings, QSize picture,
                                   const QString &text, const Mask &mask)
{
    waiting.append({withSubject(settings), text, mask});
    waiting.last().settings.hints.size = picture;
    Q_EMIT q.changed();
    next();
}

void ColorHinting::Private::next()
{
    if (isWorking || waiting.isEmpty() || !document || document->stack().isEmpty())
        return;
    isWorking = true;
    const Wish wish = waiting.first();
    const LayerId layer = wish.mask.isNull() ? q.layer() : LayerId();
    const Result<AiRun> run = plan(layer, wish.settings);
    if (!run)
        return done(Outcome::failed(run.error()));
    job = {};
    isNaming = true;
    const JobId id = work(wish, layer, *run);
    isNaming = false;
    if (session.isRunning(id))
        job = id;
    Q_EMIT q.changed();
}

/// layer: the one to be changed; invalid: a new one over all others. A person waits for either: it
/// goes before what runs in the background.
JobId ColorHinting::Private::work(const Wish &wish, LayerId layer, const AiRun &run)
{
    AiLook look;
    // Where the picture is transparent a result stands in the place of what is below it.
    if (!document->canvas().format.hasAlpha())
        look.blendMode = BlendMode::Color;
    look.mask = wish.mask;
    look.takesSelection = true;
    const LayerId over = document->stack().at(document->stack().count() - 1).id;
    return session.jobs().submit<AiResult>(
        wish.text, Priority::Interactive,
        [bench = bench, run, store = session.tileStore(),
         &models = session.models()](const Progress &progress) -> Result<AiResult> {
            if (auto ready = bench->answer(run, ColorBench::Reading::Exact, store, models,
                                           progress.sub(0, 0.5));
                !ready)
                return fail(ready.error());
            return bench->whole(run, store, progress.sub(0.5, 0.5));
        },
        [this, layer, over, look, text = wish.text](JobId id, const AiResult &result) {
            if (layer.isValid())
                session.aiLayers().setResult(layer, result, text);
            else
                session.aiLayers().addResult(id, result, over, look);
        });
}

void ColorHinting::Private::done(const Outcome &outcome)
{
    isWorking = false;
    job = {};
    if (!waiting.isEmpty())
        waiting.removeFirst();
    if (outcome.kind != Outcome::Kind::Done)
        waiting.clear();
    if (outcome.kind == Outcome::Kind::Failed)
        Q_EMIT q.failed(*outcome.error);
    Q_EMIT q.changed();
    if (!waiting.isEmpty())
        return next();
    Q_EMIT q.settled();
    findSubject();
}

/// A step does not wait for the subject, unless the steps before it know it, too.
ColorizeSettings ColorHinting::Private::withSubject(ColorizeSettings settings) const
{
    using Subject = ColorizeSettings::Subject;
    const ColorizeSettings before = q.settings();
    const bool wasUsed = !before.hints.isEmpty() && before.subject == Subject::Used;
    if (settings.subject != Subject::Off)
        settings.subject = bench->knowsSubject() || wasUsed ? Subject::Used : Subject::NotYet;
    return settings;
}

/// In the background, so that it is known by the time that hints are placed.
void ColorHinting::Private::findSubject()
{
    const int made = bench->made();
    if (!document || !q.layer().isValid() || bench->knowsSubject() || subjectAsked == made ||
        q.settings().subject == ColorizeSettings::Subject::Off ||
        !canFindSubject(session.models().planContext()))
        return;
    subjectAsked = made;
    Question<Planes> question;
    question.settings = q.settings();
    question.reading = ColorBench::Reading::Quick;
    question.compute = [](ColorBench &at, const Progress &) -> Result<Planes> {
        return at.tool().guide().detailed;
    };
    question.take = [this, made, watched = bench](const Planes &light) {
        session.jobs().submit<Planes>(
            {}, Priority::Batch,
            [light, &models = session.models()](const Progress &progress) {
                return subjectOf(light, models.context(), progress);
            },
            [this, made, watched](JobId, const Planes &subject) {
                if (watched != bench)
                    return;
                Question<bool> kept;
                kept.settings = q.settings();
                kept.reading = ColorBench::Reading::Quick;
                kept.compute = [subject, made](ColorBench &at, const Progress &) -> Result<bool> {
                    at.takeSubject(subject, made);
                    return true;
                };
                kept.take = [this](bool) { Q_EMIT q.changed(); };
                ask(kept);
            });
    };
    ask(question);
}

bool ColorHinting::takeBack()
{
    if (d->waiting.isEmpty())
        return false;
    if (d->waiting.size() == 1) {
        cancel();
        return true;
    }
    d->waiting.removeLast();
    Q_EMIT changed();
    return true;
}

void ColorHinting::cancel()
{
    if (d->waiting.isEmpty())
        return;
    d->waiting.clear();
    const JobId job = std::exchange(d->job, {});
    d->isWorking = false;
    d->session.cancel(job);
    Q_EMIT changed();
    Q_EMIT settled();
}

void ColorHinting::look(const ColorizeSettings &settings, const QRect &region, double scale)
{
    if (!d->document)
        return;
    d->wanted = Private::LookWish{d->withSubject(settings), region, scale};
    d->wanted->settings.hints.size = picture();
    if (!d->isLooking)
        d->lookNext();
}

void ColorHinting::stopLooking()
{
    d->wanted.reset();
}

void ColorHinting::Private::lookNext()
{
    if (!wanted || !document)
        return;
    const LookWish wish = *std::exchange(wanted, {});
    const Transform toCanvas = q.toCanvas();
    const Layer *layer = document->layer(q.layer());
    // A turned part would need to be drawn turned: it waits for the whole.
    if (toCanvas.kind() > Transform::Kind::Scale || toCanvas.kind() == Transform::Kind::Orthogonal)
        return;
    Question<ColorBench::Look> question;
    question.settings = wish.settings;
    question.reading = ColorBench::Reading::Quick;
    question.compute = [region = toCanvas.inverted().mapBounds(wish.region),
                        scale = wish.scale * toCanvas.scaleX(),
                        opacity = layer ? layer->opacity : 1.0](ColorBench &at, const Progress &) {
        return at.part(region, scale, opacity);
    };
    question.take = [this](const ColorBench::Look &look) {
        if (!look.image.isNull())
            Q_EMIT q.looked(look.image, q.toCanvas().mapRect(look.place));
    };
    question.ended = [this] {
        isLooking = false;
        lookNext();
    };
    isLooking = true; // a worker without a thread has ended before ask() comes back
    if (!ask(question))
        isLooking = false;
}

template <typename T>
bool ColorHinting::Private::ask(const Question<T> &question)
{
    const Result<AiRun> run =
        document ? plan(q.layer(), question.settings) : fail(ErrorCode::Cancelled);
    if (!run)
        return false;
    session.jobs().submit<T>(
        {}, Priority::Interactive,
        [bench = bench, run = *run, reading = question.reading, compute = question.compute,
         wanted = question.wanted, store = session.tileStore(),
         &models = session.models()](const Progress &progress) -> Result<T> {
            if (wanted && !wanted())
                return fail(ErrorCode::Cancelled);
            if (auto ready = bench->answer(run, reading, store, models, progress); !ready)
                return fail(ready.error());
            return compute(*bench, progress);
        },
        [take = question.take](JobId, const T &result) { take(result); },
        [ended = question.ended](JobId, const Outcome &) {
            if (ended)
                ended();
        });
    return true;
}

void ColorHinting::vary(int count, int side)
{
    const ColorizeSettings settings = this->settings();
    const QSize size = picture();
    const double scale = double(side) / std::max({1, size.width(), size.height()});
    d->ask<QList<QImage>>(
        {settings,
         [settings, count, side, size, scale](ColorBench &bench,
                                              const Progress &progress) -> Result<QList<QImage>> {
             QList<QImage> pictures;
             for (int i = 0; i < count; ++i) {
                 ColorizeSettings variant = settings;
                 variant.variant = i;
                 if (auto ready = bench.answerAgain(variant, progress); !ready)
                     return fail(ready.error());
                 const auto look = bench.part(QRect(QPoint(0, 0), size), scale, 1);
                 if (!look)
                     return fail(look.error());
                 pictures +=
                     look->image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
             }
             return pictures;
         },
         [this](const QList<QImage> &pictures) { Q_EMIT varied(pictures); }});
}

void ColorHinting::match(const QImage &reference)
{
    ColorizeSettings settings = this->settings();
    settings.hints = {};
    d->ask<QList<ColorHint>>({settings,
                              [reference](ColorBench &bench,
                                          const Progress &) -> Result<QList<ColorHint>> {
                                  const Colorize &tool = bench.tool();
                                  return matchedHints(tool.guide(), tool.lastAnswer(), tool.bins(),
                                                      reference);
                              },
                              [this](const QList<ColorHint> &hints) { Q_EMIT matched(hints); }});
}

void ColorHinting::doubt()
{
    d->ask<ColorBench::Doubt>(
        {settings(),
         [](ColorBench &bench, const Progress &) -> Result<ColorBench::Doubt> {
             return bench.doubt();
         },
         [this](const ColorBench::Doubt &doubt) { Q_EMIT doubted(doubt.veil, doubt.places); }});
}

void ColorHinting::suggest(int hint, int count)
{
    ColorizeSettings settings = this->settings();
    if (!d->document || hint < 0 || hint >= settings.hints.all.size() ||
        settings.hints.all[hint].path.isEmpty())
        return;
    const QPointF place = settings.hints.all[hint].path.first();
    settings.hints.all.removeAt(hint);
    settings.hints.size = picture();
    d->ask<std::vector<ColorSuggestion>>(
        {settings,
         [place, count](ColorBench &bench, const Progress &)
             -> Result<std::vector<ColorSuggestion>> { return bench.suggestions(place, count); },
         [this, place](const std::vector<ColorSuggestion> &colors) {
             Q_EMIT suggested(place, colors);
         },
         [latest = d->latestSuggestion, number = ++*d->latestSuggestion] {
             return *latest == number; // a hand that goes on asks for others
         }});
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ailayers.h"

#include "document/document.h"
#include "edit/history.h"
#include "operation/operationrecord.h"
#include "operation/registry.h"
#include "session/airun.h"
#include "session/rgbsource.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "session/sessionjobs.h"

#include <QPointer>
#include <QSet>

namespace heirloom
{

namespace
{

QString titleOf(const QString &operation)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info ? info->title : operation;
}

/// The work, what it was made with, its place: not how it is shown.
bool isSameResult(const Layer &a, const Layer &b)
{
    return a.ai == b.ai && a.transform == b.transform && a.pixels.sharesAllTilesWith(b.pixels);
}

} // namespace

struct AiLayers::Private {
    struct Run {
        JobId job;
        QVariantMap parameters;
    };

    AiLayers &q;
    EditorSession &session;
    AiResults results;
    QHash<LayerId, Run> runs;
    QPointer<Document> document; ///< the watched one
    LayerId starting; ///< inside submit()
    bool updatingAll = false;
    mutable QHash<LayerId, bool> current; ///< of revision
    mutable quint64 revision = 0;

    Private(AiLayers &owner, EditorSession &s)
        : q(owner)
        , session(s)
    {
    }

    void watch();
    void rememberLayers();
    void forget(LayerId layer, JobId job);
    bool isCurrent(LayerId id) const;
    JobId start(const Result<AiRun> &planned, const QString &title, LayerId layer,
                std::function<bool(JobId, const AiResult &)> take);
    bool takeNew(JobId job, const AiResult &result, LayerId over, const AiLook &look);
    bool takeAgain(JobId job, const AiResult &result, const Layer &before, const QString &text);
    JobId again(LayerId layer, const QVariantMap &parameters, const QString &text);
    void updateNext();
};

AiLayers::AiLayers(EditorSession &session)
    : d(std::make_unique<Private>(*this, session))
{
    connect(&session, &EditorSession::documentReplaced, this, [this] { d->watch(); });
    // A worker without a thread is at work before submit() returns; it can be cancelled too.
    connect(&session.jobs(), &SessionJobs::started, this, [this](JobId id) {
        const auto run = d->runs.find(d->starting);
        if (run != d->runs.end() && !run->job.isValid())
            run->job = id;
    });
    d->watch();
}

AiLayers::~AiLayers() = default;

void AiLayers::Private::watch()
{
    if (document)
        document->disconnect(&q);
    for (const Run &run : std::exchange(runs, {}))
        session.jobs().cancel(run.job);
    results.clear();
    updatingAll = false;
    current.clear();
    document = session.document();
    if (document) {
        connect(document, &Document::changed, &q, &AiLayers::changed);
        rememberLayers();
    }
    Q_EMIT q.changed();
}

/// What a project brought with it and is current has its source in the document.
void AiLayers::Private::rememberLayers()
{
    const Snapshot now = document->snapshot();
    for (int i = 0; i < now.stack.count(); ++i) {
        const Layer &layer = now.stack.at(i);
        if (layer.kind == LayerKind::Ai && isCurrent(layer.id))
            results.insert({now.sourceBelow(i), layer.ai, layer.pixels,
                            recordFromJson(layer.ai.record)});
    }
}

/// A newer run of the layer stays.
void AiLayers::Private::forget(LayerId layer, JobId job)
{
    const auto run = runs.find(layer);
    if (run != runs.end() && (run->job == job || !run->job.isValid()))
        runs.erase(run);
}

bool AiLayers::Private::isCurrent(LayerId id) const
{
    if (revision != document->revision()) {
        current.clear();
        revision = document->revision();
    }
    const auto known = current.constFind(id);
    if (known != current.constEnd())
        return *known;
    const Snapshot snapshot = document->snapshot();
    const int index = snapshot.stack.indexOf(id);
    bool is = true;
    if (index >= 0 && snapshot.stack.at(index).kind == LayerKind::Ai) {
        const AiContent &content = snapshot.stack.at(index).ai;
        is = madeFrom(snapshot.sourceBelow(index), content) == content.madeFrom;
    }
    current.insert(id, is);
    return is;
}

AiState AiLayers::state(LayerId layer) const
{
    if (d->runs.contains(layer))
        return AiState::Pending;
    return !d->document || d->isCurrent(layer) ? AiState::Current : AiState::OutOfDate;
}

std::optional<QVariantMap> AiLayers::pendingParameters(LayerId layer) const
{
    const auto run = d->runs.constFind(layer);
    return run == d->runs.constEnd() ? std::nullopt : std::optional(run->parameters);
}

JobId AiLayers::job(LayerId layer) const
{
    return d->runs.value(layer).job;
}

QList<LayerId> AiLayers::outOfDate() const
{
    QList<LayerId> ids;
    if (!d->document)
        return ids;
    for (const Layer &layer : d->document->stack()) {
        if (layer.kind == LayerKind::Ai && state(layer.id) == AiState::OutOfDate)
            ids += layer.id;
    }
    return ids;
}

JobId AiLayers::Private::start(const Result<AiRun> &planned, const QString &title, LayerId layer,
                               std::function<bool(JobId, const AiResult &)> take)
{
    if (!planned) {
        Q_EMIT q.refused(planned.error());
        return {};
    }
    AiRun run = *planned;
    std::optional<AiResult> known;
    if (const AiResult *result = results.find(run.content.madeFrom))
        known = *result;
    const bool isQuick = known || run.partToRun();
    if (layer.isValid())
        runs.insert(layer, {{}, run.content.parameters});
    const LayerId outer = std::exchange(starting, layer);
    const JobId id = session.jobs().submit<AiResult>(
        title, isQuick ? Priority::Interactive : Priority::Batch,
        [run, known, store = session.tileStore(),
         &models = session.models()](const Progress &progress) -> Result<AiResult> {
            return known ? Result<AiResult>(*known) : run.run(store, models, progress);
        },
        [this, layer, take = std::move(take)](JobId job, const AiResult &result) {
            forget(layer, job);
            results.insert(result);
            if (!take(job, result))
                Q_EMIT q.dropped(job);
        },
        [this, layer](JobId job, const Outcome &outcome) {
            forget(layer, job);
            if (outcome.kind != Outcome::Kind::Done)
                updatingAll = false;
            if (updatingAll)
                updateNext();
            Q_EMIT q.changed();
        });
    starting = outer;
    if (const auto it = runs.find(layer); it != runs.end())
        it->job = id;
    Q_EMIT q.changed();
    return id;
}

JobId AiLayers::add(const QString &operation, const QVariantMap &parameters, const AiLook &look)
{
    if (!d->document || d->document->stack().isEmpty())
        return {};
    const Snapshot now = d->document->snapshot();
    const int count = now.stack.count();
    const LayerId over = now.stack.at(count - 1).id;
    Snapshot source = now.sourceBelow(count);
    source.selection = look.mask;
    source.selection.enabled = true;
    const JobId id = d->start(
        AiRun::plan(source, operation, parameters, d->session.models().planContext()),
        titleOf(operation), {}, [this, over, look](JobId job, const AiResult &result) {
            return d->takeNew(job, result, over, look);
        });
    d->session.jobs().offerRetry(id, [this, operation, parameters, look] {
        return add(operation, parameters, look);
    });
    return id;
}

bool AiLayers::Private::takeNew(JobId job, const AiResult &result, LayerId over, const AiLook &look)
{
    // What it was made from need not be unchanged (the layer will say that it is out of date), but
    // it has to be there, and on the same canvas.
    if (!document)
        return false;
    session.history().settle();
    const Snapshot before = document->snapshot();
    const Canvas &was = result.source.canvas;
    const Canvas now = needsRgbSource(result.content.operation, before.canvas.format)
                           ? before.inColor().canvas
                           : before.canvas;
    if (before.stack.indexOf(over) < 0 || now.size != was.size || now.format != was.format ||
        !(now.profile == was.profile))
        return false;
    if (result.record.alteration == Alteration::None) {
        Q_EMIT q.unneeded(job, result.record);
        return true;
    }
    Snapshot after = fitted(before, result);
    const Layer layer = layerOf(result, look, after.canvas);
    if (look.takesSelection && after.selection == look.mask)
        after.selection = {};
    document->restore(after);
    const LayerId id = document->insertLayer(after.stack.indexOf(over) + 1, layer);
    document->setActiveLayer(id);
    session.history().record(titleOf(result.content.operation), before);
    OperationRecord record = result.record;
    record.strength = look.opacity * 100;
    Q_EMIT q.added(job, id, record);
    return true;
}

JobId AiLayers::Private::again(LayerId id, const QVariantMap &parameters, const QString &text)
{
    const Snapshot now = document->snapshot();
    const int index = now.stack.indexOf(id);
    if (index < 0 || now.stack.at(index).kind != LayerKind::Ai)
        return {};
    const Layer &layer = now.stack.at(index);
    if (layer.locked) {
        Q_EMIT q.refused(Error(ErrorCode::LayerLocked, {layer.name}));
        return {};
    }
    q.cancel(id);
    Result<AiRun> run = AiRun::plan(now.sourceBelow(index), layer.ai.operation, parameters,
                                    session.models().planContext());
    if (run) {
        if (const AiResult *earlier = results.find(layer.ai.madeFrom))
            run->earlier = *earlier;
    }
    return start(run, text, id, [this, layer, text](JobId job, const AiResult &result) {
        return takeAgain(job, result, layer, text);
    });
}

bool AiLayers::Private::takeAgain(JobId job, const AiResult &result, const Layer &was,
                                  const QString &text)
{
    session.history().settle();
    const Layer *now = document ? document->layer(was.id) : nullptr;
    if (!now || !isSameResult(*now, was))
        return false;
    const Snapshot before = document->snapshot();
    Layer layer = *now;
    if (layer.name == layerName(layer.ai))
        layer.name = layerName(result.content);
    layer.transform = Transform::scaling(result.pixels.size(), was.pixels.size())
                          .then(was.transform);
    layer.pixels = result.pixels;
    layer.ai = result.content;
    document->replaceLayer(layer);
    session.history().record(text, before);
    Q_EMIT q.updated(job, layer.id);
    return true;
}

JobId AiLayers::setParameters(LayerId layer, const QVariantMap &parameters)
{
    return d->document ? d->again(layer, parameters, tr("Change settings")) : JobId();
}

bool AiLayers::setResult(LayerId id, const AiResult &result, const QString &text)
{
    const Layer *layer = d->document ? d->document->layer(id) : nullptr;
    if (!layer || layer->locked || layer->ai.operation != result.content.operation ||
        layer->ai.sourceSize != result.content.sourceSize)
        return false;
    cancel(id);
    d->results.insert(result);
    return d->takeAgain({}, result, *layer, text);
}

bool AiLayers::addResult(JobId job, const AiResult &result, LayerId over, const AiLook &look)
{
    d->results.insert(result);
    const bool taken = d->takeNew(job, result, over, look);
    if (!taken)
        Q_EMIT dropped(job);
    return taken;
}

JobId AiLayers::update(LayerId layer)
{
    const Layer *found = d->document ? d->document->layer(layer) : nullptr;
    return found ? d->again(layer, found->ai.parameters, tr("Update")) : JobId();
}

void AiLayers::remember(const AiResult &result)
{
    d->results.insert(result);
}

void AiLayers::updateAll()
{
    d->updatingAll = true;
    d->updateNext();
}

bool AiLayers::isUpdatingAll() const
{
    return d->updatingAll;
}

void AiLayers::Private::updateNext()
{
    // Asked anew each time: bringing one up to date puts those above it out of date.
    const QList<LayerId> waiting = q.outOfDate();
    updatingAll = !waiting.isEmpty();
    if (updatingAll && !q.update(waiting.first()).isValid())
        updatingAll = false;
}

void AiLayers::cancel(LayerId layer)
{
    const auto run = d->runs.find(layer);
    if (run == d->runs.end())
        return;
    const JobId job = run->job;
    d->runs.erase(run);
    d->session.jobs().cancel(job);
    Q_EMIT changed();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/editorsession.h"

#include "document/compositor.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "metadata/exivedit.h"
#include "operation/operationrecord.h"
#include "session/buffersink.h"
#include "session/enlargedlayer.h"
#include "session/functionjob.h"
#include "session/modelenvironment.h"
#include "session/photofile.h"
#include "session/previewbox.h"
#include "session/uprightsource.h"

#include <QFileInfo>
#include <QPointer>
#include <QSet>

namespace heirloom
{

namespace
{

constexpr qint64 StoreBytes = qint64(1) << 30;

ColorProfile profileOf(const QByteArray &icc, PixelFormat format)
{
    if (!icc.isEmpty()) {
        const auto profile = ColorProfile::fromIcc(icc);
        if (profile && profile->fits(format))
            return *profile;
    }
    return ColorProfile::forUntagged(format);
}

/// Untagged pictures stay untagged through operations, so that the window and the command line do
/// the same arithmetic.
QByteArray operationIcc(const Canvas &canvas)
{
    return canvas.profile == ColorProfile::forUntagged(canvas.format) ? QByteArray()
                                                                      : canvas.profile.icc();
}

} // namespace

struct EditorSession::Opened {
    QString path;
    QString name;
    ImageInfo info;
    Metadata metadata;
    QList<Notice> notices;
    TiledBuffer pixels;
    MetadataEdits words;
};

struct EditorSession::Enlarged {
    Snapshot from;
    quint64 revision = 0;
    UpscaleSettings settings;
    UpscalePlan plan;
    OperationRecord record;
    TiledBuffer pixels;
};

struct EditorSession::Private {
    /// Told to a job's functions once the worker has named it.
    using IdBox = std::shared_ptr<JobId>;

    Worker &worker;
    ModelEnvironment &models;
    std::shared_ptr<TileStore> store;
    History history;
    DocumentEditor editor{history};
    std::unique_ptr<Document> document;
    Opened photo;
    MetadataEdits words;     ///< as they will be written
    MetadataEdits keptWords; ///< as they were written or saved last
    QSet<JobId> jobs;
    QHash<JobId, QString> titles;
    QHash<JobId, std::function<JobId()>> retries;
    IdBox submitting;
    QString submittingTitle;
    JobId preview;
    std::shared_ptr<PreviewBox> previewBox;

    Private(Worker &w, ModelEnvironment &m, std::shared_ptr<TileStore> s)
        : worker(w)
        , models(m)
        , store(s ? std::move(s) : TileStore::create(StoreBytes))
    {
    }

    void name(JobId id)
    {
        if (!submitting || submitting->isValid())
            return;
        *submitting = id;
        jobs.insert(id);
        titles.insert(id, submittingTitle);
    }
};

EditorSession::EditorSession(Worker &worker, ModelEnvironment &models,
                             std::shared_ptr<TileStore> store, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(worker, models, std::move(store)))
{
    connect(&worker, &Worker::started, this, [this](JobId id) {
        d->name(id); // a worker without a thread starts inside submit()
        if (d->jobs.contains(id))
            Q_EMIT started(id, d->titles.value(id));
    });
    connect(&worker, &Worker::progressed, this, [this](JobId id, const ProgressReport &report) {
        if (d->jobs.contains(id))
            Q_EMIT progressed(id, report);
    });
    connect(&worker, &Worker::finished, this, [this](JobId id, const Outcome &outcome) {
        d->name(id); // cancelled before it was started
        if (!d->jobs.remove(id))
            return;
        d->titles.remove(id);
        if (outcome.kind == Outcome::Kind::Done)
            d->retries.remove(id);
        if (id == d->preview) {
            deliverPreview(id);
            d->preview = {};
        }
        Q_EMIT finished(id, outcome);
    });
    connect(&d->history.undoStack(), &QUndoStack::cleanChanged, this,
            [this] { Q_EMIT modifiedChanged(isModified()); });
}

EditorSession::~EditorSession()
{
    if (d->previewBox)
        d->previewBox->close();
    const auto running = d->jobs;
    for (const JobId id : running)
        d->worker.cancel(id);
}

template <typename T>
JobId EditorSession::submit(const QString &title, Priority priority,
                            std::function<Result<T>(const Progress &)> compute,
                            std::function<void(JobId, T)> take)
{
    auto id = std::make_shared<JobId>();
    const QPointer<EditorSession> self(this);
    auto job = std::make_unique<FunctionJob<T>>(title, std::move(compute),
                                                [self, id, take = std::move(take)](T result) {
                                                    if (self)
                                                        take(*id, std::move(result));
                                                });
    const auto outer = std::exchange(d->submitting, id);
    const QString outerTitle = std::exchange(d->submittingTitle, title);
    const JobId named = d->worker.submit(std::move(job), priority);
    if (!id->isValid())
        d->name(named);
    d->submitting = outer;
    d->submittingTitle = outerTitle;
    return named;
}

Document *EditorSession::document() const
{
    return d->document.get();
}

const std::shared_ptr<TileStore> &EditorSession::tileStore() const
{
    return d->store;
}

QUndoStack &EditorSession::undoStack()
{
    return d->history.undoStack();
}

History &EditorSession::history()
{
    return d->history;
}

DocumentEditor &EditorSession::editor()
{
    return d->editor;
}

bool EditorSession::isModified() const
{
    return !d->history.undoStack().isClean() || d->words != d->keptWords;
}

const MetadataEdits &EditorSession::metadataEdits() const
{
    return d->words;
}

const MetadataEdits &EditorSession::ownMetadataEdits() const
{
    return d->photo.words;
}

void EditorSession::setMetadataEdits(const MetadataEdits &edits)
{
    if (!d->document || edits == d->words)
        return;
    d->words = edits;
    Q_EMIT metadataChanged();
    Q_EMIT modifiedChanged(isModified());
}

QString EditorSession::path() const
{
    return d->photo.path;
}

QString EditorSession::name() const
{
    return d->photo.name;
}

ImageInfo EditorSession::sourceInfo() const
{
    return d->photo.info;
}

const Metadata &EditorSession::metadata() const
{
    return d->photo.metadata;
}

QList<Notice> EditorSession::notices() const
{
    return d->photo.notices;
}

QList<OperationRecord> EditorSession::visibleRecords() const
{
    QList<OperationRecord> records;
    if (!d->document)
        return records;
    for (const Layer &layer : d->document->stack()) {
        if (layer.kind != LayerKind::Ai || !layer.isShown())
            continue;
        OperationRecord record = recordFromJson(layer.ai.record);
        record.strength *= layer.opacity;
        records += record;
    }
    return records;
}

// ---- opening -----------------------------------------------------------------------------------

namespace
{

Result<TiledBuffer> decode(PhotoFile &photo, const std::shared_ptr<TileStore> &store,
                           const Progress &progress)
{
    auto source = photo.source(0, progress.sub(0, 0.5));
    if (!source)
        return fail(source.error());
    return TiledBuffer::fromSource(**source, store, progress.sub(0.5, 0.5));
}

} // namespace

JobId EditorSession::open(const QString &path)
{
    return submit<Opened>(
        tr("Open %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
        [path, store = d->store](const Progress &progress) -> Result<Opened> {
            auto photo = PhotoFile::open(path);
            if (!photo)
                return fail(photo.error());
            auto pixels = decode(**photo, store, progress);
            if (!pixels)
                return fail(pixels.error());
            return Opened{path,
                          (*photo)->name(),
                          (*photo)->info(),
                          (*photo)->metadata(),
                          (*photo)->notices(),
                          std::move(*pixels),
                          editableFields((*photo)->metadata())};
        },
        [this](JobId, Opened opened) { takeOpened(std::move(opened)); });
}

JobId EditorSession::openBytes(const QByteArray &bytes, const QString &name)
{
    return submit<Opened>(
        tr("Open %1").arg(name), Priority::Interactive,
        [bytes, name, store = d->store](const Progress &progress) -> Result<Opened> {
            auto photo = PhotoFile::openBytes(bytes, name);
            if (!photo)
                return fail(photo.error());
            auto pixels = decode(**photo, store, progress);
            if (!pixels)
                return fail(pixels.error());
            return Opened{{},
                          name,
                          (*photo)->info(),
                          (*photo)->metadata(),
                          (*photo)->notices(),
                          std::move(*pixels),
                          editableFields((*photo)->metadata())};
        },
        [this](JobId, Opened opened) { takeOpened(std::move(opened)); });
}

JobId EditorSession::openImage(const Image &image, const QByteArray &icc, const QString &name)
{
    return submit<Opened>(
        tr("Open %1").arg(name), Priority::Interactive,
        [image, icc, name, store = d->store](const Progress &) -> Result<Opened> {
            if (image.isNull())
                return fail(ErrorCode::InputEmpty, {name});
            Opened opened;
            opened.name = name;
            opened.info.size = image.size();
            opened.info.format = image.format();
            opened.info.icc = icc;
            opened.pixels = TiledBuffer::fromImage(image, store);
            return opened;
        },
        [this](JobId, Opened opened) { takeOpened(std::move(opened)); });
}

void EditorSession::takeOpened(Opened opened)
{
    cancelPreview();
    d->history.begin(nullptr);
    d->photo = std::move(opened);
    const Opened &photo = d->photo;
    d->words = d->keptWords = photo.words;
    d->document = Document::fromOriginal(
        photo.pixels, profileOf(photo.info.icc, photo.pixels.format()), photo.info.resolution);
    d->history.begin(d->document.get(), tr("Open"));
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

void EditorSession::close()
{
    cancelPreview();
    d->history.begin(nullptr);
    d->document.reset();
    d->photo = {};
    d->words = d->keptWords = {};
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

// ---- enlarging ---------------------------------------------------------------------------------

Result<UpscalePlan> EditorSession::planUpscale(const UpscaleSettings &settings) const
{
    if (!d->document)
        return fail(ErrorCode::Internal, {QStringLiteral("no picture is open")});
    const Canvas &canvas = d->document->canvas();
    return heirloom::planUpscale(canvas.size, canvas.format, operationIcc(canvas), settings,
                                 d->models.planContext());
}

std::optional<double> EditorSession::estimateSeconds(const UpscalePlan &plan) const
{
    return d->models.estimateSeconds(plan);
}

JobId EditorSession::measureSpeed(const QString &packId)
{
    return submit<QString>(
        tr("Measure the model's speed"), Priority::Batch,
        [packId, &models = d->models](const Progress &progress) -> Result<QString> {
            if (auto done = models.measureSpeed(packId, progress); !done)
                return fail(done.error());
            return packId;
        },
        [this](JobId, const QString &id) { Q_EMIT speedMeasured(id); });
}

JobId EditorSession::previewUpscale(const UpscaleSettings &settings, const QRect &region,
                                    QPoint centre)
{
    cancelPreview();
    if (!d->document)
        return {};
    auto number = std::make_shared<JobId>();
    auto box = std::make_shared<PreviewBox>(this, [this, number] { deliverPreview(*number); });
    d->previewBox = box;
    d->preview = submit<OperationRecord>(
        tr("Preview"), Priority::Interactive,
        [=, snapshot = d->document->snapshot(), store = d->store,
         &models = d->models](const Progress &progress) -> Result<OperationRecord> {
            CompositorSource source(snapshot, store);
            auto upscale =
                Upscale::create(snapshot.canvas.size, snapshot.canvas.format,
                                operationIcc(snapshot.canvas), settings, models.context());
            if (!upscale)
                return fail(upscale.error());
            auto record = (*upscale)->runRegion(
                source, region, centre,
                [&](const QRect &place, const Image &pixels) { box->put(place, pixels); },
                progress);
            return record;
        },
        [this](JobId id, const OperationRecord &) { deliverPreview(id); });
    *number = d->preview;
    // A worker without a thread is through already.
    if (!d->jobs.contains(d->preview)) {
        for (const auto &[place, pixels] : box->take())
            Q_EMIT previewTile(d->preview, place, pixels);
        d->preview = {};
    }
    return *number;
}

void EditorSession::deliverPreview(JobId id)
{
    if (!d->previewBox || id != d->preview || !id.isValid())
        return;
    for (const auto &[place, pixels] : d->previewBox->take())
        Q_EMIT previewTile(id, place, pixels);
}

void EditorSession::cancelPreview()
{
    if (d->previewBox)
        d->previewBox->close();
    d->previewBox.reset();
    if (d->preview.isValid())
        d->worker.cancel(std::exchange(d->preview, {}));
}

JobId EditorSession::applyUpscale(const UpscaleSettings &settings)
{
    if (!d->document)
        return {};
    const JobId id = submit<Enlarged>(
        tr("Enlarge"), Priority::Batch,
        [settings, snapshot = d->document->snapshot(), revision = d->document->revision(),
         store = d->store, &models = d->models](const Progress &progress) -> Result<Enlarged> {
            const Canvas &canvas = snapshot.canvas;
            // The layer holds the whole effect; strength is its opacity.
            UpscaleSettings full = settings;
            if (!replacesWhatIsBelow(canvas))
                full.strength = 100;
            CompositorSource source(snapshot, store);
            auto upscale = Upscale::create(canvas.size, canvas.format, operationIcc(canvas), full,
                                           models.context());
            if (!upscale)
                return fail(upscale.error());
            BufferSink sink((*upscale)->plan().target, canvas.format, store);
            auto record = (*upscale)->run(source, sink, progress);
            if (!record)
                return fail(record.error());
            models.learnSpeed((*upscale)->plan(), *record);
            return Enlarged{snapshot, revision, settings, (*upscale)->plan(), *record, sink.take()};
        },
        [this](JobId job, Enlarged enlarged) { takeEnlarged(job, std::move(enlarged)); });
    offerRetry(id, [this, settings] { return applyUpscale(settings); });
    return id;
}

void EditorSession::takeEnlarged(JobId id, Enlarged enlarged)
{
    // What was enlarged has to be what is there now; another photo or an undo meanwhile and the
    // result belongs to nothing any more.
    if (!d->document || d->document->revision() != enlarged.revision ||
        !d->document->snapshot().sameState(enlarged.from)) {
        Q_EMIT dropped(id);
        return;
    }
    Snapshot after = enlarged.from.scaledTo(enlarged.plan.target);
    after.canvas.resolution = enlarged.settings.target.resolutionFor(
        enlarged.from.canvas.size, enlarged.from.canvas.resolution);

    Layer layer = enlargedLayer(after, enlarged.record, enlarged.plan, enlarged.pixels);
    if (replacesWhatIsBelow(after.canvas))
        hideAll(after.stack);
    else
        layer.opacity = enlarged.settings.strength / 100;
    Document &document = *d->document;
    document.restore(after);
    document.setActiveLayer(document.insertLayer(document.stack().count(), layer));
    d->history.record(tr("Enlarge"), enlarged.from);
    OperationRecord record = enlarged.record;
    record.strength = enlarged.settings.strength;
    Q_EMIT applied(id, record);
}

JobId EditorSession::mergeDown(LayerId layer)
{
    return d->document ? merge(planMergeDown(d->document->snapshot(), layer)) : JobId();
}

JobId EditorSession::flatten()
{
    return d->document ? merge(planFlatten(d->document->snapshot())) : JobId();
}

JobId EditorSession::merge(const Result<Merge> &merge)
{
    if (!merge) {
        Q_EMIT refused(merge.error());
        return {};
    }
    return submit<TiledBuffer>(
        merge->text, Priority::Interactive,
        [merge = *merge, store = d->store](const Progress &progress) {
            return mergedPixels(merge, store, progress);
        },
        [this, merge = *merge](JobId id, const TiledBuffer &pixels) {
            if (!d->document || !d->editor.takeMerged(merge, pixels))
                Q_EMIT dropped(id);
        });
}

// ---- writing -----------------------------------------------------------------------------------

ExportPicture EditorSession::exportPicture() const
{
    ExportPicture picture;
    if (!d->document)
        return picture;
    const Canvas &canvas = d->document->canvas();
    picture.size = canvas.size;
    picture.format = canvas.format;
    picture.icc = d->photo.info.icc.isEmpty() ? operationIcc(canvas) : canvas.profile.icc();
    picture.resolution = canvas.resolution;
    picture.metadata = d->photo.metadata;
    if (d->words != d->photo.words)
        picture.edits = d->words;
    picture.sourcePath = d->photo.path;
    picture.sourceSize = d->photo.info.size;
    picture.records = visibleRecords();
    return picture;
}

JobId EditorSession::exportTo(const ExportOptions &options)
{
    if (!d->document)
        return {};
    const int step = d->history.index();
    const JobId id = submit<ExportReport>(
        tr("Export %1").arg(QFileInfo(options.path).fileName()), Priority::Batch,
        [options, picture = exportPicture(), snapshot = d->document->snapshot(),
         store = d->store](const Progress &progress) {
            CompositorSource source(snapshot, store);
            return heirloom::exportPicture(source, picture, options, progress);
        },
        [this, step, words = d->words](JobId job, const ExportReport &report) {
            d->keptWords = words;
            if (d->history.index() == step)
                d->history.undoStack().setClean();
            Q_EMIT modifiedChanged(isModified());
            Q_EMIT exported(job, report);
        });
    offerRetry(id, [this, options] { return exportTo(options); });
    return id;
}

void EditorSession::cancel(JobId id)
{
    if (id == d->preview)
        cancelPreview();
    else if (d->jobs.contains(id))
        d->worker.cancel(id);
}

bool EditorSession::isBusy() const
{
    return !d->jobs.isEmpty();
}

bool EditorSession::isRunning(JobId id) const
{
    return d->jobs.contains(id);
}

bool EditorSession::canRetry(JobId id) const
{
    return d->document && !isRunning(id) && d->retries.contains(id);
}

JobId EditorSession::retry(JobId id)
{
    if (!canRetry(id))
        return {};
    const auto again = d->retries.take(id);
    return again();
}

void EditorSession::offerRetry(JobId id, std::function<JobId()> again)
{
    if (isRunning(id)) // else it is through already (a worker without a thread)
        d->retries.insert(id, std::move(again));
}

} // namespace heirloom

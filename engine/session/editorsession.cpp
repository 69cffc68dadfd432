// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/editorsession.h"

#include "document/compositor.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "session/ailayers.h"
#include "session/airun.h"
#include "session/enlargedexport.h"
#include "session/modelenvironment.h"
#include "session/openedphoto.h"
#include "session/operationpreview.h"
#include "session/project.h"
#include "session/recoveredwork.h"
#include "session/sessionjobs.h"
#include "session/visiblerecords.h"

#include <QFileInfo>

namespace heirloom
{

namespace
{

constexpr qint64 StoreBytes = qint64(1) << 30;

/// Also through links, and for files that are not there.
bool isSameFile(const QString &a, const QString &b)
{
    const QFileInfo x(a), y(b);
    return x.absoluteFilePath() == y.absoluteFilePath() || (x.exists() && y.exists() && x == y);
}

} // namespace

struct EditorSession::Private {
    SessionJobs jobs;
    ModelEnvironment &models;
    std::shared_ptr<TileStore> store;
    History history;
    DocumentEditor editor{history};
    std::unique_ptr<Document> document;
    OpenedPhoto photo;
    QString projectPath;
    MetadataEdits words;     ///< as they will be written
    MetadataEdits keptWords; ///< as they were written or saved last
    std::unique_ptr<AiLayers> aiLayers;
    std::unique_ptr<OperationPreview> preview;

    Private(Worker &worker, ModelEnvironment &m, std::shared_ptr<TileStore> s)
        : jobs(worker)
        , models(m)
        , store(s ? std::move(s) : TileStore::create(StoreBytes))
    {
    }
};

EditorSession::EditorSession(Worker &worker, ModelEnvironment &models,
                             std::shared_ptr<TileStore> store, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(worker, models, std::move(store)))
{
    d->aiLayers = std::make_unique<AiLayers>(*this);
    d->preview = std::make_unique<OperationPreview>(*this);
    connect(&d->jobs, &SessionJobs::started, this, &EditorSession::started);
    connect(&d->jobs, &SessionJobs::progressed, this, &EditorSession::progressed);
    connect(&d->jobs, &SessionJobs::finished, this, &EditorSession::finished);
    connect(d->aiLayers.get(), &AiLayers::added, this,
            [this](JobId id, LayerId, const OperationRecord &record) {
                Q_EMIT applied(id, record);
            });
    connect(d->aiLayers.get(), &AiLayers::unneeded, this, &EditorSession::unneeded);
    connect(d->aiLayers.get(), &AiLayers::dropped, this, &EditorSession::dropped);
    connect(d->aiLayers.get(), &AiLayers::refused, this, &EditorSession::refused);
    connect(d->preview.get(), &OperationPreview::tile, this, &EditorSession::previewTile);
    connect(&d->history.undoStack(), &QUndoStack::cleanChanged, this,
            [this] { Q_EMIT modifiedChanged(isModified()); });
}

EditorSession::~EditorSession()
{
    d->preview->cancel();
}

SessionJobs &EditorSession::jobs()
{
    return d->jobs;
}

ModelEnvironment &EditorSession::models()
{
    return d->models;
}

AiLayers &EditorSession::aiLayers()
{
    return *d->aiLayers;
}

OperationPreview &EditorSession::preview()
{
    return *d->preview;
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

const OpenedPhoto &EditorSession::photo() const
{
    return d->photo;
}

QString EditorSession::path() const
{
    return d->photo.path;
}

QString EditorSession::name() const
{
    return d->projectPath.isEmpty() ? d->photo.name : QFileInfo(d->projectPath).fileName();
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
    return d->document ? heirloom::visibleRecords(d->document->stack())
                       : QList<OperationRecord>();
}

// ---- opening -----------------------------------------------------------------------------------

JobId EditorSession::open(const QString &path)
{
    if (Project::isProject(path)) {
        return d->jobs.submit<Project>(
            tr("Open %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
            [path, store = d->store](const Progress &progress) {
                return Project::open(path, store, progress);
            },
            [this, path](JobId, Project project) { takeProject(std::move(project), path); });
    }
    return d->jobs.submit<OpenedPhoto>(
        tr("Open %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
        [path, store = d->store](const Progress &progress) {
            return OpenedPhoto::open(path, store, progress);
        },
        [this](JobId, OpenedPhoto opened) { takeOpened(std::move(opened)); });
}

JobId EditorSession::openBytes(const QByteArray &bytes, const QString &name)
{
    return d->jobs.submit<OpenedPhoto>(
        tr("Open %1").arg(name), Priority::Interactive,
        [bytes, name, store = d->store](const Progress &progress) {
            return OpenedPhoto::openBytes(bytes, name, store, progress);
        },
        [this](JobId, OpenedPhoto opened) { takeOpened(std::move(opened)); });
}

JobId EditorSession::openImage(const Image &image, const QByteArray &icc, const QString &name,
                               Resolution resolution)
{
    return d->jobs.submit<OpenedPhoto>(
        tr("Open %1").arg(name), Priority::Interactive,
        [image, icc, name, resolution, store = d->store](const Progress &) {
            auto opened = OpenedPhoto::fromImage(image, icc, name, store);
            if (opened)
                opened->info.resolution = resolution;
            return opened;
        },
        [this](JobId, OpenedPhoto opened) { takeOpened(std::move(opened)); });
}

void EditorSession::takeOpened(OpenedPhoto opened)
{
    const MetadataEdits words = opened.words;
    beginWith(std::move(opened), words, {});
    const OpenedPhoto &photo = d->photo;
    d->document = Document::fromOriginal(
        photo.pixels, profileOf(photo.info.icc, photo.pixels.format()), photo.info.resolution);
    d->history.begin(d->document.get(), tr("Open"));
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

void EditorSession::takeProject(Project project, const QString &path)
{
    if (project.state.stack.isEmpty()) // another program's: a picture, and no file to save to
        return takeOpened(std::move(project.photo));
    beginWith(std::move(project.photo), project.words, path);
    d->document->restore(project.state);
    d->history.begin(d->document.get(), tr("Open"));
    d->history.setSnapshots(std::move(project.snapshots));
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

JobId EditorSession::openRecovered(const QString &name, const RecoveredRead &read)
{
    return d->jobs.submit<RecoveredWork>(
        tr("Open %1").arg(name), Priority::Interactive, read,
        [this](JobId, RecoveredWork work) { takeRecovered(std::move(work)); });
}

void EditorSession::takeRecovered(RecoveredWork work)
{
    beginWith(std::move(work.photo), work.words, work.projectPath);
    d->history.begin(d->document.get(), work.steps, work.index);
    d->history.setSnapshots(std::move(work.snapshots));
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

void EditorSession::beginWith(OpenedPhoto photo, const MetadataEdits &words, const QString &path)
{
    d->preview->cancel();
    d->history.begin(nullptr);
    d->photo = std::move(photo);
    d->words = d->keptWords = words;
    d->projectPath = path;
    d->document = std::make_unique<Document>(d->store);
}

QString EditorSession::projectPath() const
{
    return d->projectPath;
}

JobId EditorSession::saveProject(const QString &path, bool overwrite)
{
    if (!d->document)
        return {};
    if (!d->photo.path.isEmpty() && isSameFile(path, d->photo.path)) {
        Q_EMIT refused(Error(ErrorCode::OutputIsInput, {path}));
        return {};
    }
    Project project;
    project.state = d->document->snapshot();
    project.snapshots = d->history.snapshots();
    project.photo = d->photo;
    project.photo.pixels = {};
    project.words = d->words;
    const int step = d->history.index();
    const QString previous = d->projectPath;
    const bool again = !previous.isEmpty() && isSameFile(previous, path);
    const JobId id = d->jobs.submit<bool>(
        tr("Save %1").arg(QFileInfo(path).fileName()), Priority::Interactive,
        [project, path, previous, overwrite, again,
         store = d->store](const Progress &progress) -> Result<bool> {
            if (auto done = project.save(path, previous, store, overwrite || again, progress);
                !done)
                return fail(done.error());
            return true;
        },
        [this, path, step, words = project.words](JobId job, bool) {
            d->projectPath = path;
            d->keptWords = words;
            if (d->history.index() == step)
                d->history.undoStack().setClean();
            Q_EMIT modifiedChanged(isModified());
            Q_EMIT saved(job, path);
        });
    d->jobs.offerRetry(id, [this, path, overwrite] { return saveProject(path, overwrite); });
    return id;
}

void EditorSession::close()
{
    d->preview->cancel();
    d->history.begin(nullptr);
    d->document.reset();
    d->photo = {};
    d->projectPath.clear();
    d->words = d->keptWords = {};
    Q_EMIT documentReplaced();
    Q_EMIT noticesChanged();
}

// ---- enlarging ---------------------------------------------------------------------------------

Result<UpscalePlan> EditorSession::planUpscale(const UpscaleSettings &settings) const
{
    if (!d->document)
        return fail(ErrorCode::Internal, {QStringLiteral("no picture is open")});
    const OperationPicture picture = pictureOf(d->document->canvas());
    return heirloom::planUpscale(picture.size, picture.format, picture.icc, settings,
                                 d->models.planContext());
}

std::optional<double> EditorSession::estimateSeconds(const UpscalePlan &plan) const
{
    return d->models.estimateSeconds(plan);
}

JobId EditorSession::measureSpeed(const QString &packId)
{
    return d->jobs.submit<QString>(
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
    return d->preview->start(Upscale::id(), settings.toParameters(), settings.strength, region,
                             centre);
}

JobId EditorSession::applyUpscale(const UpscaleSettings &settings)
{
    AiLook look;
    look.opacity = settings.strength / 100;
    return d->aiLayers->add(Upscale::id(), settings.toParameters(), look);
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
    return d->jobs.submit<TiledBuffer>(
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
    picture.icc = d->photo.info.icc.isEmpty() ? pictureOf(canvas).icc : canvas.profile.icc();
    picture.resolution = canvas.resolution;
    picture.metadata = d->photo.metadata;
    if (d->words != d->photo.words)
        picture.edits = d->words;
    picture.sourcePath = d->photo.path;
    picture.sourceSize = d->photo.info.size;
    picture.records = visibleRecords();
    return picture;
}

JobId EditorSession::exportTo(const ExportOptions &options,
                              const std::optional<UpscaleSettings> &enlarge)
{
    if (!d->document)
        return {};
    const int step = d->history.index();
    const JobId id = d->jobs.submit<ExportReport>(
        tr("Export %1").arg(QFileInfo(options.path).fileName()), Priority::Batch,
        [options, enlarge, picture = exportPicture(), snapshot = d->document->snapshot(),
         store = d->store, &models = d->models](const Progress &progress) -> Result<ExportReport> {
            CompositorSource source(snapshot, store);
            if (!enlarge)
                return heirloom::exportPicture(source, picture, options, progress);
            const auto done = exportEnlarged(
                picture, options, *enlarge, models,
                [&source](int) -> Result<ImageSource *> { return &source; }, progress);
            if (!done)
                return fail(done.error());
            ExportReport report = done->report;
            report.warnings += done->record.warnings;
            return report;
        },
        [this, step, words = d->words](JobId job, const ExportReport &report) {
            d->keptWords = words;
            if (d->history.index() == step)
                d->history.undoStack().setClean();
            Q_EMIT modifiedChanged(isModified());
            Q_EMIT exported(job, report);
        });
    d->jobs.offerRetry(id, [this, options, enlarge] { return exportTo(options, enlarge); });
    return id;
}

void EditorSession::cancel(JobId id)
{
    if (id.isValid() && id == d->preview->job())
        d->preview->cancel();
    else
        d->jobs.cancel(id);
}

void EditorSession::cancelPreview()
{
    d->preview->cancel();
}

bool EditorSession::isBusy() const
{
    return d->jobs.isBusy();
}

bool EditorSession::isRunning(JobId id) const
{
    return d->jobs.isRunning(id);
}

bool EditorSession::canRetry(JobId id) const
{
    return d->document && d->jobs.canRetry(id);
}

JobId EditorSession::retry(JobId id)
{
    return canRetry(id) ? d->jobs.retry(id) : JobId();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "image/imageinfo.h"
#include "jobs/worker.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"
#include "operation/operation.h"
#include "operation/upscale.h"
#include "session/exporter.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>

namespace heirloom
{

class AiLayers;
class Document;
class DocumentEditor;
class History;
struct Merge;
class ModelEnvironment;
struct OpenedPhoto;
class OperationPreview;
struct Project;
struct RecoveredWork;
class SessionJobs;
class TileStore;

/// What the window drives: one open photo, its document, and the jobs that work on it. Every method
/// returns at once; results arrive by the signals, on the thread the session lives on (the GUI
/// thread). The worker never touches the document: jobs get snapshots, and what they bring back is
/// taken in by one undo command, only if it still fits. A cancelled or failed job leaves the
/// document exactly as it was. Owned by the window's composition root; worker and models outlive
/// it.
class EditorSession : public QObject
{
    Q_OBJECT

public:
    /// store: where pixels live; null: one of its own (1 GB in memory, the rest on disk).
    EditorSession(Worker &worker, ModelEnvironment &models,
                  std::shared_ptr<TileStore> store = nullptr, QObject *parent = nullptr);
    ~EditorSession() override;

    // ---- the photo -----------------------------------------------------------------------------
    /// Null until something was opened. Replaced by the next opening (documentReplaced()).
    Document *document() const;
    const std::shared_ptr<TileStore> &tileStore() const;
    /// Steps and snapshots of the document; begins anew with each.
    History &history();
    QUndoStack &undoStack(); ///< history()'s
    /// What the user does by hand; only while a document is open.
    DocumentEditor &editor();
    /// Results of operations as layers.
    AiLayers &aiLayers();
    /// What an operation would give.
    OperationPreview &preview();
    /// What runs for this photo; for what works on it (aiLayers(), preview()).
    SessionJobs &jobs();
    ModelEnvironment &models();
    bool hasDocument() const { return document() != nullptr; }
    /// True when there is work that neither an export nor a save has kept.
    bool isModified() const;

    const OpenedPhoto &photo() const;
    QString path() const;         ///< of the photo; empty when it was pasted
    QString name() const;         ///< for titles
    ImageInfo sourceInfo() const; ///< of the photo as it was opened, upright
    const Metadata &metadata() const;
    /// Caption, people, place and date as they will be written: the photo's own until edited.
    /// Edits are no step of the history; setting them back takes them back.
    const MetadataEdits &metadataEdits() const;
    void setMetadataEdits(const MetadataEdits &edits);
    /// As the photo has them.
    const MetadataEdits &ownMetadataEdits() const;
    QList<Notice> notices() const;
    /// The operations that can be seen in the picture, oldest first.
    QList<OperationRecord> visibleRecords() const;

    JobId open(const QString &path);
    JobId openBytes(const QByteArray &bytes, const QString &name);
    /// Pixels without a file: pasted, dropped, cut out of a scan.
    JobId openImage(const Image &image, const QByteArray &icc, const QString &name,
                    Resolution resolution = {});
    /// Work that a crash interrupted: read runs on the engine thread. Counts as modified.
    using RecoveredRead = std::function<Result<RecoveredWork>(const Progress &)>;
    JobId openRecovered(const QString &name, const RecoveredRead &read);
    void close();

    // ---- the project ---------------------------------------------------------------------------
    /// The OpenRaster file that the document was opened from or saved to last; empty: none yet.
    QString projectPath() const;
    /// Writes the document as it is now, in the background; saved() follows. Only what changed
    /// since the last time is encoded. Another file than projectPath() is written over only with
    /// overwrite. The photo's own file is refused (OutputIsInput).
    JobId saveProject(const QString &path, bool overwrite = false);

    // ---- enlarge -------------------------------------------------------------------------------
    /// What an upscale of the current picture would do; quick.
    Result<UpscalePlan> planUpscale(const UpscaleSettings &settings) const;
    /// Seconds, or nothing when this machine has not run that model yet (measureSpeed()).
    std::optional<double> estimateSeconds(const UpscalePlan &plan) const;
    JobId measureSpeed(const QString &packId);

    /// preview().start() with these settings; pieces come by previewTile().
    JobId previewUpscale(const UpscaleSettings &settings, const QRect &region, QPoint centre);
    void cancelPreview();
    /// aiLayers().add() with these settings; strength is the layer's opacity. applied() follows.
    JobId applyUpscale(const UpscaleSettings &settings);

    /// The layer and the one below become one, or everything visible; in the background, one undo
    /// step when it is finished.
    JobId mergeDown(LayerId layer);
    JobId flatten();

    // ---- writing -------------------------------------------------------------------------------
    /// What an export would write, for the dialog.
    ExportPicture exportPicture() const;
    /// With enlarge the picture is enlarged on its way into the file (exportEnlarged()); the
    /// document stays as large as it is.
    JobId exportTo(const ExportOptions &options,
                   const std::optional<UpscaleSettings> &enlarge = {});

    /// Ends for the user at once; finished() follows with the cancelled outcome.
    void cancel(JobId id);
    bool isBusy() const;
    bool isRunning(JobId id) const; ///< or waiting
    /// Whether a job that failed or was cancelled can be given in again.
    bool canRetry(JobId id) const;
    /// The same again, with the same settings, on the picture as it is now. A job is tried once
    /// more under a new id; the old one cannot be tried a second time.
    JobId retry(JobId id);

Q_SIGNALS:
    /// Another photo (or none) is open now.
    void documentReplaced();
    void noticesChanged();
    void metadataChanged();
    void modifiedChanged(bool modified);

    void started(heirloom::JobId id, const QString &title);
    void progressed(heirloom::JobId id, const heirloom::ProgressReport &report);
    /// The last word about a job: done, cancelled, or failed with an error. The specific signals
    /// below come before it.
    void finished(heirloom::JobId id, const heirloom::Outcome &outcome);

    void previewTile(heirloom::JobId id, const QRect &place, const heirloom::Image &pixels);
    void applied(heirloom::JobId id, const heirloom::OperationRecord &record);
    /// An operation found nothing to do and made no layer; the record says why.
    void unneeded(heirloom::JobId id, const heirloom::OperationRecord &record);
    /// A finished result was not taken in, because what it was made for is not there any more.
    void dropped(heirloom::JobId id);
    /// What was asked for cannot be done (a locked layer).
    void refused(const heirloom::Error &error);
    void saved(heirloom::JobId id, const QString &path);
    void exported(heirloom::JobId id, const heirloom::ExportReport &report);
    void speedMeasured(const QString &packId);

private:
    void takeOpened(OpenedPhoto opened);
    void takeProject(Project project, const QString &path);
    void takeRecovered(RecoveredWork work);
    void beginWith(OpenedPhoto photo, const MetadataEdits &words, const QString &path);
    JobId merge(const Result<Merge> &merge);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "document/mask.h"
#include "operation/operation.h"
#include "session/airun.h"

#include <QList>
#include <QObject>

#include <memory>
#include <optional>

namespace heirloom
{

class EditorSession;

/// What the panel says of an AI layer.
enum class AiState {
    Current,
    OutOfDate, ///< what it was made from is different now
    Pending,   ///< it is waited for or worked on; the layer shows the earlier result
};

/// The results of operations as layers of one session: makes them, runs them again, tells which are
/// out of date. States are derived by comparing fingerprints, never stored. Parameters and pixels
/// change in one undo step, when the work is finished; a cancelled or failed run leaves the
/// document as it was. Earlier results are kept by fingerprint (AiResults), so that going back to
/// them costs nothing; operations that look only around a pixel re-run only what changed. A layer
/// is worked on in the place of the picture it was made from: crops, turns and enlargements that
/// came later do not put it out of date. Every run is a job of the session, which tells its
/// progress and end; a result that no longer fits (another photo, another canvas) is dropped, but
/// kept for when it is asked for again. Owned by the session; GUI thread.
class AiLayers : public QObject
{
    Q_OBJECT

public:
    explicit AiLayers(EditorSession &session);
    ~AiLayers() override;

    /// Current for layers that are no AI layers.
    AiState state(LayerId layer) const;
    /// The settings a layer is being run with.
    std::optional<QVariantMap> pendingParameters(LayerId layer) const;
    /// The run of a layer; invalid: none.
    JobId job(LayerId layer) const;
    /// Bottom to top, those being worked on left out.
    QList<LayerId> outOfDate() const;

    /// Runs an operation (registry id) on what is visible, in the background; a new layer over it
    /// when finished. An operation that enlarges enlarges the canvas; one that works inside a mask
    /// (OperationInfo::takesMask) works wherever the look's mask shows, and is out of date when the
    /// layer's mask becomes another. Invalid when nothing is open or it is refused.
    JobId add(const QString &operation, const QVariantMap &parameters, const AiLook &look = {});
    /// Other parameters for a layer (a slider sends this at its release). A run for it that is not
    /// finished is ended.
    JobId setParameters(LayerId layer, const QVariantMap &parameters);
    /// A result for a layer of the same operation that was worked out elsewhere, as one step; a run
    /// for the layer is ended. False: the layer is gone or locked, or it does not fit.
    bool setResult(LayerId layer, const AiResult &result, const QString &text);
    /// A new layer over one that is there, for a result that was worked out elsewhere; as add()
    /// takes its own in: added() or unneeded() follow. False: it does not fit.
    bool addResult(JobId job, const AiResult &result, LayerId over, const AiLook &look);
    /// The same again on what is below now.
    JobId update(LayerId layer);
    /// Everything out of date, one after another, bottom-up; stops where one fails or is cancelled.
    void updateAll();
    bool isUpdatingAll() const;
    /// A result that was made before (a project's layers are known by themselves): asking for the
    /// same again costs nothing, and a change below it only what it touches.
    void remember(const AiResult &result);
    /// Ends the run; the layer is as it was.
    void cancel(LayerId layer);

Q_SIGNALS:
    /// The states may differ.
    void changed();
    void added(heirloom::JobId job, heirloom::LayerId layer,
               const heirloom::OperationRecord &record);
    void updated(heirloom::JobId job, heirloom::LayerId layer);
    /// There was nothing to do: no layer was made, the record's warnings say why.
    void unneeded(heirloom::JobId job, const heirloom::OperationRecord &record);
    void dropped(heirloom::JobId job);
    /// What was asked for cannot be done.
    void refused(const heirloom::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/result.h"
#include "document/mask.h"
#include "jobs/job.h"
#include "operation/operation.h"

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
    Pending,   ///< new settings are waiting or being worked on; the layer shows the earlier result
};

/// The results of operations as layers of one session: makes them, runs them again, tells which are
/// out of date. States are derived by comparing fingerprints, never stored. Parameters and pixels
/// change in one undo step, when the work is finished; a cancelled or failed run leaves the
/// document as it was. Earlier results are kept by fingerprint (memory, then disk, byte budget), so
/// that going back to them costs nothing; operations that look only around a pixel re-run only
/// changed tiles. Owned by the session; GUI thread.
class AiLayers : public QObject
{
    Q_OBJECT

public:
    /// What is being done or asked for about a layer that is not finished.
    struct Pending {
        QVariantMap parameters;
        JobId job; ///< invalid: waits for Update
    };

    explicit AiLayers(EditorSession &session);
    ~AiLayers() override;

    AiState state(LayerId layer) const;
    std::optional<Pending> pending(LayerId layer) const;
    /// Bottom to top.
    QList<LayerId> outOfDate() const;

    /// Runs an operation (registry id) on what is visible, in the background; a new layer over it
    /// when finished. mask limits what is shown of it.
    JobId add(const QString &operation, const QVariantMap &parameters, const Mask &mask = {});
    /// Other parameters for a layer. Ones known before come back at once (one undo step); others
    /// become pending and run now (a slider sends this at its release).
    JobId setParameters(LayerId layer, const QVariantMap &parameters);
    JobId update(LayerId layer);
    /// One after another, bottom-up.
    void updateAll();
    /// Ends the run; the layer is as it was.
    void cancel(LayerId layer);

Q_SIGNALS:
    /// The states may differ.
    void changed();
    void added(heirloom::LayerId layer, const heirloom::OperationRecord &record);
    void updated(heirloom::LayerId layer);
    void failed(heirloom::LayerId layer, const heirloom::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

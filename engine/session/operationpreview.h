// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "image/image.h"

#include <QObject>
#include <QPoint>
#include <QRect>
#include <QVariantMap>

#include <memory>

namespace heirloom
{

class EditorSession;
class PreviewBox;

/// Shows what an operation would give in a part of the picture, piece by piece, while nothing is
/// changed. One at a time: a new one ends the one before. Owned by the session; GUI thread.
class OperationPreview : public QObject
{
    Q_OBJECT

public:
    explicit OperationPreview(EditorSession &session);
    ~OperationPreview() override;

    /// region: pixels of the result; nearest to centre first. strength: percent. Interactive
    /// priority. Invalid when nothing is open.
    JobId start(const QString &operation, const QVariantMap &parameters, double strength,
                const QRect &region, QPoint centre);
    void cancel();
    JobId job() const { return m_job; } ///< invalid: none runs

Q_SIGNALS:
    void tile(heirloom::JobId id, const QRect &place, const heirloom::Image &pixels);

private:
    void deliver(JobId id);

    EditorSession &m_session;
    JobId m_job;
    std::shared_ptr<PreviewBox> m_box;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/ids.h"
#include "document/differencemap.h"
#include "document/inventeddetail.h"
#include "session/fillmethods.h"

#include <QObject>

#include <memory>

namespace heirloom
{

class EditorSession;
class PreviewBox;

enum class CanvasMapKind { Difference, InventedDetail, FillMethods };

/// The figures of the kind that was measured.
struct CanvasMapFigures {
    DifferenceFigures difference;
    InventedDetailFigures invented;
    FillFigures fills;
};

/// Works out a map of the session's picture on the engine thread, over a snapshot, as an
/// interactive job: roughly first, then exactly from the middle of what is seen outwards. One run
/// at a time; a new one ends the one before. Owned by who shows the map; the session outlives it;
/// GUI thread.
class CanvasMapRun : public QObject
{
    Q_OBJECT

public:
    explicit CanvasMapRun(EditorSession &session, QObject *parent = nullptr);
    ~CanvasMapRun() override;

    /// centre: canvas position whose surroundings come first. Nothing happens when nothing is open.
    void start(CanvasMapKind kind, QPoint centre);
    void cancel();
    bool isRunning() const { return m_job.isValid(); }

Q_SIGNALS:
    /// Values of part of the canvas (CanvasMap::format). When the image is smaller than its place
    /// (then the whole canvas) it is preliminary.
    void piece(const QRect &place, const heirloom::Image &values);
    /// Everything has come.
    void measured(const heirloom::CanvasMapFigures &figures);
    void failed(const heirloom::Error &error);
    /// The user has cancelled it among the jobs.
    void stopped();

private:
    void deliver(const std::shared_ptr<PreviewBox> &box);

    EditorSession &m_session;
    JobId m_job;
    std::shared_ptr<PreviewBox> m_box;
};

} // namespace heirloom

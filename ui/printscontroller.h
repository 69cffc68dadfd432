// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <QObject>

namespace heirloom
{

class Actions;
class EditorSession;
class MessageBar;
struct ScannedPrints;
class Workspace;

/// Prints on a scanner's bed: straightens the picture to the one that lies there, or opens each of
/// several as a photo of its own. Follows the workspace by itself; GUI thread.
class PrintsController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        MessageBar &messages;
        QObject &parent;
    };
    explicit PrintsController(const Parts &parts);

private:
    void setSession(EditorSession *session);
    void look(bool split);
    void take(EditorSession *session, const ScannedPrints &found, bool split);
    void straighten(EditorSession &session, const ScannedPrints &found);
    void openEach(const EditorSession &session, const ScannedPrints &found);

    Parts m_parts;
    QObject *m_watch = nullptr;
};

} // namespace heirloom

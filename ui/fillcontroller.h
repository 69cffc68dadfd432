// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/progress.h"
#include "document/mask.h"
#include "jobs/worker.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace heirloom
{

class Actions;
class EditorSession;
class FillPanel;
class MessageBar;
class ToolController;
class Workspace;

/// Fills what is selected of the current photo: by its command, and by the button beside the steps
/// of Restore. Without a selection it fills inside of the mask that is painted on, or brings the
/// active fill up to date. Runs of other photos go on. Follows the workspace by itself. Owned by
/// the tools' controller; GUI thread.
class FillController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        ToolController &tools;
        FillPanel &panel;
        MessageBar &messages;
    };
    /// Its parent is tools.
    explicit FillController(const Parts &parts);

private:
    void watch(EditorSession *session);
    void setSession(EditorSession *session);
    void follow();
    void fill();
    /// The mask to fill in; null: none.
    Mask area() const;
    /// The active layer where it is a fill whose mask or picture is another one now.
    LayerId staleFill() const;
    void takeEnd(EditorSession *session, JobId id, const Outcome &outcome);
    void showHint();

    Parts m_parts;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QHash<const EditorSession *, JobId> m_running;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <QHash>
#include <QObject>

namespace heirloom
{

class Actions;
class DamagePanel;
class DamageSelection;
class EditorSession;
class MessageBar;
class ToolController;
class Workspace;

/// Finds the damage of the current photo and shows it with quick mask as what is selected, to be
/// checked and painted on; R fills it then. Searches of other photos go on. Follows the workspace
/// by itself. Owned by the tools' controller; GUI thread.
class DamageController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        ToolController &tools;
        DamagePanel &panel;
        MessageBar &messages;
    };
    /// Its parent is tools.
    explicit DamageController(const Parts &parts);

private:
    void watch(EditorSession *session);
    void setSession(EditorSession *session);
    void follow();
    void find();
    void takeFound(const EditorSession *session, double share, const QStringList &warnings);
    void showWholePanel();
    void takeEnd(EditorSession *session, JobId id, const Outcome &outcome);
    void show();
    DamageSelection *damage() const { return m_damage.value(m_session); }

    Parts m_parts;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QHash<const EditorSession *, DamageSelection *> m_damage;
    QHash<const EditorSession *, JobId> m_running;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "operation/operation.h"
#include "session/exporter.h"

#include <QObject>

namespace heirloom
{

class CanvasView;
class EditorSession;
class MessageBar;
class Workspace;

/// What the message bar says of the open photos: notes about the current one, the end of work on
/// any of them (with its name, and a way there, when it is not the current one). Owned by the main
/// window; GUI thread.
class SessionMessages : public QObject
{
    Q_OBJECT

public:
    SessionMessages(Workspace &workspace, MessageBar &bar, CanvasView &canvas,
                    QObject *parent = nullptr);

public Q_SLOTS:
    void showApplied(heirloom::EditorSession *session, const heirloom::OperationRecord &record);
    void showExported(heirloom::EditorSession *session, const heirloom::ExportReport &report);
    void showSaved(heirloom::EditorSession *session, const QString &path);
    void showFailed(heirloom::EditorSession *session, const heirloom::Error &error);
    void showCancelled(heirloom::EditorSession *session);

private:
    void watch(EditorSession *session);
    void showNotices(const EditorSession &session);
    bool isCurrent(const EditorSession *session) const;
    void offerToGo(EditorSession *session);

    Workspace &m_workspace;
    MessageBar &m_bar;
    CanvasView &m_canvas;
};

} // namespace heirloom

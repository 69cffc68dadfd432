// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "session/layerimport.h"

#include <QObject>

class QWidget;

namespace heirloom
{

class Actions;
class EditorSession;
class OpenController;

/// Copying what is seen, and pasting: a loose picture becomes a layer of the current photo,
/// anything else a photo of its own. Owned by the main window; GUI thread.
class ClipboardController : public QObject
{
    Q_OBJECT

public:
    ClipboardController(Actions &actions, OpenController &open, QWidget *window);

    /// Null: nothing is open.
    void setSession(EditorSession *session);

Q_SIGNALS:
    void noted(const QString &text);
    void failed(const heirloom::Error &error);

private:
    void copy();
    void paste(LayerImport::Place place);
    /// Tells when this job of the current session ends badly.
    void follow(JobId job);

    Actions &m_actions;
    OpenController &m_open;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
};

} // namespace heirloom

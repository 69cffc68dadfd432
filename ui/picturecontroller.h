// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>

class QDialog;
class QWidget;

namespace heirloom
{

class Actions;
class DocumentEditor;
class EditorSession;

/// Asks for sizes and the resolution of the current photo and sets them, one step each. Owned by
/// the main window; GUI thread.
class PictureController : public QObject
{
    Q_OBJECT

public:
    PictureController(Actions &actions, QWidget *window);

    /// Null: nothing is open.
    void setSession(EditorSession *session);

Q_SIGNALS:
    void refused(const heirloom::Error &error);
    /// Instead of new pixels by arithmetic.
    void enlargeRequested();

private:
    void askPictureSize();
    void askCanvasSize();
    void askResolution();
    /// Shows a dialog; what is done with its answer happens only while the photo is still there.
    template <typename Dialog, typename Function>
    void ask(Dialog *dialog, Function accepted);

    Actions &m_actions;
    QWidget *m_window;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QObject>

namespace heirloom
{

class Actions;
class EditorSession;

/// Carries out the commands of the Picture and Layer menus on the current photo. Owned by the main
/// window; GUI thread.
class EditController : public QObject
{
    Q_OBJECT

public:
    explicit EditController(Actions &actions, QObject *parent = nullptr);

    /// Null: nothing is open.
    void setSession(EditorSession *session);

Q_SIGNALS:
    void refused(const heirloom::Error &error);

private:
    void tell(const Result<void> &done);
    void moveLayer(int by);
    void updateActions();

    Actions &m_actions;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
};

} // namespace heirloom

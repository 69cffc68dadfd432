// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace heirloom
{

class EditorSession;
class Workspace;

/// A tab for each open photo: name, a star when it holds unsaved work, a close button. Middle click
/// closes, dragging reorders. GUI thread.
class PhotoTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit PhotoTabs(Workspace &workspace, QWidget *parent = nullptr);

    /// The next or the one before, in a ring.
    void step(int by);
    /// "name*"
    static QString label(const EditorSession &session);

Q_SIGNALS:
    void closeRequested(heirloom::EditorSession *session);
    void closeOthersRequested(heirloom::EditorSession *session);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    QSize tabSizeHint(int index) const override;

private:
    void fill();
    void showLabel(EditorSession *session);

    Workspace &m_workspace;
    int m_pressed = -1; ///< the tab the middle button went down on
};

} // namespace heirloom

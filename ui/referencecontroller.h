// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QPointer>

class QDockWidget;
class QPushButton;
class QToolButton;

namespace heirloom
{

class CanvasView;
class EditorSession;
class ReferenceView;

/// A photo pinned in a dock of its own while others are coloured: colours are picked from it, or
/// all of it is a model. The dock is made when it is first wanted and floats over the picture until
/// it is docked. Owned by ColorController; GUI thread.
class ReferenceController : public QObject
{
    Q_OBJECT

public:
    ReferenceController(CanvasView &canvas, QObject *parent);

    /// A copy of how a photo looks now; it stays when the photo is closed.
    void pin(EditorSession &session);
    /// A picture can be coloured after it.
    void setCanMatch(bool can);

Q_SIGNALS:
    void picked(const QColor &color);
    void matchRequested(const QImage &reference, const QString &name);

private:
    void build();
    QToolButton *closeButton();
    void show(const QImage &picture, const QString &name);

    CanvasView &m_canvas;
    QPointer<QDockWidget> m_dock; ///< the window's
    ReferenceView *m_view = nullptr;
    QPushButton *m_match = nullptr;
    QString m_name;
    bool m_canMatch = false;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "referencecontroller.h"

#include "canvas/canvasview.h"
#include "document/compositor.h"
#include "document/document.h"
#include "session/editorsession.h"
#include "session/sessionjobs.h"
#include "theme/icon.h"
#include "widgets/referenceview.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace heirloom
{

namespace
{

/// Longest side of the copy, pixels; enough to see a button of a uniform.
constexpr int mostSide = 2400;
constexpr QSize firstSize{320, 300};
constexpr int margin = 16;

} // namespace

ReferenceController::ReferenceController(CanvasView &canvas, QObject *parent)
    : QObject(parent)
    , m_canvas(canvas)
{
}

void ReferenceController::pin(EditorSession &session)
{
    if (!session.hasDocument())
        return;
    session.jobs().submit<QImage>(
        {}, Priority::Interactive,
        [snapshot = session.document()->snapshot(),
         store = session.tileStore()](const Progress &) -> Result<QImage> {
            Compositor compositor(store);
            compositor.setState(snapshot);
            int level = 0;
            for (QSize s = compositor.levelSize(0); std::max(s.width(), s.height()) > mostSide &&
                                                    level + 1 < compositor.levelCount();)
                s = compositor.levelSize(++level);
            return compositor.renderScreen(QRect(QPoint(0, 0), compositor.levelSize(level)),
                                           level);
        },
        [self = QPointer(this), name = session.name()](JobId, const QImage &picture) {
            if (self)
                self->show(picture, name);
        });
}

void ReferenceController::setCanMatch(bool can)
{
    m_canMatch = can;
    if (m_match)
        m_match->setEnabled(can);
}

void ReferenceController::build()
{
    m_dock = new QDockWidget(m_canvas.window());
    m_dock->setObjectName(QStringLiteral("reference"));
    m_view = new ReferenceView;
    m_view->setObjectName(QStringLiteral("referenceView"));
    m_match = new QPushButton(tr("Colour after this photo"));
    m_match->setObjectName(QStringLiteral("matchReference"));
    m_match->setToolTip(tr("Places guessed hints: each part gets the colours of the places here "
                           "that look most like it"));
    m_match->setWhatsThis(m_match->toolTip());
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_view, 1);
    auto *row = new QHBoxLayout;
    row->addWidget(m_match, 1);
    row->addWidget(closeButton());
    layout->addLayout(row);
    m_dock->setWidget(content);
    connect(m_view, &ReferenceView::picked, this, &ReferenceController::picked);
    connect(m_match, &QPushButton::clicked, this,
            [this] { Q_EMIT matchRequested(m_view->picture(), m_name); });
    if (auto *window = qobject_cast<QMainWindow *>(m_canvas.window()))
        window->addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->setFloating(true);
    const QPoint corner =
        m_canvas.mapToGlobal(QPoint(margin, m_canvas.height() - firstSize.height() - margin));
    m_dock->setGeometry(QRect(corner, firstSize));
}

/// The other panels are closed by their menu, so the theme's title bars have no button for it.
QToolButton *ReferenceController::closeButton()
{
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("closeReference"));
    close->setIcon(icon("close"));
    close->setToolTip(tr("Close the reference"));
    close->setAccessibleName(close->toolTip());
    connect(close, &QToolButton::clicked, m_dock, &QDockWidget::hide);
    return close;
}

void ReferenceController::show(const QImage &picture, const QString &name)
{
    if (!m_dock)
        build();
    m_name = name;
    m_dock->setWindowTitle(tr("Reference: %1").arg(name));
    m_view->setPicture(picture);
    m_match->setEnabled(m_canMatch);
    m_dock->show();
}

} // namespace heirloom

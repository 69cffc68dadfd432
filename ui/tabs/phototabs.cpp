// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tabs/phototabs.h"

#include "session/workspace.h"
#include "theme/icon.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QToolButton>

namespace heirloom
{

namespace
{

constexpr int widestTab = 260;

} // namespace

PhotoTabs::PhotoTabs(Workspace &workspace, QWidget *parent)
    : QTabBar(parent)
    , m_workspace(workspace)
{
    setObjectName(QStringLiteral("photoTabs"));
    setAccessibleName(tr("Open photos"));
    setWhatsThis(tr("The photos that are open. Click one to go to it, drag to change the order, "
                    "middle-click to close. A star means work that is not saved or exported."));
    setProperty("data", true); // names of files
    setDocumentMode(true);
    setMovable(true);
    setExpanding(false);
    setDrawBase(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setFocusPolicy(Qt::TabFocus);
    connect(&workspace, &Workspace::opened, this, [this](EditorSession *session) {
        connect(session, &EditorSession::modifiedChanged, this,
                [this, session] { showLabel(session); });
        connect(session, &EditorSession::documentReplaced, this,
                [this, session] { showLabel(session); });
    });
    connect(&workspace, &Workspace::listChanged, this, &PhotoTabs::fill);
    connect(&workspace, &Workspace::currentChanged, this, [this](const EditorSession *session) {
        const QSignalBlocker blocker(this);
        setCurrentIndex(m_workspace.indexOf(session));
    });
    connect(this, &QTabBar::currentChanged, &workspace, &Workspace::setCurrentIndex);
    connect(this, &QTabBar::tabMoved, &workspace, &Workspace::move);
    fill();
}

void PhotoTabs::fill()
{
    const QSignalBlocker blocker(this);
    while (count() > m_workspace.count())
        removeTab(count() - 1);
    while (count() < m_workspace.count()) {
        const int i = addTab(QString());
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("closeTab"));
        button->setIcon(icon("close"));
        button->setIconSize({12, 12});
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        setTabButton(i, QTabBar::RightSide, button);
        connect(button, &QToolButton::clicked, this, [this, button] {
            for (int tab = 0; tab < count(); ++tab) {
                if (tabButton(tab, QTabBar::RightSide) == button)
                    return Q_EMIT closeRequested(m_workspace.at(tab));
            }
        });
    }
    for (EditorSession *session : m_workspace.sessions())
        showLabel(session);
    setCurrentIndex(m_workspace.indexOf(m_workspace.current()));
    setVisible(count() > 0);
}

QString PhotoTabs::label(const EditorSession &session)
{
    return session.isModified() ? session.name() + u'*' : session.name();
}

void PhotoTabs::showLabel(EditorSession *session)
{
    const int i = m_workspace.indexOf(session);
    if (i < 0 || i >= count())
        return;
    QString text = label(*session);
    setTabText(i, text.replace(u'&', QStringLiteral("&&")));
    setTabToolTip(i, session->path().isEmpty() ? session->name() : session->path());
    if (auto *button = qobject_cast<QToolButton *>(tabButton(i, QTabBar::RightSide))) {
        button->setAccessibleName(tr("Close %1").arg(session->name()));
        button->setToolTip(tr("Close %1").arg(session->name()));
    }
}

void PhotoTabs::step(int by)
{
    const int n = count();
    if (n > 0)
        m_workspace.setCurrentIndex(((currentIndex() + by) % n + n) % n);
}

QSize PhotoTabs::tabSizeHint(int index) const
{
    const QSize size = QTabBar::tabSizeHint(index);
    return {std::min(size.width(), widestTab), size.height()};
}

void PhotoTabs::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::MiddleButton ? tabAt(event->pos()) : -1;
    if (event->button() != Qt::MiddleButton)
        QTabBar::mousePressEvent(event);
}

void PhotoTabs::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::MiddleButton)
        return QTabBar::mouseReleaseEvent(event);
    const int tab = tabAt(event->pos());
    if (tab >= 0 && tab == m_pressed)
        Q_EMIT closeRequested(m_workspace.at(tab));
    m_pressed = -1;
}

void PhotoTabs::contextMenuEvent(QContextMenuEvent *event)
{
    const int tab = event->reason() == QContextMenuEvent::Mouse ? tabAt(event->pos())
                                                                : currentIndex();
    if (tab < 0)
        return;
    EditorSession *session = m_workspace.at(tab);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Close")), &QAction::triggered, this,
            [this, session] { Q_EMIT closeRequested(session); });
    QAction *others = menu->addAction(tr("Close &others"));
    others->setEnabled(count() > 1);
    connect(others, &QAction::triggered, this,
            [this, session] { Q_EMIT closeOthersRequested(session); });
    menu->popup(event->globalPos());
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tabs/phototray.h"

#include "edit/history.h"
#include "session/workspace.h"
#include "tabs/phototabs.h"
#include "widgets/quietdelegate.h"

#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QScrollBar>
#include <QSignalBlocker>

namespace heirloom
{

namespace
{

constexpr QSize pictureSize{96, 64};
constexpr int margin = 8;
constexpr int drawDelay = 400; ///< ms after a change; drags make many

} // namespace

PhotoTray::PhotoTray(Workspace &workspace, Thumbnail thumbnail, QWidget *parent)
    : QListWidget(parent)
    , m_workspace(workspace)
    , m_thumbnail(std::move(thumbnail))
{
    setObjectName(QStringLiteral("photoTray"));
    setAccessibleName(tr("Tray of open photos"));
    setWhatsThis(tr("The open photos as small pictures. Click one to go to it."));
    setProperty("data", true); // names of files
    setViewMode(QListView::IconMode);
    setFlow(QListView::LeftToRight);
    setWrapping(false);
    setMovement(QListView::Static);
    setIconSize(pictureSize);
    setUniformItemSizes(true);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    setTextElideMode(Qt::ElideMiddle);
    setItemDelegate(new QuietDelegate(this));
    setViewportMargins(margin, margin, margin, 0);
    const int text = fontMetrics().height();
    setGridSize({pictureSize.width() + 20, pictureSize.height() + text + 18});
    setFixedHeight(gridSize().height() + horizontalScrollBar()->sizeHint().height() + margin);
    m_later.setSingleShot(true);
    m_later.setInterval(drawDelay);
    connect(&m_later, &QTimer::timeout, this, &PhotoTray::showPictures);

    connect(&workspace, &Workspace::opened, this, [this](EditorSession *session) {
        connect(&session->history(), &History::changed, this, [this, session] {
            if (!m_stale.contains(session))
                m_stale << session;
            m_later.start();
        });
        connect(session, &EditorSession::modifiedChanged, this, &PhotoTray::fill);
    });
    connect(&workspace, &Workspace::aboutToClose, this,
            [this](EditorSession *session) { m_stale.removeAll(session); });
    connect(&workspace, &Workspace::listChanged, this, &PhotoTray::fill);
    connect(&workspace, &Workspace::currentChanged, this, [this](const EditorSession *session) {
        const QSignalBlocker blocker(this);
        setCurrentRow(m_workspace.indexOf(session));
    });
    connect(this, &QListWidget::currentRowChanged, &workspace, &Workspace::setCurrentIndex);
    decideVisible();
}

void PhotoTray::setWanted(bool wanted)
{
    m_wanted = wanted;
    decideVisible();
}

void PhotoTray::decideVisible()
{
    setVisible(m_wanted && m_workspace.count() > 1);
}

void PhotoTray::fill()
{
    const QSignalBlocker blocker(this);
    QHash<quintptr, QIcon> icons;
    for (int i = 0; i < count(); ++i)
        icons.insert(item(i)->data(Qt::UserRole).value<quintptr>(), item(i)->icon());
    clear();
    for (EditorSession *session : m_workspace.sessions()) {
        auto *entry = new QListWidgetItem(PhotoTabs::label(*session), this);
        entry->setData(Qt::UserRole, quintptr(session));
        entry->setSizeHint(gridSize()); // its picture comes later and needs the room, too
        entry->setIcon(icons.value(quintptr(session)));
        entry->setToolTip(session->path().isEmpty() ? session->name() : session->path());
        if (entry->icon().isNull() && !m_stale.contains(session))
            m_stale << session;
    }
    setCurrentRow(m_workspace.indexOf(m_workspace.current()));
    decideVisible();
    if (!m_stale.isEmpty() && isVisible() && !m_later.isActive())
        m_later.start();
}

void PhotoTray::showEvent(QShowEvent *event)
{
    QListWidget::showEvent(event);
    if (!m_stale.isEmpty())
        m_later.start();
}

void PhotoTray::showPictures()
{
    if (!isVisible() || m_stale.isEmpty())
        return;
    // One at a time, so that the window answers in between.
    EditorSession *session = m_stale.takeFirst();
    const int row = m_workspace.indexOf(session);
    if (row >= 0 && row < count()) {
        const double ratio = devicePixelRatioF();
        const QImage small = m_thumbnail(session).scaled(pictureSize * ratio, Qt::KeepAspectRatio,
                                                         Qt::SmoothTransformation);
        // All of one size, so that the names stand in one line.
        QPixmap pixmap(pictureSize * ratio);
        pixmap.fill(Qt::transparent);
        QPainter(&pixmap).drawImage((pixmap.width() - small.width()) / 2,
                                    pixmap.height() - small.height(), small);
        pixmap.setDevicePixelRatio(ratio);
        QIcon icon;
        icon.addPixmap(pixmap, QIcon::Normal);
        icon.addPixmap(pixmap, QIcon::Selected); // the picture itself is never tinted
        item(row)->setIcon(icon);
    }
    if (!m_stale.isEmpty())
        QTimer::singleShot(0, this, &PhotoTray::showPictures);
}

} // namespace heirloom

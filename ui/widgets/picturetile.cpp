// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/picturetile.h"

#include "theme/icon.h"

#include <QFileInfo>
#include <QPainter>

namespace heirloom
{

PictureTile::PictureTile(const QString &path, const QString &title, const QImage &thumbnail,
                         QWidget *parent)
    : QToolButton(parent)
    , m_path(path)
{
    const bool missing = !QFileInfo::exists(path);
    setObjectName(QStringLiteral("pictureTile"));
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    setIconSize({pictureSide, pictureSide * 3 / 4});
    setFixedWidth(pictureSide + 20);
    setText(fontMetrics().elidedText(title, Qt::ElideMiddle, pictureSide));
    setProperty("data", true);
    setEnabled(!missing);
    setAccessibleName(missing ? tr("%1, no longer there").arg(title) : tr("Open %1").arg(title));
    setToolTip(missing ? tr("%1 is no longer there").arg(path) : path);
    if (thumbnail.isNull()) {
        setIcon(heirloom::icon(missing ? "picture-missing" : "picture"));
        return;
    }
    // All tiles get equal room; the picture keeps its proportions in it.
    const double ratio = devicePixelRatioF();
    QImage room(iconSize() * ratio, QImage::Format_ARGB32_Premultiplied);
    room.fill(Qt::transparent);
    const QImage small =
        thumbnail.scaled(room.size(), Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QPainter painter(&room);
    painter.setOpacity(missing ? 0.35 : 1);
    painter.drawImage((room.width() - small.width()) / 2, (room.height() - small.height()) / 2,
                      small);
    painter.end();
    QPixmap pixmap = QPixmap::fromImage(room);
    pixmap.setDevicePixelRatio(ratio);
    setIcon(pixmap);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/layerdelegate.h"

#include "document/layer.h"
#include "panels/layersmodel.h"
#include "theme/icon.h"
#include "widgets/quietdelegate.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace heirloom
{

namespace
{

constexpr int eyeWidth = 30;
constexpr int iconSide = 18;
constexpr int gap = 8;
constexpr int side = LayersModel::thumbnailSide;
constexpr int rowHeight = side + 12;

QRect eyeRect(const QRect &row)
{
    return QRect(row.left(), row.top(), eyeWidth, row.height());
}

QRect thumbnailRect(const QRect &row, bool mask)
{
    return {row.left() + eyeWidth + (mask ? side + gap : 0), row.top() + (rowHeight - side) / 2,
            side, side};
}

QRect centred(const QRect &outer, QSize size)
{
    QRect r(QPoint(0, 0), size);
    r.moveCenter(outer.center());
    return r;
}

void drawThumbnail(QPainter *painter, const QRect &box, const QImage &image)
{
    const QSize size = image.size().scaled(box.size(), Qt::KeepAspectRatio);
    const QRect r = centred(box, size);
    if (image.hasAlphaChannel()) {
        painter->fillRect(r, QColor(0xc8, 0xc8, 0xc8));
        painter->fillRect(r, QBrush(QColor(0x8c, 0x8c, 0x8c), Qt::Dense4Pattern));
    }
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(r, image);
}

} // namespace

QSize LayerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {200, rowHeight};
}

QRect LayerDelegate::nameRect(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    int left = option.rect.left() + eyeWidth + side + gap;
    if (!index.data(LayersModel::MaskThumbnailRole).value<QImage>().isNull())
        left += side + gap;
    const int right =
        option.rect.right() - (index.data(LayersModel::LockedRole).toBool() ? iconSide + gap : gap);
    return {left, option.rect.top(), right - left, option.rect.height()};
}

void LayerDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given,
                          const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    option.palette = QuietDelegate::quietened(option.palette);
    painter->save();
    QStyleOptionViewItem row = option;
    row.text.clear();
    const QWidget *widget = option.widget;
    QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &row, painter, widget);

    const bool shown = index.data(LayersModel::ShownRole).toBool();
    icon(shown ? "eye" : "eye-off")
        .paint(painter, centred(eyeRect(option.rect), {iconSide, iconSide}), Qt::AlignCenter,
               shown ? QIcon::Normal : QIcon::Disabled);

    QRect box = thumbnailRect(option.rect, false);
    const auto picture = index.data(LayersModel::ThumbnailRole).value<QImage>();
    if (!picture.isNull())
        drawThumbnail(painter, box, picture);
    else
        icon("adjust").paint(painter, centred(box, {22, 22}));
    const auto mask = index.data(LayersModel::MaskThumbnailRole).value<QImage>();
    if (!mask.isNull()) {
        box = thumbnailRect(option.rect, true);
        drawThumbnail(painter, box, mask);
        const QRect frame = centred(box, mask.size().scaled(box.size(), Qt::KeepAspectRatio));
        painter->setPen(option.palette.color(QPalette::Mid));
        painter->drawRect(frame.adjusted(0, 0, -1, -1));
        if (!index.data(LayersModel::MaskEnabledRole).toBool()) {
            painter->setPen(QPen(QColor(0xd0, 0x40, 0x40), 2));
            painter->drawLine(frame.topLeft(), frame.bottomRight());
        }
    }

    if (m_isChoice && !mask.isNull() && (option.state & QStyle::State_Selected)) {
        painter->setPen(QPen(option.palette.color(QPalette::HighlightedText), 2));
        painter->drawRoundedRect(thumbnailRect(option.rect, m_targetIsMask).adjusted(-1, -1, 1, 1),
                                 2, 2);
    }

    const QRect names = nameRect(option, index);
    const QString note = index.data(LayersModel::NoteRole).toString();
    const QPalette::ColorGroup group = shown ? QPalette::Active : QPalette::Disabled;
    const auto text = option.palette.color(
        group, option.state & QStyle::State_Selected ? QPalette::HighlightedText : QPalette::Text);
    painter->setPen(text);
    QFont font = option.font;
    const QRect upper = note.isEmpty() ? names : names.adjusted(0, 8, 0, -names.height() / 2);
    painter->setFont(font);
    painter->drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, upper.width()));
    if (!note.isEmpty()) {
        font.setPointSizeF(font.pointSizeF() * 0.88);
        painter->setFont(font);
        if (!(option.state & QStyle::State_Selected))
            painter->setPen(option.palette.color(QPalette::PlaceholderText));
        const QRect lower = names.adjusted(0, names.height() / 2, 0, -6);
        painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(font).elidedText(note, Qt::ElideRight, lower.width()));
    }
    if (index.data(LayersModel::LockedRole).toBool()) {
        icon("lock").paint(painter,
                           QRect(option.rect.right() - iconSide - gap / 2,
                                 option.rect.center().y() - iconSide / 2, iconSide, iconSide));
    }
    painter->restore();
}

bool LayerDelegate::editorEvent(QEvent *event, QAbstractItemModel *model,
                                const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (mouse->button() == Qt::LeftButton && eyeRect(option.rect).contains(mouse->pos())) {
            if (mouse->modifiers() & Qt::AltModifier)
                Q_EMIT soloRequested(index);
            else
                model->setData(index, !index.data(LayersModel::ShownRole).toBool(),
                               LayersModel::ShownRole);
            return true;
        }
        const bool hasMask = !index.data(LayersModel::MaskThumbnailRole).value<QImage>().isNull();
        for (const bool mask : {false, true}) {
            if (mouse->button() == Qt::LeftButton && hasMask &&
                event->type() == QEvent::MouseButtonPress &&
                thumbnailRect(option.rect, mask).contains(mouse->pos()))
                Q_EMIT thumbnailClicked(index, mask, mouse->modifiers());
        }
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

void LayerDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                                         const QModelIndex &index) const
{
    const QRect names = nameRect(option, index);
    editor->setGeometry(QRect(names.left() - 4, names.center().y() - 14, names.width() + 4, 28));
}

} // namespace heirloom

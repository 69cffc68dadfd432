// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace heirloom
{

/// Draws one layer of the list: eye, thumbnail, mask, name and note, lock. A click on the eye shows
/// or hides the layer, with Alt it asks to see it alone. GUI thread.
class LayerDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;

    /// Which small picture of the current row is framed: what is painted on, where there is a
    /// choice. Returns whether it was another one.
    bool setPaintTarget(bool mask, bool choice)
    {
        const bool differs = mask != m_targetIsMask || choice != m_isChoice;
        m_targetIsMask = mask;
        m_isChoice = choice;
        return differs;
    }

Q_SIGNALS:
    void soloRequested(const QModelIndex &index);
    /// A press on the small picture of a layer or of its mask.
    void thumbnailClicked(const QModelIndex &index, bool mask, Qt::KeyboardModifiers modifiers);

private:
    bool m_targetIsMask = false;
    bool m_isChoice = false;
    QRect nameRect(const QStyleOptionViewItem &option, const QModelIndex &index) const;
};

} // namespace heirloom

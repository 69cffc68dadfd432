// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/colorwell.h"

#include <QColorDialog>
#include <QPainter>

namespace heirloom
{

ColorWell::ColorWell(const QString &name, QWidget *parent)
    : QAbstractButton(parent)
    , m_name(name)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setColor(Qt::black);
    connect(this, &QAbstractButton::clicked, this, &ColorWell::choose);
}

void ColorWell::setColor(const QColor &color)
{
    m_color = color;
    setAccessibleName(tr("%1: %2").arg(m_name, color.name()));
    setToolTip(tr("%1, %2. Click to choose another.").arg(m_name, color.name()));
    setWhatsThis(toolTip());
    update();
}

void ColorWell::choose()
{
    if (!m_dialog) {
        m_dialog = new QColorDialog(this);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose);
        m_dialog->setWindowTitle(m_name);
        connect(m_dialog, &QColorDialog::colorSelected, this, &ColorWell::colorChosen);
    }
    m_dialog->setCurrentColor(m_color);
    m_dialog->open();
}

void ColorWell::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    QColor edge = palette().color(QPalette::WindowText);
    edge.setAlpha(isEnabled() ? 130 : 60);
    painter.setPen(hasFocus() ? QPen(palette().color(QPalette::Highlight), 2) : QPen(edge, 1));
    painter.setBrush(m_color);
    painter.drawRoundedRect(area, 4, 4);
}

} // namespace heirloom

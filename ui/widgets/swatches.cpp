// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/swatches.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QPainter>

namespace heirloom
{

namespace
{

constexpr QSize side{24, 24};

class SwatchButton : public QAbstractButton
{
public:
    explicit SwatchButton(const QColor &color)
        : m_color(color)
    {
        setFocusPolicy(Qt::TabFocus);
        setCursor(Qt::PointingHandCursor);
    }
    QSize sizeHint() const override { return side; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool isLit = hasFocus() || underMouse();
        painter.setPen(QPen(palette().color(isLit ? QPalette::Highlight : QPalette::Mid),
                            isLit ? 2 : 1));
        painter.setBrush(m_color);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    QColor m_color;
};

} // namespace

Swatches::Swatches(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_name(name)
    , m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(4);
    m_row->addStretch(1);
    setAccessibleName(name);
    setFixedHeight(side.height());
}

void Swatches::setColors(const QList<Swatch> &colors)
{
    while (m_row->count() > 1) {
        QLayoutItem *item = m_row->takeAt(0);
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was just clicked
        delete item;
    }
    m_count = colors.size();
    for (qsizetype i = 0; i < colors.size(); ++i) {
        const QColor color = colors[i].color;
        const QString text = colors[i].name.isEmpty() ? color.name() : colors[i].name;
        auto *button = new SwatchButton(color);
        button->setObjectName(QStringLiteral("swatch%1").arg(i));
        button->setAccessibleName(tr("%1: %2").arg(m_name, text));
        button->setToolTip(text);
        button->setWhatsThis(text);
        connect(button, &QAbstractButton::clicked, this, [this, color] { Q_EMIT chosen(color); });
        m_row->insertWidget(int(i), button);
    }
}

} // namespace heirloom

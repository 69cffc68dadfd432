// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvaschip.h"

#include "theme/icon.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace heirloom
{

namespace
{

constexpr int margin = 12;

} // namespace

CanvasChip::CanvasChip(QWidget *canvas)
    : QFrame(canvas)
    , m_text(new QLabel)
    , m_end(new QToolButton)
{
    setObjectName(QStringLiteral("canvasChip"));
    setProperty("onCanvas", true);
    setCursor(Qt::ArrowCursor);
    m_text->setTextFormat(Qt::PlainText);
    m_end->setObjectName(QStringLiteral("canvasChipEnd"));
    m_end->setIcon(icon("close"));
    m_end->setIconSize({14, 14});
    m_end->setAutoRaise(true);
    m_end->setFocusPolicy(Qt::TabFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 3, 4, 3);
    layout->setSpacing(6);
    layout->addWidget(m_text);
    layout->addWidget(m_end);
    connect(m_end, &QToolButton::clicked, this, &CanvasChip::endRequested);
    canvas->installEventFilter(this);
    hide();
}

void CanvasChip::tell(const QString &text, const QString &ending)
{
    m_text->setText(text);
    setAccessibleName(text);
    m_end->setToolTip(ending);
    m_end->setAccessibleName(ending);
    m_end->setWhatsThis(ending);
    adjustSize();
    place();
    show();
    raise();
}

QString CanvasChip::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void CanvasChip::place()
{
    const int width = std::min(sizeHint().width(), parentWidget()->width() - 2 * margin);
    setGeometry((parentWidget()->width() - width) / 2, margin, width, sizeHint().height());
}

bool CanvasChip::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace heirloom

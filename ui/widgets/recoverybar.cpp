// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/recoverybar.h"

#include "theme/icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace heirloom
{

namespace
{

constexpr int iconSide = 20;

} // namespace

RecoveryBar::RecoveryBar(QWidget *parent)
    : QFrame(parent)
    , m_picture(new QLabel)
    , m_text(new QLabel)
{
    setObjectName(QStringLiteral("recoveryBar"));
    setAccessibleName(tr("Unsaved work"));
    m_text->setObjectName(QStringLiteral("recoveryText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(10);
    layout->addWidget(m_picture);
    layout->addWidget(m_text, 1);
    m_restore = addButton("restoreWork", tr("Restore"),
                          tr("Open it as it was after the last finished step"));
    m_later = addButton("keepWork", tr("Not now"),
                        tr("Leave it where it is; the next start offers it again"));
    m_discard = addButton("discardWork", tr("Discard"), tr("Remove it from the disk"));
    m_back = addButton("keepOffer", tr("Back"), tr("Discard nothing"));
    hide();
    setAsking(false);
    connect(m_restore, &QPushButton::clicked, this, &RecoveryBar::restoreRequested);
    connect(m_later, &QPushButton::clicked, this, &RecoveryBar::laterRequested);
    connect(m_back, &QPushButton::clicked, this, [this] {
        setAsking(false);
        m_discard->setFocus();
    });
    connect(m_discard, &QPushButton::clicked, this, [this] {
        if (m_asking)
            return Q_EMIT discardRequested();
        setAsking(true);
        m_back->setFocus(); // a second press of the same key is not yet an answer
    });
}

QPushButton *RecoveryBar::addButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(hint);
    button->setWhatsThis(hint);
    button->setAccessibleDescription(hint);
    layout()->addWidget(button);
    return button;
}

void RecoveryBar::setAsking(bool asking)
{
    m_asking = asking;
    m_text->setText(asking ? tr("Discard it for good? What was not saved is lost then.") : m_offer);
    m_restore->setVisible(!asking);
    m_later->setVisible(!asking);
    m_back->setVisible(asking);
}

void RecoveryBar::offer(const QString &text)
{
    m_offer = text;
    m_picture->setPixmap(icon("undo").pixmap(QSize(iconSide, iconSide), devicePixelRatioF()));
    setAsking(false);
    show();
}

QString RecoveryBar::text() const
{
    return m_text->text();
}

} // namespace heirloom

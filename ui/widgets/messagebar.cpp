// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/messagebar.h"

#include "core/errortext.h"
#include "theme/icon.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace heirloom
{

namespace
{

constexpr int iconSide = 20;

/// What a developer needs, in English: never shown, only copied.
QString technicalDetails(const Error &error, const QString &sentence)
{
    return QStringLiteral("Heirloom %1, Qt %2, %3\n%4\ncode %5 [%6]\n%7\n")
        .arg(QStringLiteral(HEIRLOOM_VERSION), QString::fromLatin1(qVersion()),
             QSysInfo::prettyProductName(), sentence)
        .arg(int(error.code))
        .arg(error.arguments.join(QStringLiteral(" | ")), error.details);
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_action(new QPushButton)
    , m_copy(new QPushButton(tr("Copy details")))
    , m_close(new QToolButton)
{
    setObjectName(QStringLiteral("messageBar"));
    setAccessibleName(tr("Message"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setObjectName(QStringLiteral("messageText"));
    m_close->setIcon(icon("close"));
    m_close->setAutoRaise(true);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setSpacing(10);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    layout->addWidget(m_copy);
    layout->addWidget(m_close);
    hide();
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(m_action, &QPushButton::clicked, this, [this] {
        const auto run = m_run;
        dismiss();
        if (run)
            run();
    });
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_details); });
}

void MessageBar::showText(const char *iconName, const QString &kind, const QString &text)
{
    m_icon->setPixmap(icon(iconName).pixmap(QSize(iconSide, iconSide), devicePixelRatioF()));
    m_icon->setAccessibleName(kind);
    m_text->setText(text);
    m_action->hide();
    m_copy->hide();
    m_run = {};
    m_details.clear();
    show();
}

void MessageBar::showNote(const QString &text)
{
    showText("info", tr("Note"), text);
}

void MessageBar::showDone(const QString &text)
{
    showText("done", tr("Done"), text);
}

void MessageBar::showError(const Error &error)
{
    const QString sentence = errorSentence(error);
    showText("error", tr("Error"), sentence);
    m_details = technicalDetails(error, sentence);
    m_copy->show();
}

void MessageBar::setAction(const QString &text, std::function<void()> action)
{
    m_action->setText(text);
    m_run = std::move(action);
    m_action->show();
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::dismiss()
{
    hide();
    m_run = {};
}

} // namespace heirloom

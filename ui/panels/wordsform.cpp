// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/wordsform.h"

#include "session/editorsession.h"

#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

namespace heirloom
{

namespace
{

constexpr int captionLines = 3;

} // namespace

WordsForm::WordsForm(QWidget *parent)
    : QWidget(parent)
    , m_caption(new QPlainTextEdit)
    , m_revert(new QPushButton(tr("Back to the photo's own words")))
{
    setObjectName(QStringLiteral("wordsForm"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    const QString hint = tr("What can be seen. Written as caption into IPTC and XMP.");
    m_caption->setObjectName(QStringLiteral("captionField"));
    m_caption->setAccessibleName(tr("Caption"));
    m_caption->setToolTip(hint);
    m_caption->setWhatsThis(hint);
    m_caption->setTabChangesFocus(true);
    m_caption->setFixedHeight(m_caption->fontMetrics().lineSpacing() * captionLines + 12);
    m_caption->installEventFilter(this);
    auto *label = new QLabel(tr("Caption"));
    label->setProperty("quiet", true);
    label->setBuddy(m_caption);
    form->addRow(label, m_caption);
    m_people = addLine(form, tr("People"), QStringLiteral("peopleField"),
                       tr("Names, with a semicolon between them. Written into XMP (person shown in "
                          "the image); IPTC's older form has no place for them."));
    m_place = addLine(form, tr("Place"), QStringLiteral("placeField"),
                      tr("The town or spot. Written as city into IPTC and XMP."));
    m_date = addLine(form, tr("Date"), QStringLiteral("dateField"),
                     tr("1935, 1935-07, 1935-07-21 or in words: about 1935. An exact one is "
                        "written as date created (a whole day also into IPTC), words as the "
                        "print's approximate date in XMP. The date of the scan stays."));
    m_date->setPlaceholderText(tr("about 1935"));
    m_revert->setObjectName(QStringLiteral("ownWordsButton"));
    m_revert->setToolTip(tr("Forget what was typed here; it is no step of the history"));
    m_revert->setWhatsThis(m_revert->toolTip());
    form->addRow(QString(), m_revert);
    connect(m_revert, &QPushButton::clicked, this, [this] {
        if (m_session)
            m_session->setMetadataEdits(m_session->ownMetadataEdits());
    });
    show();
}

QLineEdit *WordsForm::addLine(QFormLayout *form, const QString &label, const QString &name,
                              const QString &hint)
{
    auto *line = new QLineEdit;
    line->setObjectName(name);
    line->setAccessibleName(label);
    line->setToolTip(hint);
    line->setWhatsThis(hint);
    auto *text = new QLabel(label);
    text->setProperty("quiet", true);
    text->setBuddy(line);
    form->addRow(text, line);
    connect(line, &QLineEdit::editingFinished, this, &WordsForm::take);
    return line;
}

bool WordsForm::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_caption && event->type() == QEvent::FocusOut)
        take();
    return QWidget::eventFilter(watched, event);
}

void WordsForm::setSession(EditorSession *session)
{
    if (m_session) {
        take();
        m_session->disconnect(this);
    }
    m_session = session;
    if (session) {
        connect(session, &EditorSession::metadataChanged, this, &WordsForm::show);
        connect(session, &EditorSession::documentReplaced, this, &WordsForm::show);
    }
    show();
}

void WordsForm::show()
{
    setEnabled(m_session && m_session->hasDocument());
    const MetadataEdits words = m_session ? m_session->metadataEdits() : MetadataEdits();
    if (m_caption->toPlainText() != words.caption)
        m_caption->setPlainText(words.caption);
    m_people->setText(words.people.join(QStringLiteral("; ")));
    m_place->setText(words.place);
    m_date->setText(words.date);
    m_revert->setVisible(m_session && words != m_session->ownMetadataEdits());
}

void WordsForm::take()
{
    if (!m_session || !m_session->hasDocument())
        return;
    MetadataEdits words;
    words.caption = m_caption->toPlainText().trimmed();
    for (const QString &name : m_people->text().split(u';', Qt::SkipEmptyParts)) {
        if (!name.trimmed().isEmpty())
            words.people << name.trimmed();
    }
    words.place = m_place->text().trimmed();
    words.date = m_date->text().trimmed();
    m_session->setMetadataEdits(words);
}

} // namespace heirloom

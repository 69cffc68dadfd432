// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metadata/metadataedits.h"

#include <QWidget>

class QFormLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace heirloom
{

class EditorSession;

/// What a person knows of the photo: caption, people, place, date. Goes into the written file's
/// IPTC and XMP. Part of the info panel; GUI thread.
class WordsForm : public QWidget
{
    Q_OBJECT

public:
    explicit WordsForm(QWidget *parent = nullptr);

    /// Null: nothing is open. What is being typed belongs to the photo before.
    void setSession(EditorSession *session);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *addLine(QFormLayout *form, const QString &label, const QString &name,
                       const QString &hint);
    void show();
    void take();

    EditorSession *m_session = nullptr;
    QPlainTextEdit *m_caption;
    QLineEdit *m_people;
    QLineEdit *m_place;
    QLineEdit *m_date;
    QPushButton *m_revert;
};

} // namespace heirloom

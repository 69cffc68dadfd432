// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QTimer>
#include <QWidget>

#include <functional>

class QFormLayout;
class QVBoxLayout;

namespace heirloom
{

class EditorSession;
class HistogramView;
class WordsForm;

/// What is known about the open photo: the words about it (editable), how its brightness is spread,
/// size, depth, profile, resolution, camera, warnings, and what computers did to it.
class InfoPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InfoPanel(QWidget *parent = nullptr);

    /// Null: nothing is open.
    void setSession(EditorSession *session);
    /// Where the histogram's small picture comes from; nothing is drawn without.
    void setThumbnails(std::function<QImage(EditorSession *)> thumbnail);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void showHistogram();
    /// Reads everything anew.
    void refresh();
    static QString operationName(const QString &id);
    void addRow(QFormLayout *form, const QString &label, const QString &value);
    void addHeading(const QString &text);
    void addParagraph(const QString &text, bool isData);

    EditorSession *m_session = nullptr;
    QTimer m_refresh; ///< many changes are read once
    std::function<QImage(EditorSession *)> m_thumbnail;
    WordsForm *m_words;
    HistogramView *m_histogram;
    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_rows = nullptr;
};

} // namespace heirloom

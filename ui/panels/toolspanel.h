// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace heirloom
{

/// The tools as a column of buttons; the chosen one's controls are shown in options(), which lies
/// in a dock of its own. GUI thread.
class ToolsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ToolsPanel(QWidget *parent = nullptr);

    /// Where the chosen tool's page is shown; belongs to whoever puts it into a window.
    QWidget *options() const;
    /// id: for code and settings; icon: of resources/icons; page: taken over. The first tool is the
    /// chosen one at the start.
    QToolButton *addTool(const QString &id, const char *icon, const QString &name,
                         const QString &hint, QWidget *page);
    QString current() const;
    bool has(const QString &id) const { return m_ids.contains(id); }

public Q_SLOTS:
    /// Unknown ids are ignored.
    void choose(const QString &id);

Q_SIGNALS:
    void chosen(const QString &id);

private:
    QButtonGroup *m_buttons;
    QStackedWidget *m_pages;
    QVBoxLayout *m_column;
    QStringList m_ids;
};

} // namespace heirloom

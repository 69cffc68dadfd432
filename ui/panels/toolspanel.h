// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QButtonGroup;
class QGridLayout;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace heirloom
{

/// How a tool's button looks.
enum class ToolLook {
    Named, ///< icon over name, as wide as the column: what a photo is opened for
    Icon,  ///< two beside each other, the name in the hint: what hands work with
};

/// The tools as a column of buttons, named ones first; the chosen one's controls are shown in
/// options(), which lies in a dock of its own. GUI thread.
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
                         const QString &hint, QWidget *page, ToolLook look = ToolLook::Named);
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
    QGridLayout *m_grid;
    int m_named = 0; ///< buttons with names
    QStringList m_ids;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace heirloom
{

class Actions;
class RecentFiles;

/// What the window shows while no photo is open: where to drop one, what can be done with it, the
/// photos opened last, and the samples. GUI thread.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    /// samples: paths of the sample photos that are installed.
    StartPage(Actions &actions, RecentFiles &recent, QStringList samples,
              QWidget *parent = nullptr);

    /// A large button before the one that opens: a photo is chosen for this tool.
    void addAction(const QString &tool, const char *icon, const QString &name,
                   const QString &hint);

Q_SIGNALS:
    /// A photo is to be chosen for a tool.
    void toolRequested(const QString &tool);
    void openRequested(const QString &path);

private:
    void fill();
    QToolButton *card(const char *icon, const QString &name, const QString &hint);
    QWidget *section(const QString &title, const QStringList &paths, bool samples);

    RecentFiles &m_recent;
    QStringList m_samples;
    QHBoxLayout *m_cards;
    QWidget *m_lists;
};

} // namespace heirloom

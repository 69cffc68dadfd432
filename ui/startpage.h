// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QGridLayout;

namespace heirloom
{

class Actions;
class RecentFiles;

/// What the window shows while no photo is open: where to drop one, the photos opened last, and
/// the samples. GUI thread.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    /// samples: paths of the sample photos that are installed.
    StartPage(Actions &actions, RecentFiles &recent, QStringList samples,
              QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested(const QString &path);

private:
    void fill();
    QWidget *section(const QString &title, const QStringList &paths, bool samples);

    RecentFiles &m_recent;
    QStringList m_samples;
    QWidget *m_lists;
};

} // namespace heirloom

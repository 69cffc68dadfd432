// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace heirloom
{

/// What a long job says of itself: its name, tile n of m, the remaining time, and Cancel.
class ProgressStrip : public QWidget
{
    Q_OBJECT

public:
    explicit ProgressStrip(QWidget *parent = nullptr);

    void begin(const QString &title);
    void report(const ProgressReport &report);
    void end();
    /// "tile 3 of 24, about 2 min left"
    static QString describe(const ProgressReport &report);

Q_SIGNALS:
    void cancelled();

private:
    QLabel *m_title;
    QLabel *m_details;
    QProgressBar *m_bar;
    QPushButton *m_cancel;
};

} // namespace heirloom

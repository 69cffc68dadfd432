// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"

#include <QString>

namespace heirloom
{

enum class ProgressStyle { None, Bar, Json };

/// Shows a run's progress on standard error: a bar that is drawn over itself, or a JSON object a
/// line. Lives as long as the run; its end wipes the bar. The thread that works calls it.
class ProgressDisplay
{
public:
    ProgressDisplay(ProgressStyle style, QString title);
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay &) = delete;
    ProgressDisplay &operator=(const ProgressDisplay &) = delete;

    Progress progress(std::stop_token stop);

private:
    void show(const ProgressReport &report);

    ProgressStyle m_style;
    QString m_title;
    int m_drawn = 0; ///< characters on the terminal's line
};

} // namespace heirloom

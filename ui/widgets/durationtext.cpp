// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/durationtext.h"

#include <QCoreApplication>

#include <cmath>

namespace heirloom
{

namespace
{

/// Gives the sentences below their context.
struct DurationText {
    Q_DECLARE_TR_FUNCTIONS(heirloom::DurationText)
};

} // namespace

QString durationText(double seconds)
{
    constexpr int minute = 60;
    constexpr int hour = 3600;
    if (seconds < 1)
        return DurationText::tr("less than a second");
    if (seconds < 90)
        return DurationText::tr("about %1 s").arg(int(std::lround(seconds)));
    if (seconds < hour)
        return DurationText::tr("about %1 min").arg(int(std::lround(seconds / minute)));
    const int minutes = int(std::lround(seconds / minute));
    return DurationText::tr("about %1 h %2 min").arg(minutes / minute).arg(minutes % minute);
}

} // namespace heirloom

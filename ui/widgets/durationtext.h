// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace heirloom
{

/// "less than a second", "about 12 s", "about 3 min", "about 1 h 20 min"; translated.
QString durationText(double seconds);

} // namespace heirloom

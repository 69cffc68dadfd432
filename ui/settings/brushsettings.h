// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/brush.h"

#include <QString>

namespace heirloom
{

class Settings;

/// The brush that a tool was left with, kept from one start to the next. Unknown tools and whatever
/// is out of its range give the usual brush's values.
Brush keptBrush(const Settings &settings, const QString &tool);
void keepBrush(Settings &settings, const QString &tool, const Brush &brush);

} // namespace heirloom

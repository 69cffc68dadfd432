// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace heirloom
{

/// An icon of resources/icons drawn in the palette's text colour (dimmed when disabled), sharp at
/// every scale; follows a change of theme by itself. name without ending: "open". GUI thread.
QIcon icon(const char *name);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

namespace heirloom
{

/// Exiv2's XMP part has global tables without locks, so everything that calls Exiv2 holds this
/// lock. The first call starts the library, registers namespaces and sends its messages to the log.
[[nodiscard]] std::unique_lock<std::mutex> exivSession();

} // namespace heirloom

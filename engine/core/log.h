// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

namespace heirloom
{

/// Technical messages for a developer (stderr, off by default below warning). Never the way to tell
/// a user something.
Q_DECLARE_LOGGING_CATEGORY(logEngine)
Q_DECLARE_LOGGING_CATEGORY(logInference)
Q_DECLARE_LOGGING_CATEGORY(logIo)

} // namespace heirloom

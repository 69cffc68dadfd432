// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log.h"

namespace heirloom
{

Q_LOGGING_CATEGORY(logEngine, "heirloom.engine", QtWarningMsg)
Q_LOGGING_CATEGORY(logInference, "heirloom.inference", QtWarningMsg)
Q_LOGGING_CATEGORY(logIo, "heirloom.io", QtWarningMsg)

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QVariantMap>

#include <optional>

namespace heirloom
{

/// A parameter that is a number or "auto" (nothing: to be found in the picture); missing: "auto".
/// Errors: BadArgument.
Result<std::optional<double>> numberOrAuto(const QVariantMap &parameters, const QString &key);
/// The same for the way back.
QVariant valueOrAuto(const std::optional<double> &number);

} // namespace heirloom

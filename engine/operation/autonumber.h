// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QVariantMap>

#include <optional>

namespace heirloom
{

/// The parameter is missing or "auto": to be found in the picture.
bool isAuto(const QVariantMap &parameters, const QString &key);

/// A parameter that is a number or "auto" (nothing: to be found in the picture); missing: "auto".
/// Errors: BadArgument.
Result<std::optional<double>> numberOrAuto(const QVariantMap &parameters, const QString &key);
/// The same for the way back.
QVariant valueOrAuto(const std::optional<double> &number);

/// A parameter that is what T::toText() gives, or "auto". Errors: those of T::fromText().
template <typename T>
Result<std::optional<T>> textOrAuto(const QVariantMap &parameters, const QString &key)
{
    if (isAuto(parameters, key))
        return std::optional<T>();
    const auto value = T::fromText(parameters.value(key).toString());
    if (!value)
        return fail(value.error());
    return std::optional<T>(*value);
}
/// The same for the way back.
template <typename T>
QVariant valueOrAuto(const std::optional<T> &value)
{
    return value ? QVariant(value->toText()) : valueOrAuto(std::optional<double>());
}

} // namespace heirloom

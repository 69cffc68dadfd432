// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/autonumber.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

const QString autoValue = QStringLiteral("auto");

} // namespace

bool isAuto(const QVariantMap &parameters, const QString &key)
{
    return parameters.value(key, autoValue).toString() == autoValue;
}

Result<std::optional<double>> numberOrAuto(const QVariantMap &parameters, const QString &key)
{
    if (isAuto(parameters, key))
        return std::optional<double>();
    const QVariant value = parameters.value(key);
    bool ok = false;
    const double number = value.toDouble(&ok);
    if (!ok) {
        return fail(ErrorCode::BadArgument,
                    {value.toString(), QCoreApplication::translate("heirloom::PictureOperation",
                                                                   "\"auto\" or a number")});
    }
    return std::optional(number);
}

QVariant valueOrAuto(const std::optional<double> &number)
{
    return number ? QVariant(*number) : QVariant(autoValue);
}

} // namespace heirloom

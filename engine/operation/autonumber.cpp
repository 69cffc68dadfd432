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

Result<std::optional<double>> numberOrAuto(const QVariantMap &parameters, const QString &key)
{
    const QVariant value = parameters.value(key, autoValue);
    if (value.toString() == autoValue)
        return std::optional<double>();
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

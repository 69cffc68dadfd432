// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/outputerror.h"

#include "io/savedevice.h"

#include <QCoreApplication>

#include <cerrno>
#include <system_error>

namespace heirloom
{

Error outputError(int errorNumber, const QString &name)
{
    const QString system = QString::fromStdString(std::generic_category().message(errorNumber));
    bool full = errorNumber == ENOSPC;
#ifdef EDQUOT
    full = full || errorNumber == EDQUOT;
#endif
    if (full)
        return Error(ErrorCode::DiskFull, {name}, system);
    if (errorNumber == EFBIG) {
        return Error(ErrorCode::OutputNotWritable,
                     {name, QCoreApplication::translate(
                                "heirloom::Io", "files as large as this are not allowed here")},
                     system);
    }
    return Error(ErrorCode::OutputNotWritable, {name, system}, system);
}

Error outputError(const QIODevice &device, const QString &name)
{
    if (const auto *save = dynamic_cast<const SaveDevice *>(&device)) {
        if (save->errorNumber() != 0)
            return outputError(save->errorNumber(), name);
    }
    return Error(ErrorCode::OutputNotWritable, {name, device.errorString()}, device.errorString());
}

} // namespace heirloom

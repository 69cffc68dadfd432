// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/processmemory.h"

#include <QByteArray>
#include <QFile>

namespace heirloom::test
{

namespace
{

qint64 statusValue(const QByteArray &key)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(key.size()).simplified().split(' ').value(0).toLongLong() * 1024;
    }
    return 0;
}

} // namespace

qint64 peakResidentBytes()
{
    return statusValue("VmHWM:");
}

bool resetPeakResident()
{
    QFile file(QStringLiteral("/proc/self/clear_refs"));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("5") == 1;
}

qint64 residentBytes()
{
    return statusValue("VmRSS:");
}

} // namespace heirloom::test

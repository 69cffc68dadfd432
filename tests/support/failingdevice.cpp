// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/failingdevice.h"

#include <algorithm>
#include <cerrno>

namespace heirloom::test
{

FailingDevice::FailingDevice(QIODevice &inner, qint64 failAt)
    : m_inner(inner)
    , m_failAt(failAt)
    , m_errorNumber(ENOSPC)
{
    open(inner.openMode() | QIODevice::Unbuffered);
}

bool FailingDevice::seek(qint64 position)
{
    return QIODevice::seek(position) && m_inner.seek(position);
}

qint64 FailingDevice::readData(char *data, qint64 maxSize)
{
    const qint64 allowed = std::min(maxSize, m_failAt - m_inner.pos());
    if (allowed <= 0 && maxSize > 0) {
        ++m_failures;
        if (m_reading == Reading::Ends)
            return 0;
        setErrorString(QStringLiteral("failed for the test"));
        errno = EIO;
        return -1;
    }
    return m_inner.read(data, allowed);
}

qint64 FailingDevice::writeData(const char *data, qint64 maxSize)
{
    const qint64 allowed = std::min(maxSize, m_failAt - m_inner.pos());
    if (allowed <= 0 && maxSize > 0) {
        ++m_failures;
        setErrorString(QStringLiteral("failed for the test"));
        errno = m_errorNumber;
        return -1;
    }
    return m_inner.write(data, allowed);
}

} // namespace heirloom::test

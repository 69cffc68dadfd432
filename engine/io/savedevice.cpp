// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/savedevice.h"

#include <cerrno>

namespace heirloom
{

SaveDevice::SaveDevice(std::unique_ptr<QIODevice> inner)
    : m_inner(std::move(inner))
{
    QIODevice::open(QIODevice::ReadWrite | QIODevice::Unbuffered);
}

SaveDevice::~SaveDevice() = default;

bool SaveDevice::seek(qint64 position)
{
    return QIODevice::seek(position) && m_inner->seek(position);
}

qint64 SaveDevice::readData(char *data, qint64 maxSize)
{
    errno = 0;
    const qint64 count = m_inner->read(data, maxSize);
    return count < 0 ? failed() : count;
}

qint64 SaveDevice::writeData(const char *data, qint64 maxSize)
{
    // A disk that fills up takes a part first and says why only when it is asked again.
    qint64 done = 0;
    while (done < maxSize) {
        errno = 0;
        const qint64 count = m_inner->write(data + done, maxSize - done);
        if (count <= 0)
            return failed();
        done += count;
    }
    return done;
}

qint64 SaveDevice::failed()
{
    if (m_errorNumber == 0) {
        m_errorNumber = errno != 0 ? errno : EIO;
        setErrorString(m_inner->errorString());
    }
    return -1;
}

} // namespace heirloom

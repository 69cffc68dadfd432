// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

namespace heirloom::test
{

/// A device around another one that stops working at a byte: writing fails as on a full disk
/// (errno = ENOSPC unless told otherwise), reading ends early or fails. Borrows the inner device.
class FailingDevice : public QIODevice
{
public:
    enum class Reading { Ends, Fails };

    /// failAt: the first position that can no longer be read or written.
    FailingDevice(QIODevice &inner, qint64 failAt);

    void setReading(Reading reading) { m_reading = reading; }
    void setErrorNumber(int number) { m_errorNumber = number; }
    qint64 failures() const { return m_failures; }

    bool isSequential() const override { return m_inner.isSequential(); }
    qint64 size() const override { return m_inner.size(); }
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    QIODevice &m_inner;
    qint64 m_failAt;
    Reading m_reading = Reading::Ends;
    int m_errorNumber;
    qint64 m_failures = 0;
};

} // namespace heirloom::test

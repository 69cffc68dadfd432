// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <memory>

namespace heirloom
{

/// What a SaveFile hands out: passes everything to the device behind it and remembers the system's
/// error number of the first failure, which Qt's devices do not tell. Owned by its SaveFile; one
/// thread.
class SaveDevice : public QIODevice
{
public:
    explicit SaveDevice(std::unique_ptr<QIODevice> inner);
    ~SaveDevice() override;

    /// errno of the first failed read or write; 0 when there was none.
    int errorNumber() const { return m_errorNumber; }
    QIODevice &inner() { return *m_inner; }

    qint64 size() const override { return m_inner->size(); }
    bool seek(qint64 position) override;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    qint64 failed();

    std::unique_ptr<QIODevice> m_inner;
    int m_errorNumber = 0;
};

} // namespace heirloom

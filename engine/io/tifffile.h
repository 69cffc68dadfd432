// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <QString>

#include <memory>
#include <tiffio.h>

namespace heirloom
{

/// libtiff's handle on a QIODevice, with messages kept here instead of printed. Owned by a TIFF
/// reader or writer; one thread. The device must outlive it.
class TiffFile
{
public:
    /// Null when libtiff refuses; lastMessage of a file that could not be opened is in message.
    static std::unique_ptr<TiffFile> openToRead(QIODevice &device, qint64 maxAllocation,
                                                QString *message);
    static std::unique_ptr<TiffFile> openToWrite(QIODevice &device);
    ~TiffFile();
    TiffFile(const TiffFile &) = delete;
    TiffFile &operator=(const TiffFile &) = delete;

    TIFF *handle() const { return m_tiff; }
    QIODevice &device() const { return m_device; }
    /// What libtiff complained about last; technical English.
    QString lastMessage() const { return m_message; }
    bool deviceFailed() const { return m_deviceFailed; }
    /// Writes what is left and closes; false when that failed.
    bool close();

private:
    explicit TiffFile(QIODevice &device)
        : m_device(device)
    {
    }
    bool openMode(const char *mode, qint64 maxAllocation);

    static tmsize_t readProc(thandle_t self, void *data, tmsize_t size);
    static tmsize_t writeProc(thandle_t self, void *data, tmsize_t size);
    static toff_t seekProc(thandle_t self, toff_t offset, int whence);
    static toff_t sizeProc(thandle_t self);
    static int message(TIFF *tiff, void *self, const char *module, const char *format, va_list ap);

    QIODevice &m_device;
    TIFF *m_tiff = nullptr;
    QString m_message;
    bool m_deviceFailed = false;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tifffile.h"

#include "core/log.h"

#include <cstdarg>
#include <cstdio>

namespace heirloom
{

namespace
{

int closeProc(thandle_t)
{
    return 0;
}

int noMap(thandle_t, void **, toff_t *)
{
    return 0;
}

void noUnmap(thandle_t, void *, toff_t) {}

} // namespace

std::unique_ptr<TiffFile> TiffFile::openToRead(QIODevice &device, qint64 maxAllocation,
                                               QString *message)
{
    std::unique_ptr<TiffFile> file(new TiffFile(device));
    if (file->openMode("rm", maxAllocation))
        return file;
    *message = file->lastMessage();
    return nullptr;
}

std::unique_ptr<TiffFile> TiffFile::openToWrite(QIODevice &device)
{
    std::unique_ptr<TiffFile> file(new TiffFile(device));
    return file->openMode("w", 0) ? std::move(file) : nullptr;
}

bool TiffFile::openMode(const char *mode, qint64 maxAllocation)
{
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return false;
    if (maxAllocation > 0)
        TIFFOpenOptionsSetMaxSingleMemAlloc(options, tmsize_t(maxAllocation));
    TIFFOpenOptionsSetErrorHandlerExtR(options, message, this);
    TIFFOpenOptionsSetWarningHandlerExtR(options, message, this);
    m_tiff = TIFFClientOpenExt("picture", mode, this, readProc, writeProc, seekProc, closeProc,
                               sizeProc, noMap, noUnmap, options);
    TIFFOpenOptionsFree(options);
    return m_tiff != nullptr;
}

TiffFile::~TiffFile()
{
    if (m_tiff)
        TIFFClose(m_tiff);
}

bool TiffFile::close()
{
    const bool flushed = TIFFFlush(m_tiff) != 0;
    TIFFClose(m_tiff);
    m_tiff = nullptr;
    return flushed && !m_deviceFailed;
}

tmsize_t TiffFile::readProc(thandle_t self, void *data, tmsize_t size)
{
    return static_cast<TiffFile *>(self)->m_device.read(static_cast<char *>(data), size);
}

tmsize_t TiffFile::writeProc(thandle_t self, void *data, tmsize_t size)
{
    auto *file = static_cast<TiffFile *>(self);
    const qint64 count = file->m_device.write(static_cast<const char *>(data), size);
    if (count != size)
        file->m_deviceFailed = true;
    return count;
}

toff_t TiffFile::seekProc(thandle_t self, toff_t offset, int whence)
{
    QIODevice &device = static_cast<TiffFile *>(self)->m_device;
    qint64 position = qint64(offset);
    if (whence == SEEK_CUR)
        position += device.pos();
    else if (whence == SEEK_END)
        position += device.size();
    if (position < 0 || (!device.isWritable() && position > device.size()) ||
        !device.seek(position))
        return toff_t(-1);
    return toff_t(device.pos());
}

toff_t TiffFile::sizeProc(thandle_t self)
{
    return toff_t(static_cast<TiffFile *>(self)->m_device.size());
}

int TiffFile::message(TIFF *, void *self, const char *module, const char *format, va_list ap)
{
    char text[300];
    std::vsnprintf(text, sizeof text, format, ap);
    static_cast<TiffFile *>(self)->m_message = QString::fromLatin1(module ? module : "libtiff") +
                                               QStringLiteral(": ") + QString::fromLatin1(text);
    qCDebug(logIo) << static_cast<TiffFile *>(self)->m_message;
    return 1;
}

} // namespace heirloom

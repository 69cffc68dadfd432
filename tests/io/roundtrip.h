// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/errortext.h"
#include "io/imagereader.h"
#include "io/imagewriter.h"

#include <QBuffer>
#include <QTest>

namespace heirloom::test
{

/// What a file gave: the picture or the error, and what was said about it.
struct Opened {
    Image image;
    ImageInfo info;
    std::optional<Error> error;

    int noticeCount(Notice::Kind kind) const
    {
        return int(std::count_if(info.notices.begin(), info.notices.end(),
                                 [&](const Notice &n) { return n.kind == kind; }));
    }
    /// Of the first notice of that kind; -1 for none.
    qint64 noticeNumber(Notice::Kind kind) const
    {
        for (const Notice &notice : info.notices) {
            if (notice.kind == kind)
                return notice.number;
        }
        return -1;
    }
    ErrorCode code() const { return error ? error->code : ErrorCode::Internal; }
};

inline Opened opened(QIODevice &device, const ReadLimits &limits = {},
                     const QString &name = QStringLiteral("picture"))
{
    Opened out;
    auto reader = ImageReader::open(device, name, limits);
    if (!reader) {
        out.error = reader.error();
        return out;
    }
    out.info = (*reader)->info();
    auto image = readAll(**reader);
    out.info = (*reader)->info();
    if (image)
        out.image = *image;
    else
        out.error = image.error();
    return out;
}

inline Opened opened(QByteArray bytes, const ReadLimits &limits = {},
                     const QString &name = QStringLiteral("picture"))
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return opened(static_cast<QIODevice &>(buffer), limits, name);
}

inline Opened openedFile(const QString &path, const ReadLimits &limits = {})
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {{}, {}, Error(ErrorCode::InputMissing, {path})};
    return opened(static_cast<QIODevice &>(file), limits, path);
}

inline WriteSpec specFor(const Image &image, FileFormat format)
{
    WriteSpec spec;
    spec.name = QStringLiteral("out");
    spec.fileFormat = format;
    spec.size = image.size();
    spec.format = image.format();
    return spec;
}

/// In bands of a few rows, as an export would.
inline Result<void> writeTo(QIODevice &device, const Image &image, const WriteSpec &spec)
{
    auto writer = ImageWriter::create(spec, device);
    if (!writer)
        return fail(writer.error());
    for (int y = 0; y < image.height(); y += 7) {
        if (auto ok = (*writer)->write(image.copied(QRect(0, y, image.width(), 7))); !ok)
            return ok;
    }
    return (*writer)->finish();
}

/// Empty after an error.
inline QByteArray encoded(const Image &image, const WriteSpec &spec)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadWrite);
    const Result<void> done = writeTo(buffer, image, spec);
    if (!done)
        qWarning() << errorSentence(done.error());
    return done ? bytes : QByteArray();
}

inline QByteArray encoded(const Image &image, FileFormat format)
{
    return encoded(image, specFor(image, format));
}

} // namespace heirloom::test

Q_DECLARE_METATYPE(heirloom::FileFormat)
Q_DECLARE_METATYPE(heirloom::PixelFormat)

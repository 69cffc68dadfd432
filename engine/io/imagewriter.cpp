// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/imagewriter.h"

#include "io/jpegwriter.h"
#include "io/pngwriter.h"
#include "io/tiffwriter.h"
#include "io/webpwriter.h"

#include <QCoreApplication>

#include <algorithm>
#include <new>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

/// Sides a format can count.
int maxSide(FileFormat format)
{
    switch (format) {
    case FileFormat::Jpeg:
        return 65500; // libjpeg's own limit; the format's is 65535
    case FileFormat::WebP:
        return 16383;
    default:
        return 1'000'000;
    }
}

/// Checks what every writer relies on, and passes on.
class CheckedWriter : public ImageWriter
{
public:
    explicit CheckedWriter(std::unique_ptr<ImageWriter> inner)
        : m_inner(std::move(inner))
    {
    }
    QSize size() const override { return m_inner->size(); }
    PixelFormat format() const override { return m_inner->format(); }
    Result<void> write(const Image &rows) override
    {
        if (rows.isNull())
            return {};
        if (m_failed || rows.width() != size().width() || rows.format() != format() ||
            rows.height() > size().height() - m_rows) {
            return fail(ErrorCode::Internal,
                        {QStringLiteral("rows that do not fit were given to a writer")});
        }
        Result<void> done = guarded([&] { return m_inner->write(rows); });
        m_failed = !done;
        m_rows += rows.height();
        return done;
    }
    Result<void> finish() override
    {
        if (m_failed || m_rows != size().height())
            return fail(ErrorCode::Internal, {QStringLiteral("a writer did not get all rows")});
        m_failed = true; // nothing may follow
        return guarded([&] { return m_inner->finish(); });
    }

private:
    template <typename F>
    Result<void> guarded(F &&f)
    {
        try {
            return f();
        } catch (const std::bad_alloc &) {
            return fail(ErrorCode::OutOfMemory, {tr("writing the picture"), {}});
        }
    }

    std::unique_ptr<ImageWriter> m_inner;
    int m_rows = 0;
    bool m_failed = false;
};

Result<std::unique_ptr<ImageWriter>> createFormat(const WriteSpec &spec, QIODevice &device)
{
    switch (spec.fileFormat) {
    case FileFormat::Jpeg:
        return JpegWriter::create(spec, device);
    case FileFormat::Png:
        return PngWriter::create(spec, device);
    case FileFormat::Tiff:
        return TiffWriter::create(spec, device);
    case FileFormat::WebP:
        return WebpWriter::create(spec, device);
    default:
        return fail(ErrorCode::OutputFormatUnknown, {fileFormatName(spec.fileFormat)});
    }
}

} // namespace

Result<std::unique_ptr<ImageWriter>> ImageWriter::create(const WriteSpec &spec, QIODevice &device)
{
    if (const Result<void> fits = checkLimits(spec); !fits)
        return fail(fits.error());
    if (spec.format != supportedFormat(spec.fileFormat, spec.format)) {
        return fail(ErrorCode::Internal,
                    {QStringLiteral("a writer was asked for samples its format does not have")});
    }
    WriteSpec bounded = spec;
    bounded.quality = std::clamp(spec.quality, 1, 100);
    Result<std::unique_ptr<ImageWriter>> writer = createFormat(bounded, device);
    if (!writer)
        return writer;
    return std::unique_ptr<ImageWriter>(new CheckedWriter(std::move(*writer)));
}

Result<void> ImageWriter::checkLimits(const WriteSpec &spec)
{
    const auto refuse = [&](const QString &why) {
        return fail(ErrorCode::OutputLimit,
                    {fileFormatName(spec.fileFormat), QString::number(spec.size.width()),
                     QString::number(spec.size.height()), why});
    };
    switch (spec.fileFormat) {
    case FileFormat::Jpeg:
    case FileFormat::Png:
    case FileFormat::Tiff:
    case FileFormat::WebP:
        break;
    default:
        return fail(ErrorCode::OutputFormatUnknown, {fileFormatName(spec.fileFormat)});
    }
    if (spec.size.isEmpty())
        return refuse(tr("a picture needs at least one pixel"));
    const int side = maxSide(spec.fileFormat);
    if (spec.size.width() > side || spec.size.height() > side)
        return refuse(tr("a side may have %1 pixels").arg(side));
    if (spec.fileFormat == FileFormat::Tiff) {
        // Before anything is known about how well it compresses, with room for the directories.
        const qint64 bytes =
            qint64(spec.size.width()) * spec.size.height() * spec.format.bytesPerPixel();
        if (bytes > (qint64(4) << 30) - (qint64(64) << 20))
            return refuse(tr("the file would be larger than 4 GB"));
    }
    return {};
}

PixelFormat ImageWriter::supportedFormat(FileFormat fileFormat, PixelFormat wanted)
{
    switch (fileFormat) {
    case FileFormat::Jpeg:
        return wanted.withAlpha(false).withDepth(Depth::U8);
    case FileFormat::WebP:
        return wanted.asRgb().withDepth(Depth::U8);
    default:
        return wanted.depth == Depth::F32 ? wanted.withDepth(Depth::U16) : wanted;
    }
}

} // namespace heirloom

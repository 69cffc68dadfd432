// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/pngwriter.h"

#include "io/outputerror.h"
#include "io/pngguard.h"

#include <cmath>
#include <csetjmp>
#include <cstring>
#include <png.h>
#include <zlib.h>

namespace heirloom
{

namespace
{

struct Codec {
    png_structp png = nullptr;
    png_infop info = nullptr;
    QIODevice *device = nullptr;
    bool deviceFailed = false;
    char message[160] = {};

    ~Codec()
    {
        if (png)
            png_destroy_write_struct(&png, &info);
    }
};

void onWarning(png_structp, png_const_charp) {}

void onWrite(png_structp png, png_bytep data, size_t length)
{
    auto *codec = static_cast<Codec *>(png_get_io_ptr(png));
    if (codec->device->write(reinterpret_cast<const char *>(data), qint64(length)) !=
        qint64(length)) {
        codec->deviceFailed = true;
        png_error(png, "the device failed");
    }
}

void onFlush(png_structp) {}

/// The content of an iCCP chunk. Made here because libpng drops profiles it does not like.
QByteArray profileChunk(const QByteArray &icc)
{
    uLongf size = compressBound(uLong(icc.size()));
    QByteArray deflated(qsizetype(size), Qt::Uninitialized);
    compress(reinterpret_cast<Bytef *>(deflated.data()), &size,
             reinterpret_cast<const Bytef *>(icc.constData()), uLong(icc.size()));
    deflated.truncate(qsizetype(size));
    return QByteArray("ICC profile\0\0", 13) + deflated;
}

/// The content of an uncompressed iTXt chunk with an XMP packet.
QByteArray xmpChunk(const QByteArray &xmp)
{
    return QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + xmp;
}

} // namespace

struct PngWriter::Private {
    WriteSpec spec;
    Codec codec;
    int y = 0;

    Result<void> start();
    Error failure() const
    {
        if (codec.deviceFailed)
            return outputError(*codec.device, spec.name);
        return Error(ErrorCode::Internal,
                     {QStringLiteral("libpng: ") + QString::fromLatin1(codec.message)});
    }
};

PngWriter::PngWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

PngWriter::~PngWriter() = default;

QSize PngWriter::size() const
{
    return d->spec.size;
}

PixelFormat PngWriter::format() const
{
    return d->spec.format;
}

Result<std::unique_ptr<ImageWriter>> PngWriter::create(const WriteSpec &spec, QIODevice &device)
{
    auto d = std::make_unique<Private>();
    d->spec = spec;
    d->codec.device = &device;
    if (const Result<void> started = d->start(); !started)
        return fail(started.error());
    return std::unique_ptr<ImageWriter>(new PngWriter(std::move(d)));
}

Result<void> PngWriter::Private::start()
{
    codec.png =
        png_create_write_struct(PNG_LIBPNG_VER_STRING, &codec, onPngError<Codec>, onWarning);
    if (!codec.png)
        return fail(ErrorCode::Internal, {QStringLiteral("libpng cannot be used")});
    codec.info = png_create_info_struct(codec.png);
    const QByteArray profile = spec.icc.isEmpty() ? QByteArray() : profileChunk(spec.icc);
    const QByteArray xmp = spec.metadata.xmp.isEmpty() ? QByteArray() : xmpChunk(spec.metadata.xmp);
    static const int types[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA,
                                PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    Codec *c = &codec;
    const WriteSpec *s = &spec;
    const QByteArray *profilePointer = &profile;
    const QByteArray *xmpPointer = &xmp;
    const bool ok = guarded(codec, [=] {
        png_set_write_fn(c->png, c, onWrite, onFlush);
        png_set_user_limits(c->png, 0x7fffffff, 0x7fffffff);
        // On filtered photo rows level 3 is faster than the lazy levels above it and, on the Kodak
        // pictures, no larger than 4.
        png_set_compression_level(c->png, s->quick ? 1 : 3);
        // Trying every filter on every row costs as much as packing it.
        if (s->quick)
            png_set_filter(c->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
        png_set_compression_buffer_size(c->png, 65536);
        png_set_IHDR(c->png, c->info, png_uint_32(s->size.width()), png_uint_32(s->size.height()),
                     s->format.depth == Depth::U16 ? 16 : 8, types[int(s->format.channels)],
                     PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        if (s->resolution.isValid()) {
            png_set_pHYs(c->png, c->info, png_uint_32(std::lround(s->resolution.x / 0.0254)),
                         png_uint_32(std::lround(s->resolution.y / 0.0254)), PNG_RESOLUTION_METER);
        }
        png_write_info_before_PLTE(c->png, c->info);
        const auto chunk = [c](const char *name, const QByteArray *bytes) {
            if (!bytes->isEmpty()) {
                png_write_chunk(c->png, reinterpret_cast<png_const_bytep>(name),
                                reinterpret_cast<png_const_bytep>(bytes->constData()),
                                size_t(bytes->size()));
            }
        };
        chunk("iCCP", profilePointer);
        png_write_info(c->png, c->info);
        chunk("eXIf", &s->metadata.exif);
        chunk("iTXt", xmpPointer);
        if (s->format.depth == Depth::U16 && Q_BYTE_ORDER == Q_LITTLE_ENDIAN)
            png_set_swap(c->png);
    });
    if (!ok)
        return fail(failure());
    return {};
}

Result<void> PngWriter::write(const Image &rows)
{
    Codec *c = &d->codec;
    const Image *image = &rows;
    const bool ok = guarded(d->codec, [=] {
        for (int y = 0; y < image->height(); ++y)
            png_write_row(c->png, reinterpret_cast<png_const_bytep>(image->constRow(y)));
    });
    if (!ok)
        return fail(d->failure());
    d->y += rows.height();
    return {};
}

Result<void> PngWriter::finish()
{
    Codec *c = &d->codec;
    if (!guarded(d->codec, [=] { png_write_end(c->png, nullptr); }))
        return fail(d->failure());
    return {};
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/webpwriter.h"

#include "io/outputerror.h"

#include <QCoreApplication>

#include <algorithm>

#include <webp/encode.h>
#include <webp/mux.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

struct Encoded {
    Encoded() { WebPMemoryWriterInit(&writer); }
    ~Encoded() { WebPMemoryWriterClear(&writer); }
    Encoded(const Encoded &) = delete;
    Encoded &operator=(const Encoded &) = delete;
    WebPMemoryWriter writer;
};

struct Picture {
    Picture() { valid = WebPPictureInit(&picture); }
    ~Picture() { WebPPictureFree(&picture); }
    Picture(const Picture &) = delete;
    Picture &operator=(const Picture &) = delete;
    WebPPicture picture;
    bool valid;
};

} // namespace

struct WebpWriter::Private {
    WriteSpec spec;
    QIODevice *device = nullptr;
    Image whole;
    int y = 0;

    Result<void> encode(Encoded &out);
    Result<void> writeWithBlocks(const Encoded &encoded);
    Result<void> put(const uint8_t *bytes, size_t size)
    {
        if (device->write(reinterpret_cast<const char *>(bytes), qint64(size)) != qint64(size))
            return fail(outputError(*device, spec.name));
        return {};
    }
};

WebpWriter::WebpWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

WebpWriter::~WebpWriter() = default;

QSize WebpWriter::size() const
{
    return d->spec.size;
}

PixelFormat WebpWriter::format() const
{
    return d->spec.format;
}

Result<std::unique_ptr<ImageWriter>> WebpWriter::create(const WriteSpec &spec, QIODevice &device)
{
    auto d = std::make_unique<Private>();
    d->spec = spec;
    d->device = &device;
    d->whole = Image(spec.size, spec.format);
    return std::unique_ptr<ImageWriter>(new WebpWriter(std::move(d)));
}

Result<void> WebpWriter::write(const Image &rows)
{
    d->whole.paste(rows, QPoint(0, d->y));
    d->y += rows.height();
    return {};
}

Result<void> WebpWriter::finish()
{
    Encoded encoded;
    if (const Result<void> done = d->encode(encoded); !done)
        return done;
    d->whole = Image();
    if (d->spec.icc.isEmpty() && d->spec.metadata.exif.isEmpty() && d->spec.metadata.xmp.isEmpty())
        return d->put(encoded.writer.mem, encoded.writer.size);
    return d->writeWithBlocks(encoded);
}

Result<void> WebpWriter::Private::encode(Encoded &out)
{
    const auto internal = [](const QString &what) {
        return fail(ErrorCode::Internal, {QStringLiteral("libwebp: ") + what});
    };
    WebPConfig config;
    Picture p;
    if (!WebPConfigInit(&config) || !p.valid)
        return internal(QStringLiteral("another version"));
    const bool lossless = spec.quality >= 100;
    if (lossless) {
        if (!WebPConfigLosslessPreset(&config, 4))
            return internal(QStringLiteral("no lossless preset"));
        config.exact = 1; // colours under full transparency are kept
    } else {
        config.quality = float(spec.quality);
        config.use_sharp_yuv = spec.quality >= 90;
    }
    p.picture.use_argb = lossless || config.use_sharp_yuv;
    p.picture.width = spec.size.width();
    p.picture.height = spec.size.height();
    const auto *samples = whole.constSamples<quint8>(0);
    const int stride = int(whole.bytesPerRow());
    const int imported = spec.format.hasAlpha() ? WebPPictureImportRGBA(&p.picture, samples, stride)
                                                : WebPPictureImportRGB(&p.picture, samples, stride);
    whole = Image(); // its copy is in the encoder's own layout now
    p.picture.writer = WebPMemoryWrite;
    p.picture.custom_ptr = &out.writer;
    if (imported && WebPEncode(&config, &p.picture))
        return {};
    if (!imported || p.picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY ||
        p.picture.error_code == VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY) {
        return fail(ErrorCode::OutOfMemory, {tr("writing the picture"), {}});
    }
    if (p.picture.error_code == VP8_ENC_ERROR_PARTITION0_OVERFLOW ||
        p.picture.error_code == VP8_ENC_ERROR_PARTITION_OVERFLOW ||
        p.picture.error_code == VP8_ENC_ERROR_FILE_TOO_BIG) {
        return fail(ErrorCode::OutputLimit,
                    {QStringLiteral("WebP"), QString::number(spec.size.width()),
                     QString::number(spec.size.height()),
                     tr("it has more detail than the format can hold at this quality")});
    }
    return internal(QString::number(int(p.picture.error_code)));
}

Result<void> WebpWriter::Private::writeWithBlocks(const Encoded &encoded)
{
    struct Deleter {
        void operator()(WebPMux *mux) const { WebPMuxDelete(mux); }
    };
    const WebPData image{encoded.writer.mem, encoded.writer.size};
    const std::unique_ptr<WebPMux, Deleter> mux(WebPMuxCreate(&image, 0));
    bool ok = mux != nullptr;
    const auto chunk = [&](const char *name, const QByteArray &bytes) {
        if (!ok || bytes.isEmpty())
            return;
        const WebPData data{reinterpret_cast<const uint8_t *>(bytes.constData()),
                            size_t(bytes.size())};
        ok = WebPMuxSetChunk(mux.get(), name, &data, 0) == WEBP_MUX_OK;
    };
    chunk("ICCP", spec.icc);
    chunk("EXIF", spec.metadata.exif);
    chunk("XMP ", spec.metadata.xmp);
    WebPData assembled;
    WebPDataInit(&assembled);
    ok = ok && WebPMuxAssemble(mux.get(), &assembled) == WEBP_MUX_OK;
    Result<void> done = ok ? put(assembled.bytes, assembled.size)
                           : fail(ErrorCode::Internal, {QStringLiteral("libwebpmux")});
    WebPDataClear(&assembled);
    return done;
}

} // namespace heirloom

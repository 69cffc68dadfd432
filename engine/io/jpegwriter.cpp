// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/jpegwriter.h"

#include "io/outputerror.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jerror.h>
#include <jpeglib.h>

namespace heirloom
{

namespace
{

/// What one marker can hold.
constexpr qsizetype maxMarker = 65533;
/// Above this the optimised tables' coefficients (6 bytes a pixel) would take too much memory.
constexpr qint64 maxOptimisedPixels = 16'000'000;

struct Codec {
    jpeg_error_mgr errors;
    jmp_buf jump;
    jpeg_compress_struct jpeg;
    jpeg_destination_mgr destination;
    QIODevice *device;
    bool deviceFailed;
    bool created;
    JOCTET buffer[65536];
};

Codec *codecOf(j_common_ptr jpeg)
{
    return reinterpret_cast<Codec *>(jpeg->err);
}

[[noreturn]] void onError(j_common_ptr jpeg)
{
    std::longjmp(codecOf(jpeg)->jump, 1);
}

void onMessage(j_common_ptr, int) {}
void onOutput(j_common_ptr) {}

void put(j_compress_ptr jpeg, size_t count)
{
    Codec *codec = codecOf(reinterpret_cast<j_common_ptr>(jpeg));
    if (codec->device->write(reinterpret_cast<const char *>(codec->buffer), qint64(count)) !=
        qint64(count)) {
        codec->deviceFailed = true;
        ERREXIT(jpeg, JERR_FILE_WRITE);
    }
    codec->destination.next_output_byte = codec->buffer;
    codec->destination.free_in_buffer = sizeof codec->buffer;
}

void onBegin(j_compress_ptr jpeg)
{
    Codec *codec = codecOf(reinterpret_cast<j_common_ptr>(jpeg));
    codec->destination.next_output_byte = codec->buffer;
    codec->destination.free_in_buffer = sizeof codec->buffer;
}

boolean onFull(j_compress_ptr jpeg)
{
    put(jpeg, sizeof(Codec::buffer));
    return TRUE;
}

void onEnd(j_compress_ptr jpeg)
{
    Codec *codec = codecOf(reinterpret_cast<j_common_ptr>(jpeg));
    put(jpeg, sizeof codec->buffer - codec->destination.free_in_buffer);
}

/// Runs body with libjpeg's errors caught. No object with a destructor may live in body.
template <typename F>
bool guarded(Codec &codec, F body)
{
    static_assert(std::is_trivially_destructible_v<F>);
    if (setjmp(codec.jump))
        return false;
    body();
    return true;
}

/// IPTC records as a Photoshop resource block.
QByteArray photoshopBlock(const QByteArray &iptc)
{
    QByteArray out("Photoshop 3.0\0"
                   "8BIM\x04\x04\0\0",
                   22);
    char size[4];
    qToBigEndian(quint32(iptc.size()), size);
    out.append(size, 4);
    out += iptc;
    if (iptc.size() % 2 != 0)
        out += '\0';
    return out;
}

} // namespace

struct JpegWriter::Private {
    WriteSpec spec;
    std::unique_ptr<Codec> codec = std::make_unique<Codec>();

    ~Private()
    {
        if (codec->created)
            jpeg_destroy_compress(&codec->jpeg);
    }
    Result<void> start(QIODevice &device);
    void configure(const QByteArray *exif, const QByteArray *xmp, const QByteArray *iptc);
    Error failure() const;
};

JpegWriter::JpegWriter(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

JpegWriter::~JpegWriter() = default;

QSize JpegWriter::size() const
{
    return d->spec.size;
}

PixelFormat JpegWriter::format() const
{
    return d->spec.format;
}

Result<std::unique_ptr<ImageWriter>> JpegWriter::create(const WriteSpec &spec, QIODevice &device)
{
    auto d = std::make_unique<Private>();
    d->spec = spec;
    if (const Result<void> started = d->start(device); !started)
        return fail(started.error());
    return std::unique_ptr<ImageWriter>(new JpegWriter(std::move(d)));
}

Error JpegWriter::Private::failure() const
{
    if (codec->deviceFailed)
        return outputError(*codec->device, spec.name);
    char text[JMSG_LENGTH_MAX] = {};
    codec->errors.format_message(reinterpret_cast<j_common_ptr>(&codec->jpeg), text);
    return Error(ErrorCode::Internal, {QStringLiteral("libjpeg: ") + QString::fromLatin1(text)});
}

Result<void> JpegWriter::Private::start(QIODevice &device)
{
    *codec = Codec{};
    Codec *c = codec.get();
    c->device = &device;
    c->jpeg.err = jpeg_std_error(&c->errors);
    c->errors.error_exit = onError;
    c->errors.emit_message = onMessage;
    c->errors.output_message = onOutput;
    c->destination.init_destination = onBegin;
    c->destination.empty_output_buffer = onFull;
    c->destination.term_destination = onEnd;

    QByteArray exif, xmp, iptc;
    if (!spec.metadata.exif.isEmpty())
        exif = QByteArray("Exif\0\0", 6) + spec.metadata.exif;
    if (!spec.metadata.xmp.isEmpty())
        xmp = QByteArray("http://ns.adobe.com/xap/1.0/\0", 29) + spec.metadata.xmp;
    if (!spec.metadata.iptc.isEmpty())
        iptc = photoshopBlock(spec.metadata.iptc);
    for (const QByteArray *block : {&exif, &xmp, &iptc}) {
        if (block->size() > maxMarker) {
            return fail(ErrorCode::MetadataNotWritten,
                        {spec.name, QCoreApplication::translate(
                                        "heirloom::Io", "one block is larger than JPEG allows")});
        }
    }
    const QByteArray *exifPointer = &exif;
    const QByteArray *xmpPointer = &xmp;
    const QByteArray *iptcPointer = &iptc;
    if (!guarded(*c, [=, this] { configure(exifPointer, xmpPointer, iptcPointer); }))
        return fail(failure());
    return {};
}

/// Left by longjmp on errors: holds plain values only.
void JpegWriter::Private::configure(const QByteArray *exif, const QByteArray *xmp,
                                    const QByteArray *iptc)
{
    jpeg_compress_struct *jpeg = &codec->jpeg;
    jpeg_create_compress(jpeg);
    codec->created = true;
    jpeg->dest = &codec->destination;
    jpeg->image_width = JDIMENSION(spec.size.width());
    jpeg->image_height = JDIMENSION(spec.size.height());
    jpeg->input_components = spec.format.channelCount();
    jpeg->in_color_space = spec.format.isGray() ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, spec.quality, TRUE);
    jpeg->dct_method = JDCT_ISLOW;
    if (!spec.format.isGray()) {
        const int sampling = spec.quality >= 90 ? 1 : 2;
        jpeg->comp_info[0].h_samp_factor = sampling;
        jpeg->comp_info[0].v_samp_factor = sampling;
    }
    jpeg->optimize_coding =
        qint64(spec.size.width()) * spec.size.height() <= maxOptimisedPixels ? TRUE : FALSE;
    jpeg->write_JFIF_header = TRUE;
    if (spec.resolution.isValid()) {
        jpeg->density_unit = 1;
        jpeg->X_density = UINT16(std::lround(std::min(65535.0, spec.resolution.x)));
        jpeg->Y_density = UINT16(std::lround(std::min(65535.0, spec.resolution.y)));
    }
    jpeg_start_compress(jpeg, TRUE);
    const auto marker = [jpeg](int code, const QByteArray *bytes) {
        if (!bytes->isEmpty()) {
            jpeg_write_marker(jpeg, code, reinterpret_cast<const JOCTET *>(bytes->constData()),
                              unsigned(bytes->size()));
        }
    };
    marker(JPEG_APP0 + 1, exif);
    marker(JPEG_APP0 + 1, xmp);
    if (!spec.icc.isEmpty()) {
        jpeg_write_icc_profile(jpeg, reinterpret_cast<const JOCTET *>(spec.icc.constData()),
                               unsigned(spec.icc.size()));
    }
    marker(JPEG_APP0 + 13, iptc);
}

Result<void> JpegWriter::write(const Image &rows)
{
    Codec *c = d->codec.get();
    const Image *image = &rows;
    const bool ok = guarded(*c, [=] {
        for (int y = 0; y < image->height(); ++y) {
            JSAMPROW row = const_cast<JSAMPROW>(image->constSamples<quint8>(y));
            jpeg_write_scanlines(&c->jpeg, &row, 1);
        }
    });
    if (!ok)
        return fail(d->failure());
    return {};
}

Result<void> JpegWriter::finish()
{
    Codec *c = d->codec.get();
    if (!guarded(*c, [c] { jpeg_finish_compress(&c->jpeg); }))
        return fail(d->failure());
    return {};
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/pngreader.h"

#include "io/iccprofile.h"
#include "io/limits.h"
#include "io/pngguard.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstring>
#include <png.h>
#include <vector>
#include <zlib.h>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

/// What libpng's callbacks see.
struct Codec {
    png_structp png = nullptr;
    png_infop info = nullptr;
    QIODevice *device = nullptr;
    char message[160] = {};
    int warnings = 0;
    bool pixels = false; ///< the header is done
    bool contentCredentials = false;
    bool profileSeen = false;
    int frames = 1;
    QByteArray profile; ///< as stored: name, method, deflated

    ~Codec()
    {
        if (png)
            png_destroy_read_struct(&png, &info, nullptr);
    }
};

void onWarning(png_structp png, png_const_charp message)
{
    auto *codec = static_cast<Codec *>(png_get_error_ptr(png));
    if (!codec->pixels)
        return;
    ++codec->warnings;
    std::strncpy(codec->message, message ? message : "", sizeof codec->message - 1);
}

void onRead(png_structp png, png_bytep data, size_t length)
{
    auto *codec = static_cast<Codec *>(png_get_io_ptr(png));
    if (codec->device->read(reinterpret_cast<char *>(data), qint64(length)) != qint64(length))
        png_error(png, "the file ends early");
}

int onChunk(png_structp png, png_unknown_chunkp chunk)
{
    auto *codec = static_cast<Codec *>(png_get_user_chunk_ptr(png));
    const auto is = [&](const char *name) { return std::memcmp(chunk->name, name, 4) == 0; };
    if (is("iCCP") && !codec->profileSeen) {
        codec->profileSeen = true;
        codec->profile =
            QByteArray(reinterpret_cast<const char *>(chunk->data), qsizetype(chunk->size));
    } else if (is("caBX")) {
        codec->contentCredentials = true;
    } else if (is("acTL") && chunk->size >= 4) {
        codec->frames = int(std::min<quint32>(qFromBigEndian<quint32>(chunk->data), 1000000));
    }
    return 1;
}

/// The profile inside an iCCP chunk; empty when it is damaged.
QByteArray inflatedProfile(const QByteArray &chunk)
{
    const qsizetype nameEnd = chunk.indexOf('\0');
    if (nameEnd < 0 || nameEnd > 79 || chunk.size() < nameEnd + 3 || chunk[nameEnd + 1] != 0)
        return {};
    z_stream stream = {};
    if (inflateInit(&stream) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(chunk.constData())) + nameEnd + 2;
    stream.avail_in = uInt(chunk.size() - nameEnd - 2);
    QByteArray out;
    int status = Z_OK;
    while (status == Z_OK && out.size() <= maxProfileBytes) {
        const qsizetype before = out.size();
        out.resize(before + 65536);
        stream.next_out = reinterpret_cast<Bytef *>(out.data()) + before;
        stream.avail_out = 65536;
        status = inflate(&stream, Z_NO_FLUSH);
        out.resize(before + 65536 - qsizetype(stream.avail_out));
    }
    inflateEnd(&stream);
    return status == Z_STREAM_END ? out : QByteArray();
}

/// A profile for what gAMA and cHRM say; empty when that is sRGB or nothing.
QByteArray profileFromChunks(png_structp png, png_infop info, bool gray)
{
    double fileGamma = 0;
    if (!png_get_gAMA(png, info, &fileGamma) || fileGamma <= 0)
        return {};
    const bool srgbGamma = std::abs(fileGamma - 0.45455) < 0.005;
    const double gamma = 1 / fileGamma;
    if (gray)
        return srgbGamma ? QByteArray() : grayProfile(gamma);
    Chromaticities c = srgbChromaticities;
    double v[8];
    bool srgbPrimaries = true;
    if (png_get_cHRM(png, info, &v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7])) {
        c = {{v[0], v[1]}, {v[2], v[3]}, {v[4], v[5]}, {v[6], v[7]}};
        const double srgb[8] = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
        srgbPrimaries = std::equal(std::begin(v), std::end(v), std::begin(srgb),
                                   [](double a, double b) { return std::abs(a - b) < 0.002; });
    }
    if (srgbGamma)
        return srgbPrimaries ? QByteArray() : rgbProfileWithSrgbCurve(c);
    return rgbProfile(c, gamma);
}

} // namespace

struct PngReader::Private {
    Codec codec;
    QString name;
    ReadLimits limits;
    ImageInfo info;
    bool interlaced = false;
    int y = 0;
    bool broken = false; ///< everything from y on is missing
    bool warned = false;
    Image whole;

    Result<void> start();
    void describe();
    Result<Image> readSequential(int count);
    Result<void> readInterlaced();
    void noteWarnings();
    tl::unexpected<Error> damaged(const char *what) const
    {
        return fail(ErrorCode::InputDamaged, {name, tr(what)}, QString::fromLatin1(codec.message));
    }
};

PngReader::PngReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

PngReader::~PngReader() = default;

const ImageInfo &PngReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> PngReader::open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->name = name;
    d->limits = limits;
    d->codec.device = &device;
    const QByteArray head = device.read(33);
    device.seek(0);
    if (!head.startsWith(QByteArray("\x89PNG\r\n\x1A\n", 8))) {
        return d->damaged(QT_TRANSLATE_NOOP("heirloom::Io",
                                            "its first bytes were changed, as by a transfer as "
                                            "text"));
    }
    if (head.size() < 33 || head.mid(12, 4) != "IHDR")
        return d->damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header is cut off"));
    const Result<void> size = checkSize(name, qFromBigEndian<quint32>(head.constData() + 16),
                                        qFromBigEndian<quint32>(head.constData() + 20), limits);
    if (!size)
        return fail(size.error());
    if (const Result<void> started = d->start(); !started)
        return fail(started.error());
    return std::unique_ptr<ImageReader>(new PngReader(std::move(d)));
}

Result<void> PngReader::Private::start()
{
    codec.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &codec, onPngError<Codec>, onWarning);
    if (!codec.png)
        return fail(ErrorCode::Internal, {QStringLiteral("libpng cannot be used")});
    codec.info = png_create_info_struct(codec.png);
    Codec *c = &codec;
    const bool ok = guarded(codec, [c] {
        png_set_read_fn(c->png, c, onRead);
        png_set_user_limits(c->png, 0x7fffffff, 0x7fffffff);
        png_set_chunk_cache_max(c->png, 256);
        png_set_chunk_malloc_max(c->png, png_alloc_size_t(2 * maxProfileBytes));
        png_set_benign_errors(c->png, 1);
        // Data is lost by the piece when a file ends early: small pieces lose little.
        png_set_compression_buffer_size(c->png, 512);
        png_set_read_user_chunk_fn(c->png, c, onChunk);
        // Text is the metadata room's; the profile is kept as it is, libpng would judge it.
        static const png_byte skipped[] = "tEXt\0zTXt\0iTXt\0eXIf\0tIME\0sPLT\0hIST";
        static const png_byte kept[] = "iCCP\0caBX\0acTL";
        png_set_keep_unknown_chunks(c->png, PNG_HANDLE_CHUNK_NEVER, skipped, 7);
        png_set_keep_unknown_chunks(c->png, PNG_HANDLE_CHUNK_ALWAYS, kept, 3);
        png_read_info(c->png, c->info);
        const int type = png_get_color_type(c->png, c->info);
        const int depth = png_get_bit_depth(c->png, c->info);
        if (type == PNG_COLOR_TYPE_PALETTE)
            png_set_palette_to_rgb(c->png);
        if (type == PNG_COLOR_TYPE_GRAY && depth < 8)
            png_set_expand_gray_1_2_4_to_8(c->png);
        if (png_get_valid(c->png, c->info, PNG_INFO_tRNS))
            png_set_tRNS_to_alpha(c->png);
        if (depth == 16 && Q_BYTE_ORDER == Q_LITTLE_ENDIAN)
            png_set_swap(c->png);
        if (png_get_interlace_type(c->png, c->info) != PNG_INTERLACE_NONE)
            png_set_interlace_handling(c->png);
        // A wrong checksum of the picture data is said, but the pixels are shown.
        png_set_crc_action(c->png, PNG_CRC_WARN_USE, PNG_CRC_WARN_DISCARD);
        png_read_update_info(c->png, c->info);
        c->pixels = true;
    });
    if (!ok)
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header cannot be understood"));
    describe();
    if (png_get_rowbytes(codec.png, codec.info) !=
        size_t(info.size.width()) * info.format.bytesPerPixel())
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header contradicts itself"));
    if (!interlaced)
        return {};
    return checkMemory(
        name, qint64(info.size.width()) * info.size.height() * info.format.bytesPerPixel(), limits);
}

void PngReader::Private::describe()
{
    png_structp png = codec.png;
    info.fileFormat = FileFormat::Png;
    info.size = QSize(int(png_get_image_width(png, codec.info)),
                      int(png_get_image_height(png, codec.info)));
    info.format = {Channels(png_get_channels(png, codec.info)),
                   png_get_bit_depth(png, codec.info) == 16 ? Depth::U16 : Depth::U8};
    // From the file itself: libpng's values now describe what is delivered.
    const qint64 position = codec.device->pos();
    codec.device->seek(24);
    const QByteArray header = codec.device->read(5);
    codec.device->seek(position);
    const int depth = header.at(0);
    const int type = header.at(1);
    const int interlace = header.at(4);
    info.sourceBits = type == PNG_COLOR_TYPE_PALETTE ? 8 : depth;
    interlaced = interlace != PNG_INTERLACE_NONE;
    info.decodesWhole = interlaced;
    png_uint_32 across, down;
    int unit;
    if (png_get_pHYs(png, codec.info, &across, &down, &unit) && unit == PNG_RESOLUTION_METER)
        info.resolution = {across * 0.0254, down * 0.0254};

    int intent;
    if (codec.profileSeen) {
        const QByteArray icc = inflatedProfile(codec.profile);
        if (icc.isEmpty())
            info.notices.append({Notice::Kind::ProfileIgnored, 0, tr("it is damaged")});
        else
            adoptProfile(info, icc);
    } else if (!png_get_sRGB(png, codec.info, &intent)) {
        info.icc = profileFromChunks(png, codec.info, info.format.isGray());
        if (info.icc.isEmpty() && !png_get_valid(png, codec.info, PNG_INFO_gAMA))
            info.notices.append({Notice::Kind::Untagged, 0, {}});
    }
    info.pages = codec.frames;
    if (codec.frames > 1)
        info.notices.append({Notice::Kind::MorePages, codec.frames, {}});
    if (codec.contentCredentials)
        info.notices.append({Notice::Kind::ContentCredentialsDropped, 0, {}});
}

void PngReader::Private::noteWarnings()
{
    if (codec.warnings == 0 || warned)
        return;
    warned = true;
    info.notices.append(
        {Notice::Kind::Other, 0,
         tr("The picture data does not match its checksums; some pixels may be wrong (%1).")
             .arg(QString::fromLatin1(codec.message))});
}

Result<Image> PngReader::readRows(int count)
{
    if (!d->interlaced)
        return d->readSequential(count);
    if (d->whole.isNull()) {
        if (const Result<void> done = d->readInterlaced(); !done)
            return fail(done.error());
    }
    const Image rows = d->whole.copied(QRect(0, d->y, d->info.size.width(), std::max(0, count)));
    d->y += rows.height();
    return rows;
}

Result<Image> PngReader::Private::readSequential(int count)
{
    const int rows = std::min(count, info.size.height() - y);
    if (rows <= 0)
        return Image();
    Image band(QSize(info.size.width(), rows), info.format);
    int done = 0;
    if (!broken) {
        Codec *c = &codec;
        std::byte *first = band.row(0);
        const qsizetype stride = band.bytesPerRow();
        // volatile: read again after libpng jumped out.
        volatile int decoded = 0;
        volatile int *decodedPointer = &decoded;
        const bool ok = guarded(codec, [=] {
            for (int i = 0; i < rows; ++i) {
                png_read_row(c->png, reinterpret_cast<png_bytep>(first + stride * i), nullptr);
                *decodedPointer = i + 1;
            }
        });
        done = decoded;
        if (!ok) {
            if (y + done == 0)
                return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "not one row can be read"));
            broken = true;
            noteMissingRows(info, y + done);
        } else {
            noteWarnings();
        }
    }
    fillMissing(band, done);
    y += rows;
    return band;
}

Result<void> PngReader::Private::readInterlaced()
{
    Image image(info.size, info.format);
    fillMissing(image, 0);
    Codec *c = &codec;
    std::byte *first = image.row(0);
    const qsizetype stride = image.bytesPerRow();
    const int height = info.size.height();
    volatile int pass = 0;
    volatile int row = 0;
    volatile int *passPointer = &pass;
    volatile int *rowPointer = &row;
    const bool ok = guarded(codec, [=] {
        for (int p = 0; p < 7; ++p) {
            *passPointer = p;
            for (int i = 0; i < height; ++i) {
                *rowPointer = i;
                // As display rows: each pass fills whole blocks, so that a file that ends early
                // shows a coarse picture instead of dots.
                png_read_row(c->png, nullptr, reinterpret_cast<png_bytep>(first + stride * i));
            }
        }
    });
    if (ok) {
        noteWarnings();
    } else if (pass == 0) {
        if (row == 0)
            return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "not one row can be read"));
        noteMissingRows(info, row);
    } else {
        info.notices.append(
            {Notice::Kind::Other, 0,
             tr("The file ends early: the picture is whole, but coarser than it should be.")});
    }
    whole = std::move(image);
    return {};
}

} // namespace heirloom

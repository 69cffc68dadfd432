// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/bmpreader.h"

#include "io/iccprofile.h"
#include "io/limits.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace heirloom
{

namespace
{

constexpr quint32 plainRgb = 0;
constexpr quint32 runLengths8 = 1;
constexpr quint32 runLengths4 = 2;
constexpr quint32 bitFields = 3;
constexpr quint32 bitFieldsWithAlpha = 6;
constexpr quint32 profileEmbedded = 0x4D424544; // "MBED"
constexpr quint32 spaceIsSrgb = 0x73524742;     // "sRGB"

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

/// Little-endian numbers of a header; beyond its end everything is 0.
struct Bytes {
    QByteArray bytes;
    quint32 u16(int at) const
    {
        return at + 2 <= bytes.size() ? qFromLittleEndian<quint16>(bytes.constData() + at) : 0;
    }
    quint32 u32(int at) const
    {
        return at + 4 <= bytes.size() ? qFromLittleEndian<quint32>(bytes.constData() + at) : 0;
    }
};

/// One channel's place inside a pixel.
struct Field {
    quint32 mask = 0;
    quint8 value(quint32 pixel) const
    {
        const int shift = std::countr_zero(mask);
        const quint64 most = mask >> shift;
        return quint8((quint64((pixel & mask) >> shift) * 255 + most / 2) / most);
    }
};

} // namespace

struct BmpReader::Private {
    QIODevice *device = nullptr;
    QString name;
    ImageInfo info;
    quint32 compression = plainRgb;
    int bits = 24;
    bool topDown = false;
    qint64 pixelsAt = 0;
    qint64 rowBytes = 0; ///< with padding
    std::array<Field, 4> fields;
    std::vector<std::array<quint8, 3>> palette;
    std::vector<quint8> indices; ///< of a run-length file, upright, once decoded
    int runLengthRows = -1;      ///< rows from the bottom that were decoded; -1: not yet
    QByteArray row;
    int y = 0;
    bool upperMissing = false; ///< said already

    Result<void> readHeader(const ReadLimits &limits);
    Result<void> readFields(const Bytes &header, int headerSize);
    Result<void> readPalette(const Bytes &header, int headerSize);
    void readProfile(const Bytes &header, int headerSize);
    bool readRow(int line, quint8 *out);
    void decodeRunLengths();
    void fromIndices(const quint8 *in, quint8 *out) const;
    tl::unexpected<Error> damaged(const char *what) const
    {
        return fail(ErrorCode::InputDamaged, {name, tr(what)});
    }
    tl::unexpected<Error> variant(const QString &what) const
    {
        return fail(ErrorCode::VariantNotRead, {name, QStringLiteral("BMP"), what});
    }
};

BmpReader::BmpReader(std::unique_ptr<Private> priv)
    : d(std::move(priv))
{
}

BmpReader::~BmpReader() = default;

const ImageInfo &BmpReader::info() const
{
    return d->info;
}

Result<std::unique_ptr<ImageReader>> BmpReader::open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits)
{
    auto d = std::make_unique<Private>();
    d->device = &device;
    d->name = name;
    if (const Result<void> read = d->readHeader(limits); !read)
        return fail(read.error());
    return std::unique_ptr<ImageReader>(new BmpReader(std::move(d)));
}

Result<void> BmpReader::Private::readHeader(const ReadLimits &limits)
{
    const Bytes header{device->read(14 + 124 + 16)};
    const qint64 headerSize = header.u32(14);
    const bool core = headerSize == 12;
    if (!core && (headerSize < 16 || headerSize > 4096))
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header cannot be understood"));
    const qint64 width = core ? qint64(header.u16(18)) : qint64(qint32(header.u32(18)));
    const qint64 signedHeight = core ? qint64(header.u16(20)) : qint64(qint32(header.u32(22)));
    topDown = signedHeight < 0;
    if (const auto ok = checkSize(name, width, std::abs(signedHeight), limits); !ok)
        return fail(ok.error());
    bits = int(core ? header.u16(24) : header.u16(28));
    compression = core || headerSize < 20 ? plainRgb : header.u32(30);
    pixelsAt = header.u32(10);
    info.fileFormat = FileFormat::Bmp;
    info.size = QSize(int(width), int(std::abs(signedHeight)));
    info.sourceBits = bits < 8 ? bits : 8;
    if (!core && headerSize >= 40) {
        const qint32 x = qint32(header.u32(38));
        const qint32 perMetreY = qint32(header.u32(42));
        if (x > 0 && perMetreY > 0)
            info.resolution = {x * 0.0254, perMetreY * 0.0254};
    }
    if (const auto ok = readFields(header, int(headerSize)); !ok)
        return ok;
    if (bits <= 8) {
        if (const auto ok = readPalette(header, int(headerSize)); !ok)
            return ok;
    }
    rowBytes = (width * bits + 31) / 32 * 4;
    if (pixelsAt < 14 + headerSize || pixelsAt >= device->size())
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "there is no picture in it"));
    readProfile(header, int(headerSize));
    if (compression == runLengths8 || compression == runLengths4) {
        info.decodesWhole = true;
        return checkMemory(name, width * info.size.height(), limits);
    }
    return {};
}

Result<void> BmpReader::Private::readFields(const Bytes &header, int headerSize)
{
    info.format = {Channels::Rgb, Depth::U8};
    const bool os2 = headerSize == 64 || headerSize == 16;
    if (os2 && (compression == 3 || compression == 4))
        return variant(tr("compression number %1").arg(compression));
    switch (compression) {
    case plainRgb:
        if (bits != 1 && bits != 2 && bits != 4 && bits != 8 && bits != 16 && bits != 24 &&
            bits != 32)
            return variant(tr("%1 bits a pixel").arg(bits));
        if (bits == 16)
            fields = {Field{0x7C00}, Field{0x03E0}, Field{0x001F}, Field{}};
        else
            fields = {Field{0xFF0000}, Field{0xFF00}, Field{0xFF}, Field{}};
        return {};
    case runLengths8:
    case runLengths4:
        if (bits != (compression == runLengths8 ? 8 : 4) || topDown)
            return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header contradicts itself"));
        return {};
    case bitFields:
    case bitFieldsWithAlpha:
        if (bits != 16 && bits != 32)
            return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header contradicts itself"));
        // Behind a header of 40 bytes or inside a longer one: the same place.
        for (int i = 0; i < 3; ++i)
            fields[size_t(i)].mask = header.u32(54 + 4 * i);
        if (headerSize >= 56 || compression == bitFieldsWithAlpha)
            fields[3].mask = header.u32(66);
        if (fields[0].mask == 0 || fields[1].mask == 0 || fields[2].mask == 0)
            return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its header contradicts itself"));
        info.format = info.format.withAlpha(fields[3].mask != 0);
        return {};
    case 4:
        return variant(tr("a JPEG inside"));
    case 5:
        return variant(tr("a PNG inside"));
    default:
        return variant(tr("compression number %1").arg(compression));
    }
}

Result<void> BmpReader::Private::readPalette(const Bytes &header, int headerSize)
{
    const bool core = headerSize == 12;
    const int entryBytes = core ? 3 : 4;
    quint32 used = headerSize >= 40 ? header.u32(46) : 0;
    if (used == 0 || used > (1u << bits))
        used = 1u << bits;
    const int maskBytes = headerSize == 40 && compression == bitFields ? 12 : 0;
    device->seek(14 + headerSize + maskBytes);
    const qint64 room = std::max<qint64>(0, pixelsAt - (14 + headerSize + maskBytes));
    const QByteArray bytes = device->read(std::min<qint64>(room, qint64(used) * entryBytes));
    palette.assign(size_t(1) << bits, {0, 0, 0});
    for (qsizetype i = 0; (i + 1) * entryBytes <= bytes.size(); ++i) {
        for (size_t c = 0; c < 3; ++c)
            palette[size_t(i)][c] = quint8(bytes[i * entryBytes + 2 - qsizetype(c)]);
    }
    if (bytes.size() < entryBytes)
        return damaged(QT_TRANSLATE_NOOP("heirloom::Io", "its palette is missing"));
    // A palette of greys is a grey picture.
    if (std::all_of(palette.begin(), palette.end(),
                    [](const auto &e) { return e[0] == e[1] && e[1] == e[2]; }))
        info.format = {Channels::Gray, Depth::U8};
    return {};
}

void BmpReader::Private::readProfile(const Bytes &header, int headerSize)
{
    const quint32 space = headerSize >= 108 ? header.u32(14 + 56) : 0;
    if (headerSize >= 124 && space == profileEmbedded) {
        const quint32 offset = header.u32(14 + 112);
        const quint32 size = header.u32(14 + 116);
        if (size <= quint32(maxProfileBytes) && device->seek(14 + qint64(offset))) {
            adoptProfile(info, device->read(size));
            return;
        }
    }
    if (space != spaceIsSrgb)
        info.notices.append({Notice::Kind::Untagged, 0, {}});
}

Result<Image> BmpReader::readRows(int count)
{
    const int rows = std::min(count, d->info.size.height() - d->y);
    if (rows <= 0)
        return Image();
    Image band(QSize(d->info.size.width(), rows), d->info.format);
    for (int i = 0; i < rows; ++i) {
        if (d->readRow(d->y + i, band.samples<quint8>(i)))
            continue;
        // A bottom-up file that ends early has lost its upper rows: not "from here on".
        Image gray(QSize(band.width(), 1), band.format());
        fillMissing(gray, 0);
        band.paste(gray, QPoint(0, i));
        if (d->topDown) {
            if (d->y + i == 0)
                return d->damaged(QT_TRANSLATE_NOOP("heirloom::Io", "not one row can be read"));
            noteMissingRows(d->info, d->y + i);
        } else {
            if (d->y + i == d->info.size.height() - 1)
                return d->damaged(QT_TRANSLATE_NOOP("heirloom::Io", "not one row can be read"));
            if (!d->upperMissing) {
                d->upperMissing = true;
                d->info.notices.append(
                    {Notice::Kind::Other, 0,
                     tr("The file ends early: the upper part of the picture is missing.")});
            }
        }
    }
    d->y += rows;
    return band;
}

bool BmpReader::Private::readRow(int line, quint8 *out)
{
    const int width = info.size.width();
    const int stored = topDown ? line : info.size.height() - 1 - line;
    if (info.decodesWhole) {
        if (runLengthRows < 0)
            decodeRunLengths();
        if (stored >= runLengthRows)
            return false;
        fromIndices(indices.data() + size_t(width) * stored, out);
        return true;
    }
    const qint64 needed = (qint64(width) * bits + 7) / 8;
    const qint64 at = pixelsAt + rowBytes * stored;
    if (at > device->size() || !device->seek(at))
        return false;
    row = device->read(needed);
    if (row.size() < needed)
        return false;
    const auto *in = reinterpret_cast<const quint8 *>(row.constData());
    if (bits <= 8) {
        std::vector<quint8> unpacked(static_cast<size_t>(width));
        for (int x = 0; x < width; ++x) {
            const int bit = x * bits;
            unpacked[size_t(x)] = quint8(in[bit / 8] >> (8 - bits - bit % 8) & ((1 << bits) - 1));
        }
        fromIndices(unpacked.data(), out);
        return true;
    }
    const int channels = info.format.channelCount();
    for (int x = 0; x < width; ++x, out += channels, in += bits / 8) {
        if (bits == 24) {
            out[0] = in[2];
            out[1] = in[1];
            out[2] = in[0];
            continue;
        }
        const quint32 pixel =
            bits == 16 ? qFromLittleEndian<quint16>(in) : qFromLittleEndian<quint32>(in);
        for (int c = 0; c < channels; ++c)
            out[c] = fields[size_t(c)].value(pixel);
    }
    return true;
}

void BmpReader::Private::fromIndices(const quint8 *in, quint8 *out) const
{
    const bool gray = info.format.isGray();
    for (int x = 0; x < info.size.width(); ++x) {
        const auto &entry = palette[in[x]];
        *out++ = entry[0];
        if (!gray) {
            *out++ = entry[1];
            *out++ = entry[2];
        }
    }
}

void BmpReader::Private::decodeRunLengths()
{
    const int width = info.size.width();
    const int height = info.size.height();
    indices.assign(size_t(width) * height, 0);
    device->seek(pixelsAt);
    const QByteArray bytes = device->read(device->size() - pixelsAt);
    const auto *p = reinterpret_cast<const quint8 *>(bytes.constData());
    const auto *end = p + bytes.size();
    const bool nibbles = bits == 4;
    int x = 0;
    int line = 0;
    bool whole = false;
    const auto put = [&](int value) {
        if (x < width && line < height)
            indices[size_t(line) * width + x] = quint8(value);
        ++x;
    };
    while (end - p >= 2 && line < height && !whole) {
        const int count = *p++;
        const int value = *p++;
        if (count > 0) {
            for (int i = 0; i < count; ++i)
                put(!nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15);
        } else if (value == 0) {
            x = 0;
            ++line;
        } else if (value == 1) {
            whole = true;
        } else if (value == 2) {
            if (end - p < 2)
                break;
            x += *p++;
            line += *p++;
        } else {
            const int size = nibbles ? (value + 1) / 2 : value;
            if (end - p < size)
                break;
            for (int i = 0; i < value; ++i)
                put(!nibbles ? p[i] : i % 2 == 0 ? p[i / 2] >> 4 : p[i / 2] & 15);
            p += std::min<qptrdiff>(end - p, size + size % 2);
        }
    }
    runLengthRows = whole || line >= height ? height : line + (x > 0 ? 1 : 0);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tifflayout.h"

#include "io/limits.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int tagSubIfds = 330;
constexpr int tagDngVersion = 50706;
constexpr int photometricColorFilterArray = 32803;
constexpr int photometricLinearRaw = 34892;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Io", text);
}

int tag16(TIFF *tiff, int tag, int otherwise)
{
    quint16 value = 0;
    return TIFFGetField(tiff, quint32(tag), &value) ? int(value) : otherwise;
}

/// Reads step by step; every step may refuse.
struct LayoutReader {
    TIFF *tiff;
    QString name;
    const ReadLimits &limits;
    TiffLayout l;

    tl::unexpected<Error> variant(const QString &what) const
    {
        return fail(ErrorCode::VariantNotRead, {name, QStringLiteral("TIFF"), what});
    }
    tl::unexpected<Error> damaged(const QString &what) const
    {
        return fail(ErrorCode::InputDamaged, {name, what});
    }

    bool isRaw() const
    {
        const quint8 *version = nullptr;
        quint32 subfile = 0;
        quint16 count = 0;
        void *offsets = nullptr;
        const bool dng = TIFFGetField(tiff, tagDngVersion, &version) != 0;
        TIFFGetField(tiff, TIFFTAG_SUBFILETYPE, &subfile);
        const bool preview = (subfile & FILETYPE_REDUCEDIMAGE) &&
                             TIFFGetField(tiff, tagSubIfds, &count, &offsets) && count > 0;
        return dng || preview || l.photometric == photometricColorFilterArray ||
               l.photometric == photometricLinearRaw;
    }

    Result<void> size()
    {
        quint32 width = 0;
        quint32 height = 0;
        if (!TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width) ||
            !TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height))
            return damaged(tr("its header gives no size"));
        if (const Result<void> ok = checkSize(name, width, height, limits); !ok)
            return fail(ok.error());
        l.width = int(width);
        l.height = int(height);
        return {};
    }

    Result<void> samples()
    {
        quint16 value = 0;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &value);
        l.bits = value;
        TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &value);
        l.samples = value;
        l.sampleFormat = tag16(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
        if (l.sampleFormat == SAMPLEFORMAT_VOID)
            l.sampleFormat = SAMPLEFORMAT_UINT;
        l.planes =
            tag16(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_SEPARATE &&
            l.samples > 1;
        if (l.samples < 1 || l.samples > 32)
            return variant(tr("%1 colour channels").arg(l.samples));
        const bool whole = l.bits >= 1 && l.bits <= 16;
        const bool known = l.isFloat() ? l.bits == 16 || l.bits == 32 || l.bits == 64
                           : l.sampleFormat == SAMPLEFORMAT_UINT
                               ? whole || l.bits == 32
                               : l.sampleFormat == SAMPLEFORMAT_INT && l.isLab() && whole;
        if (!known) {
            if (l.isFloat())
                return variant(tr("%1-bit floating point").arg(l.bits));
            if (l.sampleFormat != SAMPLEFORMAT_UINT)
                return variant(tr("signed or complex samples"));
            return variant(tr("%1 bits a colour").arg(l.bits));
        }
        return {};
    }

    Result<void> compression()
    {
        l.compression = tag16(tiff, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
        if (!TIFFIsCODECConfigured(quint16(l.compression)))
            return variant(tr("compression number %1").arg(l.compression));
        if (l.photometric == PHOTOMETRIC_YCBCR) {
            if (l.compression == COMPRESSION_JPEG && !l.planes) {
                TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
                l.photometric = PHOTOMETRIC_RGB;
            } else {
                l.throughRgba = true;
            }
        }
        if (l.compression == COMPRESSION_OJPEG)
            l.throughRgba = true;
        return {};
    }

    Result<void> colors()
    {
        switch (l.photometric) {
        case PHOTOMETRIC_MINISWHITE:
        case PHOTOMETRIC_MINISBLACK:
            l.colors = 1;
            break;
        case PHOTOMETRIC_PALETTE:
            l.colors = 1;
            return palette();
        case PHOTOMETRIC_RGB:
        case PHOTOMETRIC_YCBCR:
            l.colors = 3;
            break;
        case PHOTOMETRIC_CIELAB:
        case PHOTOMETRIC_ICCLAB:
            l.colors = 3;
            if (l.bits != 8 && l.bits != 16)
                return variant(tr("Lab with %1 bits a colour").arg(l.bits));
            break;
        case PHOTOMETRIC_SEPARATED:
            l.colors = 4;
            if (tag16(tiff, TIFFTAG_INKSET, INKSET_CMYK) != INKSET_CMYK)
                return variant(tr("other inks than CMYK"));
            break;
        default:
            return variant(tr("colour kind number %1").arg(l.photometric));
        }
        if (l.samples < l.colors)
            return damaged(tr("it has fewer channels than its colours need"));
        if (l.isFloat() && (l.isCmyk() || l.isLab()))
            return variant(tr("CMYK or Lab as floating point"));
        return {};
    }

    Result<void> palette()
    {
        quint16 *map[3] = {};
        if (l.bits > 8 || !TIFFGetField(tiff, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
            return damaged(tr("its palette is missing"));
        const int count = 1 << l.bits;
        // Some writers put 8-bit values where 16-bit ones belong.
        bool small = true;
        for (const quint16 *channel : map)
            small = small && std::all_of(channel, channel + count, [](int v) { return v < 256; });
        l.palette.resize(size_t(count));
        for (int i = 0; i < count; ++i) {
            for (int c = 0; c < 3; ++c)
                l.palette[size_t(i)][size_t(c)] =
                    quint8(small ? map[c][i] : (map[c][i] * 255 + 32767) / 65535);
        }
        return {};
    }

    void extraSamples()
    {
        const int extra = l.samples - l.colors;
        quint16 count = 0;
        quint16 *kinds = nullptr;
        const bool tagged = TIFFGetField(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) && count > 0;
        const bool usable = !l.isCmyk() && !l.isLab() && !l.throughRgba && l.palette.empty();
        for (int i = 0; usable && tagged && i < count && i < extra && l.alpha < 0; ++i) {
            if (kinds[i] == EXTRASAMPLE_ASSOCALPHA || kinds[i] == EXTRASAMPLE_UNASSALPHA) {
                l.alpha = l.colors + i;
                l.associated = kinds[i] == EXTRASAMPLE_ASSOCALPHA;
            }
        }
        // Four samples and not a word about the fourth: everybody takes it for alpha.
        if (usable && !tagged && extra == 1 && l.colors == 3)
            l.alpha = 3;
        l.ignoredSamples = l.throughRgba ? 0 : extra - (l.alpha >= 0 ? 1 : 0);
    }

    Result<void> chunks()
    {
        l.tiled = TIFFIsTiled(tiff);
        quint32 value = 0;
        l.chunkWidth = l.width;
        if (l.tiled) {
            quint32 height = 0;
            if (!TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &value) ||
                !TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height) || value == 0 || height == 0 ||
                value > 1'000'000 || height > 1'000'000)
                return damaged(tr("its tiles have no size"));
            l.chunkWidth = int(value);
            l.chunkHeight = int(height);
        } else {
            if (!TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &value) || value == 0)
                value = quint32(l.height);
            l.chunkHeight = int(std::min(value, quint32(l.height)));
        }
        const qint64 decoded = l.tiled ? TIFFTileSize64(tiff) : TIFFScanlineSize64(tiff);
        const qint64 needed =
            l.tiled ? l.packedBytes(l.chunkWidth) * l.chunkHeight : l.packedBytes(l.width);
        if (!l.throughRgba && decoded < needed)
            return damaged(tr("its header contradicts itself"));
        return {};
    }
};

} // namespace

PixelFormat TiffLayout::format() const
{
    const bool gray = colors == 1 && palette.empty();
    const Depth depth = bits > 8 && palette.empty() && !throughRgba ? Depth::U16 : Depth::U8;
    return PixelFormat{gray ? Channels::Gray : Channels::Rgb, depth}.withAlpha(alpha >= 0);
}

Result<TiffLayout> readTiffLayout(TiffFile &file, const QString &name, const ReadLimits &limits)
{
    LayoutReader reader{file.handle(), name, limits, {}};
    reader.l.photometric = tag16(file.handle(), TIFFTAG_PHOTOMETRIC, -1);
    if (reader.isRaw())
        return fail(ErrorCode::RawPhoto, {name});
    if (reader.l.photometric < 0) {
        // Required, yet old programs left it out; libtiff's guess is the common one.
        const int samples = tag16(file.handle(), TIFFTAG_SAMPLESPERPIXEL, 1);
        reader.l.photometric = samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    }
    for (const auto step : {&LayoutReader::size, &LayoutReader::samples, &LayoutReader::compression,
                            &LayoutReader::colors}) {
        if (const Result<void> ok = (reader.*step)(); !ok)
            return fail(ok.error());
    }
    reader.extraSamples();
    if (const Result<void> ok = reader.chunks(); !ok)
        return fail(ok.error());
    return reader.l;
}

} // namespace heirloom

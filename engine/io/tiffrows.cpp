// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tiffrows.h"

#include "io/limits.h"

#include <QtEndian>

#include <algorithm>

namespace heirloom
{

namespace
{

struct Parts {
    TiffFile &file;
    const TiffLayout &layout;
    TiffPixels &pixels;

    TIFF *tiff() const { return file.handle(); }
    Image band(int rows) const { return Image(QSize(layout.width, rows), layout.format()); }
};

/// Uncompressed strips: straight from the file, so that a strip may be as long as it likes.
class RawStrips : public TiffRows
{
public:
    explicit RawStrips(Parts parts)
        : m_p(parts)
        , m_rowBytes(parts.layout.packedBytes(parts.layout.width))
        , m_buffer(size_t(m_rowBytes) * parts.layout.planeCount())
    {
    }

    Result<TiffBand> next(int y, int count) override
    {
        TiffBand band{m_p.band(count)};
        for (int i = 0; i < count; ++i) {
            if (row(y + i)) {
                std::vector<const uchar *> planes;
                for (int s = 0; s < m_p.layout.planeCount(); ++s)
                    planes.push_back(m_buffer.data() + m_rowBytes * s);
                m_p.pixels.convert(planes.data(), m_p.layout.width, band.pixels.row(i));
            } else {
                // A later strip may be there, but "from here on" is what can be said.
                band.missingFrom = i;
                band.anything = i > 0;
                fillMissing(band.pixels, i);
                break;
            }
        }
        return band;
    }

private:
    bool row(int y)
    {
        const int strips =
            (m_p.layout.height + m_p.layout.chunkHeight - 1) / m_p.layout.chunkHeight;
        for (int s = 0; s < m_p.layout.planeCount(); ++s) {
            const int strip = y / m_p.layout.chunkHeight + s * strips;
            const qint64 offset = qint64(TIFFGetStrileOffset(m_p.tiff(), quint32(strip)));
            // A strip that holds fewer rows than its header says would show its neighbour's.
            const qint64 bytes = qint64(TIFFGetStrileByteCount(m_p.tiff(), quint32(strip)));
            const int inStrip = y % m_p.layout.chunkHeight;
            if (offset <= 0 || (bytes > 0 && m_rowBytes * (inStrip + 1) > bytes))
                return false;
            uchar *to = m_buffer.data() + m_rowBytes * s;
            QIODevice &device = m_p.file.device();
            if (offset > device.size() || !device.seek(offset + m_rowBytes * inStrip) ||
                device.read(reinterpret_cast<char *>(to), m_rowBytes) != m_rowBytes)
                return false;
            swap(to);
        }
        return true;
    }

    void swap(uchar *row) const
    {
        if (!TIFFIsByteSwapped(m_p.tiff()))
            return;
        if (m_p.layout.bits == 16)
            TIFFSwabArrayOfShort(reinterpret_cast<quint16 *>(row), m_rowBytes / 2);
        else if (m_p.layout.bits == 32)
            TIFFSwabArrayOfLong(reinterpret_cast<quint32 *>(row), m_rowBytes / 4);
        else if (m_p.layout.bits == 64)
            TIFFSwabArrayOfLong8(reinterpret_cast<uint64_t *>(row), m_rowBytes / 8);
    }

    Parts m_p;
    qint64 m_rowBytes;
    std::vector<uchar> m_buffer;
};

/// Compressed strips with all samples together: decoded row by row.
class Scanlines : public TiffRows
{
public:
    explicit Scanlines(Parts parts)
        : m_p(parts)
        , m_row(size_t(TIFFScanlineSize64(parts.tiff())))
    {
    }

    Result<TiffBand> next(int y, int count) override
    {
        TiffBand band{m_p.band(count)};
        band.anything = false;
        fillMissing(band.pixels, 0);
        for (int i = 0; i < count; ++i) {
            const int strip = (y + i) / m_p.layout.chunkHeight;
            const bool ok = strip != m_lostStrip &&
                            TIFFReadScanline(m_p.tiff(), m_row.data(), quint32(y + i), 0) == 1;
            if (ok) {
                const uchar *planes[] = {m_row.data()};
                m_p.pixels.convert(planes, m_p.layout.width, band.pixels.row(i));
                band.anything = true;
            } else {
                m_lostStrip = strip;
                if (band.missingFrom < 0)
                    band.missingFrom = i;
            }
        }
        return band;
    }

private:
    Parts m_p;
    std::vector<uchar> m_row;
    int m_lostStrip = -1;
};

/// Compressed strips, a plane a sample: the planes' strips side by side.
class PlaneStrips : public TiffRows
{
public:
    PlaneStrips(Parts parts, qint64 stripBytes)
        : m_p(parts)
        , m_stripBytes(stripBytes)
        , m_planes(size_t(parts.layout.planeCount()), std::vector<uchar>(size_t(stripBytes)))
    {
    }

    Result<TiffBand> next(int y, int count) override
    {
        const int strip = y / m_p.layout.chunkHeight;
        const int first = strip * m_p.layout.chunkHeight;
        const int rows = std::min(count, first + m_p.layout.chunkHeight - y);
        if (strip != m_strip)
            load(strip);
        TiffBand band{m_p.band(rows)};
        if (m_lost) {
            band.missingFrom = 0;
            band.anything = false;
            fillMissing(band.pixels, 0);
            return band;
        }
        const qint64 rowBytes = m_p.layout.packedBytes(m_p.layout.width);
        std::vector<const uchar *> planes(m_planes.size());
        for (int i = 0; i < rows; ++i) {
            for (size_t s = 0; s < planes.size(); ++s)
                planes[s] = m_planes[s].data() + rowBytes * (y + i - first);
            m_p.pixels.convert(planes.data(), m_p.layout.width, band.pixels.row(i));
        }
        return band;
    }

private:
    void load(int strip)
    {
        m_strip = strip;
        m_lost = false;
        const int strips =
            (m_p.layout.height + m_p.layout.chunkHeight - 1) / m_p.layout.chunkHeight;
        for (int s = 0; s < m_p.layout.planeCount(); ++s) {
            m_lost = m_lost || TIFFReadEncodedStrip(m_p.tiff(), quint32(strip + s * strips),
                                                    m_planes[size_t(s)].data(), m_stripBytes) < 0;
        }
    }

    Parts m_p;
    qint64 m_stripBytes;
    std::vector<std::vector<uchar>> m_planes;
    int m_strip = -1;
    bool m_lost = false;
};

/// Tiles, a row of them at a time.
class Tiles : public TiffRows
{
public:
    Tiles(Parts parts, qint64 tileBytes)
        : m_p(parts)
        , m_planes(size_t(parts.layout.planeCount()), std::vector<uchar>(size_t(tileBytes)))
    {
    }

    Result<TiffBand> next(int y, int count) override
    {
        const int tileRow = y / m_p.layout.chunkHeight;
        if (tileRow != m_tileRow)
            load(tileRow);
        const int first = tileRow * m_p.layout.chunkHeight;
        TiffBand band;
        band.pixels = m_rows.copied(
            QRect(0, y - first, m_p.layout.width, std::min(count, m_rows.height() - (y - first))));
        band.anything = m_anything;
        if (m_lost)
            band.missingFrom = 0;
        return band;
    }

private:
    void load(int tileRow)
    {
        const TiffLayout &l = m_p.layout;
        const int top = tileRow * l.chunkHeight;
        const int rows = std::min(l.chunkHeight, l.height - top);
        m_tileRow = tileRow;
        m_lost = false;
        m_anything = false;
        m_rows = m_p.band(rows);
        fillMissing(m_rows, 0);
        for (int x = 0; x < l.width; x += l.chunkWidth) {
            if (!loadTile(x, top)) {
                m_lost = true;
                continue;
            }
            m_anything = true;
            const qint64 rowBytes = l.packedBytes(l.chunkWidth);
            const int pixels = std::min(l.chunkWidth, l.width - x);
            std::vector<const uchar *> planes(m_planes.size());
            for (int i = 0; i < rows; ++i) {
                for (size_t s = 0; s < planes.size(); ++s)
                    planes[s] = m_planes[s].data() + rowBytes * i;
                m_p.pixels.convert(planes.data(), pixels,
                                   m_rows.row(i) + qsizetype(x) * l.format().bytesPerPixel());
            }
        }
    }

    bool loadTile(int x, int y)
    {
        for (size_t s = 0; s < m_planes.size(); ++s) {
            const quint32 tile = TIFFComputeTile(m_p.tiff(), quint32(x), quint32(y), 0, quint16(s));
            if (TIFFReadEncodedTile(m_p.tiff(), tile, m_planes[s].data(),
                                    tmsize_t(m_planes[s].size())) < 0)
                return false;
        }
        return true;
    }

    Parts m_p;
    std::vector<std::vector<uchar>> m_planes;
    Image m_rows;
    int m_tileRow = -1;
    bool m_lost = false;
    bool m_anything = false;
};

/// YCbCr that is not JPEG, and old-style JPEG: libtiff's own conversion, a row of chunks at a time.
class ThroughRgba : public TiffRows
{
public:
    explicit ThroughRgba(Parts parts)
        : m_p(parts)
    {
    }

    Result<TiffBand> next(int y, int count) override
    {
        const int chunk = y / m_p.layout.chunkHeight;
        if (chunk != m_chunk)
            load(chunk);
        const int first = chunk * m_p.layout.chunkHeight;
        TiffBand band;
        band.pixels = m_rows.copied(
            QRect(0, y - first, m_p.layout.width, std::min(count, m_rows.height() - (y - first))));
        if (m_lost) {
            band.missingFrom = 0;
            band.anything = false;
        }
        return band;
    }

private:
    void load(int chunk)
    {
        const TiffLayout &l = m_p.layout;
        const int rows = std::min(l.chunkHeight, l.height - chunk * l.chunkHeight);
        m_chunk = chunk;
        m_rows = m_p.band(rows);
        fillMissing(m_rows, 0);
        m_raster.assign(size_t(l.width) * rows, 0);
        TIFFRGBAImage image;
        char message[1024] = {};
        m_lost = !TIFFRGBAImageBegin(&image, m_p.tiff(), 1, message);
        if (m_lost)
            return;
        image.req_orientation = image.orientation; // as stored
        image.row_offset = chunk * l.chunkHeight;
        image.col_offset = 0;
        m_lost = !TIFFRGBAImageGet(&image, m_raster.data(), quint32(l.width), quint32(rows));
        TIFFRGBAImageEnd(&image);
        if (m_lost)
            return;
        for (int i = 0; i < rows; ++i) {
            quint8 *out = m_rows.samples<quint8>(i);
            const quint32 *in = m_raster.data() + size_t(l.width) * i;
            for (int x = 0; x < l.width; ++x, out += 3) {
                out[0] = quint8(TIFFGetR(in[x]));
                out[1] = quint8(TIFFGetG(in[x]));
                out[2] = quint8(TIFFGetB(in[x]));
            }
        }
    }

    Parts m_p;
    std::vector<quint32> m_raster;
    Image m_rows;
    int m_chunk = -1;
    bool m_lost = false;
};

bool mostSignificantBitFirst(TIFF *tiff)
{
    quint16 order = FILLORDER_MSB2LSB;
    TIFFGetFieldDefaulted(tiff, TIFFTAG_FILLORDER, &order);
    return order == FILLORDER_MSB2LSB;
}

} // namespace

Result<std::unique_ptr<TiffRows>> TiffRows::create(TiffFile &file, const TiffLayout &layout,
                                                   TiffPixels &pixels, const QString &name,
                                                   const ReadLimits &limits)
{
    const Parts parts{file, layout, pixels};
    const qint64 chunkPixels = qint64(layout.width) * std::min(layout.chunkHeight, layout.height);
    const qint64 bandBytes = chunkPixels * layout.format().bytesPerPixel();
    qint64 needed = 0;
    std::unique_ptr<TiffRows> rows;
    if (layout.throughRgba) {
        needed = chunkPixels * 12;
        if (const auto ok = checkMemory(name, needed, limits); !ok)
            return fail(ok.error());
        rows = std::make_unique<ThroughRgba>(parts);
    } else if (layout.tiled) {
        const qint64 tile = TIFFTileSize64(file.handle());
        needed = tile * layout.planeCount() + bandBytes;
        if (const auto ok = checkMemory(name, needed, limits); !ok)
            return fail(ok.error());
        rows = std::make_unique<Tiles>(parts, tile);
    } else if (layout.compression == COMPRESSION_NONE && mostSignificantBitFirst(file.handle())) {
        rows = std::make_unique<RawStrips>(parts);
    } else if (layout.planes) {
        const qint64 strip = TIFFStripSize64(file.handle());
        needed = strip * layout.planeCount();
        if (const auto ok = checkMemory(name, needed, limits); !ok)
            return fail(ok.error());
        rows = std::make_unique<PlaneStrips>(parts, strip);
    } else {
        rows = std::make_unique<Scanlines>(parts);
    }
    return rows;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/pixelpacking.h"

#include <QDataStream>
#include <QIODevice>

#include <zstd.h>

#include <cstring>
#include <vector>

namespace heirloom
{

namespace
{

constexpr quint32 magic = 0x48505831; // "HPX1"
constexpr int level = 1;
constexpr qint64 longestSide = 1 << 20;

enum class Kind : quint8 { Constant, Packed };

/// The rows of a tile's valid part, one behind the other.
std::vector<char> rowsOf(const TiledBuffer &pixels, QPoint tile)
{
    const QRect r = pixels.tileRect(tile);
    const auto bytes = size_t(r.width()) * pixels.format().bytesPerPixel();
    std::vector<char> rows(bytes * size_t(r.height()));
    const TileView view = pixels.tile(tile);
    for (int y = 0; y < r.height(); ++y)
        std::memcpy(rows.data() + bytes * size_t(y), view.row(y), bytes);
    return rows;
}

bool isOneColor(const std::vector<char> &rows, size_t bytesPerPixel)
{
    return std::memcmp(rows.data(), rows.data() + bytesPerPixel, rows.size() - bytesPerPixel) == 0;
}

QByteArray packed(const std::vector<char> &rows)
{
    QByteArray bytes;
    bytes.resize(qsizetype(ZSTD_compressBound(rows.size())));
    const size_t length =
        ZSTD_compress(bytes.data(), size_t(bytes.size()), rows.data(), rows.size(), level);
    Q_ASSERT(!ZSTD_isError(length));
    bytes.resize(qsizetype(length));
    return bytes;
}

} // namespace

QString pixelKey(const TiledBuffer &pixels)
{
    const Tile::Hash hash = pixels.contentHash();
    return QStringLiteral("%1x%2-%3-%4%5")
        .arg(pixels.width())
        .arg(pixels.height())
        .arg(int(pixels.format().channels) * 10 + int(pixels.format().depth))
        .arg(hash[0], 16, 16, QLatin1Char('0'))
        .arg(hash[1], 16, 16, QLatin1Char('0'));
}

QByteArray packedPixels(const TiledBuffer &pixels)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << magic << qint32(pixels.width()) << qint32(pixels.height())
        << quint8(pixels.format().channels) << quint8(pixels.format().depth);
    const auto pixel = size_t(pixels.format().bytesPerPixel());
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            const std::vector<char> rows = rowsOf(pixels, {x, y});
            if (isOneColor(rows, pixel)) {
                out << quint8(Kind::Constant);
                out.writeRawData(rows.data(), int(pixel));
                continue;
            }
            const QByteArray bytesOfTile = packed(rows);
            out << quint8(Kind::Packed) << quint32(bytesOfTile.size());
            out.writeRawData(bytesOfTile.constData(), int(bytesOfTile.size()));
        }
    }
    return bytes;
}

QByteArray packedTile(const TiledBuffer &pixels, QPoint tile)
{
    return packed(rowsOf(pixels, tile));
}

bool unpackTile(QByteArrayView packed, TiledBuffer &pixels, QPoint tile)
{
    const QRect r = pixels.tileRect(tile);
    const size_t row = size_t(r.width()) * size_t(pixels.format().bytesPerPixel());
    std::vector<char> raw(row * size_t(r.height()));
    const size_t got =
        ZSTD_decompress(raw.data(), raw.size(), packed.data(), size_t(packed.size()));
    if (ZSTD_isError(got) || got != raw.size())
        return false;
    Image rows(r.size(), pixels.format());
    for (int y = 0; y < r.height(); ++y)
        std::memcpy(rows.row(y), raw.data() + row * size_t(y), row);
    pixels.write(r.topLeft(), rows);
    return true;
}

Result<TiledBuffer> unpackedPixels(const QByteArray &bytes, const std::shared_ptr<TileStore> &store,
                                   const QString &name, qint64 maxPixels)
{
    const auto damaged = [&] {
        return fail(ErrorCode::InputDamaged, {name, QStringLiteral("the pixels of a layer")});
    };
    QDataStream in(bytes);
    quint32 head = 0;
    qint32 width = 0, height = 0;
    quint8 channels = 0, depth = 0;
    in >> head >> width >> height >> channels >> depth;
    if (in.status() != QDataStream::Ok || head != magic || width < 1 || height < 1 ||
        width > longestSide || height > longestSide || qint64(width) * height > maxPixels ||
        channels < 1 || channels > 4 || depth > quint8(Depth::F32))
        return damaged();
    const PixelFormat format{Channels(channels), Depth(depth)};
    TiledBuffer pixels({width, height}, format, store);
    const auto pixel = size_t(format.bytesPerPixel());
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            const QRect r = pixels.tileRect({x, y});
            quint8 kind = 0;
            in >> kind;
            if (kind == quint8(Kind::Constant)) {
                Tile::Pixel color{};
                if (in.readRawData(reinterpret_cast<char *>(color.data()), int(pixel)) !=
                    int(pixel))
                    return damaged();
                const bool isZero = std::all_of(color.begin(), color.end(),
                                                [](std::byte b) { return b == std::byte{0}; });
                if (!isZero)
                    pixels.fill(r, color);
                continue;
            }
            quint32 length = 0;
            in >> length;
            if (in.status() != QDataStream::Ok || kind != quint8(Kind::Packed) ||
                qint64(length) > in.device()->bytesAvailable())
                return damaged();
            const qint64 at = in.device()->pos();
            if (!unpackTile(QByteArrayView(bytes).sliced(at, length), pixels, {x, y}))
                return damaged();
            in.skipRawData(int(length));
        }
    }
    return pixels;
}

} // namespace heirloom

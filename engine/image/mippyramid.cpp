// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/mippyramid.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

template <typename T>
using Sum = std::conditional_t<std::is_floating_point_v<T>, float, quint32>;

template <typename T>
T quarter(Sum<T> sum)
{
    if constexpr (std::is_floating_point_v<T>)
        return sum * 0.25F;
    else
        return T((sum + 2) >> 2);
}

/// Pixel pairs of two rows to one row; inWidth may be odd.
template <typename T, int Channels>
void meanRow(const T *upper, const T *lower, int inWidth, T *out)
{
    const int pairs = inWidth / 2;
    for (int x = 0; x < pairs; ++x) {
        const T *a = upper + qsizetype(x) * 2 * Channels;
        const T *b = lower + qsizetype(x) * 2 * Channels;
        for (int c = 0; c < Channels; ++c) {
            out[x * Channels + c] =
                quarter<T>(Sum<T>(a[c]) + a[c + Channels] + b[c] + b[c + Channels]);
        }
    }
    if (inWidth % 2) {
        const qsizetype i = qsizetype(inWidth - 1) * Channels;
        for (int c = 0; c < Channels; ++c) {
            out[pairs * Channels + c] =
                quarter<T>(2 * Sum<T>(upper[i + c]) + 2 * Sum<T>(lower[i + c]));
        }
    }
}

/// The same with the last channel as the weight of the others.
template <typename T, int Channels>
void meanRowAlpha(const T *upper, const T *lower, int inWidth, T *out)
{
    using Wide = std::conditional_t<std::is_floating_point_v<T>, double, quint64>;
    constexpr int alpha = Channels - 1;
    const int outWidth = (inWidth + 1) / 2;
    for (int x = 0; x < outWidth; ++x, out += Channels) {
        const qsizetype left = qsizetype(x) * 2 * Channels;
        const qsizetype right = qsizetype(std::min(2 * x + 1, inWidth - 1)) * Channels;
        const T *p[4] = {upper + left, upper + right, lower + left, lower + right};
        Wide weight = 0;
        for (const T *q : p)
            weight += Wide(q[alpha]);
        for (int c = 0; c < alpha; ++c) {
            Wide sum = 0;
            for (const T *q : p)
                sum += Wide(q[c]) * Wide(q[alpha]);
            if (weight == Wide(0))
                out[c] = T(0);
            else if constexpr (std::is_floating_point_v<T>)
                out[c] = T(sum / weight);
            else
                out[c] = T((sum + weight / 2) / weight);
        }
        if constexpr (std::is_floating_point_v<T>)
            out[alpha] = T(weight / 4);
        else
            out[alpha] = T((weight + 2) >> 2);
    }
}

HEIRLOOM_VECTORISED void meanRowGray8(const quint8 *a, const quint8 *b, int width, quint8 *out)
{
    meanRow<quint8, 1>(a, b, width, out);
}

template <typename T>
void reduceRow(const Image &in, int y, Image &out)
{
    const T *upper = in.constSamples<T>(2 * y);
    const T *lower = in.constSamples<T>(std::min(2 * y + 1, in.height() - 1));
    T *to = out.samples<T>(y);
    switch (in.format().channels) {
    case Channels::Gray:
        if constexpr (std::is_same_v<T, quint8>)
            return meanRowGray8(upper, lower, in.width(), to);
        return meanRow<T, 1>(upper, lower, in.width(), to);
    case Channels::GrayAlpha:
        return meanRowAlpha<T, 2>(upper, lower, in.width(), to);
    case Channels::Rgb:
        return meanRow<T, 3>(upper, lower, in.width(), to);
    case Channels::Rgba:
        return meanRowAlpha<T, 4>(upper, lower, in.width(), to);
    }
}

Image reduced(const Image &in)
{
    Image out(MipPyramid::reducedSize(in.size(), 1), in.format());
    for (int y = 0; y < out.height(); ++y) {
        switch (in.format().depth) {
        case Depth::U8:
            reduceRow<quint8>(in, y, out);
            break;
        case Depth::U16:
            reduceRow<quint16>(in, y, out);
            break;
        case Depth::F32:
            reduceRow<float>(in, y, out);
            break;
        }
    }
    return out;
}

} // namespace

MipPyramid::MipPyramid(TiledBuffer source)
{
    setSource(source);
}

QSize MipPyramid::reducedSize(QSize size, int level)
{
    const int round = (1 << level) - 1;
    return {(size.width() + round) >> level, (size.height() + round) >> level};
}

QSize MipPyramid::levelSize(int level) const
{
    return reducedSize(source().size(), level);
}

void MipPyramid::setSource(const TiledBuffer &source)
{
    const bool same = !m_levels.empty() && m_levels.front().buffer.size() == source.size() &&
                      m_levels.front().buffer.format() == source.format();
    if (same) {
        const std::vector<QPoint> changed = source.changedTiles(m_levels.front().buffer);
        m_levels.front().buffer = source;
        for (const QPoint tile : changed)
            invalidate(tile);
        return;
    }
    m_levels.clear();
    m_levels.push_back({source, {}});
    for (QSize size = source.size(); size.width() > 1 || size.height() > 1;) {
        size = reducedSize(size, 1);
        TiledBuffer buffer(size, source.format(), source.store());
        const size_t tiles = size_t(buffer.columns()) * buffer.rows();
        m_levels.push_back({std::move(buffer), std::vector<bool>(tiles)});
    }
}

void MipPyramid::invalidate(QPoint sourceTile)
{
    for (size_t level = 1; level < m_levels.size(); ++level) {
        sourceTile = {sourceTile.x() / 2, sourceTile.y() / 2};
        Level &l = m_levels[level];
        l.current[size_t(sourceTile.y()) * l.buffer.columns() + sourceTile.x()] = false;
    }
}

void MipPyramid::ensure(int level, QPoint tile)
{
    if (level == 0)
        return;
    Level &l = m_levels[size_t(level)];
    const size_t index = size_t(tile.y()) * l.buffer.columns() + tile.x();
    if (l.current[index])
        return;
    const Level &below = m_levels[size_t(level) - 1];
    const QRect from =
        QRect(tile.x() * 2 * TileSize, tile.y() * 2 * TileSize, 2 * TileSize, 2 * TileSize) &
        below.buffer.rect();
    const QRect children = TiledBuffer::tilesOf(from);
    for (int y = children.top(); y <= children.bottom(); ++y) {
        for (int x = children.left(); x <= children.right(); ++x)
            ensure(level - 1, {x, y});
    }
    // Tiles of one colour are told by their pixel; four equal ones need no arithmetic.
    const Tile::Pixel *constant = below.buffer.constantPixel(children.topLeft());
    for (int y = children.top(); constant && y <= children.bottom(); ++y) {
        for (int x = children.left(); constant && x <= children.right(); ++x) {
            const Tile::Pixel *other = below.buffer.constantPixel({x, y});
            if (!other || *other != *constant)
                constant = nullptr;
        }
    }
    if (constant)
        l.buffer.fill(l.buffer.tileRect(tile), *constant);
    else
        l.buffer.write(l.buffer.tileRect(tile).topLeft(), reduced(below.buffer.read(from)));
    l.current[index] = true;
    ++m_computed;
}

const TiledBuffer &MipPyramid::level(int level, const QRect &r)
{
    Level &l = m_levels[size_t(level)];
    const QRect tiles = TiledBuffer::tilesOf(r & l.buffer.rect());
    for (int y = tiles.top(); y <= tiles.bottom(); ++y) {
        for (int x = tiles.left(); x <= tiles.right(); ++x)
            ensure(level, {x, y});
    }
    return l.buffer;
}

Image MipPyramid::read(int level, const QRect &r)
{
    return this->level(level, r).read(r);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/tileplan.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

std::vector<int> borders(int length, int tile, int halo)
{
    std::vector<int> result = {0};
    if (length <= 0)
        return result;
    for (int at = tile; at < length; at += tile)
        result.push_back(at);
    if (result.size() > 1 && length - result.back() <= halo)
        result.pop_back();
    result.push_back(length);
    return result;
}

/// Cores of nearly the same length, in steps of multiple, that cover begin..end.
std::vector<int> evenBorders(int begin, int end, int tile, int multiple)
{
    const int count = (end - begin + tile - 1) / tile;
    const int step = ((end - begin + count - 1) / count + multiple - 1) / multiple * multiple;
    std::vector<int> result;
    for (int at = begin; at < end; at += step)
        result.push_back(at);
    result.push_back(end);
    return result;
}

struct Span {
    int begin = 0;
    int end = 0;
    int padded = 0; // length after repeating the edge
};

/// At the far side first; never beyond the picture.
Span grown(Span s, int length, const TilePlan::Geometry &g)
{
    const int multiple = g.preferredMultiple;
    const int wanted = (s.end - s.begin + multiple - 1) / multiple * multiple;
    if (wanted > length)
        return s;
    s.end = std::min(length, s.begin + wanted);
    const int missing = wanted - (s.end - s.begin);
    s.begin -= missing / g.multipleOf * g.multipleOf;
    return s;
}

/// Core begin..end in a picture of the given length, with halo, fitted to a multiple.
Span withHalo(int begin, int end, int length, const TilePlan::Geometry &g)
{
    const int m = g.multipleOf;
    Span s;
    s.begin = std::max(0, begin - g.halo) / m * m;
    s.end = std::min(length, end + g.halo);
    int wanted = std::max(s.end - s.begin, g.minimumSide);
    wanted = (wanted + m - 1) / m * m;
    s.end = std::min(length, s.begin + wanted);
    // What is missing at the far edge is taken from the near side while there is any.
    const int missing = wanted - (s.end - s.begin);
    s.begin = std::max(0, s.begin - (missing / m) * m);
    s = grown(s, length, g);
    s.padded = std::max(s.end - s.begin, g.minimumSide);
    s.padded = (s.padded + m - 1) / m * m;
    return s;
}

} // namespace

TilePlan::TilePlan(QSize picture, const Geometry &geometry)
    : m_picture(picture)
    , m_geometry(geometry)
{
    m_geometry.tile = std::max(1, geometry.tile);
    m_geometry.halo = std::max(0, geometry.halo);
    m_geometry.multipleOf = std::max(1, geometry.multipleOf);
    m_geometry.minimumSide = std::max(1, geometry.minimumSide);
    m_geometry.preferredMultiple = std::max(1, geometry.preferredMultiple);
    if (picture.isEmpty())
        return;
    m_columns = borders(picture.width(), m_geometry.tile, m_geometry.halo);
    m_rows = borders(picture.height(), m_geometry.tile, m_geometry.halo);
}

TilePlan::TilePlan(QSize picture, const Geometry &geometry, const QRect &part)
    : TilePlan(picture, geometry)
{
    const QRect covered = part & QRect(QPoint(0, 0), picture);
    if (covered.isEmpty()) {
        m_columns = m_rows = {0};
        return;
    }
    const int m = m_geometry.multipleOf;
    m_columns = evenBorders(covered.left(), covered.left() + covered.width(), m_geometry.tile, m);
    m_rows = evenBorders(covered.top(), covered.top() + covered.height(), m_geometry.tile, m);
}

PlanTile TilePlan::make(const QRect &core) const
{
    const Span x = withHalo(core.left(), core.left() + core.width(), m_picture.width(), m_geometry);
    const Span y = withHalo(core.top(), core.top() + core.height(), m_picture.height(), m_geometry);
    PlanTile tile;
    tile.core = core;
    tile.input = QRect(x.begin, y.begin, x.end - x.begin, y.end - y.begin);
    tile.size = QSize(x.padded, y.padded);
    return tile;
}

PlanTile TilePlan::tile(int index) const
{
    const int column = index % columns();
    const int row = index / columns();
    PlanTile tile = make(QRect(QPoint(m_columns[column], m_rows[row]),
                           QPoint(m_columns[column + 1] - 1, m_rows[row + 1] - 1)));
    tile.index = index;
    tile.column = column;
    tile.row = row;
    return tile;
}

std::vector<int> TilePlan::tilesIn(const QRect &r) const
{
    std::vector<int> result;
    if (count() == 0)
        return result;
    const QRect wanted = r & QRect(QPoint(m_columns.front(), m_rows.front()),
                                   QPoint(m_columns.back() - 1, m_rows.back() - 1));
    if (wanted.isEmpty())
        return result;
    const auto span = [](const std::vector<int> &at, int first, int last) {
        const auto begin = std::upper_bound(at.begin(), at.end() - 1, first) - at.begin() - 1;
        const auto end = std::upper_bound(at.begin(), at.end() - 1, last) - at.begin() - 1;
        return std::pair(int(begin), int(end));
    };
    const auto [left, right] = span(m_columns, wanted.left(), wanted.right());
    const auto [top, bottom] = span(m_rows, wanted.top(), wanted.bottom());
    for (int row = top; row <= bottom; ++row)
        for (int column = left; column <= right; ++column)
            result.push_back(row * columns() + column);
    return result;
}

std::vector<int> TilePlan::tilesFrom(const QPoint &center, const QRect &r) const
{
    std::vector<int> result = tilesIn(r);
    const auto distance = [&](int index) {
        const QRect core = tile(index).core;
        const double dx = core.left() + core.width() / 2.0 - center.x();
        const double dy = core.top() + core.height() / 2.0 - center.y();
        return dx * dx + dy * dy;
    };
    std::stable_sort(result.begin(), result.end(),
                     [&](int a, int b) { return distance(a) < distance(b); });
    return result;
}

qint64 TilePlan::inputPixels() const
{
    qint64 pixels = 0;
    for (int i = 0; i < count(); ++i) {
        const QSize size = tile(i).size;
        pixels += qint64(size.width()) * size.height();
    }
    return pixels;
}

std::vector<PlanTile> TilePlan::quarters(const PlanTile &tile) const
{
    std::vector<PlanTile> result;
    const QRect &core = tile.core;
    if (core.width() <= 1 && core.height() <= 1)
        return result;
    const int halfWidth = (core.width() + 1) / 2;
    const int halfHeight = (core.height() + 1) / 2;
    for (int y = 0; y < core.height(); y += halfHeight) {
        for (int x = 0; x < core.width(); x += halfWidth) {
            const QRect part(core.left() + x, core.top() + y, std::min(halfWidth, core.width() - x),
                             std::min(halfHeight, core.height() - y));
            PlanTile quarter = make(part);
            quarter.index = tile.index;
            quarter.column = tile.column;
            quarter.row = tile.row;
            result.push_back(quarter);
        }
    }
    return result;
}

} // namespace heirloom

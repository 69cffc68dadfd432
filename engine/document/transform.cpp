// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/transform.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

bool isWhole(double v)
{
    return std::abs(v - std::round(v)) < 1e-9 && std::abs(v) < 1e9;
}

bool isUnit(double v)
{
    return std::abs(std::abs(v) - 1) < 1e-12;
}

bool isNothing(double v)
{
    return std::abs(v) < 1e-12;
}

Transform::Kind kindOf(const QTransform &m)
{
    using Kind = Transform::Kind;
    if (!isNothing(m.m13()) || !isNothing(m.m23()))
        return Kind::Projective;
    const bool straight = isNothing(m.m12()) && isNothing(m.m21());
    const bool crossed = isNothing(m.m11()) && isNothing(m.m22());
    const bool whole = isWhole(m.dx()) && isWhole(m.dy());
    if (straight && isUnit(m.m11()) && isUnit(m.m22()) && whole) {
        if (m.m11() < 0 || m.m22() < 0)
            return Kind::Orthogonal;
        return isNothing(m.dx()) && isNothing(m.dy()) ? Kind::Identity : Kind::Shift;
    }
    if (crossed && isUnit(m.m12()) && isUnit(m.m21()) && whole)
        return Kind::Orthogonal;
    if (straight && m.m11() > 0 && m.m22() > 0)
        return Kind::Scale;
    return Kind::Affine;
}

} // namespace

Transform::Transform(const QTransform &map)
    : m_map(map)
    , m_kind(kindOf(map))
{
    if (m_kind == Kind::Identity)
        m_map = QTransform();
}

std::optional<Transform> Transform::fromQTransform(const QTransform &map)
{
    const double determinant = map.determinant();
    if (!std::isfinite(determinant) || std::abs(determinant) < 1e-12)
        return {};
    return Transform(map);
}

Transform Transform::translation(double dx, double dy)
{
    return Transform(QTransform::fromTranslate(dx, dy));
}

Transform Transform::scaling(double sx, double sy)
{
    Q_ASSERT(sx > 0 && sy > 0);
    return Transform(QTransform::fromScale(sx, sy));
}

Transform Transform::scaling(QSize from, QSize to)
{
    return scaling(double(to.width()) / from.width(), double(to.height()) / from.height());
}

Transform Transform::quarterTurns(int turns, QSize size)
{
    const int w = size.width();
    const int h = size.height();
    switch (((turns % 4) + 4) % 4) {
    case 1: // (x, y) -> (h - y, x)
        return Transform(QTransform(0, 1, -1, 0, h, 0));
    case 2:
        return Transform(QTransform(-1, 0, 0, -1, w, h));
    case 3: // (x, y) -> (y, w - x)
        return Transform(QTransform(0, -1, 1, 0, 0, w));
    default:
        return {};
    }
}

Transform Transform::mirroredHorizontally(QSize size)
{
    return Transform(QTransform(-1, 0, 0, 1, size.width(), 0));
}

Transform Transform::mirroredVertically(QSize size)
{
    return Transform(QTransform(1, 0, 0, -1, 0, size.height()));
}

Transform Transform::rotation(double degrees, QPointF centre)
{
    QTransform map;
    map.translate(centre.x(), centre.y());
    map.rotate(degrees);
    map.translate(-centre.x(), -centre.y());
    return Transform(map);
}

QRect Transform::mapBounds(const QRect &r) const
{
    if (r.isEmpty())
        return {};
    const QRectF mapped = m_map.mapRect(QRectF(r));
    // Far beyond any canvas; what is further away is the same to everybody, and fits into an int.
    constexpr double far = 1 << 28;
    const auto whole = [](double v) { return int(v >= -far ? std::min(v, +far) : -far); };
    // A border within a millionth of a pixel of a whole number lies on it.
    const int left = whole(std::floor(mapped.left() + 1e-6));
    const int top = whole(std::floor(mapped.top() + 1e-6));
    const int right = whole(std::ceil(mapped.right() - 1e-6));
    const int bottom = whole(std::ceil(mapped.bottom() - 1e-6));
    return QRect(left, top, right - left, bottom - top);
}

bool Transform::meetsHorizon(const QRect &r) const
{
    const QRectF corners(r);
    for (const QPointF p : {corners.topLeft(), corners.topRight(), corners.bottomLeft(),
                            corners.bottomRight()}) {
        if (m_map.m13() * p.x() + m_map.m23() * p.y() + m_map.m33() <= 0)
            return true;
    }
    return false;
}

Transform Transform::inverted() const
{
    return Transform(m_map.inverted());
}

Transform Transform::then(const Transform &next) const
{
    return Transform(m_map * next.m_map);
}

Transform Transform::rounded() const
{
    const double scale = 1 / m_map.m33();
    const auto onGrid = [scale](double v, int bits) {
        return std::ldexp(std::round(std::ldexp(v * scale, bits)), -bits);
    };
    return Transform(QTransform(onGrid(m_map.m11(), 36), onGrid(m_map.m12(), 36),
                                onGrid(m_map.m13(), 52), onGrid(m_map.m21(), 36),
                                onGrid(m_map.m22(), 36), onGrid(m_map.m23(), 52),
                                onGrid(m_map.dx(), 20), onGrid(m_map.dy(), 20), 1));
}

double Transform::scaleX() const
{
    const QPointF o = map({0, 0}), x = map({1, 0});
    return std::hypot(x.x() - o.x(), x.y() - o.y());
}

double Transform::scaleY() const
{
    const QPointF o = map({0, 0}), y = map({0, 1});
    return std::hypot(y.x() - o.x(), y.y() - o.y());
}

} // namespace heirloom

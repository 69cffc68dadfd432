// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/planesio.h"

#include <algorithm>

namespace heirloom::test
{

PlanesSource::PlanesSource(Planes p)
    : planes(std::move(p))
{
}

Result<ModelInput> PlanesSource::read(const QRect &r)
{
    if (++reads == failAt)
        return fail(ErrorCode::InputDamaged, {QStringLiteral("x"), QStringLiteral("y")});
    ModelInput input;
    input.image = Planes(planes.channels, r.width(), r.height());
    for (int c = 0; c < planes.channels; ++c)
        for (int y = 0; y < r.height(); ++y)
            std::copy_n(planes.row(c, r.top() + y) + r.left(), r.width(), input.image.row(c, y));
    return input;
}

PlanesSink::PlanesSink(QSize size)
    : planes(3, size.width(), size.height())
    , counts(planes.planeSize(), 0)
{
}

Result<void> PlanesSink::write(const QRect &core, const QRect &covered, const Planes &values)
{
    if (++writes == failAt)
        return fail(ErrorCode::DiskFull, {QStringLiteral("x")});
    if (values.size() != covered.size() || !covered.contains(core))
        return fail(ErrorCode::Internal);
    order.push_back(core.topLeft());
    widestMargin = std::max(widestMargin, core.left() - covered.left());
    const QPoint from = core.topLeft() - covered.topLeft();
    for (int c = 0; c < planes.channels; ++c)
        for (int y = 0; y < core.height(); ++y)
            std::copy_n(values.row(c, from.y() + y) + from.x(), core.width(),
                        planes.row(c, core.top() + y) + core.left());
    for (int y = core.top(); y <= core.bottom(); ++y)
        for (int x = core.left(); x <= core.right(); ++x)
            ++counts[size_t(y) * size_t(planes.width) + size_t(x)];
    return {};
}

Result<void> PlanesSink::band(const QRect &rows)
{
    bands.push_back(rows);
    for (int y = rows.top(); y <= rows.bottom(); ++y)
        for (int x = 0; x < planes.width; ++x)
            if (counts[size_t(y) * size_t(planes.width) + size_t(x)] != 1)
                return fail(ErrorCode::Internal);
    return {};
}

bool PlanesSink::isWhole() const
{
    return std::all_of(counts.begin(), counts.end(), [](int n) { return n == 1; });
}

} // namespace heirloom::test

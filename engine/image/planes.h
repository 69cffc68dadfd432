// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>

#include <vector>

namespace heirloom
{

/// Planar float samples, channel by channel, row by row (the CHW order networks use). Range and
/// colour space are said by whoever hands it over; for models: 0..1, sRGB-encoded.
struct Planes {
    int channels = 0;
    int width = 0;
    int height = 0;
    std::vector<float> values;

    Planes() = default;
    Planes(int c, int w, int h)
        : channels(c)
        , width(w)
        , height(h)
        , values(size_t(c) * w * h)
    {
    }

    size_t planeSize() const { return size_t(width) * height; }
    float *plane(int c) { return values.data() + planeSize() * c; }
    const float *plane(int c) const { return values.data() + planeSize() * c; }
    float *row(int c, int y) { return plane(c) + size_t(width) * y; }
    const float *row(int c, int y) const { return plane(c) + size_t(width) * y; }
    QSize size() const { return {width, height}; }
    bool operator==(const Planes &) const = default;
};

} // namespace heirloom

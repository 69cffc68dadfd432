// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "inference/tiledrunner.h"
#include "operation/fillchoice.h"
#include "operation/holefill.h"
#include "operation/holemap.h"
#include "operation/inpaint.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

namespace heirloom
{

/// fill over source as an opacity does it; fill is rounded first.
template <typename T>
T mixed(T source, float fill, float strength)
{
    constexpr float white =
        std::is_floating_point_v<T> ? 1.0F : float(std::numeric_limits<T>::max());
    // The compositor's own arithmetic: the fill is rounded before it is mixed.
    if constexpr (std::is_floating_point_v<T>) {
        return strength < 1 ? (1 - strength) * source + strength * fill : fill;
    } else {
        const T full = T(int(std::clamp(fill, 0.0F, 1.0F) * white + 0.5F));
        if (strength >= 1)
            return full;
        const float unit = 1 / white;
        const float v = (1 - strength) * (float(source) * unit) + strength * (float(full) * unit);
        return T(int(std::clamp(v, 0.0F, 1.0F) * white + 0.5F));
    }
}

/// One tile and its surroundings as a picture of its own: what lies in holes is not handed on.
class HoleSource : public TileSource
{
public:
    /// classical: where holes are left to the classical fill, of the whole picture; null: nowhere.
    HoleSource(const HoleMap &map, const Image &pixels, QPoint origin, double halfWidth,
               const Image &classical = {})
        : m_map(map)
        , m_classical(classical)
        , m_origin(origin)
        , m_halfWidth(halfWidth)
        , m_pixels(pixels.converted(pixels.format().withDepth(Depth::F32)))
    {
    }
    QSize size() const override { return m_pixels.size(); }

    Result<ModelInput> read(const QRect &r) override
    {
        ModelInput input;
        input.image = Planes(3, r.width(), r.height());
        Planes holes(1, r.width(), r.height());
        const PixelFormat format = m_pixels.format();
        const int step = format.channelCount();
        const int colors = format.colorCount();
        for (int y = 0; y < r.height(); ++y) {
            const float *in =
                m_pixels.constSamples<float>(r.top() + y) + qsizetype(r.left()) * step;
            const int py = m_origin.y() + r.top() + y;
            for (int x = 0; x < r.width(); ++x, in += step) {
                const int px = m_origin.x() + r.left() + x;
                const bool hole = m_map.isHole(px, py);
                const bool deep = hole && m_map.isDeep(px, py);
                if ((hole && !deep) || (!deep && format.hasAlpha() && in[colors] <= 0)) {
                    holes.row(0, y)[x] = 1;
                    continue;
                }
                for (int c = 0; c < 3; ++c) {
                    const int color = colors == 1 ? 0 : c;
                    const float v = deep ? m_map.deepValue(px, py, color) : in[color];
                    input.image.row(c, y)[x] = std::clamp(v, 0.0F, 1.0F);
                }
            }
        }
        input.planes = {{holePlane, std::move(holes)}};
        if (!m_classical.isNull()) {
            Planes left(1, r.width(), r.height());
            for (int y = 0; y < r.height(); ++y) {
                const quint8 *in = m_classical.constSamples<quint8>(m_origin.y() + r.top() + y) +
                                   m_origin.x() + r.left();
                std::transform(in, in + r.width(), left.row(0, y),
                               [](quint8 v) { return v > 0 ? 1.0F : 0.0F; });
            }
            input.planes.insert(classicalPlane, std::move(left));
        }
        input.scalars = {{holeHalfWidth, m_halfWidth}};
        return input;
    }

private:
    const HoleMap &m_map;
    Image m_classical;
    QPoint m_origin;
    double m_halfWidth;
    Image m_pixels;
};

/// fillChoice() of a piece from origin on, into the place's holes of a map as
/// Inpaint::choiceMap() gives it.
inline void putChoice(const HoleMap &map, const Planes &network, QPoint origin, const QRect &place,
                      Image &choice)
{
    constexpr float classical = Inpaint::classicalValue;
    for (int y = place.top(); y <= place.bottom(); ++y) {
        for (int x = place.left(); x <= place.right(); ++x) {
            if (!map.isHole(x, y))
                continue;
            const float share =
                map.isDeep(x, y) ? 0 : network.row(0, y - origin.y())[x - origin.x()];
            choice.samples<quint8>(y)[x] =
                quint8(std::lround(classical + share * (255 - classical)));
        }
    }
}

/// Puts fills into the pixels of one tile's surroundings; only holes are written.
class HoleSink : public TileSink
{
public:
    HoleSink(const HoleMap &map, Image &pixels, QPoint origin, double strength)
        : m_map(map)
        , m_pixels(pixels)
        , m_origin(origin)
        , m_strength(float(strength))
    {
    }

    Result<void> write(const QRect &core, const QRect &covered, const Planes &values) override
    {
        switch (m_pixels.format().depth) {
        case Depth::U8:
            put<quint8>(core, covered, values);
            break;
        case Depth::U16:
            put<quint16>(core, covered, values);
            break;
        case Depth::F32:
            put<float>(core, covered, values);
            break;
        }
        return {};
    }

private:
    template <typename T>
    void put(const QRect &core, const QRect &covered, const Planes &values)
    {
        const int step = m_pixels.format().channelCount();
        const int colors = m_pixels.format().colorCount();
        for (int y = core.top(); y <= core.bottom(); ++y) {
            T *out = m_pixels.samples<T>(y);
            for (int x = core.left(); x <= core.right(); ++x) {
                const int px = m_origin.x() + x;
                const int py = m_origin.y() + y;
                if (!m_map.isHole(px, py))
                    continue;
                const bool deep = m_map.isDeep(px, py);
                for (int c = 0; c < colors; ++c) {
                    const float fill =
                        deep ? m_map.deepValue(px, py, c)
                             : values.row(c, y - covered.top())[x - covered.left()];
                    T &sample = out[qsizetype(x) * step + c];
                    sample = mixed<T>(sample, fill, m_strength);
                }
            }
        }
    }

    const HoleMap &m_map;
    Image &m_pixels;
    QPoint m_origin;
    float m_strength;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/heatoverlay.h"

#include "canvas/canvascontent.h"
#include "document/canvasmap.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double fullSteps = 64;

/// Magenta is rare in photographs, grey or coloured, and is told from them also by people who see
/// red and green alike. Lightness rises evenly from end to end.
struct Stop {
    double place;
    int red, green, blue;
    double alpha;
};
constexpr Stop stops[] = {{0.0, 88, 0, 96, 0.25},
                          {0.35, 148, 0, 142, 0.55},
                          {0.7, 226, 42, 190, 0.8},
                          {1.0, 255, 158, 232, 0.95}};

} // namespace

HeatOverlay::HeatOverlay(QSize canvas, Scale scale, std::shared_ptr<TileStore> store)
    : m_size(canvas)
    , m_scale(scale)
    , m_values(canvas, CanvasMap::format, std::move(store))
    , m_pyramid(m_values)
{
    makeTable();
}

double HeatOverlay::place(Scale scale, int value)
{
    if (scale == Scale::Share)
        return value / 255.0;
    return value < 1 ? 0 : std::min(1.0, std::log(double(value)) / std::log(fullSteps));
}

QColor HeatOverlay::color(double place)
{
    const auto *upper = std::find_if(std::begin(stops) + 1, std::end(stops) - 1,
                                     [place](const Stop &s) { return place <= s.place; });
    const Stop &a = *(upper - 1), &b = *upper;
    const double t = std::clamp((place - a.place) / (b.place - a.place), 0.0, 1.0);
    const auto mix = [t](double x, double y) { return x + (y - x) * t; };
    QColor color(int(std::lround(mix(a.red, b.red))), int(std::lround(mix(a.green, b.green))),
                 int(std::lround(mix(a.blue, b.blue))));
    color.setAlphaF(float(mix(a.alpha, b.alpha)));
    return color;
}

void HeatOverlay::makeTable()
{
    for (int value = 0; value < 256; ++value) {
        QColor c = color(place(m_scale, value));
        double alpha = c.alphaF() * m_opacity;
        if (value == 0)
            alpha = 0;
        else if (m_scale == Scale::Share) // nothing grows out of nothing
            alpha *= std::min(1.0, place(m_scale, value) / 0.15);
        c.setAlphaF(float(alpha));
        m_table[size_t(value)] = qPremultiply(c.rgba());
    }
}

void HeatOverlay::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    makeTable();
}

void HeatOverlay::take(const QRect &place, const Image &values)
{
    if (values.size() != place.size()) {
        m_rough = values;
        return;
    }
    m_values.write(place.topLeft(), values);
    m_pyramid.setSource(m_values);
    m_measured += place;
}

void HeatOverlay::paintOver(QImage &tile, int level, QPoint index) const
{
    constexpr int side = CanvasContent::tileSide;
    const QRect r(index * side, tile.size());
    const QRect onCanvas =
        QRect(r.left() << level, r.top() << level, r.width() << level, r.height() << level) &
        QRect(QPoint(0, 0), m_size);
    Image values;
    if (m_rough.isNull() || m_measured.contains(onCanvas.center())) {
        if (m_measured.intersects(onCanvas))
            values = m_pyramid.read(level, r);
    } else {
        // The nearest of the rough values.
        values = Image(r.size(), CanvasMap::format);
        const double x = double(m_rough.width()) / m_size.width() * (1 << level);
        const double y = double(m_rough.height()) / m_size.height() * (1 << level);
        for (int row = 0; row < r.height(); ++row) {
            const auto *from = m_rough.constSamples<quint8>(
                std::clamp(int((r.top() + row + 0.5) * y), 0, m_rough.height() - 1));
            auto *to = values.samples<quint8>(row);
            for (int column = 0; column < r.width(); ++column)
                to[column] =
                    from[std::clamp(int((r.left() + column + 0.5) * x), 0, m_rough.width() - 1)];
        }
    }
    if (values.isNull())
        return;
    for (int y = 0; y < tile.height(); ++y) {
        const auto *value = values.constSamples<quint8>(y);
        auto *pixel = reinterpret_cast<QRgb *>(tile.scanLine(y));
        for (int x = 0; x < tile.width(); ++x) {
            if (value[x] == 0)
                continue;
            const QRgb over = m_table[value[x]];
            const uint rest = 255 - qAlpha(over);
            const auto mix = [rest](int under, int on) {
                return on + int((under * rest + 127) / 255);
            };
            pixel[x] = qRgba(mix(qRed(pixel[x]), qRed(over)), mix(qGreen(pixel[x]), qGreen(over)),
                             mix(qBlue(pixel[x]), qBlue(over)),
                             mix(qAlpha(pixel[x]), qAlpha(over)));
        }
    }
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/dab.h"

#include "image/vectorised.h"

#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// Samples a side of a pixel on the edge.
constexpr int grid = 8;
/// A fall over so many pixels differs by less than 1/200 from its mean over each pixel.
constexpr double softPixels = 8;

/// Smoothstep from 0 at the edge to 1 at the inner radius.
HEIRLOOM_INLINE float fall(float distance, float radius, float perWidth)
{
    float t = (radius - distance) * perWidth;
    t = t < 0 ? 0 : t;
    t = t > 1 ? 1 : t;
    return t * t * (3 - 2 * t);
}

struct Row {
    float x, stepX; ///< canvas position less the centre, times w where it is projective
    float y, stepY;
    float w, stepW;
    float centreX, centreY; ///< projective only
};

HEIRLOOM_VECTORISED void affineRow(const Row &r, float radius, float perWidth, int count,
                                   float *out)
{
    for (int i = 0; i < count; ++i) {
        const float x = r.x + r.stepX * float(i);
        const float y = r.y + r.stepY * float(i);
        out[i] = fall(std::sqrt(x * x + y * y), radius, perWidth);
    }
}

HEIRLOOM_VECTORISED void projectiveRow(const Row &r, float radius, float perWidth, int count,
                                       float *out)
{
    for (int i = 0; i < count; ++i) {
        const float w = r.w + r.stepW * float(i);
        const float x = (r.x + r.stepX * float(i)) / w - r.centreX;
        const float y = (r.y + r.stepY * float(i)) / w - r.centreY;
        out[i] = w > 0 ? fall(std::sqrt(x * x + y * y), radius, perWidth) : 0;
    }
}

} // namespace

DabShape::DabShape(const Dab &dab, const QTransform &toCanvas)
    : m_toCanvas(toCanvas)
    , m_centre(dab.centre)
    , m_radius(dab.diameter / 2)
    , m_inner(m_radius * dab.hardness)
    , m_isAffine(toCanvas.isAffine())
{
    const QRectF disc(m_centre.x() - m_radius, m_centre.y() - m_radius, dab.diameter, dab.diameter);
    const QTransform back = toCanvas.inverted();
    const QRectF here = back.mapRect(disc);
    m_bounds = here.toAlignedRect().adjusted(-1, -1, 1, 1);
    // One pixel's sides on the canvas, where the dab is.
    const QPointF at = back.map(m_centre);
    m_across = toCanvas.map(at + QPointF(1, 0)) - toCanvas.map(at);
    m_down = toCanvas.map(at + QPointF(0, 1)) - toCanvas.map(at);
    const double sideA = std::hypot(m_across.x(), m_across.y());
    const double sideB = std::hypot(m_down.x(), m_down.y());
    m_halfDiagonal = (sideA + sideB) / 2;
    m_isSharp = m_radius - m_inner < softPixels * std::max(sideA, sideB) ||
                m_radius < softPixels * std::max(sideA, sideB);
}

/// The pixels of a row whose centres are at most so far from the dab's centre, and one more on
/// either side. Affine only.
DabShape::Span DabShape::within(double radius, int y, int x, int count) const
{
    const QPointF first = m_toCanvas.map(QPointF(0.5, y + 0.5)) - m_centre;
    const double a = m_toCanvas.m11() * m_toCanvas.m11() + m_toCanvas.m12() * m_toCanvas.m12();
    const double b = first.x() * m_toCanvas.m11() + first.y() * m_toCanvas.m12();
    const double c = first.x() * first.x() + first.y() * first.y() - radius * radius;
    const double d = b * b - a * c;
    if (radius <= 0 || d <= 0)
        return {x, x};
    const double root = std::sqrt(d);
    const double from = std::clamp(std::ceil((-b - root) / a), double(x), double(x + count));
    const double to = std::clamp(std::floor((-b + root) / a) + 1, double(x), double(x + count));
    return {int(from), std::max(int(from), int(to))};
}

void DabShape::sampleCentres(int y, int x, int count, float *coverage) const
{
    const QTransform &m = m_toCanvas;
    const double px = x + 0.5, py = y + 0.5;
    const double width = std::max(m_radius - m_inner, 1e-6);
    Row row{};
    row.x = float(m.m11() * px + m.m21() * py + m.dx() - (m_isAffine ? m_centre.x() : 0));
    row.y = float(m.m12() * px + m.m22() * py + m.dy() - (m_isAffine ? m_centre.y() : 0));
    row.stepX = float(m.m11());
    row.stepY = float(m.m12());
    if (m_isAffine)
        return affineRow(row, float(m_radius), float(1 / width), count, coverage);
    row.w = float(m.m13() * px + m.m23() * py + m.m33());
    row.stepW = float(m.m13());
    row.centreX = float(m_centre.x());
    row.centreY = float(m_centre.y());
    projectiveRow(row, float(m_radius), float(1 / width), count, coverage);
}

float DabShape::sampleArea(int x, int y) const
{
    // Never steeper than from one sample to the next, or an edge along the grid would go in steps.
    const QPointF out = m_toCanvas.map(QPointF(x + 0.5, y + 0.5)) - m_centre;
    const double across = std::abs(QPointF::dotProduct(m_across, out));
    const double down = std::abs(QPointF::dotProduct(m_down, out));
    const double between =
        std::max(across, down) / std::max(std::hypot(out.x(), out.y()), 1e-9) / grid;
    const double width = std::max({m_radius - m_inner, 1.5 * between, 1e-6});
    const double outer = (m_radius + m_inner + width) / 2;
    float sum = 0;
    for (int j = 0; j < grid; ++j) {
        for (int i = 0; i < grid; ++i) {
            const QPointF p =
                m_toCanvas.map(QPointF(x + (i + 0.5) / grid, y + (j + 0.5) / grid)) - m_centre;
            sum += fall(float(std::sqrt(p.x() * p.x() + p.y() * p.y())), float(outer),
                        float(1 / width));
        }
    }
    return sum / (grid * grid);
}

bool DabShape::row(int y, int x, int count, float *coverage) const
{
    if (!m_isAffine) {
        sampleCentres(y, x, count, coverage);
        if (m_isSharp) {
            for (int i = 0; i < count; ++i) {
                const QPointF p = m_toCanvas.map(QPointF(x + i + 0.5, y + 0.5)) - m_centre;
                const double distance = std::hypot(p.x(), p.y());
                // What a pixel's side is on the canvas changes over the dab: a wide band.
                if (distance > m_inner - 2 * m_halfDiagonal &&
                    distance < m_radius + 2 * m_halfDiagonal)
                    coverage[i] = sampleArea(x + i, y);
            }
        }
        return true;
    }
    const Span all = within(m_radius + (m_isSharp ? m_halfDiagonal : 0), y, x, count);
    if (all.from >= all.to)
        return false;
    std::fill(coverage, coverage + (all.from - x), 0.0F);
    std::fill(coverage + (all.to - x), coverage + count, 0.0F);
    if (!m_isSharp) {
        sampleCentres(y, all.from, all.to - all.from, coverage + (all.from - x));
        return true;
    }
    Span core = within(m_inner - m_halfDiagonal, y, x, count);
    if (core.from >= core.to)
        core = {all.to, all.to};
    for (int i = all.from; i < core.from; ++i)
        coverage[i - x] = sampleArea(i, y);
    std::fill(coverage + (core.from - x), coverage + (core.to - x), 1.0F);
    for (int i = core.to; i < all.to; ++i)
        coverage[i - x] = sampleArea(i, y);
    return true;
}

} // namespace heirloom

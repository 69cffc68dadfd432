// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/seamlessclone.h"

#include "paint/membrane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// Of the correction, which changes slowly: a twentieth of an 8-bit step and below a 16-bit one's
/// grain in any photograph.
constexpr float tolerance = 0.0002F;
/// Standard deviation, in pixels, of the average along the border.
constexpr double seamSigma = seamReach / 2.0;

constexpr std::array<QPoint, 4> neighbours{QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1),
                                           QPoint(0, 1)};

struct Pictures {
    const Image &target, &source, &mask;
    int channels = target.format().channelCount();
    int colors = target.format().colorCount();

    bool isInside(QPoint p) const { return mask.constSamples<quint8>(p.y())[p.x()] != 0; }
    const float *at(const Image &image, QPoint p) const
    {
        return image.constSamples<float>(p.y()) + qsizetype(p.x()) * channels;
    }
    bool isOpaqueAt(const Image &image, QPoint p) const
    {
        return !image.format().hasAlpha() || at(image, p)[colors] > 0;
    }
    /// Outside, and both pictures have a colour there.
    bool tells(QPoint p) const
    {
        return !isInside(p) && isOpaqueAt(target, p) && isOpaqueAt(source, p);
    }
};

/// Averages what border cells hold over those around them of the same piece: along the border, not
/// across.
void averageAlongBorder(Image &values, const Image &cells, const Image &pieces,
                        const std::vector<QPoint> &border)
{
    static const std::array<float, seamReach + 1> weights = [] {
        std::array<float, seamReach + 1> w{};
        for (int i = 0; i <= seamReach; ++i)
            w[size_t(i)] = float(std::exp(-0.5 * i * i / (seamSigma * seamSigma)));
        return w;
    }();
    const int colors = values.format().channelCount();
    const Image raw = values;
    for (const QPoint p : border) {
        std::array<float, 3> sum{};
        float total = 0;
        const QRect window =
            QRect(p - QPoint(seamReach, seamReach), p + QPoint(seamReach, seamReach)) & raw.rect();
        for (int y = window.top(); y <= window.bottom(); ++y) {
            for (int x = window.left(); x <= window.right(); ++x) {
                if (cells.constSamples<quint8>(y)[x] != quint8(MembraneCell::Border) ||
                    (!pieces.isNull() && pieces.constSamples<quint8>(y)[x] !=
                                             pieces.constSamples<quint8>(p.y())[p.x()]))
                    continue;
                const float weight =
                    weights[size_t(std::abs(x - p.x()))] * weights[size_t(std::abs(y - p.y()))];
                const float *value = raw.constSamples<float>(y) + qsizetype(x) * colors;
                for (int c = 0; c < colors; ++c)
                    sum[size_t(c)] += weight * value[c];
                total += weight;
            }
        }
        float *out = values.samples<float>(p.y()) + qsizetype(p.x()) * colors;
        for (int c = 0; c < colors; ++c)
            out[c] = sum[size_t(c)] / total;
    }
}

} // namespace

Image seamlesslyCloned(const Image &target, const Image &source, const Image &mask,
                       const Image &pieces)
{
    const Pictures pictures{target, source, mask};
    const int colors = pictures.colors;
    const QRect area = target.rect();
    Image correction(target.size(), target.format().withAlpha(false));
    correction.fill(0);
    Image cells(target.size(), {Channels::Gray, Depth::U8});
    cells.fill(double(MembraneCell::Beyond));
    std::vector<QPoint> border;
    Image load;
    if (!pieces.isNull()) {
        load = Image(target.size(), correction.format());
        load.fill(0);
    }
    for (int y = 0; y < area.height(); ++y) {
        for (int x = 0; x < area.width(); ++x) {
            const QPoint p(x, y);
            if (!pictures.isInside(p) || !pictures.isOpaqueAt(source, p))
                continue;
            cells.samples<quint8>(y)[x] = quint8(MembraneCell::Inside);
            for (const QPoint step : neighbours) {
                const QPoint q = p + step;
                if (!area.contains(q))
                    continue;
                if (pictures.isInside(q)) {
                    if (load.isNull() || !pictures.isOpaqueAt(source, q) ||
                        pieces.constSamples<quint8>(y)[x] ==
                            pieces.constSamples<quint8>(q.y())[q.x()])
                        continue;
                    float *want = load.samples<float>(y) + qsizetype(x) * colors;
                    for (int c = 0; c < colors; ++c)
                        want[c] += pictures.at(source, q)[c] - pictures.at(source, p)[c];
                    continue;
                }
                quint8 &cell = cells.samples<quint8>(q.y())[q.x()];
                if (cell == quint8(MembraneCell::Border) || !pictures.tells(q))
                    continue;
                cell = quint8(MembraneCell::Border);
                border.push_back(q);
                float *given = correction.samples<float>(q.y()) + qsizetype(q.x()) * colors;
                for (int c = 0; c < colors; ++c)
                    given[c] = pictures.at(target, q)[c] - pictures.at(source, q)[c];
            }
        }
    }
    averageAlongBorder(correction, cells, pieces, border);
    if (load.isNull())
        solveWideMembrane(correction, cells, tolerance);
    else
        solveMembrane(correction, cells, load, tolerance);

    Image result = target;
    for (int y = 0; y < area.height(); ++y) {
        for (int x = 0; x < area.width(); ++x) {
            if (!pictures.isInside({x, y}))
                continue;
            float *out = result.samples<float>(y) + qsizetype(x) * pictures.channels;
            const float *from = pictures.at(source, {x, y});
            const float *more = correction.constSamples<float>(y) + qsizetype(x) * colors;
            for (int c = 0; c < colors; ++c)
                out[c] = std::clamp(from[c] + more[c], 0.0F, 1.0F);
            if (target.format().hasAlpha())
                out[colors] = from[colors];
        }
    }
    return result;
}

} // namespace heirloom

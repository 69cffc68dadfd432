// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/redeye.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// What red eyes have at least, and skin (about 0.15 to 0.3) hardly ever.
constexpr float leastRedness = 0.22F;
/// Of the peak's redness: what belongs to the pupil.
constexpr float shareOfPeak = 0.5F;
/// Area against that of the disc around the farthest pixel, and of a disc with the same moments.
constexpr double leastFill = 0.4, leastRoundness = 0.75;
constexpr int fewestPixels = 4;
/// Pixels over which the mask falls off, for each pixel of the radius.
constexpr double softShare = 0.12;

/// 0 for greys, near 1 for pure red; dark pixels count less, as their colour is noise.
float redness(const float *p)
{
    const float other = std::max(p[1], p[2]);
    return (p[0] - other) / std::max(p[0], 0.12F);
}

struct Field {
    QSize size;
    std::vector<float> values;

    explicit Field(const Image &picture)
        : size(picture.size())
        , values(size_t(size.width()) * size_t(size.height()))
    {
        const int channels = picture.format().channelCount();
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                values[size_t(y) * size_t(size.width()) + size_t(x)] =
                    redness(picture.constSamples<float>(y) + qsizetype(x) * channels);
        }
    }
    bool contains(QPoint p) const { return QRect(QPoint(0, 0), size).contains(p); }
    size_t index(QPoint p) const { return size_t(p.y()) * size_t(size.width()) + size_t(p.x()); }
    float at(QPoint p) const { return values[index(p)]; }
};

constexpr std::array<QPoint, 4> steps{QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)};

/// The pixels that can be reached from one through pixels for which isIn holds.
template <typename F>
std::vector<QPoint> reached(const Field &field, QPoint from, std::vector<quint8> &seen, F &&isIn)
{
    std::vector<QPoint> found{from};
    seen[field.index(from)] = 1;
    for (size_t i = 0; i < found.size(); ++i) {
        for (const QPoint step : steps) {
            const QPoint q = found[i] + step;
            if (!field.contains(q) || seen[field.index(q)] || !isIn(q))
                continue;
            seen[field.index(q)] = 1;
            found.push_back(q);
        }
    }
    return found;
}

bool touchesEdge(const Field &field, const std::vector<QPoint> &blob)
{
    return std::any_of(blob.begin(), blob.end(), [&](QPoint p) {
        return p.x() == 0 || p.y() == 0 || p.x() == field.size.width() - 1 ||
               p.y() == field.size.height() - 1;
    });
}

/// What cannot be reached from the rectangle's edge without going through the blob.
std::vector<quint8> filled(const Field &field, const std::vector<QPoint> &blob)
{
    std::vector<quint8> outside(field.values.size());
    for (const QPoint p : blob)
        outside[field.index(p)] = 2;
    for (int y = 0; y < field.size.height(); ++y) {
        for (int x = 0; x < field.size.width(); ++x) {
            const bool isEdge = x == 0 || y == 0 || x == field.size.width() - 1 ||
                                y == field.size.height() - 1;
            if (isEdge && !outside[field.index({x, y})])
                reached(field, {x, y}, outside, [](QPoint) { return true; });
        }
    }
    std::vector<quint8> inside(outside.size());
    std::transform(outside.begin(), outside.end(), inside.begin(),
                   [](quint8 o) { return quint8(o != 1); });
    return inside;
}

struct Shape {
    QPointF centre;
    double area = 0, radius = 0, farthest = 0;
    double roundness = 0; ///< the smaller over the larger axis
};

Shape shapeOf(const Field &field, const std::vector<quint8> &inside)
{
    Shape shape;
    double x1 = 0, y1 = 0, xx = 0, yy = 0, xy = 0;
    const auto each = [&](auto &&visit) {
        for (int y = 0; y < field.size.height(); ++y) {
            for (int x = 0; x < field.size.width(); ++x) {
                if (inside[field.index({x, y})])
                    visit(x, y);
            }
        }
    };
    each([&](int x, int y) {
        shape.area += 1;
        x1 += x;
        y1 += y;
    });
    shape.centre = QPointF(x1, y1) / shape.area;
    each([&](int x, int y) {
        const double dx = x - shape.centre.x(), dy = y - shape.centre.y();
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
        shape.farthest = std::max(shape.farthest, std::hypot(dx, dy) + 0.5);
    });
    shape.radius = std::sqrt(shape.area / M_PI);
    // A pixel has a size of its own.
    xx = xx / shape.area + 1.0 / 12;
    yy = yy / shape.area + 1.0 / 12;
    xy /= shape.area;
    const double mean = (xx + yy) / 2;
    const double apart = std::hypot((xx - yy) / 2, xy);
    shape.roundness = std::sqrt(std::max(0.0, mean - apart) / (mean + apart));
    return shape;
}

/// The reddest pixel near the click, the nearer the better; nothing when none is red.
std::optional<QPoint> seedNear(const Field &field, QPoint click, double tolerance)
{
    std::optional<QPoint> seed;
    float best = 0;
    const int reach = int(std::ceil(tolerance));
    for (int y = click.y() - reach; y <= click.y() + reach; ++y) {
        for (int x = click.x() - reach; x <= click.x() + reach; ++x) {
            const double distance = std::hypot(x - click.x(), y - click.y());
            if (!field.contains({x, y}) || distance > tolerance ||
                field.at({x, y}) < leastRedness)
                continue;
            const float value =
                field.at({x, y}) * float(1 - 0.5 * distance / std::max(1.0, tolerance));
            if (value > best) {
                best = value;
                seed = QPoint(x, y);
            }
        }
    }
    return seed;
}

/// 1 inside falling to 0 outside, over about twice the width: a mean over squares.
Image softMask(const Field &field, const std::vector<quint8> &inside, int width)
{
    Image mask(field.size, {Channels::Gray, Depth::U8});
    for (int y = 0; y < field.size.height(); ++y) {
        for (int x = 0; x < field.size.width(); ++x) {
            int sum = 0, count = 0;
            for (int v = y - width; v <= y + width; ++v) {
                for (int u = x - width; u <= x + width; ++u) {
                    sum += field.contains({u, v}) && inside[field.index({u, v})];
                    ++count;
                }
            }
            // Whatever is inside is covered whole; the fall lies outside.
            mask.samples<quint8>(y)[x] =
                inside[field.index({x, y})] ? 255 : quint8(std::min(255, 2 * 255 * sum / count));
        }
    }
    return mask;
}

} // namespace

std::optional<RedPupil> findRedPupil(const Image &picture, QPoint click, double largest,
                                     double tolerance)
{
    if (picture.isNull() || picture.format().isGray())
        return {};
    const Field field(picture);
    const auto seed = seedNear(field, click, tolerance);
    if (!seed)
        return {};
    // Skin around the eye may be reddish too: a higher share of the peak leaves it out.
    float peak = field.at(*seed);
    for (int y = -1; y <= 1; ++y) {
        for (int x = -1; x <= 1; ++x) {
            if (field.contains(*seed + QPoint(x, y)))
                peak = std::max(peak, field.at(*seed + QPoint(x, y)));
        }
    }
    for (float share = shareOfPeak; share < 0.85F; share += 0.1F) {
        const float threshold = std::max(leastRedness, share * peak);
        std::vector<quint8> seen(field.values.size());
        const std::vector<QPoint> blob =
            reached(field, *seed, seen, [&](QPoint p) { return field.at(p) >= threshold; });
        if (touchesEdge(field, blob))
            continue;
        const std::vector<quint8> inside = filled(field, blob);
        const Shape shape = shapeOf(field, inside);
        if (shape.area < fewestPixels || shape.radius > largest ||
            shape.roundness < leastRoundness ||
            shape.area < leastFill * M_PI * shape.farthest * shape.farthest)
            continue;
        return RedPupil{shape.centre.toPoint(), shape.radius,
                        softMask(field, inside,
                                 std::max(1, int(std::lround(softShare * shape.radius))))};
    }
    return {};
}

Image withoutRedEye(const Image &picture, const RedPupil &pupil, double darkness)
{
    const int channels = picture.format().channelCount();
    const float keep = float(1 - 0.8 * std::clamp(darkness, 0.0, 1.0));
    Image out = picture;
    for (int y = 0; y < out.height(); ++y) {
        const quint8 *mask = pupil.mask.constSamples<quint8>(y);
        for (int x = 0; x < out.width(); ++x) {
            if (mask[x] == 0)
                continue;
            float *p = out.samples<float>(y) + qsizetype(x) * channels;
            // A catchlight is white: as far as a pixel is not red it stays.
            const float red = std::clamp(redness(p) / leastRedness, 0.0F, 1.0F);
            const float light = std::min(p[1], p[2]);
            const float catchlight = std::clamp((light - 0.45F) / 0.25F, 0.0F, 1.0F) * (1 - red);
            const float share = float(mask[x]) / 255 * std::max(red, 1 - catchlight);
            const float grey = keep * (p[1] + p[2]) / 2;
            for (int c = 0; c < 3; ++c)
                p[c] += share * (grey - p[c]);
        }
    }
    return out;
}

} // namespace heirloom

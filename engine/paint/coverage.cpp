// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/coverage.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace heirloom
{

namespace
{

constexpr quint8 inside = 128;
constexpr int rowsBetweenReports = 64;

/// Each value of a buffer through a table; tiles of one colour stay so.
template <typename F>
TiledBuffer mapped(const TiledBuffer &coverage, F &&function)
{
    TiledBuffer result = coverage;
    for (int row = 0; row < result.rows(); ++row) {
        for (int column = 0; column < result.columns(); ++column) {
            const QPoint tile(column, row);
            if (const Tile::Pixel *pixel = result.constantPixel(tile)) {
                Tile::Pixel turned{};
                turned[0] = std::byte(function(quint8((*pixel)[0])));
                if (turned[0] != (*pixel)[0])
                    result.fill(result.tileRect(tile), turned);
                continue;
            }
            const auto bytes = result.writableTile(tile);
            for (int i = 0; i < TileSize * TileSize; ++i)
                bytes[i] = std::byte(function(quint8(bytes[i])));
        }
    }
    return result;
}

/// Rows from the nearest inside pixel of the same column, at most most.
void columnDistances(const Image &pixels, bool outside, int most, std::vector<quint16> &distance)
{
    const int w = pixels.width(), h = pixels.height();
    const auto isIn = [outside](quint8 v) { return (v >= inside) != outside; };
    for (int y = 0; y < h; ++y) {
        const quint8 *v = pixels.constSamples<quint8>(y);
        quint16 *d = &distance[size_t(y) * size_t(w)];
        for (int x = 0; x < w; ++x) {
            const int above = y > 0 ? d[x - w] + 1 : most;
            d[x] = quint16(isIn(v[x]) ? 0 : std::min(above, most));
        }
    }
    for (int y = h - 2; y >= 0; --y) {
        quint16 *d = &distance[size_t(y) * size_t(w)];
        for (int x = 0; x < w; ++x)
            d[x] = quint16(std::min<int>(d[x], d[x + w] + 1));
    }
}

/// One row of squared distances from the columns' (those of most count as none): the lower envelope
/// of the parabolas d[q]^2 + (x - q)^2.
class Envelope
{
public:
    explicit Envelope(int width)
        : m_places(size_t(width))
        , m_from(size_t(width) + 1)
    {
    }

    template <typename F>
    void row(const quint16 *d, int width, int most, F &&take)
    {
        const auto height = [d](int q) { return double(d[q]) * d[q] + double(q) * q; };
        int k = -1;
        for (int q = 0; q < width; ++q) {
            if (d[q] >= most)
                continue;
            double from = -1;
            while (k >= 0) {
                const int p = m_places[size_t(k)];
                from = (height(q) - height(p)) / (2.0 * (q - p));
                if (from > m_from[size_t(k)])
                    break;
                --k;
            }
            ++k;
            m_places[size_t(k)] = q;
            m_from[size_t(k)] = k == 0 ? -1e300 : from;
        }
        if (k < 0) {
            for (int x = 0; x < width; ++x)
                take(x, -1.0);
            return;
        }
        int at = 0;
        for (int x = 0; x < width; ++x) {
            while (at < k && m_from[size_t(at) + 1] < x)
                ++at;
            const int p = m_places[size_t(at)];
            take(x, double(d[p]) * d[p] + double(x - p) * (x - p));
        }
    }

private:
    std::vector<int> m_places;
    std::vector<double> m_from;
};

Result<TiledBuffer> moved(const TiledBuffer &coverage, double radius, bool shrinks,
                          const Progress &progress)
{
    radius = std::clamp(radius, 0.0, 10'000.0);
    const int reach = int(std::ceil(radius)) + 1;
    const QRect part =
        coveredRect(coverage).adjusted(-reach, -reach, reach, reach) & coverage.rect();
    if (part.isEmpty() || radius == 0)
        return coverage;
    Image pixels = coverage.read(part);
    const int most = reach + 1;
    std::vector<quint16> distance(size_t(part.width()) * size_t(part.height()));
    columnDistances(pixels, shrinks, most, distance);
    if (progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    progress.report(0.2);
    Envelope envelope(part.width());
    for (int y = 0; y < part.height(); ++y) {
        quint8 *v = pixels.samples<quint8>(y);
        envelope.row(&distance[size_t(y) * size_t(part.width())], part.width(), most,
                     [&](int x, double squared) {
                         if (squared < 0)
                             return;
                         const double cover =
                             std::clamp(radius + 0.5 - std::sqrt(squared), 0.0, 1.0);
                         const auto value = quint8(std::lround(cover * 255));
                         v[x] = shrinks ? quint8(std::min<int>(v[x], 255 - value))
                                        : std::max(v[x], value);
                     });
        if (y % rowsBetweenReports == 0) {
            if (progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            progress.report(0.2 + 0.8 * y / part.height());
        }
    }
    TiledBuffer result = coverage;
    result.write(part.topLeft(), pixels);
    return result;
}

// Two passes in whole numbers, so that no order of adding changes a byte. Values between the passes
// have 8 bits after the point.
HEIRLOOM_VECTORISED
void addRow(quint32 *sum, const quint16 *values, quint32 weight, int count)
{
    for (int x = 0; x < count; ++x)
        sum[x] += weight * values[x];
}

HEIRLOOM_VECTORISED
void addRow(quint32 *sum, const quint8 *values, quint32 weight, int count)
{
    for (int x = 0; x < count; ++x)
        sum[x] += weight * values[x];
}

} // namespace

Result<TiledBuffer> grown(const TiledBuffer &coverage, double radius, const Progress &progress)
{
    return moved(coverage, radius, false, progress);
}

Result<TiledBuffer> shrunk(const TiledBuffer &coverage, double radius, const Progress &progress)
{
    return moved(coverage, radius, true, progress);
}

std::vector<quint32> featherKernel(double sigma)
{
    sigma = std::clamp(sigma, 0.1, largestFeather);
    const int reach = std::max(1, int(std::ceil(sigma * 3)));
    std::vector<double> weights(size_t(reach) + 1);
    double sum = 0;
    for (int i = 0; i <= reach; ++i) {
        weights[size_t(i)] = std::exp(-0.5 * i * i / (sigma * sigma));
        sum += weights[size_t(i)] * (i == 0 ? 1 : 2);
    }
    std::vector<quint32> kernel(weights.size());
    // What rounding leaves goes on to the next, so that the middle does not take it all.
    double exact = 0;
    quint32 given = 0;
    for (size_t i = kernel.size() - 1; i > 0; --i) {
        exact += weights[i] / sum * 65536;
        kernel[i] = quint32(std::lround(exact)) - given;
        given += kernel[i];
    }
    kernel[0] = 65536 - 2 * given;
    return kernel;
}

Result<TiledBuffer> feathered(const TiledBuffer &coverage, double sigma, const Progress &progress)
{
    const auto kernel = featherKernel(sigma);
    const int reach = int(kernel.size()) - 1;
    const QRect part =
        coveredRect(coverage).adjusted(-reach, -reach, reach, reach) & coverage.rect();
    if (part.isEmpty())
        return coverage;
    const int w = part.width(), h = part.height();
    const Image pixels = coverage.read(part);
    // Across.
    std::vector<quint16> across(size_t(w) * size_t(h));
    std::vector<quint8> wide(size_t(w) + 2 * size_t(reach));
    std::vector<quint32> sum(static_cast<size_t>(w));
    for (int y = 0; y < h; ++y) {
        if (y % rowsBetweenReports == 0) {
            if (progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            progress.report(0.5 * y / h);
        }
        const quint8 *v = pixels.constSamples<quint8>(y);
        std::fill_n(wide.begin(), reach, v[0]);
        std::copy_n(v, w, wide.begin() + reach);
        std::fill_n(wide.begin() + reach + w, reach, v[w - 1]);
        std::fill(sum.begin(), sum.end(), 128);
        for (int k = -reach; k <= reach; ++k)
            addRow(sum.data(), wide.data() + reach + k, kernel[size_t(std::abs(k))], w);
        for (int x = 0; x < w; ++x)
            across[size_t(y) * size_t(w) + size_t(x)] = quint16(sum[size_t(x)] >> 8);
    }
    // Down.
    Image result(part.size(), coverage.format());
    for (int y = 0; y < h; ++y) {
        if (y % rowsBetweenReports == 0) {
            if (progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            progress.report(0.5 + 0.5 * y / h);
        }
        std::fill(sum.begin(), sum.end(), 1U << 23);
        for (int k = -reach; k <= reach; ++k) {
            const int from = std::clamp(y + k, 0, h - 1);
            addRow(sum.data(), &across[size_t(from) * size_t(w)], kernel[size_t(std::abs(k))], w);
        }
        quint8 *out = result.samples<quint8>(y);
        for (int x = 0; x < w; ++x)
            out[x] = quint8(sum[size_t(x)] >> 24);
    }
    TiledBuffer buffer = coverage;
    buffer.write(part.topLeft(), result);
    return buffer;
}

TiledBuffer withDensity(const TiledBuffer &coverage, double density)
{
    density = std::clamp(density, 0.0, 1.0);
    return mapped(coverage,
                  [density](quint8 v) { return quint8(255 - std::lround((255 - v) * density)); });
}

TiledBuffer combined(const TiledBuffer &there, const TiledBuffer &with, CoverageMode mode)
{
    Q_ASSERT(there.size() == with.size() && there.format() == with.format());
    if (mode == CoverageMode::Replace)
        return with;
    const auto mix = [mode](quint8 a, quint8 b) {
        return mode == CoverageMode::Add        ? std::max(a, b)
               : mode == CoverageMode::Subtract ? std::min(a, quint8(255 - b))
                                                : std::min(a, b);
    };
    TiledBuffer result = there;
    for (int row = 0; row < result.rows(); ++row) {
        for (int column = 0; column < result.columns(); ++column) {
            const QPoint tile(column, row);
            const QRect r = result.tileRect(tile);
            const Tile::Pixel *a = there.constantPixel(tile);
            const Tile::Pixel *b = with.constantPixel(tile);
            if (a && b) {
                Tile::Pixel mixed{};
                mixed[0] = std::byte(mix(quint8((*a)[0]), quint8((*b)[0])));
                if (mixed[0] != (*a)[0])
                    result.fill(r, mixed);
                continue;
            }
            // One that changes nothing of the other.
            const std::byte neutral{quint8(mode == CoverageMode::Intersect ? 255 : 0)};
            if (b && (*b)[0] == neutral)
                continue;
            Image mixed = there.read(r);
            const Image other = with.read(r);
            for (int y = 0; y < r.height(); ++y) {
                quint8 *to = mixed.samples<quint8>(y);
                const quint8 *from = other.constSamples<quint8>(y);
                for (int x = 0; x < r.width(); ++x)
                    to[x] = mix(to[x], from[x]);
            }
            result.write(r.topLeft(), mixed);
        }
    }
    return result;
}

QRect coveredRect(const TiledBuffer &coverage)
{
    QRect covered;
    for (int row = 0; row < coverage.rows(); ++row) {
        for (int column = 0; column < coverage.columns(); ++column) {
            const QPoint tile(column, row);
            const QRect r = coverage.tileRect(tile);
            if (const Tile::Pixel *pixel = coverage.constantPixel(tile)) {
                if ((*pixel)[0] != std::byte{0})
                    covered |= r;
                continue;
            }
            if (covered.contains(r))
                continue;
            const TileView view = coverage.tile(tile);
            int left = r.width(), right = -1, top = r.height(), bottom = -1;
            for (int y = 0; y < r.height(); ++y) {
                const std::byte *v = view.row(y);
                int first = 0, last = r.width() - 1;
                while (first <= last && v[first] == std::byte{0})
                    ++first;
                if (first > last)
                    continue;
                while (v[last] == std::byte{0})
                    --last;
                left = std::min(left, first);
                right = std::max(right, last);
                top = std::min(top, y);
                bottom = y;
            }
            if (right >= 0)
                covered |= QRect(QPoint(left, top), QPoint(right, bottom)).translated(r.topLeft());
        }
    }
    return covered;
}

} // namespace heirloom

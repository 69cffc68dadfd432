// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/inventeddetail.h"

#include "image/planes.h"
#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int waveletReach = 2 * (1 + 2 + 4);
constexpr int reach = waveletReach + InventedDetail::windowRadius;
/// Three rows of tiles lie under a band and its surroundings.
constexpr int tileRows = 3;

Snapshot withoutAiLayers(const Snapshot &state)
{
    Snapshot without = state;
    for (int i = 0; i < state.stack.count(); ++i) {
        Layer layer = state.stack.at(i);
        if (layer.kind != LayerKind::Ai)
            continue;
        layer.visible = false;
        without.stack.replace(i, layer);
    }
    return without;
}

template <typename T>
void luminanceRow(const T *in, PixelFormat format, int width, float scale, float *out)
{
    const int channels = format.channelCount();
    const float full = format.depth == Depth::U16 ? 65535 : 255;
    for (int x = 0; x < width; ++x, in += channels) {
        const float y = format.isGray()
                            ? float(in[0])
                            : 0.3F * float(in[0]) + 0.59F * float(in[1]) + 0.11F * float(in[2]);
        out[x] = y * scale * (format.hasAlpha() ? float(in[channels - 1]) / full : 1);
    }
}

Planes luminance(const Image &image)
{
    Planes plane(1, image.width(), image.height());
    for (int y = 0; y < image.height(); ++y) {
        if (image.format().depth == Depth::U16)
            luminanceRow(image.constSamples<quint16>(y), image.format(), image.width(),
                         1.0F / 257, plane.row(0, y));
        else
            luminanceRow(image.constSamples<quint8>(y), image.format(), image.width(), 1,
                         plane.row(0, y));
    }
    return plane;
}

/// out = (a + 4 b + 6 c + 4 d + e) / 16.
HEIRLOOM_VECTORISED void splineRow(const float *a, const float *b, const float *c, const float *d,
                                   const float *e, float *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = (a[i] + e[i] + 4 * (b[i] + d[i]) + 6 * c[i]) * (1.0F / 16);
}

/// The picture smoothed by the spline with taps this far apart; edges are repeated.
Planes smoothed(const Planes &in, int distance)
{
    const int width = in.width;
    const int height = in.height;
    Planes out(1, width, height);
    std::vector<float> line(size_t(width) + 4 * size_t(distance));
    for (int y = 0; y < height; ++y) {
        const auto row = [&](int offset) {
            return in.row(0, std::clamp(y + offset * distance, 0, height - 1));
        };
        float *middle = line.data() + 2 * distance;
        splineRow(row(-2), row(-1), row(0), row(1), row(2), middle, width);
        std::fill(line.data(), middle, middle[0]);
        std::fill(middle + width, line.data() + line.size(), middle[width - 1]);
        splineRow(middle - 2 * distance, middle - distance, middle, middle + distance,
                  middle + 2 * distance, out.row(0, y), width);
    }
    return out;
}

HEIRLOOM_VECTORISED void addProducts(const float *a, const float *b, float weight, float *aa,
                                     float *ab, float *bb, int count)
{
    for (int i = 0; i < count; ++i) {
        aa[i] += weight * (a[i] * a[i]);
        ab[i] += weight * (a[i] * b[i]);
        bb[i] += weight * (b[i] * b[i]);
    }
}

HEIRLOOM_VECTORISED void addScaled(const float *in, float weight, float *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] += weight * in[i];
}

/// Of the window at a distance, each way.
constexpr int weightAt(int distance)
{
    return InventedDetail::windowRadius + 1 - (distance < 0 ? -distance : distance);
}

/// The weights that lie on an axis of this length, around a position.
double weightsOn(int length, int position)
{
    constexpr int radius = InventedDetail::windowRadius;
    int sum = 0;
    for (int d = -radius; d <= radius; ++d)
        sum += position + d >= 0 && position + d < length ? weightAt(d) : 0;
    return sum;
}

} // namespace

double InventedDetailFigures::rms(double squares) const
{
    return pixels ? std::sqrt(squares / double(pixels)) : 0;
}

InventedDetail::InventedDetail(const Snapshot &state, const std::shared_ptr<TileStore> &store)
    : m_size(state.canvas.size)
    , m_with(state, store, tileRows)
    , m_without(withoutAiLayers(state), store, tileRows)
{
    m_figures.hasAiLayers =
        std::any_of(state.stack.begin(), state.stack.end(), [](const Layer &layer) {
            return layer.kind == LayerKind::Ai && layer.isShown();
        });
}

Image InventedDetail::measure(const QRect &r)
{
    Image out(r.size(), format);
    m_figures.pixels += qint64(r.width()) * r.height();
    if (!m_figures.hasAiLayers) {
        out.fill(0);
        return out;
    }
    const QRect around =
        r.adjusted(-reach, -reach, reach, reach) & QRect(QPoint(0, 0), m_size);
    Planes with = luminance(m_with.read(around).value_or(Image()));
    Planes without = luminance(m_without.read(around).value_or(Image()));
    const int width = around.width();
    const int left = r.left() - around.left();
    Planes added(1, r.width(), r.height());
    Planes there(1, r.width(), r.height());
    std::vector<float> columns[3]; // with a margin of the window's radius that stays 0
    std::vector<float> sums[3];
    std::vector<double> across;
    for (int x = 0; x < width; ++x)
        across.push_back(weightsOn(width, x));
    for (int band = 0; band < InventedDetailFigures::bands; ++band) {
        Planes nextWith = smoothed(with, 1 << band);
        Planes nextWithout = smoothed(without, 1 << band);
        for (size_t i = 0; i < with.values.size(); ++i) { // what is between the two
            with.values[i] -= nextWith.values[i];
            without.values[i] -= nextWithout.values[i];
        }
        for (int y = 0; y < r.height(); ++y) {
            const int middle = r.top() - around.top() + y;
            const int first = std::max(0, middle - windowRadius);
            const int last = std::min(around.height() - 1, middle + windowRadius);
            for (auto &column : columns)
                column.assign(size_t(width) + 2 * windowRadius, 0);
            for (int row = first; row <= last; ++row) {
                addProducts(with.row(0, row), without.row(0, row), float(weightAt(row - middle)),
                            columns[0].data() + windowRadius, columns[1].data() + windowRadius,
                            columns[2].data() + windowRadius, width);
            }
            for (int i = 0; i < 3; ++i) {
                sums[i].assign(size_t(width), 0);
                for (int d = -windowRadius; d <= windowRadius; ++d) {
                    addScaled(columns[i].data() + windowRadius + d, float(weightAt(d)),
                              sums[i].data(), width);
                }
            }
            const double down = weightsOn(around.height(), middle);
            float *a = added.row(0, y);
            float *t = there.row(0, y);
            for (int x = 0; x < r.width(); ++x) {
                const int at = left + x;
                const double count = down * across[size_t(at)];
                const double ww = double(sums[0][size_t(at)]);
                const double wn = double(sums[1][size_t(at)]);
                const double nn = double(sums[2][size_t(at)]);
                const double explained = nn > 0 ? std::clamp(wn / nn, 0.0, 1.0) : 0;
                const double rest =
                    std::max(0.0, ww - 2 * explained * wn + explained * explained * nn) / count;
                a[x] += float(rest);
                t[x] += float(nn / count);
                m_figures.addedSquares[size_t(band)] += rest;
                m_figures.thereSquares[size_t(band)] += nn / count;
            }
        }
        with = std::move(nextWith);
        without = std::move(nextWithout);
    }
    for (int y = 0; y < r.height(); ++y) {
        auto *to = out.samples<quint8>(y);
        for (int x = 0; x < r.width(); ++x) {
            const double a = std::sqrt(double(added.row(0, y)[x]));
            const double t = std::sqrt(double(there.row(0, y)[x]));
            const double share = a / (a + t + unseen);
            to[x] = quint8(std::lround(share * 255));
            m_figures.noticeable += share >= 0.1;
            m_figures.dominant += share >= 0.5;
        }
    }
    return out;
}

} // namespace heirloom

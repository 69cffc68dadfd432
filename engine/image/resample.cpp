// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/resample.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

namespace heirloom
{

namespace
{

// Rows are worked on as interleaved floats in the depth's own units (0..255, 0..65535, 0..1).

template <typename T>
constexpr float fullScale()
{
    return std::is_floating_point_v<T> ? 1.0F : float(std::numeric_limits<T>::max());
}

/// Samples to floats, colours multiplied by alpha.
template <typename T>
void loadRow(const T *in, float *out, int pixels, PixelFormat format)
{
    const int channels = format.channelCount();
    const int count = pixels * channels;
    for (int i = 0; i < count; ++i)
        out[i] = float(in[i]);
    if (!format.hasAlpha())
        return;
    for (int x = 0; x < pixels; ++x, out += channels) {
        const float alpha = out[channels - 1] / fullScale<T>();
        for (int c = 0; c < channels - 1; ++c)
            out[c] *= alpha;
    }
}

template <typename T>
T rounded(float v)
{
    if constexpr (std::is_floating_point_v<T>)
        return v;
    else
        return T(std::min(std::max(v, 0.0F), fullScale<T>()) + 0.5F);
}

template <typename T>
void storeRow(const float *in, T *out, int pixels, PixelFormat format)
{
    const int channels = format.channelCount();
    const int count = pixels * channels;
    if (!format.hasAlpha()) {
        for (int i = 0; i < count; ++i)
            out[i] = rounded<T>(in[i]);
        return;
    }
    for (int x = 0; x < pixels; ++x, in += channels, out += channels) {
        const float alpha = in[channels - 1] / fullScale<T>();
        const float factor = alpha > 1e-6F ? 1 / alpha : 0;
        for (int c = 0; c < channels - 1; ++c)
            out[c] = rounded<T>(in[c] * factor);
        out[channels - 1] = rounded<T>(in[channels - 1]);
    }
}

HEIRLOOM_VECTORISED void storeRow8(const float *in, quint8 *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = quint8(int(std::min(std::max(in[i], 0.0F), 255.0F) + 0.5F));
}

HEIRLOOM_VECTORISED void storeRow16(const float *in, quint16 *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = quint16(int(std::min(std::max(in[i], 0.0F), 65535.0F) + 0.5F));
}

/// out[i] = sum of w[k] rows[k][i], added in the order of k.
HEIRLOOM_VECTORISED void addRows6(const float *const *rows, const float *w, float *out, int count)
{
    const float *r0 = rows[0], *r1 = rows[1], *r2 = rows[2];
    const float *r3 = rows[3], *r4 = rows[4], *r5 = rows[5];
    const float w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3], w4 = w[4], w5 = w[5];
    for (int i = 0; i < count; ++i) {
        out[i] =
            ((((w0 * r0[i] + w1 * r1[i]) + w2 * r2[i]) + w3 * r3[i]) + w4 * r4[i]) + w5 * r5[i];
    }
}

HEIRLOOM_VECTORISED void addRow(const float *row, float w, float *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] += w * row[i];
}

HEIRLOOM_VECTORISED void scaleRow(const float *row, float w, float *out, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = w * row[i];
}

/// A row through the horizontal axis. in begins at source pixel inFirst and has 4 floats of slack
/// behind its end, out too.
template <int Channels>
void horizontal(const ResampleAxis &axis, const float *in, int inFirst, float *out, int from,
                int count)
{
    const int taps = axis.taps();
    // A third channel is computed four wide; the fourth lane is overwritten by the next pixel.
    constexpr int lanes = Channels == 3 ? 4 : Channels;
    for (int x = 0; x < count; ++x, out += Channels) {
        const float *w = axis.weights(from + x);
        const float *p = in + qsizetype(axis.first(from + x) - inFirst) * Channels;
        float sum[lanes];
        for (int c = 0; c < lanes; ++c)
            sum[c] = w[0] * p[c];
        for (int k = 1; k < taps; ++k) {
            p += Channels;
            for (int c = 0; c < lanes; ++c)
                sum[c] += w[k] * p[c];
        }
        for (int c = 0; c < lanes; ++c)
            out[c] = sum[c];
    }
}

void horizontal(int channels, const ResampleAxis &axis, const float *in, int inFirst, float *out,
                int from, int count)
{
    switch (channels) {
    case 1:
        return horizontal<1>(axis, in, inFirst, out, from, count);
    case 2:
        return horizontal<2>(axis, in, inFirst, out, from, count);
    case 3:
        return horizontal<3>(axis, in, inFirst, out, from, count);
    default:
        return horizontal<4>(axis, in, inFirst, out, from, count);
    }
}

void vertical(const float *const *rows, const float *weights, int taps, float *out, int count)
{
    if (taps == 6) {
        addRows6(rows, weights, out, count);
        return;
    }
    scaleRow(rows[0], weights[0], out, count);
    for (int k = 1; k < taps; ++k) {
        if (weights[k] != 0)
            addRow(rows[k], weights[k], out, count);
    }
}

/// Target rows first..last of a picture, written to out's rows from outFirst on.
template <typename T>
void resampleRows(const ResampleAxis &h, const ResampleAxis &v, const Image &pixels, QPoint origin,
                  const QRect &target, T *const *outRows)
{
    const PixelFormat format = pixels.format();
    const int channels = format.channelCount();
    const auto [left, right] = h.range(target.left(), target.right());
    const int sourceWidth = right - left + 1;
    const int count = target.width() * channels;
    const int taps = v.taps();

    std::vector<float> source(size_t(sourceWidth) * channels + 4);
    std::vector<std::vector<float>> ring(size_t(taps), std::vector<float>(size_t(count) + 4));
    std::vector<float> sum(size_t(count) + 4);
    std::vector<const float *> rows(size_t(taps), nullptr);
    int next = v.first(target.top()); // first source row that is not in the ring yet

    for (int y = target.top(); y <= target.bottom(); ++y) {
        const int first = v.first(y);
        next = std::max(next, first);
        for (; next < first + taps; ++next) {
            const T *in =
                pixels.constSamples<T>(next - origin.y()) + qsizetype(left - origin.x()) * channels;
            loadRow(in, source.data(), sourceWidth, format);
            horizontal(channels, h, source.data(), left, ring[size_t(next % taps)].data(),
                       target.left(), target.width());
        }
        for (int k = 0; k < taps; ++k)
            rows[size_t(k)] = ring[size_t((first + k) % taps)].data();
        vertical(rows.data(), v.weights(y), taps, sum.data(), count);

        T *out = outRows[y - target.top()];
        if constexpr (std::is_same_v<T, quint8>) {
            if (!format.hasAlpha()) {
                storeRow8(sum.data(), out, count);
                continue;
            }
        } else if constexpr (std::is_same_v<T, quint16>) {
            if (!format.hasAlpha()) {
                storeRow16(sum.data(), out, count);
                continue;
            }
        }
        storeRow(sum.data(), out, target.width(), format);
    }
}

template <typename T>
void resampleInto(const ResampleAxis &h, const ResampleAxis &v, const Image &pixels, QPoint origin,
                  const QRect &target, Image &out, int threads)
{
    std::vector<T *> rows;
    rows.reserve(size_t(target.height()));
    for (int y = 0; y < target.height(); ++y)
        rows.push_back(out.samples<T>(y));

    const int parts = std::clamp(threads, 1, std::max(1, target.height() / 64));
    std::vector<std::thread> workers;
    for (int part = 0; part < parts; ++part) {
        const int from = int(qint64(target.height()) * part / parts);
        const int to = int(qint64(target.height()) * (part + 1) / parts);
        const QRect band(target.left(), target.top() + from, target.width(), to - from);
        auto work = [&, band, from] {
            resampleRows<T>(h, v, pixels, origin, band, rows.data() + from);
        };
        if (part + 1 < parts)
            workers.emplace_back(work);
        else
            work();
    }
    for (std::thread &worker : workers)
        worker.join();
}

Image resampleImage(const ResampleAxis &h, const ResampleAxis &v, const Image &pixels,
                    QPoint origin, const QRect &target, int threads)
{
    Image out(target.size(), pixels.format());
    switch (pixels.format().depth) {
    case Depth::U8:
        resampleInto<quint8>(h, v, pixels, origin, target, out, threads);
        break;
    case Depth::U16:
        resampleInto<quint16>(h, v, pixels, origin, target, out, threads);
        break;
    case Depth::F32:
        resampleInto<float>(h, v, pixels, origin, target, out, threads);
        break;
    }
    return out;
}

} // namespace

Resampler::Resampler(QSize source, QSize target)
    : m_horizontal(source.width(), target.width())
    , m_vertical(source.height(), target.height())
{
}

Resampler::Resampler(ResampleAxis horizontal, ResampleAxis vertical)
    : m_horizontal(std::move(horizontal))
    , m_vertical(std::move(vertical))
{
}

QSize Resampler::sourceSize() const
{
    return {m_horizontal.sourceSize(), m_vertical.sourceSize()};
}

QSize Resampler::targetSize() const
{
    return {m_horizontal.targetSize(), m_vertical.targetSize()};
}

QRect Resampler::sourceRect(const QRect &target) const
{
    const auto [left, right] = m_horizontal.range(target.left(), target.right());
    const auto [top, bottom] = m_vertical.range(target.top(), target.bottom());
    return QRect(QPoint(left, top), QPoint(right, bottom));
}

Image Resampler::apply(const Image &pixels, QPoint origin, const QRect &target) const
{
    Q_ASSERT(QRect(origin, pixels.size()).contains(sourceRect(target)));
    if (m_horizontal.taps() == 1 && m_vertical.taps() == 1 && m_horizontal.isIdentity() &&
        m_vertical.isIdentity())
        return pixels.copied(target.translated(-origin));
    return resampleImage(m_horizontal, m_vertical, pixels, origin, target, 1);
}

Image resampled(const Image &source, QSize target, int threads)
{
    if (source.isNull() || target.isEmpty())
        return {};
    if (target == source.size())
        return source;
    const int cores = std::max(1, int(std::thread::hardware_concurrency()));
    const ResampleAxis h(source.width(), target.width());
    const ResampleAxis v(source.height(), target.height());
    return resampleImage(h, v, source, {0, 0}, QRect(QPoint(0, 0), target),
                         threads > 0 ? threads : cores);
}

ResampledSource::ResampledSource(ImageSource &source, QSize target)
    : m_source(source)
    , m_resampler(source.size(), target)
{
}

Result<Image> ResampledSource::read(const QRect &r)
{
    const QRect need = m_resampler.sourceRect(r);
    if (m_source.isRandomAccess()) {
        auto pixels = m_source.read(need);
        if (!pixels)
            return pixels;
        return m_resampler.apply(*pixels, need.topLeft(), r);
    }
    // Forward only: keep the rows that the next band may need again, whole width.
    const int width = m_source.size().width();
    const int haveEnd = m_rows.isNull() ? need.top() : m_firstRow + m_rows.height();
    const int keepFrom = m_rows.isNull() ? need.top() : std::max(m_firstRow, need.top());
    const int begin = std::min(keepFrom, haveEnd);
    Image rows(QSize(width, std::max(need.bottom() + 1, haveEnd) - begin), format());
    if (haveEnd > begin)
        rows.paste(m_rows.copied(QRect(0, begin - m_firstRow, width, haveEnd - begin)), {0, 0});
    if (need.bottom() + 1 > haveEnd) {
        auto fresh = m_source.read(QRect(0, haveEnd, width, need.bottom() + 1 - haveEnd));
        if (!fresh)
            return fresh;
        rows.paste(*fresh, {0, haveEnd - begin});
    }
    if (begin > need.top())
        return fail(ErrorCode::Internal, {QStringLiteral("rows of a streamed source again")});
    m_rows = rows;
    m_firstRow = begin;
    return m_resampler.apply(m_rows, {0, m_firstRow}, r);
}

} // namespace heirloom

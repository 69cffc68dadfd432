// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exportrows.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

constexpr int BandRows = 32;

template <typename T>
void flattenRow(const T *in, int channels, T *out, int width, double white)
{
    const int colors = channels - 1;
    for (int x = 0; x < width; ++x, in += channels, out += colors) {
        const double alpha = double(in[colors]) / white;
        for (int c = 0; c < colors; ++c) {
            const double v = double(in[c]) * alpha + white * (1 - alpha);
            if constexpr (std::is_floating_point_v<T>)
                out[c] = T(v);
            else
                out[c] = T(std::lround(v));
        }
    }
}

} // namespace

ResizeSink::ResizeSink(QSize source, RowSink &next)
    : m_source(source)
    , m_next(next)
    , m_resampler(source, next.size())
{
}

Result<void> ResizeSink::write(const Image &rows)
{
    if (m_rows.isNull()) {
        m_rows = rows;
    } else {
        Image joined(QSize(rows.width(), m_rows.height() + rows.height()), rows.format());
        joined.paste(m_rows, {0, 0});
        joined.paste(rows, {0, m_rows.height()});
        m_rows = std::move(joined);
    }
    const int have = m_first + m_rows.height();
    const QSize target = m_next.size();
    const auto needs = [&](int top, int count) {
        return m_resampler.sourceRect(QRect(0, top, target.width(), count));
    };
    while (m_done < target.height()) {
        int count = std::min(BandRows, target.height() - m_done);
        while (count > 0 && needs(m_done, count).bottom() >= have)
            --count;
        if (count == 0)
            break;
        const QRect part(0, m_done, target.width(), count);
        const QRect source = needs(m_done, count);
        const Image band = m_rows.copied(source.translated(0, -m_first));
        if (auto done = m_next.write(m_resampler.apply(band, source.topLeft(), part)); !done)
            return done;
        m_done += count;
    }
    const int keep = m_done < target.height() ? std::min(needs(m_done, 1).top(), have) : have;
    if (keep >= have) {
        m_rows = {};
        m_first = have;
    } else if (keep > m_first) {
        m_rows = m_rows.copied(QRect(0, keep - m_first, m_rows.width(), have - keep));
        m_first = keep;
    }
    return {};
}

Result<void> ResizeSink::finish()
{
    if (m_done != m_next.size().height())
        return fail(ErrorCode::Internal, {QStringLiteral("rows are missing")});
    return {};
}

ConvertSink::ConvertSink(PixelFormat in, std::optional<ColorTransform> transform, RowSink &next)
    : m_in(in)
    , m_transform(std::move(transform))
    , m_next(next)
{
}

Result<void> ConvertSink::write(const Image &rows)
{
    Image out = rows;
    if (out.format().hasAlpha() && !m_next.format().hasAlpha())
        out = flattenedOnWhite(out);
    if (m_transform)
        out = m_transform->apply(out);
    return m_next.write(out.converted(m_next.format()));
}

Image flattenedOnWhite(const Image &image)
{
    if (!image.format().hasAlpha())
        return image;
    Image out(image.size(), image.format().withAlpha(false));
    const int channels = image.format().channelCount();
    for (int y = 0; y < image.height(); ++y) {
        switch (image.format().depth) {
        case Depth::U8:
            flattenRow(image.constSamples<quint8>(y), channels, out.samples<quint8>(y),
                       image.width(), 255.0);
            break;
        case Depth::U16:
            flattenRow(image.constSamples<quint16>(y), channels, out.samples<quint16>(y),
                       image.width(), 65535.0);
            break;
        case Depth::F32:
            flattenRow(image.constSamples<float>(y), channels, out.samples<float>(y), image.width(),
                       1.0);
            break;
        }
    }
    return out;
}

void PixelDigest::add(const Image &rows)
{
    constexpr quint64 factor = 0xff51afd7ed558ccd;
    for (int y = 0; y < rows.height(); ++y) {
        const std::byte *p = rows.constRow(y);
        qsizetype left = rows.bytesPerRow();
        quint64 h = m_value;
        for (; left >= 8; left -= 8, p += 8) {
            quint64 word = 0;
            std::memcpy(&word, p, 8);
            h = (h ^ word) * factor;
            h ^= h >> 29;
        }
        quint64 word = 0;
        std::memcpy(&word, p, size_t(left));
        h = (h ^ word) * factor;
        m_value = h ^ (h >> 32);
    }
}

} // namespace heirloom

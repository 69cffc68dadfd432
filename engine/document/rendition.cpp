// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/rendition.h"

#include "core/log.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

namespace heirloom
{

namespace
{

/// The mip level to take for a scale: the picture is never enlarged from a reduction.
int sourceLevelFor(double scale, int levelCount)
{
    if (scale >= 1)
        return 0;
    return std::clamp(int(std::floor(std::log2(1 / scale) + 1e-9)), 0, levelCount - 1);
}

/// source / target as the plain division of two sizes where the scale says so, so that a layer
/// scaled to the canvas is resampled with exactly the weights of a picture resampled by itself.
double stepOf(int sourceSize, double scale)
{
    const double target = sourceSize * scale;
    if (std::abs(target - std::round(target)) < 1e-6 && std::round(target) > 0)
        return sourceSize / std::round(target);
    return 1 / scale;
}

constexpr int phases = 1024;
constexpr int lobes = 3;
constexpr int kernelTaps = 2 * lobes;

/// Lanczos-3 weights for a position between pixels, in steps of 1/1024 pixel.
const std::array<std::array<float, kernelTaps>, phases + 1> &kernel()
{
    static const auto table = [] {
        std::array<std::array<float, kernelTaps>, phases + 1> rows;
        for (int phase = 0; phase <= phases; ++phase) {
            std::array<double, kernelTaps> w;
            double sum = 0;
            for (int k = 0; k < kernelTaps; ++k) {
                const double x = std::abs(k - (lobes - 1) - double(phase) / phases);
                const double p = std::numbers::pi * x;
                w[size_t(k)] = x < 1e-9     ? 1
                               : x >= lobes ? 0
                                            : lobes * std::sin(p) * std::sin(p / lobes) / (p * p);
                sum += w[size_t(k)];
            }
            for (int k = 0; k < kernelTaps; ++k)
                rows[size_t(phase)][size_t(k)] = float(w[size_t(k)] / sum);
        }
        return rows;
    }();
    return table;
}

} // namespace

void Rendition::setLayer(const TiledBuffer &pixels, const Transform &transform, QSize canvas,
                         const ColorProfile &from, const ColorProfile &to,
                         ColorTransformCache &transforms)
{
    const QRect bounds = transform.mapBounds(pixels.rect());
    const bool covers =
        transform.kind() <= Transform::Kind::Scale && bounds.contains(QRect(QPoint(0, 0), canvas));
    const PixelFormat format = pixels.format().withAlpha(pixels.format().hasAlpha() || !covers);
    ColorTransform conversion;
    if (!(from == to)) {
        const bool gray = to.model() == ColorProfile::Model::Gray;
        const PixelFormat out = {gray ? (format.hasAlpha() ? Channels::GrayAlpha : Channels::Gray)
                                      : (format.hasAlpha() ? Channels::Rgba : Channels::Rgb),
                                 format.depth};
        if (auto made = transforms.get(from, format, to, out))
            conversion = *made;
        else
            qCWarning(logEngine) << "layer shown without conversion:" << made.error().arguments;
    }
    if (!(m_from == from && m_to == to)) {
        m_from = from;
        m_to = to;
        m_source.setSource({}); // other colours: nothing that was computed is right
    }
    set(pixels, transform, canvas, conversion, false);
}

void Rendition::setMask(const TiledBuffer &pixels, const Transform &transform, QSize canvas)
{
    set(pixels, transform, canvas, {}, true);
}

void Rendition::set(const TiledBuffer &pixels, const Transform &transform, QSize canvas,
                    const ColorTransform &conversion, bool isMask)
{
    const QRect canvasRect(QPoint(0, 0), canvas);
    const bool covers = transform.kind() <= Transform::Kind::Scale &&
                        transform.mapBounds(pixels.rect()).contains(canvasRect);
    const PixelFormat sampleFormat =
        isMask ? pixels.format() : pixels.format().withAlpha(pixels.format().hasAlpha() || !covers);
    const PixelFormat format = conversion.isIdentity() ? sampleFormat : conversion.outFormat();
    const bool same = !m_source.isNull() && m_transform == transform && m_canvas == canvas &&
                      m_sampleFormat == sampleFormat && m_format == format &&
                      m_source.source().size() == pixels.size() &&
                      m_source.source().format() == pixels.format() &&
                      m_conversion.isIdentity() == conversion.isIdentity() && m_isMask == isMask;
    const QRect changed =
        same ? changedRegion(m_source.source(), pixels, transform) & canvasRect : QRect();
    m_source.setSource(pixels);
    m_conversion = conversion;
    if (same) {
        for (int n = 0; !changed.isEmpty() && n < int(m_levels.size()); ++n) {
            Level &level = m_levels[size_t(n)];
            const int margin = 8 << n;
            const QRect wide = changed.adjusted(-margin, -margin, margin, margin);
            const QRect r = QRect(QPoint(wide.left() >> n, wide.top() >> n),
                                  QPoint(wide.right() >> n, wide.bottom() >> n)) &
                            level.buffer.rect();
            const QRect tiles = TiledBuffer::tilesOf(r);
            for (int y = tiles.top(); y <= tiles.bottom(); ++y) {
                for (int x = tiles.left(); x <= tiles.right(); ++x)
                    level.current[size_t(y) * level.buffer.columns() + x] = false;
            }
        }
        return;
    }
    m_transform = transform;
    m_canvas = canvas;
    m_isMask = isMask;
    m_sampleFormat = sampleFormat;
    m_format = format;
    m_direct = transform.kind() == Transform::Kind::Identity && pixels.size() == canvas &&
               conversion.isIdentity();
    m_levels.clear();
}

void Rendition::drop()
{
    m_levels.clear();
}

QRect Rendition::changedRegion(const TiledBuffer &before, const TiledBuffer &after,
                               const Transform &transform)
{
    if (before.size() != after.size() || before.format() != after.format())
        return transform.mapBounds(before.rect()) | transform.mapBounds(after.rect());
    // Grown before it is mapped: how far a pixel reaches differs from place to place in a
    // projective map.
    const int reach = transform.isExact() ? 0 : 4;
    const double scale = std::max(transform.scaleX(), transform.scaleY());
    const int from = int(std::min(65536.0, std::ceil(reach * std::max(1.0, 1 / scale))));
    QRect region;
    for (const QPoint tile : after.changedTiles(before))
        region |= transform.mapBounds(after.tileRect(tile).adjusted(-from, -from, from, from))
                      .adjusted(-reach, -reach, reach, reach);
    return region;
}

const TiledBuffer &Rendition::level(int level, const QRect &r)
{
    if (m_direct)
        return m_source.level(level, r);
    while (int(m_levels.size()) <= level) {
        const QSize size = MipPyramid::reducedSize(m_canvas, int(m_levels.size()));
        TiledBuffer buffer(size, m_format, m_source.source().store());
        const size_t tiles = size_t(buffer.columns()) * buffer.rows();
        m_levels.push_back({std::move(buffer), std::vector<bool>(tiles), {}});
    }
    Level &l = m_levels[size_t(level)];
    const QRect tiles = TiledBuffer::tilesOf(r & l.buffer.rect());
    for (int y = tiles.top(); y <= tiles.bottom(); ++y) {
        for (int x = tiles.left(); x <= tiles.right(); ++x) {
            const size_t index = size_t(y) * l.buffer.columns() + x;
            if (l.current[index])
                continue;
            const QRect part = l.buffer.tileRect({x, y});
            l.buffer.write(part.topLeft(), computed(level, part));
            l.current[index] = true;
        }
    }
    return l.buffer;
}

Image Rendition::computed(int level, const QRect &r)
{
    const double reduction = 1.0 / (1 << level);
    Transform map = m_transform.then(Transform::scaling(reduction, reduction));
    const int source = sourceLevelFor(std::max(map.scaleX(), map.scaleY()), m_source.levelCount());
    map = Transform::scaling(1 << source, 1 << source).then(map);
    Image part;
    if (map.isExact())
        part = moved(map, source, r);
    else if (map.kind() == Transform::Kind::Scale)
        part = scaled(map, source, r, m_levels[size_t(level)].resampler);
    else
        part = warped(map, source, r);
    return m_conversion.isIdentity() ? part : m_conversion.apply(part);
}

/// A part of the picture on an otherwise empty rectangle.
Image Rendition::placed(const Image &part, QPoint at, QSize size) const
{
    const Image converted = part.converted(m_sampleFormat);
    if (at.isNull() && part.size() == size)
        return converted;
    Image out(size, m_sampleFormat);
    out.fill(0);
    if (!part.isNull())
        out.paste(converted, at);
    return out;
}

Image Rendition::moved(const Transform &map, int sourceLevel, const QRect &r)
{
    const QRect picture(QPoint(0, 0), m_source.levelSize(sourceLevel));
    const Transform back = map.inverted();
    const QRect from = back.mapBounds(r) & picture;
    const QRect to = map.mapBounds(from);
    const Image pixels = m_source.read(sourceLevel, from);
    if (map.kind() != Transform::Kind::Orthogonal)
        return placed(pixels, to.topLeft() - r.topLeft(), r.size());

    Image turned(to.size(), pixels.format());
    const size_t bytes = size_t(pixels.format().bytesPerPixel());
    for (int y = 0; y < turned.height(); ++y) {
        std::byte *out = turned.row(y);
        for (int x = 0; x < turned.width(); ++x) {
            const QPointF p = back.map(QPointF(to.left() + x + 0.5, to.top() + y + 0.5));
            const int sx = int(std::floor(p.x())) - from.left();
            const int sy = int(std::floor(p.y())) - from.top();
            std::memcpy(out + bytes * size_t(x), pixels.constRow(sy) + bytes * size_t(sx), bytes);
        }
    }
    return placed(turned, to.topLeft() - r.topLeft(), r.size());
}

Image Rendition::scaled(const Transform &map, int sourceLevel, const QRect &r,
                        std::optional<Resampler> &resampler)
{
    const QRect picture(QPoint(0, 0), m_source.levelSize(sourceLevel));
    const QRect bounds = map.mapBounds(picture);
    const QRect to = r & bounds;
    if (to.isEmpty())
        return placed({}, {}, r.size());
    if (!resampler) {
        const QTransform &m = map.toQTransform();
        const double stepX = stepOf(picture.width(), m.m11());
        const double stepY = stepOf(picture.height(), m.m22());
        resampler.emplace(
            ResampleAxis(picture.width(), bounds.width(), stepX, (bounds.left() - m.dx()) * stepX),
            ResampleAxis(picture.height(), bounds.height(), stepY,
                         (bounds.top() - m.dy()) * stepY));
    }
    const QRect target = to.translated(-bounds.topLeft());
    const QRect need = resampler->sourceRect(target);
    const Image pixels = m_source.read(sourceLevel, need);
    return placed(resampler->apply(pixels, need.topLeft(), target), to.topLeft() - r.topLeft(),
                  r.size());
}

Image Rendition::warped(const Transform &map, int sourceLevel, const QRect &r)
{
    const QRect picture(QPoint(0, 0), m_source.levelSize(sourceLevel));
    const QTransform back = map.inverted().toQTransform();
    const QRect from = map.inverted().mapBounds(r).adjusted(-lobes, -lobes, lobes, lobes) & picture;
    if (from.isEmpty())
        return placed({}, {}, r.size());
    Image pixels = m_source.read(sourceLevel, from);
    pixels = pixels.converted(pixels.format().withAlpha(true).withDepth(Depth::F32));
    const int channels = pixels.format().channelCount();
    for (int y = 0; y < pixels.height(); ++y) {
        float *p = pixels.samples<float>(y);
        for (int x = 0; x < pixels.width(); ++x, p += channels) {
            for (int c = 0; c < channels - 1; ++c)
                p[c] *= p[channels - 1];
        }
    }

    Image out(r.size(), pixels.format());
    out.fill(0);
    for (int y = 0; y < out.height(); ++y) {
        float *to = out.samples<float>(y);
        for (int x = 0; x < out.width(); ++x, to += channels) {
            const QPointF centre(r.left() + x + 0.5, r.top() + y + 0.5);
            // Behind the horizon of a projective map there is nothing.
            if (back.m13() * centre.x() + back.m23() * centre.y() + back.m33() <= 0)
                continue;
            const QPointF p = back.map(centre) - QPointF(from.topLeft()) - QPointF(0.5, 0.5);
            const double fx = std::floor(p.x()), fy = std::floor(p.y());
            if (fx < -lobes || fy < -lobes || fx >= from.width() + lobes ||
                fy >= from.height() + lobes)
                continue;
            const auto &wx = kernel()[size_t(std::lround((p.x() - fx) * phases))];
            const auto &wy = kernel()[size_t(std::lround((p.y() - fy) * phases))];
            float sum[4] = {};
            for (int j = 0; j < kernelTaps; ++j) {
                const int sy = int(fy) + j - (lobes - 1);
                if (sy < 0 || sy >= from.height())
                    continue;
                const float *row = pixels.constSamples<float>(sy);
                for (int i = 0; i < kernelTaps; ++i) {
                    const int sx = int(fx) + i - (lobes - 1);
                    if (sx < 0 || sx >= from.width())
                        continue;
                    const float w = wx[size_t(i)] * wy[size_t(j)];
                    for (int c = 0; c < channels; ++c)
                        sum[c] += w * row[qsizetype(sx) * channels + c];
                }
            }
            // A mask's value fades to 0 at its edge; a layer's alpha does, not its colour.
            const float alpha = std::clamp(sum[channels - 1], 0.0F, 1.0F);
            const float divisor = m_isMask ? 1 : sum[channels - 1];
            for (int c = 0; c < channels - 1; ++c)
                to[c] = divisor > 1e-6F ? sum[c] / divisor : 0;
            to[channels - 1] = alpha;
        }
    }
    return out.converted(m_sampleFormat);
}

} // namespace heirloom

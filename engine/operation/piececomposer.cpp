// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/piececomposer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

constexpr PixelFormat RgbFloat{Channels::Rgb, Depth::F32};
/// Rows that are made small at a time.
constexpr int Band = 16;

void clampColors(Image &image)
{
    const int channels = image.format().channelCount();
    const int colors = image.format().colorCount();
    for (int y = 0; y < image.height(); ++y) {
        float *p = image.samples<float>(y);
        for (int x = 0; x < image.width(); ++x, p += channels) {
            for (int c = 0; c < colors; ++c)
                p[c] = std::clamp(p[c], 0.0f, 1.0f);
        }
    }
}

Image withoutAlpha(const Image &image)
{
    return image.converted(image.format().withAlpha(false));
}

/// a += b - c, colours only; b and c have no alpha.
void addDifference(Image &a, const Image &b, const Image &c)
{
    const int step = a.format().channelCount();
    const int colors = a.format().colorCount();
    for (int y = 0; y < a.height(); ++y) {
        float *pa = a.samples<float>(y);
        const float *pb = b.constSamples<float>(y);
        const float *pc = c.constSamples<float>(y);
        for (int x = 0; x < a.width(); ++x, pa += step, pb += colors, pc += colors) {
            for (int i = 0; i < colors; ++i)
                pa[i] += pb[i] - pc[i];
        }
    }
}

/// The colours of one picture with the alpha of another.
void setColors(Image &target, const Image &colors)
{
    const int step = target.format().channelCount();
    const int count = target.format().colorCount();
    for (int y = 0; y < target.height(); ++y) {
        float *out = target.samples<float>(y);
        const float *in = colors.constSamples<float>(y);
        for (int x = 0; x < target.width(); ++x, out += step, in += count)
            std::copy_n(in, count, out);
    }
}

/// The compositor's own arithmetic (float, 0..1, one rounding).
template <typename T>
void blendRows(Image &full, const Image &twin, double strength)
{
    const qsizetype count = qsizetype(full.width()) * full.format().channelCount();
    constexpr float white =
        std::is_floating_point_v<T> ? 1.0F : float(std::numeric_limits<T>::max());
    constexpr float unit = 1.0F / white;
    const float opacity = float(strength);
    const float rest = 1 - opacity;
    for (int y = 0; y < full.height(); ++y) {
        T *out = full.samples<T>(y);
        const T *base = twin.constSamples<T>(y);
        for (qsizetype i = 0; i < count; ++i) {
            const float v = rest * (float(base[i]) * unit) + opacity * (float(out[i]) * unit);
            if constexpr (std::is_floating_point_v<T>)
                out[i] = v;
            else
                out[i] = T(int(std::clamp(v, 0.0F, 1.0F) * white + 0.5F));
        }
    }
}

} // namespace

void blendOver(Image &full, const Image &under, double strength)
{
    switch (full.format().depth) {
    case Depth::U8:
        return blendRows<quint8>(full, under, strength);
    case Depth::U16:
        return blendRows<quint16>(full, under, strength);
    case Depth::F32:
        return blendRows<float>(full, under, strength);
    }
}

PieceComposer::PieceComposer(QSize source, QSize target, PixelFormat format, int scale,
                                 double strength)
    : m_source(source)
    , m_target(target)
    , m_format(format)
    , m_scale(scale)
    , m_strength(strength)
    // Between x4 and the target lie at most the three lobes of Lanczos or the area of one target
    // pixel, and half a target pixel of rounding at the piece's edge.
    , m_networkMargin(target == source * scale ? 0 : 2)
    , m_fromSource(source, target)
    , m_fromNetwork(source * scale, target)
{
}

Result<PieceComposer> PieceComposer::create(QSize source, QSize target, PixelFormat format,
                                                const QByteArray &icc, int scale, double strength)
{
    PieceComposer composer(source, target, format, scale, strength);
    ColorProfile profile = ColorProfile::forUntagged(format);
    if (!icc.isEmpty()) {
        const auto named = ColorProfile::fromIcc(icc);
        if (named && named->fits(format))
            profile = *named;
    }
    composer.m_residual = !profile.isSrgb() && profile != ColorProfile::forUntagged(format);
    const PixelFormat deep = format.withDepth(Depth::F32);
    if (composer.m_residual || format.isGray()) {
        auto to = ColorTransform::create(profile, deep, ColorProfile::sRgb(), deep.asRgb());
        if (!to)
            return fail(to.error());
        auto from =
            ColorTransform::create(ColorProfile::sRgb(), RgbFloat, profile, deep.withAlpha(false));
        if (!from)
            return fail(from.error());
        composer.m_toSrgb = *to;
        composer.m_fromSrgb = *from;
    }
    return composer;
}

Planes PieceComposer::networkInput(const Image &pixels) const
{
    Image image = pixels.converted(m_format.withDepth(Depth::F32));
    if (!m_toSrgb.isIdentity())
        image = m_toSrgb.apply(image);
    Planes planes(3, image.width(), image.height());
    const int step = image.format().channelCount();
    const bool gray = image.format().isGray();
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < image.height(); ++y) {
            const float *in = image.constSamples<float>(y) + (gray ? 0 : c);
            float *out = planes.row(c, y);
            for (int x = 0; x < image.width(); ++x)
                out[x] = std::clamp(in[qsizetype(x) * step], 0.0f, 1.0f);
        }
    }
    return planes;
}

QRect PieceComposer::targetRect(const QRect &sourceRect) const
{
    // Target pixels whose centre lies in the piece, in whole numbers so that all agree.
    const auto border = [](qint64 at, qint64 from, qint64 to) {
        return int((2 * at * to + from) / (2 * from));
    };
    const int left = border(sourceRect.left(), m_source.width(), m_target.width());
    const int right = border(sourceRect.right() + 1, m_source.width(), m_target.width());
    const int top = border(sourceRect.top(), m_source.height(), m_target.height());
    const int bottom = border(sourceRect.bottom() + 1, m_source.height(), m_target.height());
    return QRect(left, top, right - left, bottom - top);
}

Image PieceComposer::networkImage(const Planes &network) const
{
    Image image(network.size(), RgbFloat);
    for (int y = 0; y < image.height(); ++y) {
        float *out = image.samples<float>(y);
        for (int c = 0; c < 3; ++c) {
            const float *in = network.row(network.channels == 3 ? c : 0, y);
            for (int x = 0; x < image.width(); ++x)
                out[3 * x + c] = std::clamp(in[x], 0.0f, 1.0f);
        }
    }
    return image;
}

Image PieceComposer::compose(const Image &pixels, QPoint origin, const Planes &network,
                               const QRect &networkRect, const QRect &target) const
{
    const QPoint networkOrigin = networkRect.topLeft() * m_scale;
    Image answer = m_fromNetwork.apply(networkImage(network), networkOrigin, target);
    clampColors(answer);
    if (!m_fromSrgb.isIdentity())
        answer = m_fromSrgb.apply(answer);

    Image full;
    if (m_residual) {
        const Image deep = pixels.converted(m_format.withDepth(Depth::F32));
        Image clipped = m_toSrgb.apply(deep);
        clampColors(clipped);
        clipped = withoutAlpha(m_fromSource.apply(clipped, origin, target));
        clampColors(clipped);
        full = m_fromSource.apply(deep, origin, target);
        addDifference(full, answer, m_fromSrgb.apply(clipped));
    } else if (m_format.hasAlpha()) {
        full = m_fromSource.apply(pixels.converted(m_format.withDepth(Depth::F32)), origin, target);
        setColors(full, answer);
    } else {
        full = std::move(answer);
    }
    full = full.converted(m_format);
    if (m_strength < 1)
        blendOver(full, twin(pixels, origin, target), m_strength);
    return full;
}

Image PieceComposer::twin(const Image &pixels, QPoint origin, const QRect &target) const
{
    return m_fromSource.apply(pixels, origin, target);
}

QSize sizeBelow(QSize picture, int most)
{
    const int longest = std::max(picture.width(), picture.height());
    if (longest <= most)
        return picture;
    const double scale = double(most) / longest;
    return {std::max(1, int(std::lround(picture.width() * scale))),
            std::max(1, int(std::lround(picture.height() * scale)))};
}

Result<Planes> networkPicture(ImageSource &source, QSize size, const Progress &progress)
{
    const auto composer = PieceComposer::create(size, size, source.format(), source.icc(), 1, 1);
    if (!composer)
        return fail(composer.error());
    Planes rgb(3, size.width(), size.height());
    ResampledSource small(source, size);
    for (int top = 0; top < size.height(); top += Band) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int rows = std::min(Band, size.height() - top);
        const auto band = small.read(QRect(0, top, size.width(), rows));
        if (!band)
            return fail(band.error());
        const Planes read = composer->networkInput(*band);
        for (int c = 0; c < 3; ++c)
            std::copy_n(read.plane(c), read.planeSize(), rgb.row(c, top));
        progress.report(double(top + rows) / size.height());
    }
    return rgb;
}

Planes luminanceOf(const Planes &rgb)
{
    Planes luminance(1, rgb.width, rgb.height);
    for (size_t i = 0; i < rgb.planeSize(); ++i)
        luminance.plane(0)[i] =
            0.3F * rgb.plane(0)[i] + 0.59F * rgb.plane(1)[i] + 0.11F * rgb.plane(2)[i];
    return luminance;
}

} // namespace heirloom

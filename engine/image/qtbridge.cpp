// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/qtbridge.h"

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

/// A QImage over the Image's own bytes; the Image lives as long as Qt needs it.
QImage shared(const Image &image, QImage::Format format)
{
    auto *keep = new Image(image);
    return QImage(
        reinterpret_cast<const uchar *>(image.constRow(0)), image.width(), image.height(),
        image.bytesPerRow(), format, [](void *p) { delete static_cast<Image *>(p); }, keep);
}

QImage copied(const Image &image, QImage::Format format)
{
    QImage out(image.size(), format);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(out.scanLine(y), image.constRow(y), size_t(image.bytesPerRow()));
    return out;
}

quint32 premultiplied(quint32 r, quint32 g, quint32 b, quint32 a)
{
    auto times = [a](quint32 v) { return (v * a + 127) / 255; };
    return a << 24 | times(r) << 16 | times(g) << 8 | times(b);
}

} // namespace

QImage toQImage(const Image &image)
{
    if (image.isNull())
        return {};
    const PixelFormat format = image.format();
    if (format.depth == Depth::F32)
        return toQImage(image.converted(format.withDepth(Depth::U16)));
    const bool wide = format.depth == Depth::U16;
    switch (format.channels) {
    case Channels::Gray:
        return shared(image, wide ? QImage::Format_Grayscale16 : QImage::Format_Grayscale8);
    case Channels::Rgb:
        if (wide)
            return copied(image.converted({Channels::Rgba, Depth::U16}), QImage::Format_RGBX64);
        return shared(image, QImage::Format_RGB888);
    case Channels::GrayAlpha:
    case Channels::Rgba:
        break;
    }
    return copied(image.converted({Channels::Rgba, format.depth}),
                  wide ? QImage::Format_RGBA64 : QImage::Format_RGBA8888);
}

QImage toScreenImage(const Image &image)
{
    if (image.isNull())
        return {};
    if (image.format().depth != Depth::U8)
        return toScreenImage(image.converted(image.format().withDepth(Depth::U8)));
    const PixelFormat format = image.format();
    QImage out(image.size(),
               format.hasAlpha() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    for (int y = 0; y < image.height(); ++y) {
        const quint8 *in = image.constSamples<quint8>(y);
        auto *to = reinterpret_cast<quint32 *>(out.scanLine(y));
        switch (format.channels) {
        case Channels::Gray:
            for (int x = 0; x < image.width(); ++x)
                to[x] = 0xFF000000U | quint32(in[x]) * 0x010101U;
            break;
        case Channels::GrayAlpha:
            for (int x = 0; x < image.width(); ++x, in += 2)
                to[x] = premultiplied(in[0], in[0], in[0], in[1]);
            break;
        case Channels::Rgb:
            for (int x = 0; x < image.width(); ++x, in += 3)
                to[x] = 0xFF000000U | quint32(in[0]) << 16 | quint32(in[1]) << 8 | in[2];
            break;
        case Channels::Rgba:
            for (int x = 0; x < image.width(); ++x, in += 4)
                to[x] = premultiplied(in[0], in[1], in[2], in[3]);
            break;
        }
    }
    return out;
}

Image fromQImage(const QImage &image)
{
    if (image.isNull())
        return {};
    const bool gray =
        image.format() == QImage::Format_Grayscale8 || image.format() == QImage::Format_Grayscale16;
    const bool wide = image.format() == QImage::Format_Grayscale16 ||
                      (image.depth() > 32 && !gray) || image.format() == QImage::Format_BGR30 ||
                      image.format() == QImage::Format_RGB30 ||
                      image.format() == QImage::Format_A2BGR30_Premultiplied ||
                      image.format() == QImage::Format_A2RGB30_Premultiplied;
    const bool alpha = image.hasAlphaChannel();
    const Depth depth = wide ? Depth::U16 : Depth::U8;
    if (gray || (!wide && !alpha)) {
        const QImage same = gray ? image : image.convertToFormat(QImage::Format_RGB888);
        Image out(image.size(), {gray ? Channels::Gray : Channels::Rgb, depth});
        for (int y = 0; y < out.height(); ++y)
            std::memcpy(out.row(y), same.constScanLine(y), size_t(out.bytesPerRow()));
        return out;
    }
    const QImage four =
        image.convertToFormat(wide ? QImage::Format_RGBA64 : QImage::Format_RGBA8888);
    Image out(image.size(), {Channels::Rgba, depth});
    for (int y = 0; y < out.height(); ++y)
        std::memcpy(out.row(y), four.constScanLine(y), size_t(out.bytesPerRow()));
    return alpha ? out : out.converted({Channels::Rgb, depth});
}

} // namespace heirloom

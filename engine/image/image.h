// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/pixelformat.h"

#include <QRect>
#include <QSize>

#include <cstddef>
#include <memory>

namespace heirloom
{

/// Pixels in one contiguous block: a value with implicit sharing (a copy is a pointer; the first
/// write to a shared one copies). Rows are packed, without padding. Carries no colour profile: that
/// stands in ImageInfo or in the layer. Different Images may be used on different threads; one
/// Image is not to be written on two.
class Image
{
public:
    Image() = default;
    /// Not initialised; use fill(). A size without area makes a null image.
    Image(QSize size, PixelFormat format);

    bool isNull() const { return !m_data; }
    QSize size() const { return m_size; }
    int width() const { return m_size.width(); }
    int height() const { return m_size.height(); }
    QRect rect() const { return QRect(QPoint(0, 0), m_size); }
    PixelFormat format() const { return m_format; }
    qsizetype bytesPerRow() const { return qsizetype(width()) * m_format.bytesPerPixel(); }
    qsizetype byteCount() const { return bytesPerRow() * height(); }

    const std::byte *constRow(int y) const { return m_data.get() + bytesPerRow() * y; }
    /// Detaches from other copies first.
    std::byte *row(int y);

    /// The samples of a row; T must be the depth's type (quint8, quint16 or float).
    template <typename T>
    const T *constSamples(int y) const
    {
        return reinterpret_cast<const T *>(constRow(y));
    }
    template <typename T>
    T *samples(int y)
    {
        return reinterpret_cast<T *>(row(y));
    }

    /// Every sample of every channel becomes value (in the depth's own units).
    void fill(double value);

    /// The part of the image that lies in r (clipped to it), as a new image.
    Image copied(const QRect &r) const;
    /// Puts source's pixels at position (clipped); formats must be equal.
    void paste(const Image &source, QPoint position);

    /// The same pixels in another layout: depths are scaled by full range (8 <-> 16 exactly: x257,
    /// rounded back), grey becomes three equal channels, missing alpha is opaque, dropped alpha is
    /// forgotten, colour becomes grey by W3C Lum (0.3 R + 0.59 G + 0.11 B). No colour management.
    Image converted(PixelFormat format) const;

    bool sharesPixelsWith(const Image &other) const { return m_data && m_data == other.m_data; }
    /// Equal size, format and bytes.
    bool operator==(const Image &other) const;

private:
    void detach();

    std::shared_ptr<std::byte[]> m_data;
    QSize m_size;
    PixelFormat m_format;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "io/iccprofile.h"
#include "io/tifflayout.h"

namespace heirloom
{

/// Turns a TIFF's packed samples (host byte order, as libtiff decodes them) into pixels: any bit
/// depth, planes, palettes, white as 0, multiplied alpha, CMYK and Lab. Owned by a TIFF reader; one
/// thread.
class TiffPixels
{
public:
    TiffPixels(const TiffLayout &layout, const QByteArray &icc);
    ~TiffPixels();

    /// packed: one pointer a plane, each to the first of the pixels. out: pixels in
    /// layout.format().
    void convert(const uchar *const *packed, int pixels, std::byte *out);
    /// Null unless colours are converted.
    const ColorConverter *converter() const { return m_converter.get(); }

private:
    void unpack(const uchar *packed, int count, quint16 *out, int step) const;
    template <typename T>
    void shape(int pixels, T *out);
    void foreign(int pixels, std::byte *out);

    const TiffLayout &m_layout;
    std::unique_ptr<ColorConverter> m_converter;
    std::vector<quint16> m_samples; ///< interleaved; 16-bit range for floats and 32 bits
    std::vector<quint16> m_foreign; ///< what the converter takes
    std::vector<quint16> m_scale;   ///< sample value to output value; empty: as it is
    int m_effectiveBits = 8;
};

} // namespace heirloom

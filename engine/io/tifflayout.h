// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "io/imagereader.h"
#include "io/tifffile.h"

#include <array>
#include <vector>

namespace heirloom
{

/// What the tags of a TIFF's first page say about its samples, checked for sense. A plain value.
struct TiffLayout {
    int width = 0;
    int height = 0;
    int bits = 1;
    int samples = 1;      ///< in the file, a pixel
    int sampleFormat = 1; ///< unsigned, or IEEE floating point
    int photometric = 0;
    int compression = 1;
    int colors = 1; ///< of samples: 1 grey or index, 3 RGB or Lab, 4 CMYK
    int alpha = -1; ///< index of the alpha sample
    bool associated = false;
    int ignoredSamples = 0;
    bool planes = false; ///< one plane a sample
    bool tiled = false;
    int chunkWidth = 0;       ///< a tile's width, else the picture's
    int chunkHeight = 0;      ///< a tile's height, else rows in a strip
    bool throughRgba = false; ///< only libtiff's own RGBA conversion reads it
    std::vector<std::array<quint8, 3>> palette;

    bool isFloat() const { return sampleFormat == SAMPLEFORMAT_IEEEFP; }
    bool isLab() const
    {
        return photometric == PHOTOMETRIC_CIELAB || photometric == PHOTOMETRIC_ICCLAB;
    }
    bool isCmyk() const { return photometric == PHOTOMETRIC_SEPARATED; }
    /// Of the pixels that are delivered.
    PixelFormat format() const;
    int planeCount() const { return planes ? samples : 1; }
    int samplesInPlane() const { return planes ? 1 : samples; }
    /// Packed bytes of n pixels in one plane.
    qint64 packedBytes(int pixels) const
    {
        return (qint64(pixels) * samplesInPlane() * bits + 7) / 8;
    }
};

/// Reads and judges the tags of the current page.
Result<TiffLayout> readTiffLayout(TiffFile &file, const QString &name, const ReadLimits &limits);

} // namespace heirloom

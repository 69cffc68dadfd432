// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads TIFF and BigTIFF, the first page: strips and tiles, planes, 1 to 16 bits, floating point
/// (as 16 bit), palettes, min-is-white, YCbCr, CMYK and Lab (both to sRGB), old-style JPEG. Alpha
/// that was multiplied in is taken out again. Uncompressed strips of any length stream; compressed
/// ones are decoded row by row, tiles a row of tiles at a time. Missing strips and tiles are grey
/// and said, as long as anything could be decoded. Made by ImageReader::open(); one thread.
class TiffReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~TiffReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit TiffReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

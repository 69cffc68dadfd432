// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads JPEG: baseline, progressive and arithmetic, grey, YCbCr, RGB, CMYK and YCCK. Baseline
/// streams; several scans are collected as coefficients first. A truncated file gives what it has
/// and says from which row on the rest is missing; a truncated progressive one may only be coarser,
/// which is said too. Orientation is not looked at here (EXIF is the metadata room's). Made by
/// ImageReader::open(); one thread.
class JpegReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~JpegReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit JpegReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads WebP, lossy and lossless, with alpha; the first frame of an animation. Decoded whole at
/// the first readRows(). A truncated file gives the rows it has. Made by ImageReader::open(); one
/// thread.
class WebpReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~WebpReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit WebpReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

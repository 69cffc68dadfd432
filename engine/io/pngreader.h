// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads PNG: all colour types and depths. Below 8 bits and palettes become 8 bit, transparency an
/// alpha channel. Not interlaced: row by row; interlaced: whole. gAMA and cHRM without a profile
/// become one. A file that ends early gives the rows it has, if there is at least one. Made by
/// ImageReader::open(); one thread.
class PngReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~PngReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit PngReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

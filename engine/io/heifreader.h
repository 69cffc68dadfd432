// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads HEIF and AVIF through libheif: the primary picture, 8 or up to 16 bit. Decoded whole at
/// the first readRows() and turned into RGB as rows are asked for. libheif turns and crops the
/// picture as the file says, so it is upright already. Made by ImageReader::open(); one thread.
class HeifReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~HeifReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit HeifReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

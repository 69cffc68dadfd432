// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Reads BMP, all Windows headers and the simple ones of OS/2: 1 to 32 bits, palettes, bit fields,
/// run lengths, top-down and bottom-up; a profile embedded by version 5 is kept. Rows are fetched
/// one by one; run-length files are decoded whole. A bottom-up file that ends early has lost its
/// upper rows. Made by ImageReader::open(); one thread.
class BmpReader : public ImageReader
{
public:
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits);
    ~BmpReader() override;

    const ImageInfo &info() const override;
    Result<Image> readRows(int count) override;

private:
    struct Private;
    explicit BmpReader(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

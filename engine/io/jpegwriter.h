// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagewriter.h"

namespace heirloom
{

/// Writes JPEG, 8 bit, grey or RGB: 4:4:4 from quality 90 on, else 4:2:0. Huffman tables are
/// optimised up to 16 megapixels; above that they would need the whole picture in memory. Made by
/// ImageWriter::create(); one thread.
class JpegWriter : public ImageWriter
{
public:
    static Result<std::unique_ptr<ImageWriter>> create(const WriteSpec &spec, QIODevice &device);
    ~JpegWriter() override;

    QSize size() const override;
    PixelFormat format() const override;
    Result<void> write(const Image &rows) override;
    Result<void> finish() override;

private:
    struct Private;
    explicit JpegWriter(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagewriter.h"

namespace heirloom
{

/// Writes PNG of 8 and 16 bits, row by row.
/// Made by ImageWriter::create(); one thread.
class PngWriter : public ImageWriter
{
public:
    static Result<std::unique_ptr<ImageWriter>> create(const WriteSpec &spec, QIODevice &device);
    ~PngWriter() override;

    QSize size() const override;
    PixelFormat format() const override;
    Result<void> write(const Image &rows) override;
    Result<void> finish() override;

private:
    struct Private;
    explicit PngWriter(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

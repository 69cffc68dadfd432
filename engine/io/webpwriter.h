// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagewriter.h"

namespace heirloom
{

/// Writes WebP, lossy or (quality 100) lossless. The encoder wants the whole picture, so rows are
/// collected. Made by ImageWriter::create(); one thread.
class WebpWriter : public ImageWriter
{
public:
    static Result<std::unique_ptr<ImageWriter>> create(const WriteSpec &spec, QIODevice &device);
    ~WebpWriter() override;

    QSize size() const override;
    PixelFormat format() const override;
    Result<void> write(const Image &rows) override;
    Result<void> finish() override;

private:
    struct Private;
    explicit WebpWriter(std::unique_ptr<Private> priv);
    std::unique_ptr<Private> d;
};

} // namespace heirloom

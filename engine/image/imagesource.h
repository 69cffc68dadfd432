// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/image.h"
#include "image/imageinfo.h"

namespace heirloom
{

/// Pixels that are fetched by the rectangle and need not be in memory as a whole. Owned by whoever
/// made it; used on one thread.
class ImageSource
{
public:
    virtual ~ImageSource() = default;

    virtual QSize size() const = 0;
    virtual PixelFormat format() const = 0;
    /// Profile of the pixels; empty means sRGB.
    virtual QByteArray icc() const = 0;

    /// True: any rectangle at any time. False: rectangles come from top to bottom; a rectangle may
    /// begin above the previous one's end by at most retainedRows().
    virtual bool isRandomAccess() const = 0;
    virtual int retainedRows() const { return 0; }

    /// The pixels of r, which must lie inside the picture.
    virtual Result<Image> read(const QRect &r) = 0;
};

} // namespace heirloom

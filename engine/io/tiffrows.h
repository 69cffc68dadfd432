// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "io/tiffpixels.h"

#include <memory>

namespace heirloom
{

/// What became of a band of rows.
struct TiffBand {
    Image pixels;
    int missingFrom = -1; ///< first row of the band that could not be read, -1 for none
    bool anything = true; ///< some of it could be read
};

/// Fetches and decodes a TIFF's rows from top to bottom, each way of storing them by its own class.
/// Missing ones come as grey. Owned by a TIFF reader; one thread.
class TiffRows
{
public:
    virtual ~TiffRows() = default;
    /// The next rows; count is what is left at most, fewer may come.
    virtual Result<TiffBand> next(int y, int count) = 0;

    /// Chooses the way; refuses what would take too much memory.
    static Result<std::unique_ptr<TiffRows>> create(TiffFile &file, const TiffLayout &layout,
                                                    TiffPixels &pixels, const QString &name,
                                                    const ReadLimits &limits);
};

} // namespace heirloom

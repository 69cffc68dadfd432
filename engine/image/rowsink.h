// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/image.h"

namespace heirloom
{

/// Takes a picture's rows from top to bottom, whole width, any number at a time. Owned by whoever
/// made it; used on one thread. After an error nothing more may be written.
class RowSink
{
public:
    virtual ~RowSink() = default;

    virtual QSize size() const = 0;
    virtual PixelFormat format() const = 0;
    /// rows.width() == size().width(), rows.format() == format().
    virtual Result<void> write(const Image &rows) = 0;
    /// After the last row; the sink is complete only when this has returned without error.
    virtual Result<void> finish() = 0;
};

} // namespace heirloom

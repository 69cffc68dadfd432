// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QSize>

namespace heirloom
{

/// A layer holds at most this many pixels, as a file that is opened does.
inline constexpr qint64 maxLayerPixels = 300'000'000;
/// A canvas, which export streams, at most this many, and this many on a side.
inline constexpr qint64 maxCanvasPixels = 1'000'000'000;
inline constexpr int maxCanvasSide = 100'000;

inline Result<void> checkSizeAgainst(QSize size, qint64 pixels)
{
    if (!size.isEmpty() && size.width() <= maxCanvasSide && size.height() <= maxCanvasSide &&
        qint64(size.width()) * size.height() <= pixels)
        return {};
    return fail(ErrorCode::CanvasLimit,
                {QString::number(size.width()), QString::number(size.height()),
                 QString::number(pixels / 1'000'000), QString::number(maxCanvasSide)});
}

/// Errors: CanvasLimit.
inline Result<void> checkCanvasSize(QSize size)
{
    return checkSizeAgainst(size, maxCanvasPixels);
}
inline Result<void> checkLayerSize(QSize size)
{
    return checkSizeAgainst(size, maxLayerPixels);
}

} // namespace heirloom

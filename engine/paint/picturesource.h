// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/strokesource.h"

#include <functional>
#include <map>
#include <mutex>

namespace heirloom
{

/// Reads a rectangle of a picture in the coordinates, colours and channels (always with alpha, F32)
/// of what is painted on. Beyond the picture it is transparent. Called on any thread, never on two
/// at once.
using PictureReader = std::function<Image(const QRect &)>;

/// Lays another picture over what is painted on: cloned, dodged, blurred. Alpha is mixed too, so
/// that transparent places are cloned as such. Pictures are read by whole tiles and kept while the
/// stroke lasts. Owned by the stroke; blend() on several threads.
class PictureSource : public StrokeSource
{
public:
    /// target: of what is painted on. effect: what is laid over.
    PictureSource(PixelFormat target, PictureReader effect);

    void blend(const StrokeSpan &span) const override;

    /// One row: over (F32, with alpha) mixed into before by coverage.
    static void mix(PixelFormat target, const StrokeSpan &span, const float *over);

private:
    Image tile(QPoint index) const;

    PixelFormat m_target;
    PictureReader m_effect;
    mutable std::mutex m_mutex;
    mutable std::map<std::pair<int, int>, Image> m_tiles;
};

} // namespace heirloom

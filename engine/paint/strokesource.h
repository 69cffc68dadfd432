// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tiledbuffer.h"

#include <array>

namespace heirloom
{

class Stroke;

/// Part of one row of what is painted on. Coverage is 0..65535 (what the dabs gave, within the
/// stroke's opacity, times the selection); pixels are in the target's own format.
struct StrokeSpan {
    int x, y; ///< of the first pixel, in the target's coordinates
    int count;
    const std::byte *before; ///< as they were when the stroke began
    const quint16 *coverage;
    std::byte *after; ///< to be written, all of them
};

/// What a stroke puts where it covers: a colour, nothing (an eraser), other pixels. Where coverage
/// is 0 every byte must stay as it was before. Const, and called on several threads at once for
/// different spans.
class StrokeSource
{
public:
    virtual ~StrokeSource() = default;

    virtual void blend(const StrokeSpan &span) const = 0;
    /// Once, when the stroke is finished and before it becomes a step: pixels (the target as the
    /// spans have left it) may be written anew where the stroke covers. For what can only be
    /// computed from the whole stroke.
    virtual void settle(const Stroke &, TiledBuffer &) const {}
};

/// One colour, laid over (Normal): straight alpha grows by coverage, opaque formats are mixed.
class ColorSource : public StrokeSource
{
public:
    /// color: in the target's own colour space, 0..1, by the format's colour channels.
    ColorSource(PixelFormat format, const std::array<float, 3> &color);
    void blend(const StrokeSpan &span) const override;

private:
    PixelFormat m_format;
    std::array<float, 3> m_color; ///< 0 to the depth's largest value
};

/// Takes alpha away; the format must have it.
class EraserSource : public StrokeSource
{
public:
    explicit EraserSource(PixelFormat format);
    void blend(const StrokeSpan &span) const override;

private:
    PixelFormat m_format;
};

} // namespace heirloom

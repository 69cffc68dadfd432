// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <compare>

namespace heirloom
{

/// Which samples a pixel has, in their order in memory. Alpha is always straight (not multiplied
/// into the colours).
enum class Channels : quint8 { Gray = 1, GrayAlpha = 2, Rgb = 3, Rgba = 4 };

/// How one sample is stored. U8 and U16 are full-range (255, 65535 = 1.0), native byte order; F32
/// is 0..1 = black..white and may lie outside while it is being worked on.
enum class Depth : quint8 { U8, U16, F32 };

/// The layout of interleaved pixels; a value that cannot be invalid.
struct PixelFormat {
    Channels channels = Channels::Rgb;
    Depth depth = Depth::U8;

    constexpr int channelCount() const { return int(channels); }
    constexpr int colorCount() const { return isGray() ? 1 : 3; }
    constexpr bool hasAlpha() const
    {
        return channels == Channels::GrayAlpha || channels == Channels::Rgba;
    }
    constexpr bool isGray() const
    {
        return channels == Channels::Gray || channels == Channels::GrayAlpha;
    }
    constexpr int bytesPerSample() const
    {
        return depth == Depth::U8 ? 1 : depth == Depth::U16 ? 2 : 4;
    }
    constexpr int bytesPerPixel() const { return channelCount() * bytesPerSample(); }

    constexpr PixelFormat withDepth(Depth d) const { return {channels, d}; }
    constexpr PixelFormat withAlpha(bool alpha) const
    {
        if (isGray())
            return {alpha ? Channels::GrayAlpha : Channels::Gray, depth};
        return {alpha ? Channels::Rgba : Channels::Rgb, depth};
    }
    constexpr PixelFormat asRgb() const
    {
        return {hasAlpha() ? Channels::Rgba : Channels::Rgb, depth};
    }

    constexpr auto operator<=>(const PixelFormat &) const = default;
};

} // namespace heirloom

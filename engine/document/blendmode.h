// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace heirloom
{

/// The blend modes of "Compositing and Blending Level 1" (W3C), sections 10.1 and 10.2.
enum class BlendMode : quint8 {
    Normal,
    Multiply,
    Screen,
    Overlay,
    SoftLight,
    HardLight,
    Darken,
    Lighten,
    Difference,
    Color,
    Luminosity
};
inline constexpr int BlendModeCount = 11;

/// As a person reads it; translated.
QString blendModeName(BlendMode mode);
/// The stable name used in files ("soft-light").
QString blendModeId(BlendMode mode);
std::optional<BlendMode> blendModeFromId(const QString &id);

/// A row of float pixels in separate channels, colours not multiplied by alpha, 0..1.
struct PixelRow {
    float *color[3] = {};   ///< [0] alone for grey
    float *alpha = nullptr; ///< null: opaque
};

/// Blends source over backdrop, count pixels: W3C source-over with the mode's function, source
/// alpha times opacity times cover (may be null: 1). The result replaces the
/// backdrop. Where the source's share is 0 the backdrop stays to the bit, where Normal's is 1 the
/// source is taken to the bit. colors is 1 or 3. Any thread.
void blendRow(BlendMode mode, int colors, const PixelRow &backdrop, const PixelRow &source,
              const float *cover, float opacity, int count);

/// Puts source in the backdrop's place, colours and alpha together, by its share (opacity times
/// cover): what a result of the whole picture does to a picture that is transparent in places,
/// where source-over would make it too opaque. Colours are mixed multiplied by alpha. Share 0 keeps
/// the backdrop to the bit, share 1 takes the source to the bit. The backdrop has an alpha plane,
/// or the source has none. Any thread.
void replaceRow(int colors, const PixelRow &backdrop, const PixelRow &source, const float *cover,
                float opacity, int count);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QImage>

namespace heirloom
{

/// The only way between Image and QImage. No colour management; a QImage's colour space is neither
/// read nor set. Any thread.

/// Shares the pixels where Qt has the layout (grey 8/16, RGB 8); others are copied: RGBA8888,
/// RGBX64, RGBA64; floats become 16 bit.
QImage toQImage(const Image &image);
/// As the screen takes it fastest: RGB32, or ARGB32_Premultiplied with alpha. 16 bit and floats are
/// rounded to 8.
QImage toScreenImage(const Image &image);
/// Any QImage: grey stays grey, 16 bit stays 16 bit, palettes become RGB(A), premultiplied becomes
/// straight.
Image fromQImage(const QImage &image);

} // namespace heirloom

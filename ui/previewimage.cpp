// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "previewimage.h"

#include "image/colormanagement.h"
#include "image/qtbridge.h"

namespace heirloom
{

QImage previewImage(const Image &pixels, const Canvas &canvas)
{
    const PixelFormat shown{pixels.format().hasAlpha() ? Channels::Rgba : Channels::Rgb, Depth::U8};
    const auto transform = ColorTransform::create(canvas.profile, pixels.format(),
                                                  ColorProfile::sRgb(), shown);
    return toScreenImage(transform ? transform->apply(pixels) : pixels);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom::test
{

/// Smooth slopes, different in every channel, that use the whole range; alpha runs too.
Image gradientPicture(QSize size, PixelFormat format);
/// Independent uniform samples; the same seed gives the same picture.
Image noisePicture(QSize size, PixelFormat format, quint32 seed = 1);
/// Slopes, discs, bars and a little grain: compresses and scales much as a photo does.
Image photoPicture(QSize size, PixelFormat format, quint32 seed = 1);

} // namespace heirloom::test

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/canvas.h"
#include "image/image.h"

#include <QImage>

namespace heirloom
{

/// A piece of a coming result, in the canvas's colour space, as the canvas view shows it (sRGB).
QImage previewImage(const Image &pixels, const Canvas &canvas);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/colormanagement.h"
#include "image/imageinfo.h"

namespace heirloom
{

/// What layers are shown on and exported as. Without alpha in its format, uncovered parts are
/// white. A value.
struct Canvas {
    QSize size;
    PixelFormat format;    ///< of the composite: grey or RGB, with or without alpha, 8 or 16 bit
    ColorProfile profile;  ///< the working space
    Resolution resolution; ///< invalid: unknown

    QRect rect() const { return QRect(QPoint(0, 0), size); }
    bool operator==(const Canvas &) const = default;
};

} // namespace heirloom

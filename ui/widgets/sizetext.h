// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QSizeF>
#include <QString>

namespace heirloom
{

inline constexpr double centimetresPerInch = 2.54;

/// Sizes as people read them, in the locale's figures.
QString pixelsText(QSize size);             ///< "2,400 x 1,600 px"
QString centimetresText(QSizeF centimetres); ///< "20.3 x 13.5 cm"
QString inchesText(QSizeF inches);
/// Of a picture on paper: "20.3 x 13.5 cm at 300 dpi". The resolution must be valid.
QString printText(QSize size, Resolution resolution);
/// Inches; the resolution must be valid.
QSizeF printSize(QSize size, Resolution resolution);
QString megapixelsText(QSize size); ///< "3.8 megapixels"

} // namespace heirloom

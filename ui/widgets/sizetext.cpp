// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sizetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace heirloom
{

namespace
{

/// Gives the texts their context.
struct SizeText {
    Q_DECLARE_TR_FUNCTIONS(heirloom::SizeText)
};

/// At most one place behind the point, and none when it would be 0.
QString figure(double value)
{
    const double tenths = std::round(value * 10) / 10;
    return QLocale().toString(tenths, 'f', tenths == std::floor(tenths) ? 0 : 1);
}

} // namespace

QString pixelsText(QSize size)
{
    return SizeText::tr("%1 \u00d7 %2 px")
        .arg(QLocale().toString(size.width()), QLocale().toString(size.height()));
}

QString centimetresText(QSizeF centimetres)
{
    return SizeText::tr("%1 \u00d7 %2 cm")
        .arg(figure(centimetres.width()), figure(centimetres.height()));
}

QString inchesText(QSizeF inches)
{
    return SizeText::tr("%1 \u00d7 %2 in").arg(figure(inches.width()), figure(inches.height()));
}

QSizeF printSize(QSize size, Resolution resolution)
{
    return {size.width() / resolution.x, size.height() / resolution.y};
}

QString printText(QSize size, Resolution resolution)
{
    return SizeText::tr("%1 at %2 dpi")
        .arg(centimetresText(printSize(size, resolution) * centimetresPerInch))
        .arg(std::lround(resolution.x));
}

QString megapixelsText(QSize size)
{
    const double millions = double(size.width()) * size.height() / 1e6;
    return SizeText::tr("%1 megapixels")
        .arg(QLocale().toString(millions, 'f', millions < 10 ? 1 : 0));
}

} // namespace heirloom

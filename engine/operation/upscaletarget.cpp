// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/upscale.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double LargestFactor = 16;
constexpr int LongestSide = 200000;
constexpr double CentimetresPerInch = 2.54;

QString sizeText(QSize size)
{
    return QStringLiteral("%1x%2").arg(size.width()).arg(size.height());
}

QSize scaled(QSize source, double factor)
{
    return QSize(std::max(1, int(std::lround(source.width() * factor))),
                 std::max(1, int(std::lround(source.height() * factor))));
}

/// The largest size of source's proportions inside a box; a side of 0 is free.
QSize fitted(QSize source, QSizeF box)
{
    const double across = box.width() / source.width();
    const double down = box.height() / source.height();
    if (box.width() > 0 && (box.height() <= 0 || across <= down)) {
        const int width = std::max(1, int(std::lround(box.width())));
        return QSize(width, std::max(1, int(std::lround(source.height() * across))));
    }
    const int height = std::max(1, int(std::lround(box.height())));
    return QSize(std::max(1, int(std::lround(source.width() * down))), height);
}

} // namespace

UpscaleTarget UpscaleTarget::byFactor(double factor)
{
    UpscaleTarget target;
    target.kind = Kind::Factor;
    target.factor = factor;
    return target;
}

UpscaleTarget UpscaleTarget::byPixels(QSize pixels)
{
    UpscaleTarget target;
    target.kind = Kind::Pixels;
    target.pixels = pixels;
    return target;
}

UpscaleTarget UpscaleTarget::byPrint(QSizeF centimetres, double dotsPerInch)
{
    UpscaleTarget target;
    target.kind = Kind::Print;
    target.centimetres = centimetres;
    target.dotsPerInch = dotsPerInch;
    return target;
}

Result<QSize> UpscaleTarget::sizeFor(QSize source) const
{
    const auto nothing = [](const QString &given) {
        return fail(ErrorCode::BadArgument,
                    {given, QCoreApplication::translate("heirloom::Upscale",
                                                        "a size of at least one pixel")});
    };
    QSize size;
    switch (kind) {
    case Kind::Factor:
        if (!(factor >= 1) || factor > LargestFactor) {
            return fail(ErrorCode::BadArgument,
                        {QString::number(factor),
                         QCoreApplication::translate("heirloom::Upscale", "a factor from 1 to %1")
                             .arg(LargestFactor)});
        }
        size = scaled(source, factor);
        break;
    case Kind::Pixels:
        if (pixels.width() <= 0 && pixels.height() <= 0)
            return nothing(sizeText(pixels));
        size = fitted(source, pixels);
        break;
    case Kind::Print: {
        const double dots = dotsPerInch / CentimetresPerInch;
        const QSizeF box = centimetres * dots;
        if (!(std::max(box.width(), box.height()) >= 1))
            return nothing(QStringLiteral("%1x%2cm@%3")
                               .arg(centimetres.width())
                               .arg(centimetres.height())
                               .arg(dotsPerInch));
        size = fitted(source, box);
        break;
    }
    }
    const double factorAsked =
        std::max(double(size.width()) / source.width(), double(size.height()) / source.height());
    // A side of one pixel may round to more than its share.
    if (factorAsked > LargestFactor + 1 || std::max(size.width(), size.height()) > LongestSide) {
        return fail(ErrorCode::BadArgument,
                    {sizeText(size),
                     QCoreApplication::translate(
                         "heirloom::Upscale", "at most %1 times the picture's own %2 pixels, and "
                                              "at most %3 pixels a side")
                         .arg(LargestFactor)
                         .arg(sizeText(source))
                         .arg(LongestSide)});
    }
    return size;
}

Resolution UpscaleTarget::resolutionFor(QSize source, Resolution resolution) const
{
    if (kind == Kind::Print)
        return {dotsPerInch, dotsPerInch};
    const auto size = sizeFor(source);
    if (!resolution.isValid() || !size)
        return resolution;
    return {resolution.x * size->width() / source.width(),
            resolution.y * size->height() / source.height()};
}

namespace
{

const QString scaleKey = QStringLiteral("scale");
const QString widthKey = QStringLiteral("width");
const QString heightKey = QStringLiteral("height");
const QString printWidthKey = QStringLiteral("printWidth");
const QString printHeightKey = QStringLiteral("printHeight");
const QString dpiKey = QStringLiteral("dpi");
const QString modelKey = QStringLiteral("model");

} // namespace

QVariantMap UpscaleSettings::toParameters() const
{
    QVariantMap map;
    switch (target.kind) {
    case UpscaleTarget::Kind::Factor:
        map.insert(scaleKey, target.factor);
        break;
    case UpscaleTarget::Kind::Pixels:
        map.insert(widthKey, target.pixels.width());
        map.insert(heightKey, target.pixels.height());
        break;
    case UpscaleTarget::Kind::Print:
        map.insert(printWidthKey, target.centimetres.width());
        map.insert(printHeightKey, target.centimetres.height());
        map.insert(dpiKey, target.dotsPerInch);
        break;
    }
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<UpscaleSettings> UpscaleSettings::fromParameters(const QVariantMap &parameters)
{
    UpscaleSettings settings;
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        bool ok = true;
        if (it.key() == modelKey)
            settings.model = it->toString();
        else if (QStringList{scaleKey, widthKey, heightKey, printWidthKey, printHeightKey, dpiKey}
                     .contains(it.key()))
            it->toDouble(&ok);
        if (!ok) {
            return fail(ErrorCode::BadArgument,
                        {it.key(), QCoreApplication::translate("heirloom::Upscale", "a number")});
        }
    }
    const auto number = [&](const QString &key) { return parameters.value(key).toDouble(); };
    if (parameters.contains(printWidthKey) || parameters.contains(printHeightKey)) {
        settings.target = UpscaleTarget::byPrint(
            {number(printWidthKey), number(printHeightKey)},
            parameters.value(dpiKey, settings.target.dotsPerInch).toDouble());
    } else if (parameters.contains(widthKey) || parameters.contains(heightKey)) {
        settings.target =
            UpscaleTarget::byPixels({parameters.value(widthKey).toInt(),
                                     parameters.value(heightKey).toInt()});
    } else if (parameters.contains(scaleKey)) {
        settings.target = UpscaleTarget::byFactor(number(scaleKey));
    }
    return settings;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/heatfigures.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace heirloom
{

namespace
{

/// Gives the texts their context.
struct HeatText {
    Q_DECLARE_TR_FUNCTIONS(heirloom::HeatFigures)
};

/// Never says "none" or "all" where that is not so to the pixel.
QString percent(qint64 part, qint64 whole)
{
    const QLocale locale;
    const double share = whole > 0 ? 100.0 * double(part) / double(whole) : 0;
    if (part == 0 || part == whole)
        return HeatText::tr("%1 %").arg(locale.toString(share, 'f', 0));
    if (share < 0.1)
        return HeatText::tr("less than %1 %").arg(locale.toString(0.1, 'f', 1));
    if (share > 99.9)
        return HeatText::tr("more than %1 %").arg(locale.toString(99.9, 'f', 1));
    const int decimals = share < 10 || share > 99 ? 1 : 0;
    return HeatText::tr("%1 %").arg(locale.toString(share, 'f', decimals));
}

QString steps(double value)
{
    return QLocale().toString(value, 'f', value < 10 ? 1 : 0);
}

} // namespace

HeatFigures HeatFigures::of(const DifferenceFigures &f)
{
    const QLocale locale;
    if (f.differing == 0)
        return {HeatText::tr("Nothing differs: every pixel is as in the original."), {}};
    QString figure = HeatText::tr("%1 of pixels changed").arg(percent(f.changed, f.pixels));
    if (f.outside > 0)
        figure =
            HeatText::tr("%1; outside masks: %2").arg(figure, locale.toString(f.differingOutside));
    QString more = HeatText::tr("In steps of 255: mean %1, largest %2.")
                       .arg(steps(f.mean()), steps(f.largest));
    if (f.differing > f.changed)
        more += u' ' + HeatText::tr("%1 pixels changed by less than a step.")
                           .arg(locale.toString(f.differing - f.changed));
    return {figure, more};
}

HeatFigures HeatFigures::of(const InventedDetailFigures &f)
{
    if (!f.hasAiLayers)
        return {HeatText::tr("No layer made by a network is shown: nothing is invented."), {}};
    if (f.noticeable == 0)
        return {HeatText::tr("Next to nothing is invented: less than 10 % of the detail anywhere."),
                {}};
    const QString figure = HeatText::tr("In %1 of the picture some detail is invented, in %2 most")
                               .arg(percent(f.noticeable, f.pixels), percent(f.dominant, f.pixels));
    const QString more =
        HeatText::tr("Added / there before, in steps of 255: fine %1 / %2, middle %3 / %4, "
                     "coarse %5 / %6")
            .arg(steps(f.added(0)), steps(f.there(0)), steps(f.added(1)), steps(f.there(1)),
                 steps(f.added(2)), steps(f.there(2)));
    return {figure, more};
}

HeatFigures HeatFigures::of(const FillFigures &f)
{
    if (!f.hasFills)
        return {HeatText::tr("No fill is shown: fill a selection first."), {}};
    return {
        HeatText::tr("Of what was filled, a network did %1").arg(percent(f.byNetwork, f.filled)),
        HeatText::tr("Light: by the network. Dark: by a classical method.")};
}

} // namespace heirloom

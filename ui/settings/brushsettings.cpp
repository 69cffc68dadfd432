// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/brushsettings.h"

#include "settings/settings.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace heirloom
{

namespace
{

QJsonObject all(const Settings &settings)
{
    return QJsonDocument::fromJson(settings.value(setting::brushes).toUtf8()).object();
}

} // namespace

Brush keptBrush(const Settings &settings, const QString &tool)
{
    const QJsonObject kept = all(settings).value(tool).toObject();
    Brush brush;
    const auto number = [&kept](const char *key, double usual) {
        return kept.value(QLatin1String(key)).toDouble(usual);
    };
    brush.setSize(number("size", brush.size()));
    brush.setHardness(number("hardness", brush.hardness()));
    brush.setOpacity(number("opacity", brush.opacity()));
    brush.setFlow(number("flow", brush.flow()));
    brush.setSpacing(number("spacing", brush.spacing()));
    brush.setSmoothing(number("smoothing", brush.smoothing()));
    brush.setPressureCurve(number("pressureCurve", brush.pressureCurve()));
    brush.setPressesSize(kept.value(QLatin1String("pressesSize")).toBool(brush.pressesSize()));
    brush.setPressesOpacity(
        kept.value(QLatin1String("pressesOpacity")).toBool(brush.pressesOpacity()));
    return brush;
}

void keepBrush(Settings &settings, const QString &tool, const Brush &brush)
{
    QJsonObject kept = all(settings);
    kept.insert(tool, QJsonObject{{QStringLiteral("size"), brush.size()},
                                  {QStringLiteral("hardness"), brush.hardness()},
                                  {QStringLiteral("opacity"), brush.opacity()},
                                  {QStringLiteral("flow"), brush.flow()},
                                  {QStringLiteral("spacing"), brush.spacing()},
                                  {QStringLiteral("smoothing"), brush.smoothing()},
                                  {QStringLiteral("pressureCurve"), brush.pressureCurve()},
                                  {QStringLiteral("pressesSize"), brush.pressesSize()},
                                  {QStringLiteral("pressesOpacity"), brush.pressesOpacity()}});
    settings.set(setting::brushes,
                 QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)));
}

} // namespace heirloom

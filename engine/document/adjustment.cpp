// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/adjustment.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

namespace
{

using Parameter = AdjustmentParameter;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Adjustment", text);
}

Parameter number(const char *key, const char *label, double value, double low, double high,
                 double step, int decimals, const char *unit = "", const char *group = nullptr)
{
    return {QLatin1String(key),
            tr(label),
            Parameter::Kind::Number,
            value,
            low,
            high,
            step,
            decimals,
            QLatin1String(unit),
            group ? tr(group) : QString()};
}

/// -100 to 100 around 0.
Parameter balance(const char *key, const char *label, const char *group = nullptr)
{
    return number(key, label, 0, -100, 100, 1, 0, "", group);
}

Parameter curve(const char *key, const char *label)
{
    Parameter p;
    p.key = QLatin1String(key);
    p.label = tr(label);
    p.kind = Parameter::Kind::Curve;
    return p;
}

#define TEXT(text) QT_TRANSLATE_NOOP("heirloom::Adjustment", text)

struct Range {
    const char *key;
    const char *name;
};
constexpr Range eightRanges[] = {{"red", TEXT("Reds")},       {"orange", TEXT("Oranges")},
                                 {"yellow", TEXT("Yellows")}, {"green", TEXT("Greens")},
                                 {"aqua", TEXT("Aquas")},     {"blue", TEXT("Blues")},
                                 {"purple", TEXT("Purples")}, {"magenta", TEXT("Magentas")}};

QList<Parameter> hslParameters()
{
    QList<Parameter> list;
    for (const Range &range : eightRanges) {
        const QByteArray key(range.key);
        list << balance((key + "-hue").constData(), TEXT("Hue"), range.name)
             << balance((key + "-saturation").constData(), TEXT("Saturation"), range.name)
             << balance((key + "-luminance").constData(), TEXT("Luminance"), range.name);
    }
    return list;
}

QList<AdjustmentInfo> table()
{
    return {
        {QStringLiteral("levels"),
         tr(TEXT("Levels")),
         QStringLiteral("levels"),
         false,
         0,
         {number("black", TEXT("Black point"), 0, 0, 254, 1, 0),
          number("gamma", TEXT("Midtones"), 1, 0.1, 9.99, 0.01, 2),
          number("white", TEXT("White point"), 255, 1, 255, 1, 0),
          number("output-black", TEXT("Darkest output"), 0, 0, 255, 1, 0),
          number("output-white", TEXT("Lightest output"), 255, 0, 255, 1, 0)}},
        {QStringLiteral("curves"),
         tr(TEXT("Curves")),
         QStringLiteral("curves"),
         false,
         0,
         {curve("master", TEXT("All channels")), curve("red", TEXT("Red")),
          curve("green", TEXT("Green")), curve("blue", TEXT("Blue"))}},
        {QStringLiteral("exposure"),
         tr(TEXT("Exposure")),
         QStringLiteral("exposure"),
         false,
         0,
         {number("exposure", TEXT("Exposure"), 0, -5, 5, 0.05, 2, "EV")}},
        {QStringLiteral("white-balance"),
         tr(TEXT("White balance")),
         QStringLiteral("white-balance"),
         true,
         0,
         {balance("temperature", TEXT("Temperature")), balance("tint", TEXT("Tint"))}},
        {QStringLiteral("shadows-highlights"),
         tr(TEXT("Shadows and highlights")),
         QStringLiteral("shadows-highlights"),
         false,
         maxShadowRadius * 3,
         {balance("shadows", TEXT("Shadows")), balance("highlights", TEXT("Highlights")),
          number("radius", TEXT("Radius"), 30, 1, maxShadowRadius, 1, 0, "px")}},
        {QStringLiteral("hsl"), tr(TEXT("Colours by range")), QStringLiteral("hsl"), false, 0,
         hslParameters()},
        {QStringLiteral("saturation"),
         tr(TEXT("Saturation")),
         QStringLiteral("saturation"),
         false,
         0,
         {balance("saturation", TEXT("Saturation")), balance("vibrance", TEXT("Vibrance"))}},
        {QStringLiteral("black-and-white"),
         tr(TEXT("Black and white")),
         QStringLiteral("black-and-white"),
         false,
         0,
         {number("amount", TEXT("Amount"), 0, 0, 100, 1, 0, "%"), balance("red", TEXT("Reds")),
          balance("yellow", TEXT("Yellows")), balance("green", TEXT("Greens")),
          balance("aqua", TEXT("Aquas")), balance("blue", TEXT("Blues")),
          balance("magenta", TEXT("Magentas"))}},
        {QStringLiteral("sharpen"),
         tr(TEXT("Sharpen")),
         QStringLiteral("sharpen"),
         false,
         maxSharpenRadius * 3,
         {number("amount", TEXT("Amount"), 0, 0, 300, 1, 0, "%"),
          number("radius", TEXT("Radius"), 1, 0.3, maxSharpenRadius, 0.1, 1, "px"),
          number("threshold", TEXT("Threshold"), 0, 0, 50, 1, 0)}},
        {QStringLiteral("grain"),
         tr(TEXT("Grain")),
         QStringLiteral("grain"),
         false,
         0,
         {number("amount", TEXT("Amount"), 0, 0, 100, 1, 0, "%"),
          number("size", TEXT("Size"), 1.5, 1, 8, 0.1, 1, "px"),
          number("color", TEXT("In colour"), 0, 0, 1, 1, 0),
          number("seed", TEXT("Pattern"), 1, 1, 999, 1, 0)}},
    };
}

QVariantList straightLine()
{
    return {QVariantList{0.0, 0.0}, QVariantList{1.0, 1.0}};
}

/// Points in order inside 0..1, or the straight line where they make no curve.
QVariantList cleanCurve(const QVariant &value)
{
    QVariantList points;
    double last = -1;
    for (const QVariant &entry : value.toList()) {
        const QVariantList xy = entry.toList();
        if (xy.size() != 2)
            return straightLine();
        const double x = std::clamp(xy[0].toDouble(), 0.0, 1.0);
        if (!(x > last))
            return straightLine();
        last = x;
        points << QVariant(QVariantList{x, std::clamp(xy[1].toDouble(), 0.0, 1.0)});
    }
    return points.size() < 2 ? straightLine() : points;
}

} // namespace

const QList<AdjustmentInfo> &adjustments()
{
    static const QList<AdjustmentInfo> all = table();
    return all;
}

const AdjustmentInfo *findAdjustment(const QString &id)
{
    const auto &all = adjustments();
    const auto found =
        std::find_if(all.begin(), all.end(), [&id](const auto &info) { return info.id == id; });
    return found == all.end() ? nullptr : &*found;
}

QVariantMap completeParameters(const AdjustmentContent &content)
{
    QVariantMap result;
    const AdjustmentInfo *info = findAdjustment(content.id);
    if (!info)
        return result;
    for (const Parameter &p : info->parameters) {
        const auto given = content.parameters.constFind(p.key);
        if (p.kind == Parameter::Kind::Curve) {
            result.insert(p.key, given == content.parameters.constEnd() ? straightLine()
                                                                        : cleanCurve(*given));
            continue;
        }
        bool isNumber = false;
        const double value =
            given == content.parameters.constEnd() ? 0 : given->toDouble(&isNumber);
        result.insert(p.key, isNumber && value == value ? std::clamp(value, p.minimum, p.maximum)
                                                        : p.defaultValue);
    }
    return result;
}

bool isNeutral(const AdjustmentContent &content)
{
    const AdjustmentInfo *info = findAdjustment(content.id);
    if (!info)
        return true;
    const QVariantMap values = completeParameters(content);
    const auto value = [&values](const char *key) {
        return values.value(QLatin1String(key)).toDouble();
    };
    // Some only say how, not how much.
    if (content.id == QLatin1String("black-and-white") || content.id == QLatin1String("sharpen") ||
        content.id == QLatin1String("grain"))
        return value("amount") == 0;
    if (content.id == QLatin1String("shadows-highlights"))
        return value("shadows") == 0 && value("highlights") == 0;
    for (const Parameter &p : info->parameters) {
        if (p.kind == Parameter::Kind::Curve) {
            for (const QVariant &point : values.value(p.key).toList()) {
                if (point.toList()[0] != point.toList()[1])
                    return false;
            }
            if (values.value(p.key).toList().first().toList()[0].toDouble() != 0 ||
                values.value(p.key).toList().last().toList()[0].toDouble() != 1)
                return false;
        } else if (values.value(p.key).toDouble() != p.defaultValue) {
            return false;
        }
    }
    return true;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorize.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

const QString hintsKey = QStringLiteral("hints");
const QString saturationKey = QStringLiteral("saturation");
const QString warmthKey = QStringLiteral("warmth");
const QString variantKey = QStringLiteral("variant");
const QString seedKey = QStringLiteral("seed");
const QString ownKey = QStringLiteral("own");
const QString skinKey = QStringLiteral("skin");
const QString subjectKey = QStringLiteral("subject");
const QString subjectOff = QStringLiteral("off");
const QString subjectNotYet = QStringLiteral("not yet");
const QString modelKey = QStringLiteral("model");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Colorize", text);
}

Error outOfRange(const QString &key, const QVariant &value, double least, double most)
{
    return {ErrorCode::BadArgument,
            {QStringLiteral("%1 %2").arg(key, value.toString()),
             tr("%1 from %2 to %3").arg(key).arg(least).arg(most)}};
}

} // namespace

QVariantMap ColorizeSettings::toParameters() const
{
    QVariantMap map{{saturationKey, taste.saturation}, {warmthKey, taste.warmth}};
    if (!hints.isEmpty())
        map.insert(hintsKey, QString::fromUtf8(hints.toJson()));
    if (variant != 0) {
        map.insert(variantKey, variant);
        map.insert(seedKey, seed);
    }
    if (keepsOwn)
        map.insert(ownKey, true);
    if (!findsSkin)
        map.insert(skinKey, false);
    if (subject != Subject::Used)
        map.insert(subjectKey, subject == Subject::Off ? subjectOff : subjectNotYet);
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<ColorizeSettings> ColorizeSettings::fromParameters(const QVariantMap &parameters)
{
    ColorizeSettings settings;
    const auto hints = ColorHints::fromJson(parameters.value(hintsKey).toString().toUtf8());
    if (!hints)
        return fail(hints.error());
    settings.hints = *hints;
    settings.model = parameters.value(modelKey).toString();
    struct Number {
        const QString &key;
        double least, most, otherwise;
    };
    for (const Number &n : {Number{saturationKey, 0, 200, 100}, Number{warmthKey, -100, 100, 0},
                            Number{variantKey, 0, mostVariants, 0}}) {
        const QVariant value = parameters.value(n.key, n.otherwise);
        bool isNumber = false;
        const double number = value.toDouble(&isNumber);
        if (!isNumber || !(number >= n.least && number <= n.most))
            return fail(outOfRange(n.key, value, n.least, n.most));
    }
    settings.taste.saturation = parameters.value(saturationKey, 100).toDouble();
    settings.taste.warmth = parameters.value(warmthKey, 0).toDouble();
    settings.variant = parameters.value(variantKey, 0).toInt();
    settings.seed = parameters.value(seedKey, 0).toULongLong();
    settings.keepsOwn = parameters.value(ownKey, false).toBool();
    settings.findsSkin = parameters.value(skinKey, true).toBool();
    const QString subject = parameters.value(subjectKey).toString();
    settings.subject = subject == subjectOff      ? Subject::Off
                       : subject == subjectNotYet ? Subject::NotYet
                                                  : Subject::Used;
    return settings;
}

QList<Parameter> Colorize::parameters()
{
    return {
        {hintsKey, tr("Hints"), QString(), {}, {}, {}, {}},
        {saturationKey, tr("Saturation"), 100.0, 0.0, 200.0, {}, QStringLiteral("%")},
        {warmthKey, tr("Warmth"), 0.0, -100.0, 100.0, {}, {}},
        {variantKey, tr("Variant"), 0, 0, ColorizeSettings::mostVariants, {}, {}},
        {seedKey, tr("Seed"), 0, {}, {}, {}, {}},
        {ownKey, tr("Keep own colours"), false, {}, {}, {}, {}},
        {skinKey, tr("Skin in faces"), true, {}, {}, {}, {}},
        {subjectKey,
         tr("Hints know the subject"),
         QString(),
         {},
         {},
         {QString(), subjectOff, subjectNotYet},
         {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/holefill.h"
#include "operation/inpaint.h"
#include "operation/patchfiller.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

const QString methodKey = QStringLiteral("method");
const QString modelKey = QStringLiteral("model");
const QString networkKey = QStringLiteral("network");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Inpaint", text);
}

bool isClassical(const QString &method)
{
    return method == InpaintSettings::classicalMethod || method == PatchFiller::id() ||
           classicalFillNamed(method);
}

} // namespace

QVariantMap InpaintSettings::toParameters() const
{
    QVariantMap map{{methodKey, method}};
    if (!model.isEmpty())
        map.insert(modelKey, model);
    if (network < 100)
        map.insert(networkKey, network);
    return map;
}

Result<InpaintSettings> InpaintSettings::fromParameters(const QVariantMap &parameters)
{
    InpaintSettings settings;
    settings.method = parameters.value(methodKey, autoMethod).toString();
    settings.model = parameters.value(modelKey).toString();
    const QVariant network = parameters.value(networkKey, settings.network);
    bool isNumber = false;
    settings.network = network.toDouble(&isNumber);
    if (!isNumber || !(settings.network >= 0 && settings.network <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {network.toString(), tr("a network's share from 0 to 100")});
    }
    const bool learned = settings.method == autoMethod || settings.method == neuralMethod;
    if (!learned && !isClassical(settings.method)) {
        return fail(ErrorCode::BadArgument,
                    {settings.method, tr("auto, neural, classical, membrane, telea, navier-stokes "
                                         "or patch-match")});
    }
    if (!learned && !settings.model.isEmpty()) {
        return fail(ErrorCode::BadArgument,
                    {settings.model, tr("no model with a classical method")});
    }
    return settings;
}

QList<Parameter> Inpaint::parameters()
{
    return {
        {methodKey, tr("Method"), InpaintSettings::autoMethod, {}, {},
         {InpaintSettings::autoMethod, InpaintSettings::neuralMethod,
          InpaintSettings::classicalMethod, classicalFillName(ClassicalFill::Membrane),
          classicalFillName(ClassicalFill::Telea), classicalFillName(ClassicalFill::NavierStokes),
          PatchFiller::id()},
         {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {networkKey, tr("Network"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

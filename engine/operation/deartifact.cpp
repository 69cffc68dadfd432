// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/deartifact.h"

#include "operation/jpegestimate.h"
#include "operation/shifteddct.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

const QString qualityKey = QStringLiteral("quality");
const QString modelKey = QStringLiteral("model");
const QString autoValue = QStringLiteral("auto");

/// The sigma at which FFDNet gains most on held-out training photographs, by quality.
struct Match {
    double quality, sigma;
};
constexpr std::array matches = {Match{5, 40},  Match{10, 26}, Match{20, 16}, Match{30, 12},
                                Match{40, 10}, Match{60, 7},  Match{75, 4.7}, Match{85, 3.2},
                                Match{92, 1.5}};

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Deartifact", text);
}

RepairMethods methods()
{
    return {
        Deartifact::id(),
        Deartifact::twinId(),
        ShiftedDct::description().halo,
        0,
        tr("No model for JPEG traces is installed, so shifted cosine transforms were used; they "
           "keep less detail."),
        tr("%1 Instead, shifted cosine transforms were used.")};
}

Result<void> check(const DeartifactSettings &settings)
{
    if (settings.quality && !(*settings.quality >= 1 && *settings.quality <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.quality), tr("a JPEG quality from 1 to 100")});
    }
    return checkStrength(settings.strength);
}

} // namespace

QVariantMap DeartifactSettings::toParameters() const
{
    QVariantMap map{{qualityKey, quality ? QVariant(*quality) : QVariant(autoValue)}};
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<DeartifactSettings> DeartifactSettings::fromParameters(const QVariantMap &parameters)
{
    DeartifactSettings settings;
    settings.model = parameters.value(modelKey).toString();
    const QVariant quality = parameters.value(qualityKey, autoValue);
    if (quality.toString() != autoValue) {
        bool ok = false;
        settings.quality = int(std::lround(quality.toDouble(&ok)));
        if (!ok) {
            return fail(ErrorCode::BadArgument,
                        {quality.toString(), tr("\"auto\" or a JPEG quality from 1 to 100")});
        }
    }
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

Result<OperationPlan> planDeartifact(const OperationPicture &picture,
                                     const DeartifactSettings &settings,
                                     const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    return planRepairOf(picture, settings, methods(), context);
}

Deartifact::Deartifact(RepairParts parts, DeartifactSettings settings)
    : TiledRepair(parts, parts.networkOr([] { return std::make_shared<ShiftedDct>(); }))
    , m_settings(std::move(settings))
{
    m_settings.model = plan().method;
}

Result<std::unique_ptr<Deartifact>> Deartifact::create(const OperationPicture &picture,
                                                          const DeartifactSettings &settings,
                                                          const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, settings.model, settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Deartifact>(new Deartifact(std::move(*parts), settings));
}

double Deartifact::sigmaFor(int quality)
{
    if (quality <= matches.front().quality)
        return matches.front().sigma;
    for (size_t i = 1; i < matches.size(); ++i) {
        const Match &a = matches[i - 1];
        const Match &b = matches[i];
        if (quality <= b.quality)
            return a.sigma + (b.sigma - a.sigma) * (quality - a.quality) / (b.quality - a.quality);
    }
    return 0;
}

bool Deartifact::isIdle() const
{
    return m_settings.quality && *m_settings.quality >= cleanQuality;
}

QString Deartifact::idleText() const
{
    return tr("No traces of JPEG were found, so nothing was changed.");
}

QVariantMap Deartifact::shownParameters() const
{
    return {{qualityKey, m_settings.quality ? QVariant(*m_settings.quality) : QVariant(autoValue)}};
}

QMap<QString, double> Deartifact::scalars() const
{
    return {{QStringLiteral("sigma"), sigmaFor(m_settings.quality.value_or(100)) / 255}};
}

Result<QVariantMap> Deartifact::settle(ImageSource &source, const Progress &progress)
{
    if (!isSettled()) {
        const auto found = estimateJpegQuality(source, progress);
        if (!found)
            return fail(found.error());
        m_settings.quality = found->value_or(100);
    }
    return m_settings.toParameters();
}

QList<Parameter> Deartifact::parameters()
{
    return {
        {qualityKey, tr("JPEG quality"), autoValue, 1, 100, {}, {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/scratches.h"

#include "operation/autonumber.h"
#include "operation/detailscale.h"

#include <QCoreApplication>

#include <array>
#include <utility>

namespace heirloom
{

namespace
{

const QString thresholdKey = QStringLiteral("threshold");
const QString kindKey = QStringLiteral("kind");
const QString finderKey = QStringLiteral("finder");
const QString scaleKey = QStringLiteral("scale");
const QString finderVersionKey = QStringLiteral("finder_version");
constexpr double Searching = 0.5; ///< of settle()'s and run()'s time

constexpr std::array kinds = {
    std::pair{DamageKind::All, QLatin1StringView("all")},
    std::pair{DamageKind::Lines, QLatin1StringView("lines")},
    std::pair{DamageKind::Dust, QLatin1StringView("dust")},
};

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Scratches", text);
}

/// A picture of one pixel: its plan is the fill's for any mask.
OperationPicture anyMask(const OperationPicture &picture)
{
    Image mask(QSize(1, 1), {Channels::Gray, Depth::U8});
    mask.fill(0);
    return {mask.size(), picture.format, picture.icc, mask};
}

} // namespace

QVariantMap ScratchesSettings::toParameters() const
{
    QVariantMap map = fill.toParameters();
    map.insert(thresholdKey, threshold);
    map.insert(scaleKey, valueOrAuto(scale));
    for (const auto &[value, name] : kinds) {
        if (value == kind)
            map.insert(kindKey, QString(name));
    }
    if (!finder.isEmpty())
        map.insert(finderKey, finder);
    return map;
}

Result<ScratchesSettings> ScratchesSettings::fromParameters(const QVariantMap &parameters)
{
    ScratchesSettings settings;
    auto fill = InpaintSettings::fromParameters(parameters);
    if (!fill)
        return fail(fill.error());
    settings.fill = *fill;
    settings.finder = parameters.value(finderKey).toString();
    const QVariant threshold = parameters.value(thresholdKey, defaultThreshold);
    bool good = false;
    settings.threshold = threshold.toDouble(&good);
    if (!good || !(settings.threshold >= 0 && settings.threshold <= 1))
        return fail(ErrorCode::BadArgument, {threshold.toString(), tr("a threshold from 0 to 1")});
    const auto scale = numberOrAuto(parameters, scaleKey);
    if (!scale)
        return fail(scale.error());
    if (*scale && !(**scale >= 1 && **scale <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {parameters.value(scaleKey).toString(),
                     tr("\"auto\" or a share of the picture's side from 1 to 100 %")});
    }
    settings.scale = *scale;
    const QString wanted = parameters.value(kindKey, QStringLiteral("all")).toString();
    for (const auto &[value, name] : kinds) {
        if (wanted == name) {
            settings.kind = value;
            return settings;
        }
    }
    return fail(ErrorCode::BadArgument, {wanted, tr("all, lines or dust")});
}

Result<OperationPlan> planScratches(const OperationPicture &picture,
                                    const ScratchesSettings &settings,
                                    const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    auto plan = planInpaint(anyMask(picture), settings.fill, context);
    if (!plan)
        return fail(plan.error());
    auto fill = InpaintSettings::fromParameters(plan->parameters);
    if (!fill)
        return fail(fill.error());
    const auto finder = planDamageFinder(settings.finder, context);
    if (!finder)
        return fail(finder.error());
    ScratchesSettings named = settings;
    named.fill = *fill;
    named.finder = finder->method;
    plan->operation = Scratches::id();
    plan->parameters = named.toParameters();
    if (!finder->modelVersion.isEmpty())
        plan->parameters.insert(finderVersionKey, finder->modelVersion);
    plan->warnings = finder->warnings + plan->warnings;
    plan->target = picture.size;
    plan->reach = -1; // one piece of damage may go all over the picture
    return plan;
}

Scratches::Scratches(OperationPicture picture, ScratchesSettings settings,
                     const OperationContext &context, QVariantMap parameters)
    : m_picture(std::move(picture))
    , m_settings(std::move(settings))
    , m_context(context)
    , m_parameters(std::move(parameters))
{
}

Result<std::unique_ptr<Scratches>> Scratches::create(const OperationPicture &picture,
                                                     const ScratchesSettings &settings,
                                                     const OperationContext &context)
{
    auto plan = planScratches(picture, settings, context);
    if (!plan)
        return fail(plan.error());
    return std::unique_ptr<Scratches>(
        new Scratches({picture.size, picture.format, picture.icc, {}}, settings, context,
                      std::move(plan->parameters)));
}

Result<QVariantMap> Scratches::settle(ImageSource &source, const Progress &progress)
{
    if (m_fill)
        return m_parameters;
    const auto finder = loadDamageFinder(m_settings.finder, m_context);
    if (!finder)
        return fail(finder.error());
    m_warnings = finder->plan.warnings;
    m_parameters.insert(finderKey, finder->plan.method);
    if (!finder->network)
        m_parameters.remove(finderVersionKey);
    const auto map = findDamage(source, finder->network.get(), {m_settings.scale, m_context},
                                progress.sub(0, Searching));
    if (!map)
        return fail(map.error());
    m_warnings += map->warnings;
    m_parameters.insert(scaleKey, map->percent);
    m_picture.mask = damageMask(*map, m_settings.threshold, m_settings.kind);
    InpaintSettings fill = m_settings.fill;
    fill.strength = m_settings.strength;
    auto made = Inpaint::create(m_picture, fill, m_context);
    if (!made)
        return fail(made.error());
    if (auto settled = (*made)->settle(source, progress.sub(Searching, 1 - Searching)); !settled)
        return fail(settled.error());
    m_fill = std::move(*made);
    return m_parameters;
}

Result<OperationRecord> Scratches::record(Result<OperationRecord> filled) const
{
    if (!filled)
        return filled;
    filled->operation = id();
    filled->parameters.insert(thresholdKey, m_settings.threshold);
    for (const QString &key : {kindKey, scaleKey, finderKey, finderVersionKey}) {
        if (m_parameters.contains(key))
            filled->parameters.insert(key, m_parameters.value(key));
    }
    if (filled->alteration == Alteration::None)
        filled->warnings = {tr("No scratches or dust were found, so nothing was changed.")};
    filled->warnings = m_warnings + filled->warnings;
    return filled;
}

Result<OperationRecord> Scratches::run(ImageSource &source, RowSink &sink, const Progress &progress)
{
    if (!m_fill)
        return fail(ErrorCode::Internal, {QStringLiteral("scratches: not settled")});
    return record(m_fill->run(source, sink, progress));
}

Result<OperationRecord> Scratches::runRegion(ImageSource &source, const QRect &region,
                                             QPoint centre, const TileSink &finished,
                                             const Progress &progress)
{
    if (!m_fill)
        return fail(ErrorCode::Internal, {QStringLiteral("scratches: not settled")});
    return record(m_fill->runRegion(source, region, centre, finished, progress));
}

QList<Parameter> Scratches::parameters()
{
    QList<Parameter> list{
        {thresholdKey, tr("Threshold"), ScratchesSettings::defaultThreshold, 0.0, 1.0, {}, {}},
        {kindKey, tr("Kind"), QStringLiteral("all"), {}, {},
         {QStringLiteral("all"), QStringLiteral("lines"), QStringLiteral("dust")}, {}},
        {finderKey, tr("Found by"), QString(), {}, {}, {}, {}},
        {scaleKey, tr("Detail scale"), QStringLiteral("auto"), 1.0, 100.0, {}, QStringLiteral("%")},
    };
    return list + Inpaint::parameters();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/texture.h"

#include "operation/autonumber.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString amountKey = QStringLiteral("amount");
const QString wavesKey = QStringLiteral("waves");
const QString autoValue = QStringLiteral("auto");

/// Width of the notches at 100 as a share of the texture's lowest frequency: from one to the next.
constexpr double FullWidth = 0.5;
/// Paper hardly stands out, and takes little of the picture with it; a screen carries the picture
/// and has it around each of its frequencies. The best of a few on seeded papers and screens.
constexpr double PaperContrast = 25, ScreenContrast = 55;
constexpr double PaperAmount = 20, ScreenAmount = 65;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Texture", text);
}

RepairMethods methods()
{
    return RepairMethods::classical(Texture::id(), Texture::twinId());
}

Result<void> check(const TextureSettings &settings)
{
    if (settings.amount && !(*settings.amount >= 0 && *settings.amount <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.amount), tr("an amount from 0 to 100")});
    }
    return checkStrength(settings.strength);
}

} // namespace

QVariantMap TextureSettings::toParameters() const
{
    return {{amountKey, valueOrAuto(amount)}, {wavesKey, valueOrAuto(waves)}};
}

Result<TextureSettings> TextureSettings::fromParameters(const QVariantMap &parameters)
{
    TextureSettings settings;
    const auto amount = numberOrAuto(parameters, amountKey);
    if (!amount)
        return fail(amount.error());
    settings.amount = *amount;
    const auto waves = textOrAuto<PeriodicTexture>(parameters, wavesKey);
    if (!waves)
        return fail(waves.error());
    settings.waves = *waves;
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

Result<OperationPlan> planTexture(const OperationPicture &picture, const TextureSettings &settings,
                                  const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepair(picture, Texture::twinId(), methods(), context);
    if (!plan)
        return plan;
    plan->parameters = settings.toParameters();
    // What is to be found comes from everywhere.
    plan->reach = settings.waves ? NotchFilter::windowFor(*settings.waves) : -1;
    return plan;
}

Texture::Texture(RepairParts parts, std::shared_ptr<NotchFilter> filter, TextureSettings settings)
    : TiledRepair(std::move(parts), filter)
    , m_filter(std::move(filter))
    , m_settings(std::move(settings))
{
    if (isSettled())
        prepare();
}

Result<std::unique_ptr<Texture>> Texture::create(const OperationPicture &picture,
                                                 const TextureSettings &settings,
                                                 const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, twinId(), settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Texture>(
        new Texture(std::move(*parts), std::make_shared<NotchFilter>(), settings));
}

double Texture::amountFor(double contrast)
{
    const double share = std::log(std::max(contrast, 1e-3) / PaperContrast) /
                         std::log(ScreenContrast / PaperContrast);
    return std::round(PaperAmount +
                      (ScreenAmount - PaperAmount) * std::clamp(share, 0.0, 1.0));
}

void Texture::prepare()
{
    m_filter->set(*m_settings.waves, *m_settings.amount / 100 * FullWidth);
}

bool Texture::isIdle() const
{
    return isSettled() && (m_settings.waves->isEmpty() || *m_settings.amount <= 0);
}

QString Texture::idleText() const
{
    return tr("No texture of a paper or of printed dots was found, so nothing was changed.");
}

Result<QVariantMap> Texture::settle(ImageSource &source, const Progress &progress)
{
    if (isSettled())
        return m_settings.toParameters();
    const auto found = findTexture(source, progress);
    if (!found)
        return fail(found.error());
    // As files keep them, so that a result can be made again from what it says of itself.
    if (!m_settings.waves)
        m_settings.waves = *PeriodicTexture::fromText(found->toText());
    if (!m_settings.amount)
        m_settings.amount = m_settings.waves->isEmpty() ? 0 : amountFor(found->contrast);
    prepare();
    return m_settings.toParameters();
}

QList<Parameter> Texture::parameters()
{
    return {
        {amountKey, tr("Amount"), autoValue, 0.0, 100.0, {}, QStringLiteral("%")},
        {wavesKey, tr("Waves"), autoValue, {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/sheenfilter.h"
#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct SilveringSettings {
    double amount = 100;              ///< per cent of the sheen that is taken away
    std::optional<SilverSheen> sheen; ///< nothing: findSheen() of the picture
    double strength = 100; ///< 0 = the picture as it is, 100 = without the sheen
    bool operator==(const SilveringSettings &) const = default;

    /// "amount" and "sheen" (SilverSheen::toText() or "auto"). Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<SilveringSettings> fromParameters(const QVariantMap &parameters);
};

/// Takes the bluish sheen out of the shadows of old silver prints, and the light that it adds to
/// them (SheenFilter). A picture without one is left exactly as it is, and the record says so.
class Silvering : public TiledRepair
{
public:
    /// Errors: BadArgument, Internal (a profile that does not fit).
    static Result<std::unique_ptr<Silvering>> create(const OperationPicture &picture,
                                                     const SilveringSettings &settings,
                                                     const OperationContext &context);

    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    static QString id() { return QStringLiteral("silvering"); }
    static QString twinId() { return QStringLiteral("sheen"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.sheen.has_value(); }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override { return m_settings.toParameters(); }
    QMap<QString, double> scalars() const override;

private:
    Silvering(RepairParts parts, std::shared_ptr<SheenFilter> filter, SilveringSettings settings);

    std::shared_ptr<SheenFilter> m_filter;
    SilveringSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planSilvering(const OperationPicture &picture,
                                    const SilveringSettings &settings,
                                    const OperationContext &context);

} // namespace heirloom

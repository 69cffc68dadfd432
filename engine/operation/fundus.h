// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/fundusfilter.h"
#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct FundusSettings {
    double light = 80;     ///< per cent of the unevenness of the light that is taken away
    double contrast = 60;  ///< per cent of the way to the equalised green
    double limit = 2; ///< of a level's count, times the mean's: 1 changes nothing much, 10 is harsh
    std::optional<FundusField> field; ///< nothing: findFundus() of the picture
    double strength = 100; ///< 0 = the picture as it is, 100 = evened and equalised
    bool operator==(const FundusSettings &) const = default;

    /// "light", "contrast", "limit" and "field" (FundusField::toText() or "auto"). Strength is not
    /// in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<FundusSettings> fromParameters(const QVariantMap &parameters);

    static constexpr double smallestLimit = 1, largestLimit = 10;
};

/// Makes photographs of the back of the eye easier to look at (FundusFilter), for people who keep
/// them with their family's papers: plan and record say that this is no medical device. A picture
/// without a round field on black is left exactly as it is, and the record says so.
class Fundus : public TiledRepair
{
public:
    /// Errors: BadArgument, Internal (a profile that does not fit).
    static Result<std::unique_ptr<Fundus>> create(const OperationPicture &picture,
                                                  const FundusSettings &settings,
                                                  const OperationContext &context);

    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    static QString id() { return QStringLiteral("fundus"); }
    static QString twinId() { return QStringLiteral("clahe"); }
    static QList<Parameter> parameters();
    /// The sentence.
    static QString caution();

protected:
    bool isSettled() const override { return m_settings.field.has_value(); }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override { return m_settings.toParameters(); }
    QMap<QString, double> scalars() const override;

private:
    Fundus(RepairParts parts, QSize picture, std::shared_ptr<FundusFilter> filter,
           FundusSettings settings);

    QSize m_size;
    std::shared_ptr<FundusFilter> m_filter;
    FundusSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planFundus(const OperationPicture &picture, const FundusSettings &settings,
                                 const OperationContext &context);

} // namespace heirloom

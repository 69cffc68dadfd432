// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct SharpenSettings {
    double amount = 80; ///< percent of the detail that is added, 0..300
    double radius = 1;  ///< standard deviation of the Gaussian that tells detail, pixels, 0.3..10
    /// Detail up to here is taken for noise, 8-bit steps, 0..50; nothing: thresholdFor() the noise
    /// that estimateNoise() finds.
    std::optional<double> threshold;
    double strength = 100; ///< 0 = the picture as it is, 100 = sharpened
    bool operator==(const SharpenSettings &) const = default;

    static constexpr double mostAmount = 300, mostThreshold = 50;
    static constexpr double smallestRadius = 0.3, largestRadius = 10;

    /// "amount", "radius", "threshold" (a number or "auto"). Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<SharpenSettings> fromParameters(const QVariantMap &parameters);
};

/// Unsharp masking of luminance (W3C's Lum), detail below a threshold left alone so that grain is
/// not brought out: colours keep their differences from grey. Pixels depend on their surroundings
/// only, once the threshold is known.
class Sharpen : public TiledRepair
{
public:
    /// Errors: BadArgument, Internal (a profile that does not fit).
    static Result<std::unique_ptr<Sharpen>> create(const OperationPicture &picture,
                                                   const SharpenSettings &settings,
                                                   const OperationContext &context);

    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    /// For noise of this standard deviation, both in 8-bit steps.
    static double thresholdFor(double noise);

    static QString id() { return QStringLiteral("sharpen"); }
    static QString twinId() { return QStringLiteral("unsharp-mask"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.threshold.has_value(); }
    bool isIdle() const override { return m_settings.amount <= 0; }
    QString idleText() const override;
    QVariantMap shownParameters() const override { return m_settings.toParameters(); }
    QMap<QString, double> scalars() const override;

private:
    Sharpen(RepairParts parts, SharpenSettings settings);

    SharpenSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planSharpen(const OperationPicture &picture, const SharpenSettings &settings,
                                  const OperationContext &context);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct DeblurSettings {
    /// How much blur is undone, 0..100 for a Gaussian of 0 to 3 pixels; nothing: estimateBlur() of
    /// the picture.
    std::optional<double> amount;
    /// The picture's noise in 8-bit steps, 0..75; nothing: estimateNoise() of the picture.
    std::optional<double> noise;
    QString model;         ///< pack id; empty: the best usable one; "richardson-lucy":
                           ///< the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = the method's output
    bool operator==(const DeblurSettings &) const = default;

    /// "amount" and "noise" (numbers or "auto") and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<DeblurSettings> fromParameters(const QVariantMap &parameters);
};

/// Undoes a Gaussian blur of known width (Deconvolution): a regularised inverse and a denoiser;
/// its twin is Richardson and Lucy's iteration. A picture that is as sharp as its pixels is
/// left exactly as it is, and the record says so.
class Deblur : public TiledRepair
{
public:
    /// Errors: as Denoise::create().
    static Result<std::unique_ptr<Deblur>> create(const OperationPicture &picture,
                                                      const DeblurSettings &settings,
                                                      const OperationContext &context);

    /// Reads the source twice where both amount and noise are to be found: one that may be read
    /// again.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    /// Pixels of blur at amount 100.
    static constexpr double fullBlur = 3;
    /// Measured amounts below this are taken for sharp.
    static constexpr double smallestAmount = 30;

    static QString id() { return QStringLiteral("deblur"); }
    static QString twinId() { return QStringLiteral("richardson-lucy"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.amount && m_settings.noise; }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override;
    QMap<QString, double> scalars() const override;

private:
    Deblur(RepairParts parts, DeblurSettings settings);

    DeblurSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planDeblur(const OperationPicture &picture,
                                     const DeblurSettings &settings,
                                     const OperationContext &context);

} // namespace heirloom

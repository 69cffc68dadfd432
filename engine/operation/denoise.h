// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct DenoiseSettings {
    /// Standard deviation of the noise in 8-bit steps, 0..75; nothing: estimateNoise() of the
    /// picture.
    std::optional<double> sigma;
    /// Neighbouring pixels' noise is alike, as film grain's is; found out together with sigma.
    bool isCorrelated = false;
    QString model;         ///< pack id; empty: the best usable one; "nlm": the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = the method's output
    bool operator==(const DenoiseSettings &) const = default;

    /// "sigma" (a number or "auto"), "correlated" where it is, and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<DenoiseSettings> fromParameters(const QVariantMap &parameters);
};

/// Removes noise of a known strength: FFDNet (K. Zhang, W. Zuo, L. Zhang, arXiv 1710.04026) in
/// tiles, for correlated noise at two sizes (GrainDenoiser); its twin is non-local means in Lab (A.
/// Buades, B. Coll, J.-M. Morel, 2005; OpenCV's fast version). Both work in 8-bit-like sRGB; where
/// the picture is 16 bit or in another space their change is added as a residual (PieceComposer),
/// so that precision and gamut stay. Alpha is not touched; grey stays grey. A picture in which no
/// noise is found is left exactly as it is, and the record says so. All pixels depend on their
/// surroundings (reach) only, so that a region and the whole picture give the same bytes. Made for
/// one picture, used on one thread.
class Denoise : public TiledRepair
{
public:
    /// Errors: as Upscale::create().
    static Result<std::unique_ptr<Denoise>> create(const OperationPicture &picture,
                                                   const DenoiseSettings &settings,
                                                   const OperationContext &context);
    bool needsSettling() const { return !isSettled(); }
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    /// Estimates up to here are taken for texture, not for noise.
    static constexpr double smallestSigma = 4;
    static constexpr double largestSigma = 75;

    static QString id() { return QStringLiteral("denoise"); }
    static QString twinId() { return QStringLiteral("nlm"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.sigma.has_value(); }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override;
    QMap<QString, double> scalars() const override;

private:
    Denoise(RepairParts parts, DenoiseSettings settings);
    void chooseForGrain();

    DenoiseSettings m_settings;
    std::shared_ptr<Model> m_network; ///< null: the twin
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planDenoise(const OperationPicture &picture, const DenoiseSettings &settings,
                                  const OperationContext &context);

} // namespace heirloom

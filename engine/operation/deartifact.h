// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct DeartifactSettings {
    /// JPEG quality whose traces are removed, 1..100; nothing: estimateJpegQuality() of the
    /// picture. From cleanQuality on there is nothing to do.
    std::optional<int> quality;
    QString model;         ///< pack id; empty: the best usable one; "shifted-dct": the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = the method's output
    bool operator==(const DeartifactSettings &) const = default;

    /// "quality" (a number or "auto") and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<DeartifactSettings> fromParameters(const QVariantMap &parameters);
};

/// Removes JPEG's blocks and ringing: a denoiser at a sigma that follows from the quality; its twin
/// is ShiftedDct. A picture without JPEG's traces is left exactly as it is, and the record says so.
class Deartifact : public TiledRepair
{
public:
    /// Errors: as Denoise::create().
    static Result<std::unique_ptr<Deartifact>> create(const OperationPicture &picture,
                                                      const DeartifactSettings &settings,
                                                      const OperationContext &context);

    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    static constexpr int cleanQuality = 95;
    /// The denoiser's sigma (8-bit steps) for a quality.
    static double sigmaFor(int quality);

    static QString id() { return QStringLiteral("deartifact"); }
    static QString twinId() { return QStringLiteral("shifted-dct"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.quality.has_value(); }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override;
    QMap<QString, double> scalars() const override;

private:
    Deartifact(RepairParts parts, DeartifactSettings settings);

    DeartifactSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planDeartifact(const OperationPicture &picture,
                                     const DeartifactSettings &settings,
                                     const OperationContext &context);

} // namespace heirloom

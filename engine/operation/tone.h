// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/pointpainter.h"
#include "operation/tiledrepair.h"
#include "operation/tonecurves.h"

#include <optional>

namespace heirloom
{

struct ToneSettings {
    std::optional<ToneCurves> curves; ///< nothing: predicted from the picture
    QString model;         ///< pack id; empty: the best usable one; "auto-levels": the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = the method's output
    bool operator==(const ToneSettings &) const = default;

    /// "curves" (ToneCurves::toText() or "auto") and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<ToneSettings> fromParameters(const QVariantMap &parameters);
};

/// Brings faded colours and tones back: one curve for each dye, predicted from the whole picture
/// made small by a pack of task "tone", applied to every pixel at full size, in 8 or 16 bit; its
/// twin spreads each channel's levels. A picture that needs less than can be seen is left exactly
/// as it is, and the record says so. Pixels depend on themselves only, once the curves are found.
class Tone : public TiledRepair
{
public:
    /// Errors: as Denoise::create().
    static Result<std::unique_ptr<Tone>> create(const OperationPicture &picture,
                                                const ToneSettings &settings,
                                                const OperationContext &context);

    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    /// What the curves that settle() found would do: mean distance in Lab (CIE 1976).
    double change() const { return m_change; }
    /// Not the twin.
    bool isLearned() const { return m_predictor != nullptr; }

    /// Mean distance in Lab that is not worth a change.
    static constexpr double smallestChange = 2;

    static QString id() { return QStringLiteral("tone"); }
    static QString twinId() { return QStringLiteral("auto-levels"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.curves.has_value(); }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override;
    QMap<QString, double> scalars() const override { return {}; }

private:
    Tone(RepairParts parts, std::shared_ptr<PointPainter> painter, ToneSettings settings);
    Result<ToneCurves> predicted(const Planes &samples, const Progress &progress) const;

    std::shared_ptr<PointPainter> m_painter; ///< applies the curves to tiles
    std::shared_ptr<Model> m_predictor; ///< null: the twin
    qint64 m_memoryBytes = 0;
    ToneSettings m_settings;
    double m_change = 0;
};

/// How faded a picture is, as far as a network can tell: Tone::change(). Nothing where there is no
/// network for it. Errors: the source's, the network's, Cancelled. Engine thread.
Result<std::optional<double>> measureFading(ImageSource &source, const OperationContext &context,
                                            const Progress &progress = {});

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planTone(const OperationPicture &picture, const ToneSettings &settings,
                               const OperationContext &context);

} // namespace heirloom

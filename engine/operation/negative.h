// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/pointpainter.h"
#include "operation/tiledrepair.h"

#include <array>
#include <optional>

namespace heirloom
{

struct NegativeSettings {
    enum class Film {
        Auto,
        Color,         ///< colour negative; its base is orange
        BlackAndWhite, ///< silver negative; the result is grey
        Slide,         ///< a positive: only its black and white points are set
    };

    Film film = Film::Auto;
    /// What light comes through unexposed film, sRGB-coded, 0..255; nothing: found in the picture.
    std::optional<std::array<double, 3>> base;
    /// Density over base that becomes white (of a slide: black), of the dyes that hold back red,
    /// green and blue; nothing: found in the picture.
    std::optional<std::array<double, 3>> range;
    double gamma = 0.6; ///< the film's: density a tenfold exposure adds

    static constexpr double smallestRange = 0.05, largestRange = 4;
    static constexpr double smallestGamma = 0.3, largestGamma = 1.5;
    double strength = 100; ///< 0 = the picture as it is, 100 = the positive
    bool operator==(const NegativeSettings &) const = default;

    /// "film" ("auto", "colour", "bw", "slide"), "base" ("auto" or three numbers), "range" ("auto",
    /// a number for all or three), "gamma". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<NegativeSettings> fromParameters(const QVariantMap &parameters);
};

/// Develops a scanned negative. Each dye's density over the unexposed film's, which takes the
/// orange mask out, tells the exposure by the straight part of the film's characteristic curve (F.
/// Hurter, V. C. Driffield, 1890): density = gamma * log10(1 + exposure). The film is balanced, so
/// the same exposure in all three is grey, but for a few per cent by which layers' gammas differ;
/// the brightest is white. The base is the least dense part
/// of the picture: its rebate, where one is on the scan, otherwise the scene's black. Light of the
/// scan's profile is taken in sRGB's primaries. Pixels depend on themselves only, once that is
/// found.
class Negative : public TiledRepair
{
public:
    /// Errors: BadArgument, Internal (a profile that does not fit).
    static Result<std::unique_ptr<Negative>> create(const OperationPicture &picture,
                                                    const NegativeSettings &settings,
                                                    const OperationContext &context);

    /// Finds film, base and range. Errors: the source's, Cancelled; BadArgument where it has to be
    /// told which film it is.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    static QString id() { return QStringLiteral("negative"); }
    static QString twinId() { return QStringLiteral("density"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override;
    bool isIdle() const override { return false; }
    QString idleText() const override { return {}; }
    QVariantMap shownParameters() const override { return m_settings.toParameters(); }
    QMap<QString, double> scalars() const override { return {}; }

private:
    Negative(RepairParts parts, std::shared_ptr<PointPainter> painter, NegativeSettings settings);
    void prepare();

    std::shared_ptr<PointPainter> m_painter;
    NegativeSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planNegative(const OperationPicture &picture,
                                   const NegativeSettings &settings,
                                   const OperationContext &context);

} // namespace heirloom

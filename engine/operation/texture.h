// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/notchfilter.h"
#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

struct TextureSettings {
    /// How much around each of the texture's frequencies goes with it, 0..100; nothing: as the
    /// texture's contrast asks for.
    std::optional<double> amount;
    std::optional<PeriodicTexture> waves; ///< nothing: findTexture() of the picture
    double strength = 100; ///< 0 = the picture as it is, 100 = without the texture
    bool operator==(const TextureSettings &) const = default;

    /// "amount" (a number or "auto") and "waves" (PeriodicTexture::toText() or "auto"). Strength is
    /// not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<TextureSettings> fromParameters(const QVariantMap &parameters);
};

/// Removes what repeats itself all over a picture: the surface of silk and honeycomb papers, the
/// dots of printing screens (NotchFilter). A picture without such a texture is left exactly as it
/// is, and the record says so. Pixels depend on their surroundings only, once the texture is known.
class Texture : public TiledRepair
{
public:
    /// Errors: BadArgument, Internal (a profile that does not fit).
    static Result<std::unique_ptr<Texture>> create(const OperationPicture &picture,
                                                   const TextureSettings &settings,
                                                   const OperationContext &context);

    /// Reads the source up to three times: one that may be read again.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;

    /// For a texture of this contrast (8-bit steps).
    static double amountFor(double contrast);

    static QString id() { return QStringLiteral("texture"); }
    static QString twinId() { return QStringLiteral("notches"); }
    static QList<Parameter> parameters();

protected:
    bool isSettled() const override { return m_settings.waves && m_settings.amount; }
    bool isIdle() const override;
    QString idleText() const override;
    QVariantMap shownParameters() const override { return m_settings.toParameters(); }
    QMap<QString, double> scalars() const override { return {}; }

private:
    Texture(RepairParts parts, std::shared_ptr<NotchFilter> filter, TextureSettings settings);
    void prepare();

    std::shared_ptr<NotchFilter> m_filter;
    TextureSettings m_settings;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planTexture(const OperationPicture &picture, const TextureSettings &settings,
                                  const OperationContext &context);

} // namespace heirloom

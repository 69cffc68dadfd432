// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/damagefinder.h"
#include "operation/inpaint.h"

#include <optional>

namespace heirloom
{

struct ScratchesSettings {
    double threshold = defaultThreshold; ///< 0..1: how sure it has to be
    DamageKind kind = DamageKind::All;
    QString finder;        ///< what looks for it, as in loadDamageFinder()
    std::optional<double> scale; ///< DamageSearch's percent
    InpaintSettings fill;  ///< how what was found is filled; its strength is not looked at
    double strength = 100; ///< 0 = the picture as it is, 100 = the fill

    static constexpr double defaultThreshold = 0.8;
    /// For what nobody looks over.
    static constexpr double cautiousThreshold = 0.9;
    bool operator==(const ScratchesSettings &) const = default;
    /// "threshold", "kind" ("all", "lines", "dust"), "finder", "scale" ("auto" or per cent), and
    /// Inpaint's. Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<ScratchesSettings> fromParameters(const QVariantMap &parameters);
};

/// Finds scratches, creases and dust and fills them as Inpaint does; no other pixel changes by one
/// bit. A picture without damage is left exactly as it is, and the record says so. Made for one
/// picture, used on one thread.
class Scratches : public PictureOperation
{
public:
    /// Errors: as Inpaint::create().
    static Result<std::unique_ptr<Scratches>> create(const OperationPicture &picture,
                                                     const ScratchesSettings &settings,
                                                     const OperationContext &context);

    QSize target() const override { return m_picture.size; }
    qint64 modelPixels() const override { return m_fill ? m_fill->modelPixels() : 0; }
    /// Finds the damage: a source that may be read anywhere.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    double settleShare() const override { return 0.5; }
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;
    /// What is filled, as damageMask(); null before settle().
    const Image &mask() const { return m_picture.mask; }

    static QString id() { return QStringLiteral("scratches"); }
    static QString twinId() { return Inpaint::twinId(); }
    static QList<Parameter> parameters();

private:
    Scratches(OperationPicture picture, ScratchesSettings settings,
              const OperationContext &context, QVariantMap parameters);
    Result<OperationRecord> record(Result<OperationRecord> filled) const;

    OperationPicture m_picture;
    ScratchesSettings m_settings;
    OperationContext m_context;
    QVariantMap m_parameters;
    QStringList m_warnings; ///< of the search
    std::unique_ptr<Inpaint> m_fill; ///< null before settle()
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planScratches(const OperationPicture &picture,
                                    const ScratchesSettings &settings,
                                    const OperationContext &context);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/pictureoperation.h"

namespace heirloom
{

struct InpaintSettings {
    static inline const QString autoMethod = QStringLiteral("auto");
    static inline const QString neuralMethod = QStringLiteral("neural");
    static inline const QString classicalMethod = QStringLiteral("classical");

    /// "auto": the best that is installed, else the twin; "neural": a network or an error;
    /// "classical": patches where a hole is large, else the twin; or by name "membrane", "telea",
    /// "navier-stokes", "patch-match".
    QString method = QStringLiteral("auto");
    QString model;         ///< pack id (for auto and neural); empty: the best usable one
    /// How much is left to the network where there is one: 100 = every hole, 0 = none; between,
    /// what has texture or edges around it (fillChoice()), and no text.
    double network = 100;
    double strength = 100; ///< 0 = the picture as it is, 100 = the fill
    bool operator==(const InpaintSettings &) const = default;

    /// "method", "model" and "network". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<InpaintSettings> fromParameters(const QVariantMap &parameters);
};

/// Fills what the picture's mask marks (128 and above) from its surroundings; no other pixel
/// changes by one bit, and alpha never does. The learned method is a denoiser as prior
/// (DenoiserFiller) or a network trained for holes (NetworkFiller); the twin is the membrane. All
/// work in the picture's own encoded values, so that 16 bits and wide gamut stay; grey stays grey;
/// wholly transparent pixels are not looked at. Works piece by piece around the holes, each with
/// surroundings as wide as its holes ask for, so that a region and the whole give the same bytes;
/// the middle of very wide holes is filled from a reduced picture. PatchFiller fills each hole in
/// one piece. Made for one picture, used on one thread.
class Inpaint : public PictureOperation
{
public:
    /// Errors: BadArgument (no mask, one that covers everything), SizeMismatch, and as
    /// Denoise::create().
    static Result<std::unique_ptr<Inpaint>> create(const OperationPicture &picture,
                                                   const InpaintSettings &settings,
                                                   const OperationContext &context);
    ~Inpaint() override;

    QSize target() const override;
    qint64 modelPixels() const override;
    /// Rows above the next one that run() asks a streaming source for again.
    int retainedRows() const;
    /// Looks at the whole picture where a hole is very wide, and for text where the network's share
    /// is neither all nor nothing (a source that may be read anywhere); answers the parameters.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;

    /// Which part is filled how, without filling: Gray U8, 0 outside of the holes, classicalValue
    /// where the classical fill does it, up to 255 where the network does. After settle().
    Result<Image> choiceMap(ImageSource &source, const Progress &progress);
    static constexpr int classicalValue = 85;

    static QString id() { return QStringLiteral("inpaint"); }
    static QString twinId() { return QStringLiteral("membrane"); }
    static QList<Parameter> parameters();

private:
    struct Private;
    explicit Inpaint(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Without loading anything (milliseconds for small masks; any thread).
Result<OperationPlan> planInpaint(const OperationPicture &picture, const InpaintSettings &settings,
                                  const OperationContext &context);

} // namespace heirloom

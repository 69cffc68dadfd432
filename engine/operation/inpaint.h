// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/pictureoperation.h"

namespace heirloom
{

struct InpaintSettings {
    /// "auto": the best that is installed, else the twin; "neural": a network or an error;
    /// "classical": patches where a hole is large, else the twin; or by name "membrane", "telea", "navier-stokes",
    /// "patch-match".
    QString method = QStringLiteral("auto");
    QString model;         ///< pack id (for auto and neural); empty: the best usable one
    double strength = 100; ///< 0 = the picture as it is, 100 = the fill
    bool operator==(const InpaintSettings &) const = default;

    /// "method" and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<InpaintSettings> fromParameters(const QVariantMap &parameters);
};

/// Fills what the picture's mask marks (128 and above) from its surroundings; no other pixel
/// changes by one bit, and alpha never does. The learned method is a denoiser as prior
/// (DenoiserFiller) or a network trained for holes (NetworkFiller); the twin is the membrane. All
/// work in the picture's own encoded values, so that 16 bits and wide gamut stay; grey stays grey;
/// wholly transparent pixels are not looked at. Works piece by piece around the holes, each with
/// surroundings as wide as its holes ask for, so that a region and the whole give the same bytes; the
/// middle of very wide holes is filled from a reduced picture. PatchFiller fills each hole in one piece. Made for one picture, used on one
/// thread.
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
    /// Looks at the whole picture where a hole is very wide; answers the parameters.
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;

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

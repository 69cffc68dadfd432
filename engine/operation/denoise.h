// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/pictureoperation.h"

#include <optional>

namespace heirloom
{

struct DenoiseSettings {
    /// Standard deviation of the noise in 8-bit steps, 0..75; nothing: estimateNoise() of the
    /// picture.
    std::optional<double> sigma;
    QString model;         ///< pack id; empty: the best usable one; "nlm": the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = the method's output
    bool operator==(const DenoiseSettings &) const = default;

    /// "sigma" (a number or "auto") and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<DenoiseSettings> fromParameters(const QVariantMap &parameters);
};

/// Removes noise of a known strength: FFDNet (K. Zhang, W. Zuo, L. Zhang, arXiv 1710.04026) in
/// tiles; its twin is non-local means in Lab (A. Buades, B. Coll, J.-M. Morel, 2005; OpenCV's fast
/// version). Both work in 8-bit-like sRGB; where the picture is 16 bit or in another space their
/// change is added as a residual (PieceComposer), so that precision and gamut stay. Alpha is not
/// touched; grey stays grey. A picture in which no noise is found is left exactly as it is, and the
/// record says so. All pixels depend on their surroundings (reach) only, so that a region and the
/// whole picture give the same bytes. Made for one picture, used on one thread.
class Denoise : public PictureOperation
{
public:
    /// Errors: as Upscale::create().
    static Result<std::unique_ptr<Denoise>> create(QSize size, PixelFormat format,
                                                   const QByteArray &icc,
                                                   const DenoiseSettings &settings,
                                                   const OperationContext &context);
    ~Denoise() override;

    QSize target() const override;
    qint64 modelPixels() const override;
    int retainedRows() const;
    /// The record as far as it is known before the run; for encoders that write metadata first.
    OperationRecord plannedRecord() const;

    bool needsSettling() const;
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;

    /// Estimates up to here are taken for texture, not for noise.
    static constexpr double smallestSigma = 4;
    static constexpr double largestSigma = 75;

    static QString id() { return QStringLiteral("denoise"); }
    static QString twinId() { return QStringLiteral("nlm"); }
    static QList<Parameter> parameters();

private:
    struct Private;
    explicit Denoise(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planDenoise(const OperationPicture &picture, const DenoiseSettings &settings,
                                  const OperationContext &context);

} // namespace heirloom

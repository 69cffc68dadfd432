// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"
#include "operation/operation.h"

#include <QRect>
#include <QSizeF>

#include <functional>
#include <memory>

namespace heirloom
{

/// How large an enlarged picture is to become. The picture's proportions are always kept. A value.
struct UpscaleTarget {
    enum class Kind { Factor, Pixels, Print };
    Kind kind = Kind::Factor;
    double factor = 2;        ///< Factor: 1..16
    QSize pixels;             ///< Pixels: a side of 0 follows from the other; both: fits inside
    QSizeF centimetres;       ///< Print: the paper; a side of 0 follows from the other
    double dotsPerInch = 300; ///< Print

    static UpscaleTarget byFactor(double factor);
    static UpscaleTarget byPixels(QSize pixels);
    static UpscaleTarget byPrint(QSizeF centimetres, double dotsPerInch);

    /// Size in pixels for a picture of this size. Errors: BadArgument (nothing given, or beyond
    /// 16 times), SideTooLong.
    Result<QSize> sizeFor(QSize source) const;
    /// Print: dotsPerInch. Otherwise the source's resolution times the factor (same size on paper).
    Resolution resolutionFor(QSize source, Resolution resolution) const;
    bool operator==(const UpscaleTarget &) const = default;
};

struct UpscaleSettings {
    UpscaleTarget target;
    QString model;         ///< pack id; empty: the best usable one (Fast); "lanczos": the twin
    double strength = 100; ///< 0 = the Lanczos twin exactly, 100 = the model's output

    /// As stored with layers, in recipes and journals: "scale", or "width" and "height", or
    /// "printWidth" and "printHeight" (cm) with "dpi"; "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Unknown keys are ignored. Errors: BadArgument.
    static Result<UpscaleSettings> fromParameters(const QVariantMap &parameters);
    bool operator==(const UpscaleSettings &) const = default;
};

/// What an upscale will do, known before it starts.
struct UpscalePlan {
    QSize source;
    QSize target;
    QString method;         ///< pack id, or "lanczos" / "area" for the classical twin
    QString modelName;      ///< as a person reads it; empty for the twin
    QSize tileGrid;         ///< tiles across and down; empty for the twin
    int tile = 0;           ///< side of a tile's core in source pixels
    int halo = 0;           ///< thrown away around it
    qint64 modelPixels = 0; ///< source pixels that go through the network, halos included
    qint64 memoryBytes = 0; ///< estimated peak
    QStringList warnings;   ///< translated: why the twin is used, and the like

    int tiles() const { return tileGrid.width() * tileGrid.height(); }
    bool isLearned() const { return !modelName.isEmpty(); }
};

/// Enlarging (issue of record: Real-ESRGAN, arXiv 2107.10833, run in tiles; its twin is Lanczos 3).
/// The network always works at x4 in sRGB; smaller targets are reduced by area, larger ones go on
/// with Lanczos. Where the picture is 16 bit or in another space than sRGB the network's change is
/// added as a residual in the picture's own profile, so that precision and gamut stay. Alpha goes
/// beside it by Lanczos; grey stays grey. All pixels of a tile depend on that tile and its halo
/// only, so that a region and the whole picture give the same bytes. Made for one picture, used on
/// one thread.
class Upscale
{
public:
    /// Picks the method, loads the model (not before: a null backend or a missing pack without a
    /// name in settings falls back to the twin, named in plan().warnings). Errors: ModelMissing,
    /// ModelDamaged, ModelRefused when a named model cannot be used; BadArgument.
    static Result<std::unique_ptr<Upscale>> create(QSize size, PixelFormat format,
                                                   const QByteArray &icc,
                                                   const UpscaleSettings &settings,
                                                   const OperationContext &context);
    ~Upscale();

    const UpscalePlan &plan() const;
    /// Layout of the result: that of the source.
    PixelFormat format() const;

    /// The record as far as it is known before the run; for encoders that write metadata first.
    OperationRecord plannedRecord() const;

    /// How many rows above the last one read a streaming source has to keep.
    int retainedRows() const;

    /// The whole picture from top to bottom; streams when both sides do. The sink has the plan's
    /// target size and format().
    Result<OperationRecord> run(ImageSource &source, RowSink &sink, const Progress &progress = {});

    /// Called with each finished piece: its place in target pixels, and the pixels.
    using TileSink = std::function<void(const QRect &, const Image &)>;
    /// Only what region (target pixels) shows, nearest to centre first, with the same bytes as
    /// run(): on the same tile grid, or on the pack's finer one for previews where its halo makes
    /// every grid give the same. source must be random access.
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress = {});

    /// Id in records and recipes.
    static QString id() { return QStringLiteral("upscale"); }
    /// The classical twin's name, as UpscaleSettings::model and in records.
    static QString twinId() { return QStringLiteral("lanczos"); }
    static QList<Parameter> parameters();

private:
    struct Private;
    explicit Upscale(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// The plan alone, without loading anything (milliseconds; any thread).
Result<UpscalePlan> planUpscale(QSize size, PixelFormat format, const QByteArray &icc,
                                const UpscaleSettings &settings, const OperationContext &context);

} // namespace heirloom

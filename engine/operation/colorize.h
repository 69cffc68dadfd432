// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/chromafield.h"
#include "operation/colorizer.h"
#include "operation/pictureoperation.h"

namespace heirloom
{

struct ColorizeSettings {
    ColorHints hints;
    ColorTaste taste;
    int variant = 0;       ///< 0: what is likeliest; 1, 2, ...: other plausible colourings
    quint64 seed = 0;      ///< of the variants
    bool keepsOwn = false; ///< the picture's own colours lead, made stronger (owncolors.h)
    /// Whether hints know the subject from its background (subjectfinder.h).
    enum class Subject {
        Used,
        NotYet, ///< it was not found yet when this was worked out
        Off,    ///< a person does not want it
    };
    Subject subject = Subject::Used;
    bool findsSkin = true; ///< faces get the colour of skin (skinhints.h), unless own colours lead
    QString model;         ///< pack id; empty: the best usable one; "propagation": the twin
    double strength = 100; ///< 0 = the picture as it is, 100 = all of the colour
    bool operator==(const ColorizeSettings &) const = default;

    static constexpr int mostVariants = 100;

    /// "hints" (ColorHints::toJson() as text), "saturation", "warmth", "variant", "seed", "own",
    /// "skin", "subject" and "model". Strength is not in it.
    QVariantMap toParameters() const;
    /// Errors: BadArgument.
    static Result<ColorizeSettings> fromParameters(const QVariantMap &parameters);
};

/// Colours a picture, as it is told by hints, as a network that saw photographs supposes, or both;
/// its twin spreads the hints alone. What is found out on the small picture (ColorGuide, Colorizer)
/// reaches every pixel through ChromaField, which keeps its W3C luminance: within rounding in sRGB
/// and in other RGB profiles. Colours that the
/// picture has are replaced, or lead. Wants RGB: whoever has a
/// grey picture gives it as RGB (OperationInfo::bringsColor). Made for one picture, used on one
/// thread.
class Colorize : public PictureOperation
{
public:
    /// Errors: BadArgument (a grey picture, settings out of range), and as Denoise::create().
    static Result<std::unique_ptr<Colorize>> create(const OperationPicture &picture,
                                                    const ColorizeSettings &settings,
                                                    const OperationContext &context);
    ~Colorize() override;

    QSize target() const override;
    qint64 modelPixels() const override;
    Result<QVariantMap> settle(ImageSource &source, const Progress &progress) override;
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;

    // What a tool does while a hand moves a hint: the guide once, an answer for each move, and then
    // only the pixels that are seen.

    /// Reads the picture, unless it has been read. Errors: the source's, Cancelled.
    Result<void> prepare(ImageSource &source, const Progress &progress);
    /// Reads it in any case, or the same picture made smaller: answers are then a little different.
    Result<void> prepareFrom(ImageSource &source, const Progress &progress);
    /// After prepare(): settings that have hints would use the subject, which is not known.
    bool wantsSubject(const ColorizeSettings &settings) const;
    /// After prepare(). Where it cannot be found hints do without, and the record says so. Errors:
    /// Cancelled.
    Result<void> findSubject(const Progress &progress);
    /// What subjectOf() said of guide().detailed.
    void takeSubject(const Planes &subject);
    /// Other hints, taste, variant or seed; after prepare(). The model stays. Errors: as
    /// Colorizer::answer().
    Result<void> answer(const ColorizeSettings &settings, const Progress &progress);
    /// Colours pixels of the picture in place, its format; after answer(). place: of their upper
    /// left.
    Result<void> paint(Image &pixels, QPoint place) const;
    /// What paint() paints with, for the same picture made this small: for sRGB. After answer().
    ChromaField fieldFor(QSize picture) const;
    /// After prepare(), answer().
    const ColorGuide &guide() const;
    const ColorAnswer &lastAnswer() const;
    const ColorBins &bins() const;

    static QString id() { return QStringLiteral("colorize"); }
    static QString twinId() { return QStringLiteral("propagation"); }
    static QList<Parameter> parameters();

private:
    struct Private;
    explicit Colorize(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Without loading anything (milliseconds; any thread).
Result<OperationPlan> planColorize(const OperationPicture &picture,
                                   const ColorizeSettings &settings,
                                   const OperationContext &context);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "inference/model.h"
#include "inference/modelpack.h"

#include <array>
#include <vector>

namespace heirloom
{

/// The mirror that old silver prints get in their shadows: light of one bluish colour on top of a
/// print of one tint. A value.
struct SilverSheen {
    /// The print's red and blue (sRGB-coded) at a grey of v: v + v (paper + silver (1 - v)).
    struct Tint {
        double paper = 0, silver = 0;
        bool operator==(const Tint &) const = default;
        double at(double v) const { return v + v * (paper + silver * (1 - v)); }
    };
    Tint red, blue;
    /// Linear light of the sheen, luminance (Lum's weights) 1.
    std::array<double, 3> color{1, 1, 1};

    /// Blue over red; 0: there is no sheen.
    double blueness() const { return color[2] - color[0]; }
    bool isEmpty() const { return blueness() <= 0; }
    bool operator==(const SilverSheen &) const = default;

    /// "none", or seven numbers: red's paper and silver, blue's, the colour.
    QString toText() const;
    /// Errors: BadArgument.
    static Result<SilverSheen> fromText(const QString &text);

    static constexpr double leastBlueness = 0.6, mostBlueness = 2;
};

/// Looks at the picture made small: midtones and lights must be of one tint (a picture in colours
/// has no sheen), the shadows bluer than that tint becomes in the dark. The sheen's colour is seen
/// where the print below it is black; where it is nowhere, the colour is taken to be as blue as
/// such mirrors are at the least. Errors: the source's, Cancelled. Any thread.
Result<SilverSheen> findSheen(ImageSource &source, const Progress &progress = {});
/// The same of three planes in sRGB.
SilverSheen sheenOf(const Planes &rgb);

/// Takes the sheen's light away behind the door of a network: how much of it lies on a pixel
/// follows from how much bluer it is than the print's tint, averaged over a few pixels as grain is
/// no sheen. Takes the scalar "amount" (0..1). Used on one thread.
class SheenFilter : public Model
{
public:
    SheenFilter();
    /// Before the first run.
    void set(const SilverSheen &sheen);
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    static constexpr int reach = 6;

private:
    ModelPack m_pack;
    double tintDifference(double light) const;

    SilverSheen m_sheen;
    std::vector<double> m_differences; ///< of blue and red of the print, by the root of its light
};

} // namespace heirloom

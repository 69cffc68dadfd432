// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"
#include "operation/texturefinder.h"

namespace heirloom
{

/// Takes the waves of a texture out of a picture: in overlapping windows, whose weights are the
/// square root of Hann's before and after, so that they add up to one, each wave's place in the
/// spectrum is a notch with Gaussian sides. Behind the door of a network, so that tiles, 16 bits,
/// gamut and alpha are TiledRepair's; windows lie on the picture's own grid, so that every tiling
/// gives the same values. Used on one thread.
class NotchFilter : public Model
{
public:
    NotchFilter();
    /// Before the first run. width: standard deviation of a notch as a share of the texture's
    /// lowest frequency.
    void set(const PeriodicTexture &texture, double width);

    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Side of the windows: fourteen periods where there is room, a power of two.
    static int windowFor(const PeriodicTexture &texture);

private:
    ModelPack m_pack;
    int m_side;
    /// Side x side, zero frequency first; empty: all pass.
    std::array<std::vector<float>, 3> m_gains;
};

} // namespace heirloom

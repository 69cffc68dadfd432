// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

namespace heirloom
{

/// Unsharp masking of luminance behind the door of a network. Takes the scalars "amount" (share of
/// the detail that is added), "radius" (pixels) and "threshold" (0..1). Used on one thread.
class UnsharpMask : public Model
{
public:
    /// radius: the largest that will be asked for.
    explicit UnsharpMask(double radius);
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Pixels around a pixel that a radius looks at.
    static int reachOf(double radius);

private:
    ModelPack m_pack;
};

} // namespace heirloom

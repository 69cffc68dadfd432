// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

namespace heirloom
{

/// Deblocking by cosine transforms of shifted blocks whose small coefficients are dropped and whose
/// results are averaged (A. Nosratinia, "Enhancement of JPEG-Compressed Images by Re-application of
/// JPEG", 2001; with thresholds instead of JPEG's own steps), behind the door of a network. Takes
/// the scalar "sigma" (0..1, as FFDNet does).
class ShiftedDct : public Model
{
public:
    ShiftedDct();
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// The geometry of its tiles; no file.
    static ModelPack description();

private:
    ModelPack m_pack;
};

} // namespace heirloom

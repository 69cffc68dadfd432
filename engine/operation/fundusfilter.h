// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"
#include "operation/fundusfield.h"

namespace heirloom
{

/// Evens the light on a fundus camera's field and equalises the field's green, in which vessels
/// have the most contrast (K. Zuiderveld, "Contrast Limited Adaptive Histogram Equalization",
/// Graphics Gems IV, 1994): in blocks of an eighth of the field, from pixels of the field alone.
/// What green gains is given to the three colours alike, so that hues stay. Pixels outside of the
/// field stay as they are. Behind the door of a network, so that tiles, 16 bits, gamut and alpha
/// are TiledRepair's; blocks lie on the picture's own grid, so that every tiling gives the same
/// values. Takes the scalars "light" and "contrast" (shares, 0..1) and "limit" (times the mean of a
/// histogram). Used on one thread.
class FundusFilter : public Model
{
public:
    FundusFilter();
    /// Before the first run.
    void set(const FundusField &field, QSize picture);
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Side of the blocks, pixels.
    static int blockFor(const FundusField &field, QSize picture);
    /// Pixels around a pixel that decide on it.
    static int reachFor(const FundusField &field, QSize picture);

private:
    class Blocks;
    float weightAt(double x, double y) const;

    ModelPack m_pack;
    FundusField m_field;
    QSize m_picture;
    int m_block = 1;
};

} // namespace heirloom

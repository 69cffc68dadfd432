// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorguide.h"

namespace heirloom
{

/// That faces have the colour of skin, for those of a guide on whose foreheads, cheeks and noses a
/// person said nothing: what one is surest of in a grey photo, and where eyes look first.
struct SkinHints {
    QList<QRectF> faces; ///< that are counted on, of the guide's
    float width = 0;     ///< of the widest of them: 1 is the longest side
    Planes hints;  ///< as hintPlanes(): patches on forehead, cheeks and nose; empty without faces
    Planes chroma; ///< two planes, of each cell (hintpropagation.h), were it skin
    Planes share;  ///< one plane, of each cell: how surely it is, 0..1
    Planes nearby; ///< one plane, of each cell: 1 on a face .. 0 away from all
    bool isEmpty() const { return faces.isEmpty(); }
};

/// The faces whose skin hints (hintPlanes()) say nothing of. Quick; any thread.
QList<QRectF> unsaidFaces(const ColorGuide &guide, const Planes &hints);
/// faces: unsaidFaces(). Any thread.
SkinHints skinHints(const ColorGuide &guide, const QList<QRectF> &faces);

/// What skin of a luminance, 0..1, is taken to look like.
Chroma skinChroma(float luminance);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorizer.h"

#include <QImage>

namespace heirloom
{

/// Guessed hints that give a picture the colours of a photo of something like it: for each part of
/// the picture the place of the reference that is most like it in luminance and texture (T. Welsh,
/// M. Ashikhmin, K. Mueller, "Transferring Color to Greyscale Images", SIGGRAPH 2002), and of such
/// places those whose colour the network thinks likely there. answer: to the picture without these
/// hints; without a network luminance and texture decide alone. reference: sRGB, any size; of one
/// that is null or grey throughout nothing comes. Places are pixels of guide.picture. Any thread.
QList<ColorHint> matchedHints(const ColorGuide &guide, const ColorAnswer &answer,
                              const ColorBins &bins, const QImage &reference);

} // namespace heirloom

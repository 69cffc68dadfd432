// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

/// What a pixel is to a membrane.
enum class MembraneCell : quint8 {
    Beyond, ///< takes no part: the membrane ends before it as at the picture's edge
    Border, ///< its value is given
    Inside, ///< its value is looked for
};

/// A membrane fastened at the border: inside, each value is the mean of its four neighbours that
/// take part (Laplace's equation with Dirichlet values at the border and none where the picture
/// ends), plus a quarter of the load where one is given (Poisson's; the load is the sum, over a
/// pixel's neighbours, of how much higher it wants to be than they). Pieces that touch no border
/// stay where they are if they carry no load.
///
/// values: F32, 1 to 4 channels, any range; inside is where to start from (0 will do) and becomes
/// the solution; the rest is kept. cells: Gray U8 of the same size, MembraneCell's values. load:
/// null, or as values. Solved by conjugate gradients over the inside pixels alone, whatever their
/// shape, preconditioned by a multigrid cycle over 2x2 aggregates (after R. Blaheta, "A multilevel
/// method with overcorrection by aggregation", 1988), until what is left to correct is below
/// tolerance. Depends on the arguments alone. Any thread.
void solveMembrane(Image &values, const Image &cells, const Image &load, float tolerance);

/// The same without a load, at a cost that grows with the border and not with the area: far from
/// the border, where a membrane is smooth, it is taken from one of half the size (after A.
/// Agarwala, "Efficient Gradient-Domain Compositing Using Quadtrees", SIGGRAPH 2007, with bands in
/// the place of the tree). Off by less than a hundredth of how much the border varies.
void solveWideMembrane(Image &values, const Image &cells, float tolerance);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/holefill.h"

namespace heirloom
{

/// Fills holes with what the picture holds around them, so that texture goes on: for every patch
/// that meets the hole the most alike whole patch is found by propagation and random search (C.
/// Barnes, E. Shechtman, A. Finkelstein, D. Goldman, "PatchMatch: A Randomized Correspondence
/// Algorithm for Structural Image Editing", SIGGRAPH 2009), and the hole's pixels become what the
/// patches found vote for, again and again, from coarse to fine (Y. Wexler, E. Shechtman, M. Irani,
/// "Space-Time Completion of Video", PAMI 2007). In the picture's own encoded values; takes
/// holePlane; red, green and blue that are equal stay equal. Random numbers are seeded: the same
/// input gives the same pixels. Errors: BadArgument (no whole patch to take from), Cancelled.
class PatchFiller : public HoleFiller
{
public:
    PatchFiller();

    static QString id() { return QStringLiteral("patch-match"); }

protected:
    Result<Planes> fill(const ModelInput &input, const Planes &holes, RunControl &control) override;
};

} // namespace heirloom

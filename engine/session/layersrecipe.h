// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "recipe/recipe.h"

namespace heirloom
{

class ModelEnvironment;

/// What was done to one photo, to be done to others.
struct LayersRecipe {
    Recipe recipe; ///< without a name
    /// There is more that belongs to this photo alone: fills, and masks of other layers.
    bool leavesOut = false;
};

/// The visible AI layers of a state as a recipe's steps, bottom to top. What was measured of the
/// photo (parameters that can be "auto") is left out, so that it is measured anew, and so is the
/// model where it is the one that would be chosen anyway. Quick; any thread.
LayersRecipe recipeOf(const Snapshot &state, ModelEnvironment &models);

} // namespace heirloom

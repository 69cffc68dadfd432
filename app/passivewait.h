// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace heirloom
{

/// Starts the program anew, once, with OMP_WAIT_POLICY=passive where it is unset: OpenMP's active
/// waiting makes inference 10 to 100 times slower beside any other busy process, and the runtime
/// reads the variable before main(). Returns when there is nothing to do or it cannot be done.
void ensurePassiveWaiting(char **argv);

} // namespace heirloom

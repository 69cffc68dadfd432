// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a plain function with hot loops: the compiler makes versions of it for wider vectors and
/// the loader chooses one. Results do not differ: contraction to fused multiply-add is off in
/// standard C++ mode.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) &&       \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define HEIRLOOM_VECTORISED __attribute__((target_clones("arch=haswell", "default")))
#else
#define HEIRLOOM_VECTORISED
#endif

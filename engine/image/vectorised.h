// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Before a plain function with hot loops: the compiler makes versions of it for wider vectors and
/// the loader chooses one, by what the processor can (a name as "haswell" would leave out another
/// maker's). Results do not differ: contraction to fused multiply-add is off in standard C++ mode.
/// What such a function calls in its loops has to be inlined (HEIRLOOM_INLINE), or stays narrow.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__linux__) &&       \
    !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
#define HEIRLOOM_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define HEIRLOOM_VECTORISED
#endif

#if defined(__GNUC__)
#define HEIRLOOM_INLINE inline __attribute__((always_inline))
#else
#define HEIRLOOM_INLINE inline
#endif

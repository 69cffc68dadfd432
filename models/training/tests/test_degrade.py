# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

import degrade


def test_levels_tell_what_was_done(picture):
    kinds = set()
    for seed in range(120):
        worse, levels = degrade.degrade(np.random.default_rng(seed), picture)
        again, same = degrade.degrade(np.random.default_rng(seed), picture)
        assert np.array_equal(worse, again) and np.array_equal(levels, same)
        assert np.isfinite(worse).all() and worse.dtype == np.float32
        assert levels.min() >= 0 and levels.max() <= 1
        if not levels.any():
            assert np.abs(worse - picture).max() <= 0.5 / 255 + 1e-6
        kinds.add(tuple(levels > 0.005))
    assert len(kinds) >= 6


def test_the_noise_level_is_the_deviation_that_is_there():
    flat = np.full((128, 128, 3), 0.5, np.float32)
    seen = 0
    for seed in range(200):
        worse, levels = degrade.degrade(np.random.default_rng(seed), flat)
        if levels[0] > 0.02 and levels[1] == 0 and levels[2] == 0:
            assert worse.std() / degrade.NOISE_SCALE == pytest.approx(levels[0], rel=0.15)
            seen += 1
    assert seen > 10


def test_blur_kernels_keep_the_brightness():
    for seed in range(30):
        kernel = degrade.blur_kernel(np.random.default_rng(seed), 0.4 + 0.08 * seed)
        assert kernel.sum() == pytest.approx(1, abs=1e-5) and kernel.min() >= 0


def test_a_worse_quality_gives_a_worse_picture(picture):
    errors = [np.abs(degrade.jpeg(picture, q) - picture).mean() for q in (90, 50, 10)]
    assert errors == sorted(errors)

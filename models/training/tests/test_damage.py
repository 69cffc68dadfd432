# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

import damage
import lookalikes


@pytest.mark.parametrize("kind", sorted(damage.KINDS))
def test_damage_is_deterministic_and_stays_under_its_cover(kind, picture):
    for seed in range(12):
        before = picture.copy()
        a = damage.add_damage(np.random.default_rng(seed), picture, [kind], 2)
        b = damage.add_damage(np.random.default_rng(seed), picture, [kind], 2)
        assert np.array_equal(picture, before)
        assert np.array_equal(a.picture, b.picture) and np.array_equal(a.mask, b.mask)
        bare = a.cover == 0
        assert np.array_equal(a.picture[bare], picture[bare])
        assert not a.mask[bare].any()
        assert np.array_equal(a.mask, a.cover >= damage.MASK_COVER)
        assert 0 <= a.picture.min() and a.picture.max() <= 1


def test_every_kind_marks_something_on_most_seeds(picture):
    for kind in damage.KINDS:
        marked = sum(damage.add_damage(np.random.default_rng(s), picture, [kind], 3).mask.any()
                     for s in range(20))
        assert marked >= 10, kind


def test_layers_add_up_as_they_are_painted(picture):
    half = np.zeros(picture.shape[:2], np.float32)
    half[10:20, 10:20] = 0.5
    done = damage.apply_layers(picture, [(half, np.float32(1)), (half, np.float32(0))])
    expected = ((picture[15, 15] + 1) / 2) / 2
    assert np.allclose(done.picture[15, 15], expected, atol=1e-6)
    assert done.cover[15, 15] == pytest.approx(0.75)


@pytest.mark.parametrize("draw", lookalikes.ALL, ids=lambda f: f.__name__)
def test_lookalikes_change_the_picture_the_same_way_each_time(draw, picture):
    changed = 0
    for seed in range(8):
        a, b = picture.copy(), picture.copy()
        draw(np.random.default_rng(seed), a)
        draw(np.random.default_rng(seed), b)
        assert np.array_equal(a, b) and np.isfinite(a).all()
        changed += not np.array_equal(a, picture)
    assert changed >= 4

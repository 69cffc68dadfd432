# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np
import pytest

import colour
import hints
from tone import LUM


def test_split_and_join_are_inverse_inside_the_gamut(picture):
    luminance, chroma = colour.split(picture)
    assert np.abs(colour.join(luminance, chroma) - picture).max() < 1e-5


def test_any_chroma_keeps_the_luminance():
    rng = np.random.default_rng(5)
    luminance = rng.random((40, 50)).astype(np.float32)
    chroma = rng.uniform(-0.9, 0.9, (40, 50, 2)).astype(np.float32)
    picture = colour.join(luminance, chroma)
    assert picture.min() >= 0 and picture.max() <= 1
    assert np.abs(picture @ LUM - luminance).max() < 1e-5


def test_each_bin_is_nearest_to_itself():
    centres, shares = colour.load_bins()
    assert shares.sum() == pytest.approx(1, abs=1e-3)
    assert np.array_equal(colour.nearest_bin(centres[None], centres)[0], np.arange(len(centres)))


def test_no_hint_propagates_nothing():
    zero = np.zeros((64, 64), np.float32)
    result = hints.propagate(zero + 0.5, np.zeros((64, 64, 2), np.float32), zero, zero)
    assert result.shape == (16, 16, 3) and not result.any()


def test_a_hint_fills_its_area_and_stops_at_the_edge():
    luminance = np.full((128, 128), 0.2, np.float32)
    luminance[:, 64:] = 0.8
    hint, mask = np.zeros((128, 128, 2), np.float32), np.zeros((128, 128), np.float32)
    hint[60:68, 28:36] = (0.3, -0.2)
    mask[60:68, 28:36] = 1
    spread = hints.propagate(luminance, hint, mask, np.zeros_like(mask), rounds=300)
    assert np.allclose(spread[15:17, 7:9, :2].mean((0, 1)), (0.3, -0.2), atol=0.03)
    colour_there = spread[:, :15, :2] / spread[:, :15, 2:]
    assert np.allclose(colour_there, (0.3, -0.2), atol=0.02)
    assert spread[:, :15, 2].min() > 0.3
    assert spread[15, 0, 2] < spread[15, 4, 2] < 1
    assert np.abs(spread[:, 17:]).max() < 0.05


def test_propagation_solves_its_own_equations():
    """Against a dense solution of the same system."""
    rng = np.random.default_rng(2)
    light = rng.random((8, 10)).astype(np.float32)
    hold = (rng.random((8, 10)) < 0.2).astype(np.float32) * hints.HOLD
    target = rng.random((8, 10, 1)).astype(np.float32)
    n = light.size
    matrix, index = np.zeros((n, n)), np.arange(n).reshape(light.shape)
    for (dy, dx), weight in zip(hints._NEIGHBOURS, hints._affinities(light)):
        here, there = hints._pairs(light.shape, dy, dx)
        matrix[index[here].ravel(), index[there].ravel()] = weight.ravel()
        matrix[index[there].ravel(), index[here].ravel()] = weight.ravel()
    degree = matrix.sum(1)
    system = np.diag(degree * (1 + hints.PULL + hold.ravel())) - matrix
    expected = np.linalg.solve(system, degree * hold.ravel() * target.ravel())
    found = hints._solve(light, target, hold, np.zeros_like(target), 500)
    assert np.abs(found.ravel() - expected).max() < 2e-3


def test_simulated_hints_tell_the_truth_and_are_often_absent():
    chroma = np.broadcast_to(np.float32([0.1, 0.2]), (64, 64, 2)).copy()
    none = 0
    for seed in range(60):
        hint, mask, grey = hints.simulate(np.random.default_rng(seed), chroma)
        none += not (mask.any() or grey.any())
        assert np.allclose(hint[mask > 0], (0.1, 0.2), atol=1e-5)
        assert not (mask * grey).any()
        assert not hint[mask == 0].any()
    assert 6 <= none <= 26

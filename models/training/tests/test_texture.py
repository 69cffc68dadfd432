# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import cv2
import numpy as np
import pytest
import torch

import texture
from data import planes


def _textured(amount, seed=3):
    """Flat grey with noise of three scales, and a hole in its middle."""
    rng = np.random.default_rng(seed)
    picture = np.full((120, 120), 128.0)
    for sigma in (0, 1.5, 3):
        noise = rng.standard_normal(picture.shape)
        picture += (cv2.GaussianBlur(noise, (0, 0), sigma) if sigma else noise) * amount * (1 + 2 * sigma)
    mask = np.zeros(picture.shape, bool)
    mask[30:80, 35:90] = True
    return np.repeat(np.round(np.clip(picture, 0, 255)).astype(np.uint8)[..., None], 3, 2), mask


def test_the_gap_is_the_log_of_how_much_texture_there_is():
    truth, mask = _textured(6)
    assert texture.gaps(truth, truth, mask) == [0, 0, 0]
    elsewhere, _ = _textured(6, seed=4)  # the same texture, nowhere the same
    assert max(texture.gaps(elsewhere, truth, mask)) < 0.1
    half, _ = _textured(3)
    for gap in texture.gaps(half, truth, mask) + texture.gaps(truth, half, mask):
        assert gap == pytest.approx(np.log(2), abs=0.06)


def test_a_blur_loses_the_finest_scale_most_and_flat_is_finite():
    truth, mask = _textured(6)
    finest, middle, coarsest = texture.gaps(cv2.GaussianBlur(truth, (0, 0), 1.5), truth, mask)
    assert finest > middle > coarsest > 0
    assert np.isfinite(texture.gaps(np.full_like(truth, 128), truth, mask)).all()


def test_only_what_lies_in_the_hole_counts():
    truth, mask = _textured(6)
    other = truth.copy()
    other[:8] = 255 - other[:8]
    assert np.allclose(texture.gaps(other, truth, mask), 0)


def test_matched_noise_brings_the_finest_scale_back_in_the_holes_alone():
    truth, mask = _textured(6)
    fill = truth.copy()
    fill[mask] = 128
    noisy = texture.with_matched_noise(np.random.default_rng(1), fill, mask)
    assert np.array_equal(noisy[~mask], truth[~mask])
    assert texture.gaps(noisy, truth, mask)[0] < 0.1 < texture.gaps(fill, truth, mask)[0]
    calm = np.full_like(truth, 90)  # nothing around, nothing to match
    assert np.array_equal(texture.with_matched_noise(np.random.default_rng(1), calm, mask), calm)


def test_the_loss_agrees_with_the_statistic():
    truth, mask = _textured(6)
    half, _ = _textured(3)
    clean, less = (torch.from_numpy(planes(x))[None] for x in (truth, half))
    hole = torch.from_numpy(mask[None, None].astype(np.float32))
    assert float(texture.texture_loss(clean, clean, hole)) == 0
    less.requires_grad_(True)
    loss = texture.texture_loss(less, clean, hole)
    assert float(loss.detach()) == pytest.approx(np.mean(texture.gaps(half, truth, mask)), abs=0.2)
    loss.backward()
    assert torch.isfinite(less.grad).all() and less.grad.abs().max() > 0
    nothing = texture.texture_loss(clean, clean, torch.zeros_like(hole))
    assert float(nothing) == 0

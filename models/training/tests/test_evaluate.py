# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import cv2
import numpy as np
import pytest

import evaluate


def test_f1_forgives_two_pixels_and_no_more():
    truth = np.zeros((40, 40), bool)
    truth[:, 20] = True
    for shift, expected in ((0, 1), (2, 1), (3, 0)):
        found = np.roll(truth, shift, 1)
        assert evaluate.f1(found, truth, 2) == pytest.approx(expected)
    half = truth.copy()
    half[:, 5] = True  # as much again that is not there
    assert evaluate.f1(half, truth, 2) == pytest.approx(2 / 3)


def test_psnr_inside_a_mask_ignores_the_rest():
    a, b = np.zeros((4, 4, 3), np.uint8), np.zeros((4, 4, 3), np.uint8)
    b[0, 0] = 255
    b[3, 3] = 51
    where = np.zeros((4, 4), bool)
    where[3, 3] = True
    assert evaluate.psnr(a, b, where) == pytest.approx(13.98, abs=0.01)


def test_identity_curves_change_nothing(picture):
    bytes_ = evaluate.as_bytes(picture)
    curves = np.repeat(np.linspace(0, 1, 16)[None], 3, 0)
    assert np.array_equal(evaluate.through_curves(bytes_, curves), bytes_)


def test_the_textured_inpainter_is_set_beside_telea_and_noise(picture, tmp_path):
    """What gives the fill back is as good as Telea in every column."""
    (tmp_path / "masks").mkdir()
    bytes_ = evaluate.as_bytes(picture)
    cv2.imwrite(str(tmp_path / "masks" / "free_1.jpg"), bytes_[..., ::-1])
    mask = np.zeros(bytes_.shape[:2], np.uint8)
    mask[30:60, 40:80] = 255
    cv2.imwrite(str(tmp_path / "masks" / "free_1_mask.png"), mask)
    table = evaluate.inpainter_gan(lambda fill, _: fill.astype(np.float32) / 255, tmp_path)
    row = next(r for r in table.splitlines() if "mean of" in r).replace("*", "").split("|")
    _, telea, _, ours, over, gap, noisy, own = (c.strip() for c in row[1:-1])
    assert telea == ours and over == "+0.00" and gap == own != noisy
    assert sum(line.startswith("| ") and " to " in line for line in table.splitlines()) == 3

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import cv2
import numpy as np

import evaluate
import train_restorer


def _error(a, b):
    return float(np.square(a - b).mean())


def _soft(picture, sigma=1.5):
    return cv2.GaussianBlur(picture, (0, 0), sigma)


def test_richardson_lucy_sharpens_a_blurred_picture(picture):
    sharp = evaluate.richardson_lucy(_soft(picture), 1.5, 6)
    assert _error(sharp, picture) < 0.8 * _error(_soft(picture), picture)


def test_the_inverse_brings_a_blurred_picture_back(picture):
    sharp = train_restorer.regularised_inverse(_soft(picture), 1.5, 1)
    assert _error(sharp, picture) < 0.8 * _error(_soft(picture), picture)
    # Blurred again, it is what was seen: that is what "inverse" says.
    inside = np.s_[16:-16, 16:-16]
    assert _error(_soft(sharp)[inside], _soft(picture)[inside]) < 1e-5


def test_only_a_known_blur_is_deblurred(picture):
    for strength in (-1.0, 0.0, 0.05):
        assert train_restorer.deblurred(picture, 0.1, 0.0, strength) is picture
    assert not np.array_equal(train_restorer.deblurred(picture, 0.1, 0.0, 0.5), picture)


def test_what_is_noisy_or_compressed_is_deblurred_less(picture):
    def change(noise, jpeg):
        return _error(train_restorer.deblurred(_soft(picture), noise, jpeg, 0.5), _soft(picture))
    assert change(-1, -1) == change(0.01, 0) > change(0.1, 0) > change(0.4, 0)
    assert change(0, 0.05) > change(0, 0.6) > change(0, 0.9)

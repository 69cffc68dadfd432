# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import cv2
import numpy as np

import train_restorer


def _error(a, b):
    return float(np.square(a - b).mean())


def test_richardson_lucy_sharpens_a_blurred_picture(picture):
    soft = cv2.GaussianBlur(picture, (0, 0), 1.5)
    sharp = train_restorer.richardson_lucy(soft, 1.5, 6)
    assert _error(sharp, picture) < 0.8 * _error(soft, picture)


def test_only_a_known_blur_is_deblurred(picture):
    for strength in (-1.0, 0.0, 0.05):
        assert train_restorer.deblurred(picture, strength) is picture
    assert not np.array_equal(train_restorer.deblurred(picture, 0.5), picture)

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random fields: smooth value noise and film grain."""

import cv2
import numpy as np


def value_noise(rng, height, width, cell, octaves=3):
    """Smooth noise in [0,1], about `cell` pixels a bump, each octave half as large and strong."""
    field = np.zeros((height, width), np.float32)
    total, weight = 0.0, 1.0
    for _ in range(octaves):
        rows, columns = int(height / cell) + 2, int(width / cell) + 2
        coarse = rng.random((rows, columns), np.float32)
        field += weight * cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        total += weight
        weight *= 0.5
        cell = max(cell / 2, 1.0)
    return np.clip(field / total, 0, 1)


def grain(rng, height, width, channels, correlation):
    """Zero-mean noise of unit deviation, H x W x channels; `correlation` is its blur in pixels."""
    field = rng.standard_normal((height, width, channels), np.float32)
    if correlation > 0.2:
        field = cv2.GaussianBlur(field, (0, 0), correlation).reshape(height, width, channels)
        field /= field.std() + 1e-6
    return field

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded holes for the inpainter: what a person paints over a thing or a stain."""

import cv2
import numpy as np

from noise import value_noise


def painted(rng, shape):
    """Brush strokes and ellipses, H x W bool, a few per cent to a quarter of the picture."""
    height, width = shape
    layer = np.zeros(shape, np.uint8)
    for _ in range(int(rng.integers(1, 6))):
        at = rng.uniform(0, 1, 2) * (width, height)
        thick = int(np.exp(rng.uniform(np.log(3), np.log(34))))
        if rng.random() < 0.6:
            angle = rng.uniform(0, 2 * np.pi)
            for _ in range(int(rng.integers(1, 6))):
                to = at + np.array([np.cos(angle), np.sin(angle)]) * rng.uniform(8, 45)
                cv2.line(layer, tuple(at.astype(int).tolist()), tuple(to.astype(int).tolist()), 255,
                         thick)
                at, angle = to, angle + rng.normal(0, 0.8)
        else:
            axes = (max(2, int(thick * rng.uniform(0.4, 1.1))), max(2, thick // 2))
            cv2.ellipse(layer, tuple(at.astype(int).tolist()), axes, int(rng.integers(180)), 0, 360,
                        255, -1)
    return layer > 0


def ragged(rng, shape):
    """Irregular islands, as flaked emulsion leaves them."""
    field = value_noise(rng, *shape, rng.uniform(8, 50), 3)
    return field > np.quantile(field, 1 - rng.uniform(0.02, 0.15))


def holes(rng, shape):
    """One of the above, never empty and never more than 35 % of the picture."""
    while True:
        mask = painted(rng, shape) if rng.random() < 0.8 else ragged(rng, shape)
        if 0 < mask.mean() <= 0.35:
            return mask

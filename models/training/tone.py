# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a photograph looks before anything is scratched: grey, sepia, faded, soft, grainy.

Pictures are H x W x 3 float32 in [0,1], sRGB-coded.
"""

import cv2
import numpy as np

from noise import grain, value_noise

LUM = np.array([0.30, 0.59, 0.11], np.float32)
"""The weights of W3C Compositing's Lum(), on coded values."""


def to_grey(picture):
    """The picture's W3C Lum in all three channels."""
    return np.repeat((picture @ LUM)[..., None], 3, 2)


def toned(rng, grey):
    """A grey picture printed on warm paper in a brown or bluish tone."""
    warm = rng.random() < 0.85
    shadow = rng.uniform([0.02, 0.0, 0.0], [0.22, 0.14, 0.10] if warm else [0.06, 0.08, 0.16])
    paper = rng.uniform([0.80, 0.74, 0.55], [1.0, 0.97, 0.90]) if warm else \
        rng.uniform([0.80, 0.84, 0.86], [0.97, 0.99, 1.0])
    bend = rng.uniform([0.75, 0.9, 1.0], [1.0, 1.15, 1.5]) if warm else np.ones(3)
    curved = np.clip(grey, 0, 1) ** bend.astype(np.float32)
    return (shadow + curved * (paper - shadow)).astype(np.float32)


def fade(rng, picture, strength):
    """Colour fading: each dye loses density on its own, over a yellowed base. strength in [0,1]."""
    density = -np.log10(np.clip(picture, 0.004, 1))
    keep = 1 - strength * rng.uniform([0.1, 0.1, 0.1], [0.75, 0.6, 0.6])
    base = strength * rng.uniform([0.0, 0.0, 0.0], [0.04, 0.06, 0.2])
    return np.power(10, -(density * keep + base)).astype(np.float32)


def photographic_look(rng, picture):
    """A random period look: colour, faded, grey or sepia; contrast, light, softness, grain."""
    height, width = picture.shape[:2]
    kind = rng.random()
    if kind < 0.30:
        picture = to_grey(picture)
    elif kind < 0.55:
        picture = toned(rng, to_grey(picture))
    elif kind < 0.75:
        picture = fade(rng, picture, rng.random())
    if rng.random() < 0.5:
        low, high = rng.uniform(0, 0.25), rng.uniform(0.7, 1)
        picture = low + (high - low) * np.power(np.clip(picture, 0, 1), rng.uniform(0.7, 1.4))
    if rng.random() < 0.3:
        light = value_noise(rng, height, width, max(height, width) * 0.8, 1)
        picture = picture * (1 + rng.uniform(-0.4, 0.4) * (light[..., None] - 0.5))
    if rng.random() < 0.25:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.6))
    if rng.random() < 0.5:
        sigma = np.exp(rng.uniform(np.log(0.004), np.log(0.06)))
        coloured = 3 if rng.random() < 0.3 else 1
        picture = picture + sigma * grain(rng, height, width, coloured, rng.uniform(0, 1.2))
    return np.clip(picture, 0, 1).astype(np.float32)

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the benches measure pictures: BGR as OpenCV reads them."""
import cv2
import numpy as np

LUM = np.array([0.11, 0.59, 0.30])
"""W3C Compositing's Lum of blue, green, red."""


def psnr(a, b, where=None):
    """dB between 8-bit pictures, all or where `where` is set."""
    error = np.square(a.astype(float) - b.astype(float))
    error = error if where is None else error[where]
    return -10 * np.log10(max(error.mean(), 1e-9) / 255 ** 2)


def texture_gap(fill, truth, where):
    """|log| of the ratio of what is finer than a few pixels, in a fill and in truth."""
    fine = [p - cv2.GaussianBlur(p, (0, 0), 2)
            for p in (cv2.cvtColor(x, cv2.COLOR_BGR2GRAY).astype(float) for x in (fill, truth))]
    return abs(np.log(max(fine[0][where].std(), 1e-3) / max(fine[1][where].std(), 1e-3)))


def lab(picture):
    """8 bit, or floats from 0 to 1."""
    scale = 255 if picture.dtype == np.uint8 else 1
    return cv2.cvtColor(picture.astype(np.float32) / scale, cv2.COLOR_BGR2LAB)


def distance(a, b):
    """CIE 1976, each pixel."""
    return np.linalg.norm(lab(a) - lab(b), axis=2)


def mean_distance(a, b):
    return distance(a, b).mean()


def grey(picture):
    """8 bit of three channels in W3C luminance, 8 bit of one."""
    return np.round(picture.astype(float) @ LUM).astype(np.uint8)


def over(color, luminance):
    """W3C's Color blend: a colour (b, g, r from 0 to 1) with a luminance; a picture of one pixel."""
    shifted = np.asarray(color, float) + luminance - np.dot(color, LUM)
    low, high = shifted.min(), shifted.max()
    if low < 0:
        shifted = luminance + (shifted - luminance) * luminance / (luminance - low)
    if high > 1:
        shifted = luminance + (shifted - luminance) * (1 - luminance) / (high - luminance)
    return shifted.reshape(1, 1, 3).astype(np.float32)

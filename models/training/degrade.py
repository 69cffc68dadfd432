# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Blur, noise and JPEG in random order and strength, after the second-order degradation of
Real-ESRGAN (Wang 2021), without its resizing.

Pictures are H x W x 3 float32 in [0,1]. The levels handed back use the restorer's scale: noise
sigma / 0.2 (as it stands in the result), JPEG (100 - quality) / 100, Gaussian blur sigma / 3 px.
"""

import cv2
import numpy as np

from noise import grain

NOISE_SCALE = 0.2
BLUR_SCALE = 3.0


def jpeg(picture, quality, full_colour=False):
    """Through a JPEG file of that quality, 4:2:0 unless `full_colour`."""
    sampling = 0x111111 if full_colour else 0x221111
    coded = cv2.imencode(".jpg", np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)[..., ::-1],
                         [cv2.IMWRITE_JPEG_QUALITY, int(quality), 7, sampling])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1].astype(np.float32) / 255


def as_scanned(rng, picture, noisy):
    """In 8 bits, in some cases (of a share `noisy`) with a scanner's grain, in some through a JPEG."""
    if rng.random() < noisy:
        picture = picture + rng.uniform(0.003, 0.03) * grain(
            rng, *picture.shape[:2], int(rng.choice([1, 3])), rng.uniform(0, 1))
    picture = np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.35:
        _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY,
                                                  int(rng.integers(55, 98))])
        picture = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    return picture


def blur_kernel(rng, sigma):
    """A point spread of about the given Gaussian deviation: mostly round, else oval or a disc."""
    kind = rng.random()
    if kind < 0.65:
        across, along = sigma, sigma
    else:
        across, along = sigma * rng.uniform(0.6, 1), sigma * rng.uniform(1, 1.5)
    reach = int(np.ceil(3 * along)) + 1
    y, x = np.mgrid[-reach:reach + 1, -reach:reach + 1].astype(np.float32)
    if kind > 0.85:  # a disc of radius r has the variance r * r / 4 along an axis
        spread = np.clip(2 * sigma + 0.5 - np.hypot(x, y), 0, 1)
    else:
        turn = rng.uniform(0, np.pi)
        u, v = np.cos(turn) * x + np.sin(turn) * y, np.cos(turn) * y - np.sin(turn) * x
        spread = np.exp(-0.5 * (np.square(u / along) + np.square(v / across)))
    return (spread / spread.sum()).astype(np.float32)


def noise_field(rng, picture, sigma):
    """Zero-mean noise for the picture: white, correlated (grain) or growing with the signal."""
    h, w = picture.shape[:2]
    kind = rng.random()
    correlation = rng.uniform(0.3, 1.3) if kind < 0.3 else 0.0
    field = grain(rng, h, w, 1 if rng.random() < 0.3 else 3, correlation) * sigma
    if kind > 0.7:
        brightness = np.clip(picture.mean(2, keepdims=True), 0, 1)
        shape = np.sqrt(brightness) if rng.random() < 0.5 else 4 * brightness * (1 - brightness)
        field = field * (0.35 + 0.9 * shape)
    return np.broadcast_to(field, picture.shape).astype(np.float32)


def _log_uniform(rng, low, high):
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def _round(rng, pair, kinds, strength, levels):
    """One round of the named kinds in random order, on (noisy, quiet) pictures."""
    picture, quiet = pair
    for kind in rng.permutation(kinds):
        if kind == "blur":
            sigma = rng.uniform(0.5, 2.4) * strength
            kernel = blur_kernel(rng, max(sigma, 0.3))
            picture = cv2.filter2D(picture, -1, kernel, borderType=cv2.BORDER_REFLECT_101)
            quiet = cv2.filter2D(quiet, -1, kernel, borderType=cv2.BORDER_REFLECT_101)
            levels[2] = np.hypot(levels[2], sigma / BLUR_SCALE)
        elif kind == "noise":
            sigma = _log_uniform(rng, 0.006, 0.22) * strength
            picture = picture + noise_field(rng, picture, sigma)
        else:
            quality = int(np.clip(100 - rng.uniform(8, 93) * strength, 6, 96))
            full = rng.random() < 0.3
            picture, quiet = jpeg(picture, quality, full), jpeg(quiet, quality, full)
            levels[1] = max(levels[1], (100 - quality) / 100)
    return picture, quiet


def degrade(rng, clean):
    """(degraded H x W x 3 float32 [0,1], levels: 3 float32 in [0,1]: noise, JPEG, blur)."""
    levels = np.zeros(3, np.float32)
    plan = rng.random()
    if plan < 0.05:
        return clean.copy(), levels
    names = ["blur", "noise", "jpeg"]
    if plan < 0.65:  # one kind alone; of noise less, the pack ffdnet-color is there for it
        kind = "jpeg" if plan < 0.32 else "blur" if plan < 0.58 else "noise"
        pair = _round(rng, (clean, clean), [kind], 1.0, levels)
        if kind == "blur":
            pair = pair[0] + rng.uniform(0.001, 0.02) * grain(rng, *clean.shape, 0), pair[1]
    else:
        kinds = [n for n in names if rng.random() < 0.7] or ["jpeg"]
        pair = _round(rng, (clean, clean), kinds, rng.uniform(0.4, 1), levels)
        if rng.random() < 0.3:
            kinds = [n for n in names if rng.random() < 0.5]
            pair = _round(rng, pair, kinds, rng.uniform(0.2, 0.5), levels)
    picture = np.clip(pair[0], 0, 1)
    levels[0] = np.std(picture - np.clip(pair[1], 0, 1)) / NOISE_SCALE
    if rng.random() < 0.85:
        picture = np.round(picture * 255) / 255
    return picture.astype(np.float32), np.clip(levels, 0, 1)

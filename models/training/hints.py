# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Simulated colour hints, and their classical propagation along the luminance.

Propagation follows Levin, Lischinski and Weiss 2004 (colorization using optimization): neighbours
of like luminance want like chroma. Its affinities are made symmetric here, and a weak pull to
neutral is added, so that the system is positive definite and a hint's reach can be told: the same
system with 1 at every hint gives a plane that falls from 1 with the distance from the hints.
"""

import cv2
import numpy as np

GRID = 4
"""The propagation is solved on cells of GRID x GRID pixels."""
PULL = 2e-3
HOLD = 20.0


def patches(rng, chroma, count, size):
    """`count` square patches of about `size` px that reveal their mean chroma, as in Zhang 2017.

    Gives (hint chroma H x W x 2, hint mask H x W float 0 or 1).
    """
    h, w = chroma.shape[:2]
    hint, mask = np.zeros_like(chroma), np.zeros((h, w), np.float32)
    for _ in range(count):
        side = size if size else int(rng.integers(1, 10))
        y, x = int(rng.integers(0, h - side + 1)), int(rng.integers(0, w - side + 1))
        hint[y:y + side, x:x + side] = chroma[y:y + side, x:x + side].mean((0, 1))
        mask[y:y + side, x:x + side] = 1
    return hint, mask


def strokes(rng, chroma, hint, mask, count):
    """Adds brush strokes of the mean chroma under each, in place."""
    h, w = mask.shape
    for _ in range(count):
        layer = np.zeros((h, w), np.uint8)
        a = rng.uniform(0, 1, 2) * (w, h)
        b = a + rng.normal(0, 0.06, 2) * (w, h)
        cv2.line(layer, tuple(a.astype(int).tolist()), tuple(b.astype(int).tolist()), 1,
                 int(rng.integers(2, 7)))
        under = layer > 0
        if under.any() and chroma[under].std(0).max() < 0.08:
            hint[under] = chroma[under].mean(0)
            mask[under] = 1


def keep_grey(rng, chroma, count):
    """Discs the person declares grey, kept only where the picture is: H x W float 0 or 1."""
    h, w = chroma.shape[:2]
    layer = np.zeros((h, w), np.uint8)
    for _ in range(count):
        centre = (int(rng.integers(w)), int(rng.integers(h)))
        cv2.circle(layer, centre, int(rng.integers(3, 24)), 1, -1)
    return ((layer > 0) & (np.abs(chroma).max(-1) < 0.04)).astype(np.float32)


def simulate(rng, chroma):
    """(hint H x W x 2, mask H x W, keep-grey H x W): a quarter has none, the rest 1 to 500."""
    h, w = chroma.shape[:2]
    hint, mask, grey = np.zeros_like(chroma), np.zeros((h, w), np.float32), np.zeros((h, w),
                                                                                    np.float32)
    if rng.random() < 0.25:
        return hint, mask, grey
    count = int(np.exp(rng.uniform(0, np.log(500))))
    hint, mask = patches(rng, chroma, count, 6 if rng.random() < 0.5 else 0)
    if rng.random() < 0.25:
        strokes(rng, chroma, hint, mask, int(rng.integers(1, 12)))
    if rng.random() < 0.2:
        grey = keep_grey(rng, chroma, int(rng.integers(1, 5)))
        hint[grey > 0] = 0
        mask = np.where(grey > 0, 0, mask)
    return hint, mask, grey


def _cells(plane):
    h, w = plane.shape[:2]
    return cv2.resize(plane, (w // GRID, h // GRID), interpolation=cv2.INTER_AREA)


_NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1))


def _pairs(shape, dy, dx):
    h, w = shape
    here = (slice(0, h - dy), slice(max(0, -dx), w - max(0, dx)))
    there = (slice(dy, h), slice(max(0, dx), w - max(0, -dx)))
    return here, there


def _affinities(luminance):
    mean = cv2.blur(luminance, (3, 3), borderType=cv2.BORDER_REFLECT_101)
    square = cv2.blur(luminance * luminance, (3, 3), borderType=cv2.BORDER_REFLECT_101)
    spread = np.sqrt(np.maximum(square - mean * mean, 0) * 0.6 + 2e-5)
    weights = []
    for dy, dx in _NEIGHBOURS:
        here, there = _pairs(luminance.shape, dy, dx)
        step = luminance[here] - luminance[there]
        weights.append(np.exp(-step * step / (spread[here] * spread[there])) + 1e-5)
    return weights


def _solve(luminance, target, hold, start, rounds):
    """Conjugate gradients on (degree * (1 + PULL + hold) - affinity) x = degree * hold * target."""
    shape = luminance.shape
    weights = _affinities(luminance)
    degree = np.zeros(shape, np.float32)
    for (dy, dx), weight in zip(_NEIGHBOURS, weights):
        here, there = _pairs(shape, dy, dx)
        degree[here] += weight
        degree[there] += weight
    diagonal = (degree * (1 + PULL + hold))[..., None]

    def apply(x):
        result = diagonal * x
        for (dy, dx), weight in zip(_NEIGHBOURS, weights):
            here, there = _pairs(shape, dy, dx)
            result[here] -= weight[..., None] * x[there]
            result[there] -= weight[..., None] * x[here]
        return result

    right = (degree * hold)[..., None] * target
    x = start
    residual = right - apply(x)
    scaled = residual / diagonal
    direction, power = scaled.copy(), (residual * scaled).sum((0, 1))
    for _ in range(rounds):
        moved = apply(direction)
        length = power / np.maximum((direction * moved).sum((0, 1)), 1e-20)
        x = x + length * direction
        residual = residual - length * moved
        scaled = residual / diagonal
        fresh = (residual * scaled).sum((0, 1))
        if fresh.max() < 1e-9 * shape[0] * shape[1]:
            break
        direction = scaled + fresh / np.maximum(power, 1e-20) * direction
        power = fresh
    return x


def propagate(luminance, hint, mask, grey, rounds=20):
    """Hints spread over the cells: H/4 x W/4 x 3 float32: chroma (faded by reach) and the reach.

    luminance H x W; hint chroma H x W x 2; mask and keep-grey H x W. All zero without hints.
    Solved from a 1/4 of the cells upwards, each solution the next one's start.
    """
    share = _cells(np.maximum(mask, grey).astype(np.float32))
    known = _cells((hint * mask[..., None]).astype(np.float32))
    light = _cells(luminance.astype(np.float32))
    target = np.concatenate([known / np.maximum(share, 1e-6)[..., None],
                             np.ones_like(share)[..., None]], -1)
    target[share == 0] = 0
    if not share.any():
        return np.zeros(light.shape + (3,), np.float32)
    levels = [(light, target, share)]
    while min(levels[-1][0].shape) >= 32 and len(levels) < 3:
        light, target, share = levels[-1]
        size = (light.shape[1] // 2, light.shape[0] // 2)
        fewer = cv2.resize(share, size, interpolation=cv2.INTER_AREA)
        mixed = cv2.resize(target * share[..., None], size, interpolation=cv2.INTER_AREA)
        mixed = mixed / np.maximum(fewer, 1e-6)[..., None]
        levels.append((cv2.resize(light, size, interpolation=cv2.INTER_AREA), mixed, fewer))
    x = np.zeros(levels[-1][1].shape, np.float32)
    for light, target, share in reversed(levels):
        if x.shape != target.shape:
            x = cv2.resize(x, (light.shape[1], light.shape[0]), interpolation=cv2.INTER_LINEAR)
        x = _solve(light, target, share * HOLD, x, rounds)
    return x.astype(np.float32)

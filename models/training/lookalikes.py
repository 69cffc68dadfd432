# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real thin things that must survive a scratch detector: they belong to the photograph.

Each function draws into an H x W x 3 float32 picture in [0,1] in place. They are drawn before
the picture gets its tone, blur and grain, so that they share those with everything else in it;
damage comes on top afterwards.
"""

import cv2
import numpy as np

_SHIFT = 4
_SCRIPTS = (cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, cv2.FONT_HERSHEY_SCRIPT_COMPLEX)
_LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz ABCDEGHLMRST 0123456789 .,-"))


def _ink(rng, dark=None):
    dark = rng.random() < 0.65 if dark is None else dark
    level = rng.uniform(0, 0.3) if dark else rng.uniform(0.7, 1.0)
    return np.clip(level + rng.uniform(-0.06, 0.06, 3), 0, 1)


def _draw(picture, paths, colour, thickness, opacity=1.0):
    """Blends anti-aliased polylines (lists of N x 2 float points, x and y) over the picture."""
    layer = np.zeros(picture.shape[:2], np.uint8)
    points = [np.round(np.asarray(p) * (1 << _SHIFT)).astype(np.int32) for p in paths]
    cv2.polylines(layer, points, False, 255, thickness, cv2.LINE_AA, _SHIFT)
    alpha = (layer.astype(np.float32) * (opacity / 255))[..., None]
    picture += alpha * (colour.astype(np.float32) - picture)


def wires(rng, picture):
    """Overhead wires: a few long shallow arcs that share their direction. A single one is dark: a
    light one alone is what a scratch looks like."""
    h, w = picture.shape[:2]
    t = np.linspace(-0.1, 1.1, 40)
    slope, start = rng.uniform(-0.5, 0.5), rng.uniform(0, h)
    sag = rng.uniform(0, 0.15) * h
    paths = []
    count = int(rng.integers(1, 5))
    for i in range(count):
        y = start + i * rng.uniform(4, 30) + slope * h * t + sag * 4 * t * (1 - t)
        paths.append(np.stack([t * w, y], 1))
    ink = _ink(rng, True if count == 1 else None)
    _draw(picture, paths, ink, int(rng.integers(1, 4)), rng.uniform(0.5, 1))


def railings(rng, picture):
    """Parallel bars, window glazing bars or blinds, evenly spaced, possibly with a cross rail."""
    h, w = picture.shape[:2]
    gap, thickness = rng.uniform(6, 40), int(rng.integers(1, 6))
    y0, y1 = np.sort(rng.uniform(-0.2, 1.2, 2)) * h
    lean = rng.uniform(-0.1, 0.1) * h
    first, count = rng.uniform(-0.2, 0.8) * w, int(rng.integers(4, 25))
    paths = [np.array([[first + i * gap, y0], [first + i * gap + lean, y1]]) for i in range(count)]
    if rng.random() < 0.6:
        end = first + (count - 1) * gap
        paths += [np.array([[first, y0], [end, y0]]),
                  np.array([[first + lean, y1], [end + lean, y1]])]
    if rng.random() < 0.3:
        paths = [p[:, ::-1] for p in paths]
    _draw(picture, paths, _ink(rng), thickness, rng.uniform(0.4, 1))


def hair(rng, picture):
    """A lock of hair or grass: many nearly parallel, curved, overlapping strands."""
    h, w = picture.shape[:2]
    t = np.linspace(0, 1, 16)[:, None]
    root, tip = rng.uniform(0, 1, 2) * (w, h), rng.uniform(0, 1, 2) * (w, h)
    bend = rng.normal(0, 0.2, 2) * (w, h)
    dark = rng.random() < 0.6
    for _ in range(3):
        paths = []
        for _ in range(int(rng.integers(4, 14))):
            a, b, c = (p + rng.normal(0, 0.03, 2) * (w, h) for p in (root, tip, bend))
            paths.append(a * (1 - t) + b * t + 4 * t * (1 - t) * c)
        _draw(picture, paths, _ink(rng, dark), 1, rng.uniform(0.3, 0.9))


def writing(rng, picture):
    """Handwriting or a printed caption, a few lines of it."""
    h, w = picture.shape[:2]
    font = int(rng.choice(_SCRIPTS)) if rng.random() < 0.7 else int(rng.integers(0, 5))
    scale, thickness = rng.uniform(0.4, 1.6), int(rng.integers(1, 4))
    layer = np.zeros((h, w), np.uint8)
    x, y = int(rng.uniform(-0.1, 0.5) * w), int(rng.uniform(0.1, 0.9) * h)
    for line in range(int(rng.integers(1, 4))):
        text = "".join(rng.choice(_LETTERS, int(rng.integers(4, 22))))
        cv2.putText(layer, text, (x, y + int(line * 32 * scale)), font, scale, 255, thickness,
                    cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((x, y), rng.uniform(-12, 12), 1)
    layer = cv2.warpAffine(layer, turn, (w, h))
    alpha = (layer.astype(np.float32) * (rng.uniform(0.5, 1) / 255))[..., None]
    picture += alpha * (_ink(rng).astype(np.float32) - picture)


def stamp(rng, picture):
    """A round rubber stamp or a logo: rings with letters inside."""
    h, w = picture.shape[:2]
    layer = np.zeros((h, w), np.uint8)
    centre = (int(rng.uniform(0, w)), int(rng.uniform(0, h)))
    radius = int(rng.uniform(12, 50))
    for r in (radius, int(radius * 0.72)):
        cv2.circle(layer, centre, r, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
    text = "".join(rng.choice(_LETTERS, 4))
    cv2.putText(layer, text, (centre[0] - radius // 2, centre[1] + 5), 0, radius / 50, 255, 1,
                cv2.LINE_AA)
    alpha = (layer.astype(np.float32) * (rng.uniform(0.3, 0.9) / 255))[..., None]
    picture += alpha * (_ink(rng).astype(np.float32) - picture)


def lattice(rng, picture):
    """Lace, netting, a wire fence: two families of thin lines inside a patch."""
    h, w = picture.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    angle, pitch = rng.uniform(0, np.pi), rng.uniform(5, 18)
    a = np.cos(angle) * x + np.sin(angle) * y
    b = np.cos(angle + rng.uniform(0.8, 1.6)) * x + np.sin(angle + rng.uniform(0.8, 1.6)) * y
    line = np.maximum(np.cos(a * 2 * np.pi / pitch), np.cos(b * 2 * np.pi / pitch))
    alpha = np.clip((line - rng.uniform(0.75, 0.95)) * 12, 0, 1)
    cx, cy, r = rng.uniform(0, w), rng.uniform(0, h), rng.uniform(0.15, 0.5) * max(h, w)
    alpha *= ((x - cx) ** 2 + (y - cy) ** 2 < r * r)
    alpha *= rng.uniform(0.3, 0.9)
    picture += alpha[..., None] * (_ink(rng).astype(np.float32) - picture)


def pattern(rng, picture):
    """Bricks, tiles, windows, printed cloth: small marks alike in rows, in a patch or all over."""
    h, w = picture.shape[:2]
    across, down = rng.uniform(8, 40), rng.uniform(6, 30)
    mark = rng.uniform(0.15, 0.8) * across, float(np.clip(rng.uniform(0.1, 0.6) * down, 1, 5))
    x0, x1 = np.sort(rng.uniform(-0.2, 1.2, 2)) * w
    y0, y1 = np.sort(rng.uniform(-0.2, 1.2, 2)) * h
    if rng.random() < 0.4:
        x0, y0, x1, y1 = -w, -h, 2 * w, 2 * h
    shifted, is_round = rng.random() < 0.5, rng.random() < 0.3
    layer = np.zeros((h, w), np.uint8)
    for row, y in enumerate(np.arange(y0, y1, down)):
        for x in np.arange(x0 + (across / 2 if shifted and row % 2 else 0), x1, across):
            corner = (int(x * 16), int(y * 16))
            if is_round:
                cv2.circle(layer, corner, int(mark[1] * 16), 255, -1, cv2.LINE_AA, _SHIFT)
            else:
                end = (int((x + mark[0]) * 16), int((y + mark[1]) * 16))
                cv2.rectangle(layer, corner, end, 255, -1, cv2.LINE_AA, _SHIFT)
    turn = cv2.getRotationMatrix2D((w / 2, h / 2), rng.uniform(-90, 90) if rng.random() < 0.3
                                   else rng.uniform(-4, 4), 1)
    layer = cv2.warpAffine(layer, turn, (w, h))
    alpha = (layer.astype(np.float32) * (rng.uniform(0.2, 1) / 255))[..., None]
    picture += alpha * (_ink(rng).astype(np.float32) - picture)


def highlights(rng, picture):
    """Catchlights, pearls, buttons and lamps: small bright discs inside a darker surround."""
    h, w = picture.shape[:2]
    count = int(rng.choice([1, 2, 2, 3, 9, 14]))
    step = rng.normal(0, 1, 2)
    step *= rng.uniform(6, 24) / (np.linalg.norm(step) + 1e-6)
    at = rng.uniform(0.1, 0.9, 2) * (w, h)
    radius = rng.uniform(0.7, 3.5)
    for i in range(count):
        x, y = at + i * step + rng.normal(0, 0.5, 2)
        surround, spot = np.zeros((h, w), np.uint8), np.zeros((h, w), np.uint8)
        centre = (int(x * 16), int(y * 16))
        cv2.circle(surround, centre, int(radius * 40), 255, -1, cv2.LINE_AA, _SHIFT)
        cv2.circle(spot, centre, int(radius * 16), 255, -1, cv2.LINE_AA, _SHIFT)
        shade = (surround.astype(np.float32) * (0.6 / 255))[..., None]
        picture -= shade * picture * 0.8
        picture += (spot.astype(np.float32) / 255)[..., None] * (0.95 - picture)


def border(rng, picture):
    """A white or cream print border with a straight or deckle edge, on one to four sides."""
    h, w = picture.shape[:2]
    wide = rng.uniform(4, 30)
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    sides = rng.random(4) < 0.5
    wave = rng.uniform(0, 3) if rng.random() < 0.5 else 0.0
    period = rng.uniform(6, 16)
    ripple_x, ripple_y = wave * np.sin(x * 6.28 / period), wave * np.sin(y * 6.28 / period)
    colour = np.clip(rng.uniform(0.8, 1.0) - np.array([0, 0.02, 0.08]) * rng.random(), 0, 1)
    outside = np.zeros((h, w), bool)
    for on, inside in zip(sides, (x - ripple_y, w - 1 - x - ripple_y, y - ripple_x,
                                  h - 1 - y - ripple_x)):
        if on:
            outside |= inside < wide
    if wave and rng.random() < 0.5:  # beyond the deckle edge the scanner's lid is seen
        lid = np.zeros((h, w), bool)
        for on, inside in zip(sides, (x - ripple_y, w - 1 - x - ripple_y, y - ripple_x,
                                      h - 1 - y - ripple_x)):
            if on:
                lid |= inside < wide * 0.4
        picture[outside] = colour
        picture[lid] = rng.choice([0.02, 0.97])
    else:
        picture[outside] = colour


def catchable_edges(rng, picture):
    """Straight high-contrast edges without a line: a mast, a table edge, a roof."""
    h, w = picture.shape[:2]
    corners = np.round(rng.uniform(-0.3, 1.3, (int(rng.integers(3, 5)), 2)) * (w, h) * 16)
    layer = np.zeros((h, w), np.uint8)
    cv2.fillPoly(layer, [corners.astype(np.int32)], 255, cv2.LINE_AA, _SHIFT)
    alpha = (layer.astype(np.float32) * (rng.uniform(0.3, 0.9) / 255))[..., None]
    picture += alpha * (_ink(rng).astype(np.float32) - picture)


ALL = (wires, railings, hair, writing, stamp, lattice, pattern, highlights, border,
       catchable_edges)


def add_lookalikes(rng, picture, most=3):
    """Draws up to `most` kinds of real thin things into the picture, in place."""
    for _ in range(int(rng.integers(0, most + 1))):
        ALL[int(rng.integers(len(ALL)))](rng, picture)
    np.clip(picture, 0, 1, out=picture)

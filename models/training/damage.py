# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeded physical damage with its exact mask: scratches, creases, dust, hairs, stains, tears.

Each kind returns layers: (cover, colour) or (cover, colour, strength), cover in [0,1] H x W, colour
broadcastable to H x W x 3, or a function that makes it from the picture, and strength in [0,1] to
H x W; the picture becomes picture + cover * strength * (colour - picture). The mask is where the
total cover reaches MASK_COVER, so a pixel without any cover is byte for byte the input's, the soft
foot of an anti-aliased stroke changes a pixel without being called damaged, and a faint scratch is
as wide as a strong one.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from noise import value_noise

MASK_COVER = 0.3
"""Cover from which a pixel counts as damaged."""

LEAST_COVER = 1 / 510
"""Less than this is nothing: it could not change an 8-bit value."""

_SHIFT = 4


@dataclass
class Damaged:
    """picture: H x W x 3 float32 [0,1]; mask: H x W bool; cover: H x W float32 [0,1];
    change: H x W float32, the largest change of a channel."""

    picture: np.ndarray
    mask: np.ndarray
    cover: np.ndarray
    change: np.ndarray


def _paper(rng):
    """Bare paper under lost emulsion: white to cream."""
    return (rng.uniform(0.78, 1.0) - np.array([0, 0.04, 0.14]) * rng.random()).astype(np.float32)


def _mark_colour(rng):
    """The colour of a scratch: mostly light, sometimes dark, sometimes a dye layer's colour."""
    kind = rng.random()
    if kind < 0.62:
        return _paper(rng)
    if kind < 0.88:
        return rng.uniform(0, 0.22) + rng.uniform(-0.03, 0.03, 3).astype(np.float32)
    return rng.uniform(0, 1, 3).astype(np.float32)


def _wander(rng, start, angle, length, step, stiffness):
    """A random walk with inertia: N x 2 points. stiffness in [0,1]: 1 is a straight line."""
    count = max(2, int(length / step))
    turns = np.cumsum(rng.normal(0, (1 - stiffness) * 0.35, count))
    turns -= turns.mean() * rng.random()
    steps = np.stack([np.cos(angle + turns), np.sin(angle + turns)], 1) * step
    return start + np.concatenate([np.zeros((1, 2)), np.cumsum(steps, 0)])


def _stroke(shape, path, width, rng=None, varying=0.0):
    """Anti-aliased cover of a polyline of the given width in pixels, uneven if `varying` > 0."""
    layer = np.zeros(shape, np.uint8)
    points = np.round(path * (1 << _SHIFT)).astype(np.int32)
    thick = max(1, int(round(width)))
    if varying <= 0 or thick < 2 or rng is None:
        cv2.polylines(layer, [points], False, 255, thick, cv2.LINE_AA, _SHIFT)
    else:
        breath = np.interp(np.arange(len(points)), np.linspace(0, len(points), 9),
                           rng.uniform(1 - varying, 1, 9))
        for a, b, k in zip(points[:-1], points[1:], breath):
            cv2.line(layer, tuple(map(int, a)), tuple(map(int, b)), 255,
                     max(1, int(round(width * k))), cv2.LINE_AA, _SHIFT)
    cover = layer.astype(np.float32) / 255
    if width < 1:
        cover *= width
    return cover


def _profiled(rng, shape, path, width):
    """Cover of a line by the distance from its middle, drawn at twice the size: soft, ridged or with
    an empty middle, its width and its density uneven."""
    fine = [2 * side for side in shape]
    layer = np.full(fine, 255, np.uint8)
    points = np.round(path * (2 << _SHIFT)).astype(np.int32)
    cv2.polylines(layer, [points], False, 0, 1, cv2.LINE_8, _SHIFT)
    away = cv2.distanceTransform(layer, cv2.DIST_L2, 5) / 2
    half = max(width, 0.8) / 2 * (0.5 + value_noise(rng, *fine, rng.uniform(10, 120), 2))
    profile = rng.integers(4)
    if profile == 0:
        cover = np.exp(-0.7 * np.square(away / half))
    elif profile == 1:
        cover = np.clip((half - away) / (half * rng.uniform(0.1, 1) + 0.3) + 0.5, 0, 1)
    elif profile == 2:
        cover = np.maximum(rng.uniform(0.3, 0.6) * np.exp(-np.square(away / half)),
                           np.exp(-np.square(away / (0.3 * half + 0.3))))
    else:
        cover = np.exp(-np.square((away - 0.6 * half) / (0.35 * half + 0.3)))
    if rng.random() < 0.6:
        cover *= 1 - rng.uniform(0.2, 0.9) * value_noise(rng, *fine, rng.uniform(2, 12), 2)
    cover = cv2.resize(cover.astype(np.float32), shape[::-1], interpolation=cv2.INTER_AREA)
    return cover * min(width, 1)


def _line(rng, shape, path, width, varying=0.6):
    """Cover of a line, as a brush draws it or by a profile across it."""
    if rng.random() < 0.5:
        return _profiled(rng, shape, path, width)
    return _stroke(shape, path, width, rng, varying)


def _lights(rng, colour):
    """What a mark does to the picture under it: hide it, or, as emulsion that has become thinner or
    denser, lighten or darken it."""
    kind = rng.random()
    if kind < 0.6:
        return colour
    if kind < 0.8 or colour.mean() > 0.5:
        return lambda picture: picture + colour * (1 - picture)
    return lambda picture: picture * colour


def _broken(rng, cover, cell, gaps):
    """Interrupts a cover with irregular gaps; `gaps` is roughly the share that goes missing."""
    field = value_noise(rng, *cover.shape, cell, 2)
    edge = np.quantile(field[::4, ::4], gaps)
    return cover * np.clip((field - edge) * 14 + 0.5, 0, 1)


def _softened(rng, cover):
    """Mostly as a lens has seen it: an edge is a pixel or two wide."""
    if rng.random() < 0.25:
        return cover
    return cv2.GaussianBlur(cover, (0, 0), rng.uniform(0.3, 1.6))


def _strength(rng, shape, least):
    """How much of the picture a mark hides: everywhere alike, or more here and less there."""
    strength = np.float32(rng.uniform(least, 1))
    if rng.random() < 0.5:
        return strength
    field = value_noise(rng, *shape, rng.uniform(15, 90), 1)
    low, high = np.quantile(field[::4, ::4], (0.1, 0.9))
    part = np.clip((field - low) / max(high - low, 1e-6), 0, 1)
    return strength * (1 - rng.uniform(0.2, 0.8) * part).astype(np.float32)


def _anywhere(rng, shape, margin=0.1):
    return rng.uniform(-margin, 1 + margin, 2) * (shape[1], shape[0])


def scratch(rng, shape):
    """A scratch of 1 to 8 px, straight or wandering, sometimes broken, sometimes faint."""
    length = rng.uniform(0.1, 1.6) * max(shape)
    path = _wander(rng, _anywhere(rng, shape), rng.uniform(0, 2 * np.pi), length,
                   rng.choice([5, 5, 12, 24]), rng.choice([0.55, 0.8, 0.95, 1.0]))
    width = float(np.exp(rng.uniform(np.log(0.8), np.log(8)))) if rng.random() < 0.6 else 1.0
    cover = _line(rng, shape, path, width)
    if rng.random() < 0.6:
        cover = _broken(rng, cover, rng.uniform(4, 30), rng.uniform(0, 0.45))
    return [(_softened(rng, cover), _lights(rng, _mark_colour(rng)), _strength(rng, shape, 0.3))]


def film_scratch(rng, shape):
    """A thin line along the film's travel: vertical or horizontal, full length, faint."""
    h, w = shape
    along = np.arange(-4, h + 8, 6.0)
    drift = np.cumsum(rng.normal(0, 0.12, len(along)))
    path = np.stack([rng.uniform(0, w) + drift, along], 1)
    if rng.random() < 0.2:
        path = path[:, ::-1] * (w / h, h / w)
    cover = _line(rng, shape, path, float(rng.choice([1, 1, 1, 2, 3])), 0)
    if rng.random() < 0.7:
        cover = _broken(rng, cover, rng.uniform(8, 60), rng.uniform(0, 0.5))
    return [(_softened(rng, cover), _lights(rng, _mark_colour(rng)), _strength(rng, shape, 0.2))]


def crease(rng, shape):
    """A fold across the picture, 2 to 14 px: flakes of lost emulsion between shaded shoulders, or
    emulsion that is only stretched, a soft band with a lighter core."""
    size = max(shape)
    angle = rng.uniform(0, np.pi) if rng.random() < 0.6 else rng.choice([0, np.pi / 2])
    centre = _anywhere(rng, shape, 0)
    back = centre - np.array([np.cos(angle), np.sin(angle)]) * size * 1.5
    path = _wander(rng, back, angle, 3 * size, 7, rng.choice([0.8, 0.93, 0.985]))
    path += rng.normal(0, rng.uniform(0, 0.9), path.shape)
    width = float(np.exp(rng.uniform(np.log(2), np.log(14))))
    if rng.random() < 0.4:
        band = cv2.GaussianBlur(_line(rng, shape, path, width, 0.4), (0, 0),
                                max(0.7, width * rng.uniform(0.2, 0.4)))
        core = cv2.GaussianBlur(_line(rng, shape, path, max(1.0, width * 0.3), 0.7), (0, 0), 0.7)
        paper = _lights(rng, _paper(rng))
        return [(cover, paper, _strength(rng, shape, 0.3)) for cover in (band, core)]
    lost = _line(rng, shape, path, width, 0.7)
    lost = _broken(rng, lost, max(2.0, width * rng.uniform(0.3, 1.2)), rng.uniform(0.05, 0.55))
    paper = _paper(rng) * (0.9 + 0.2 * value_noise(rng, *shape, 3, 2)[..., None])
    layers = []
    if rng.random() < 0.6:
        shoulder = _stroke(shape, path + rng.normal(0, width * 0.5, 2), width * rng.uniform(1.2, 2))
        shoulder = cv2.GaussianBlur(shoulder, (0, 0), max(0.8, width * 0.4))
        layers.append((shoulder * rng.uniform(0.04, 0.22), np.float32(rng.choice([0.0, 1.0]))))
    layers.append((_softened(rng, lost), np.clip(paper, 0, 1), _strength(rng, shape, 0.55)))
    return layers


def cracks(rng, shape):
    """Branching cracks of 1 to 3 px."""
    cover = np.zeros(shape, np.float32)
    ends = [(_anywhere(rng, shape), rng.uniform(0, 2 * np.pi), rng.uniform(0.2, 0.8) * max(shape))]
    for _ in range(int(rng.integers(3, 12))):
        start, angle, length = ends[int(rng.integers(len(ends)))]
        path = _wander(rng, start, angle, length, 4, 0.4)
        cover = np.maximum(cover, _line(rng, shape, path, float(rng.choice([1, 1, 2, 3])), 0.5))
        at = path[int(rng.integers(len(path)))]
        ends.append((at, angle + rng.choice([-1, 1]) * rng.uniform(0.5, 1.5), length * 0.6))
    return [(_softened(rng, cover), _mark_colour(rng), _strength(rng, shape, 0.4))]


def dust(rng, shape):
    """Specks of 1 to 10 px, alone or in showers, light or dark."""
    h, w = shape
    layer = np.zeros(shape, np.uint8)
    count = int(np.exp(rng.uniform(0, np.log(1.2e-3 * h * w + 2))))
    largest = rng.choice([1.0, 2.0, 4.0])
    for _ in range(count):
        x, y = _anywhere(rng, shape, 0)
        r = rng.uniform(0.5, 0.6 + largest * rng.random())
        axes = (int(16 * r * rng.uniform(1, 1.8)), int(16 * r))
        centre = (int(x * 16), int(y * 16))
        cv2.ellipse(layer, centre, axes, int(rng.integers(180)), 0, 360, 255, -1, cv2.LINE_AA,
                    _SHIFT)
    cover = layer.astype(np.float32) / 255
    if largest > 2:
        cover = _broken(rng, cover, 3, 0.2)
    return [(_softened(rng, cover), _mark_colour(rng), _strength(rng, shape, 0.4))]


def hairs(rng, shape):
    """Fibres and hairs lying on the scan: curled, 1 to 2 px, alone."""
    cover = np.zeros(shape, np.float32)
    for _ in range(int(rng.integers(1, 5))):
        length = rng.uniform(0.08, 0.5) * max(shape)
        curl = rng.normal(0, 0.16)
        path = _wander(rng, _anywhere(rng, shape, 0), rng.uniform(0, 6.28), length, 3, 0.8)
        turn = np.cumsum(np.full(len(path), curl * 0.5))
        middle = path.mean(0)
        swing = np.stack([np.cos(turn), np.sin(turn)], 1) * length * 0.08
        path = path + swing - swing[0] + (middle - path.mean(0))
        cover = np.maximum(cover, _line(rng, shape, path, float(rng.choice([1, 1, 2])), 0))
    return [(_softened(rng, cover), _mark_colour(rng), _strength(rng, shape, 0.4))]


def _patch(rng, shape, share):
    """Ragged blobs covering about `share` of the picture, with a soft one-pixel edge."""
    field = value_noise(rng, *shape, rng.uniform(0.06, 0.35) * max(shape), 4)
    edge = np.quantile(field[::4, ::4], 1 - share)
    return np.clip((field - edge) * rng.uniform(25, 90) + 0.5, 0, 1), field - edge


def holes(rng, shape):
    """Flaked-off emulsion: opaque ragged patches of bare paper, sometimes with a dark rim."""
    cover, _ = _patch(rng, shape, rng.uniform(0.002, 0.035))
    paper = np.clip(_paper(rng) * (0.92 + 0.16 * value_noise(rng, *shape, 4, 2)[..., None]), 0, 1)
    layers = []
    if rng.random() < 0.4:
        rim = np.clip(cv2.GaussianBlur(cover, (0, 0), 1.5) * 2, 0, 1) - cover
        layers.append((np.clip(rim, 0, 1) * rng.uniform(0.2, 0.6), np.float32(0)))
    strength = rng.uniform(0.8, 1)
    layers.append((cover * strength, paper if rng.random() < 0.85 else _mark_colour(rng)))
    return layers


def stain(rng, shape):
    """A dried liquid: a translucent tint with a darker tide line."""
    cover, height = _patch(rng, shape, rng.uniform(0.01, 0.08))
    tint = rng.uniform([0.25, 0.15, 0.0], [0.75, 0.6, 0.4]).astype(np.float32)
    tide = np.exp(-np.square(height / rng.uniform(0.004, 0.02))) * (cover > 0)
    strength = rng.uniform(0.32, 0.75)
    return [(np.clip(cover * strength + tide * rng.uniform(0, 0.4), 0, 1).astype(np.float32), tint)]


def tear(rng, shape):
    """A missing corner or a rip from an edge, showing the scanner's lid and a torn white lip."""
    h, w = shape
    corner = np.array([rng.choice([0, w]), rng.choice([0, h])], float)
    reach = rng.uniform(0.05, 0.3) * max(shape)
    along = np.linspace(0, 1, 24)[:, None]
    inward = np.where(corner > 0, -1.0, 1.0)
    a = corner + inward * np.array([reach * rng.uniform(0.5, 1.5), -6])
    b = corner + inward * np.array([-6, reach * rng.uniform(0.5, 1.5)])
    edge = a * (1 - along) + b * along + rng.normal(0, reach * 0.04, (24, 2))
    layer = np.zeros(shape, np.uint8)
    outline = np.concatenate([edge, [corner - inward * 12]])
    cv2.fillPoly(layer, [np.round(outline * 16).astype(np.int32)], 255, cv2.LINE_AA, _SHIFT)
    gone = layer.astype(np.float32) / 255
    lip = _stroke(shape, edge, rng.uniform(1.5, 6), rng, 0.6)
    lid = np.float32(rng.choice([rng.uniform(0, 0.1), rng.uniform(0.9, 1)]))
    return [(gone, lid), (lip * rng.uniform(0.6, 1), _paper(rng))]


KINDS = {"scratch": scratch, "film_scratch": film_scratch, "crease": crease, "cracks": cracks,
         "dust": dust, "hairs": hairs, "holes": holes, "stain": stain, "tear": tear}
_ODDS = np.array([0.32, 0.12, 0.10, 0.11, 0.20, 0.09, 0.03, 0.015, 0.015])


def apply_layers(picture, layers):
    """Puts damage layers over a picture."""
    result = picture.copy()
    cover = np.zeros(picture.shape[:2], np.float32)
    for layer, colour, *strength in layers:
        layer = np.asarray(layer, np.float32)
        alpha = layer * strength[0] if strength else layer
        touched = alpha > LEAST_COVER
        layer = np.where(touched, layer, np.float32(0))
        alpha = np.where(touched, alpha, np.float32(0))
        colour = colour(result) if callable(colour) else colour
        blended = result + alpha[..., None] * (np.asarray(colour, np.float32) - result)
        result[touched] = blended[touched]
        cover = 1 - (1 - cover) * (1 - layer)
    np.clip(result, 0, 1, out=result)
    change = np.abs(result - picture).max(2)
    return Damaged(result, cover >= MASK_COVER, cover, change)


def _moved(rng, layers):
    """Layers turned and stretched a little, often bent, too, all alike: a network that learns how
    OpenCV draws lines on the pixel grid finds nothing that was not drawn by it."""
    height, width = layers[0][0].shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-8, 8),
                                   rng.uniform(0.8, 1.25))
    turn[:, 2] += rng.uniform(-1, 1, 2)
    bend = rng.uniform(0, 10) if rng.random() < 0.5 else 0
    x, y = np.meshgrid(*(np.arange(side, dtype=np.float32) for side in (width, height)))
    x, y = (turn[i, 0] * x + turn[i, 1] * y + turn[i, 2] for i in (0, 1))
    if bend:
        cell = rng.uniform(25, 120)
        x, y = (at + bend * (value_noise(rng, height, width, cell, 2) - 0.5) for at in (x, y))
    return [(cv2.remap(np.asarray(cover, np.float32), np.float32(x), np.float32(y),
                       cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), *rest)
            for cover, *rest in layers]


def add_damage(rng, picture, kinds=None, most=5):
    """Damages a picture (H x W x 3 float32 [0,1]) with 1 to `most` pieces of random kinds."""
    names = list(KINDS) if kinds is None else list(kinds)
    odds = _ODDS / _ODDS.sum() if kinds is None else None
    layers = []
    for _ in range(int(rng.integers(1, most + 1))):
        piece = KINDS[str(rng.choice(names, p=odds))](rng, picture.shape[:2])
        layers += _moved(rng, piece) if rng.random() < 0.75 else piece
    return apply_layers(picture, layers)

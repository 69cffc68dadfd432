# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Luminance and chroma as the colorizer means them, and the coarse bins of chroma.

Luminance is W3C Compositing's Lum() on coded sRGB values. Chroma is (B - Lum, R - Lum); green
follows, so any chroma put over a luminance keeps it exactly, up to clipping at the gamut.
"""

import json
from pathlib import Path

import numpy as np

from tone import LUM

BINS_FILE = Path(__file__).with_name("colour_bins.json")
_COMPAND, _STEP = 0.6, 0.13


def split(picture):
    """H x W x 3 in [0,1] -> (luminance H x W, chroma H x W x 2 in about [-0.9, 0.9])."""
    luminance = picture @ LUM
    return luminance, np.stack([picture[..., 2] - luminance, picture[..., 0] - luminance], -1)


def join(luminance, chroma):
    """The inverse of `split`, with W3C ClipColor where the result leaves the gamut."""
    blue, red = luminance + chroma[..., 0], luminance + chroma[..., 1]
    green = (luminance - LUM[0] * red - LUM[2] * blue) / LUM[1]
    picture = np.stack([red, green, blue], -1)
    grey = luminance[..., None]
    low, high = picture.min(-1, keepdims=True), picture.max(-1, keepdims=True)
    picture = np.where(low < 0, grey + (picture - grey) * grey / np.maximum(grey - low, 1e-6),
                       picture)
    picture = np.where(high > 1, grey + (picture - grey) * (1 - grey) /
                       np.maximum(high - grey, 1e-6), picture)
    return np.clip(picture, 0, 1).astype(np.float32)


def _grid_cell(chroma):
    return np.round(np.sign(chroma) * np.abs(chroma) ** _COMPAND / _STEP).astype(int)


def make_bins(photos, per_photo=2000):
    """Grid cells of companded chroma that photographs use: centres (Q x 2) and shares (Q)."""
    counts, sums, rng = {}, {}, np.random.default_rng(7)
    for i in range(len(photos)):
        pixels = photos.photo(i).reshape(-1, 3)
        picked = pixels[rng.integers(0, len(pixels), per_photo)].astype(np.float32) / 255
        chroma = split(picked)[1]
        for cell, value in zip(map(tuple, _grid_cell(chroma)), chroma):
            counts[cell] = counts.get(cell, 0) + 1
            sums[cell] = sums.get(cell, 0) + value
    total = sum(counts.values())
    used = sorted(c for c, n in counts.items() if n / total > 3e-4)
    shares = np.array([counts[c] for c in used], float)
    return {"centres": [[round(float(x), 4) for x in sums[c] / counts[c]] for c in used],
            "shares": [round(float(s), 6) for s in shares / shares.sum()]}


def load_bins():
    """(centres Q x 2, shares Q) as float32."""
    data = json.loads(BINS_FILE.read_text())
    return np.array(data["centres"], np.float32), np.array(data["shares"], np.float32)


def nearest_bin(chroma, centres):
    """H x W x 2 -> the index of the nearest centre, H x W int64."""
    distance = ((chroma[..., None, :] - centres) ** 2).sum(-1)
    return distance.argmin(-1)

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights that tell blur from a picture's power spectrum (engine/operation/blurweights.h).

    train_blur_weights.py --cache CACHE HEADER [--pictures 10000]

A Gaussian blur takes from a spectrum's logarithm what grows with the square of the frequency; a
photograph's own slope, its noise, JPEG and a soft background look different. Measures training
photographs, blurred and not, exactly as engine/operation/powerspectrum.cpp and blurestimate.cpp do,
and teaches two layers of rectified sums and a logistic one. Minutes on two cores.
"""
import argparse
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn.functional import smooth_l1_loss

import tone
from data import PhotoLibrary
from degrade import jpeg
from train_damage_pieces import judged, train
from train_damage_weights import header

RINGS, PATCH, MOST = 32, 128, 8
LINE = slice(2, 6)
PLACE, PLACE_RINGS, CALM_RINGS, CALM = 32, 16, slice(1, 4), 0.1
FEWEST_CALM, FEWEST_PLACES = 4, 20
DARKEST, BRIGHTEST, MEDIAN_SHARE = 0.1, 0.9, 0.98
BANDS = ((4, 6), (6, 8), (8, 10), (10, 12), (12, 14), (14, 17), (17, 20), (20, 24), (24, 28),
         (28, 32))
NOISE_BANDS = ((8, 12), (14, 20), (24, 32))
FINE, SHARPEST = slice(8, 16), 5  # what patches are compared by, and one in so many
MOST_NOISE = 1.2  # of what it was measured to be
COUNT, FIRST, SECOND = 2 * len(BANDS) + len(NOISE_BANDS) + 1, 24, 12
LARGEST = 3.0
"""Pixels of blur that the answer 1 stands for."""
FREQUENCY = (np.arange(RINGS) + 0.5) / (2 * RINGS)


def places(length, patch, most):
    count = min(max(length // patch, 1), most)
    return [(length - patch) // 2] if count == 1 else \
        [(length - patch) * i // (count - 1) for i in range(count)]


def rings_of(side, count):
    fy = np.minimum(np.arange(side), side - np.arange(side)) / side
    fx = np.arange(side // 2 + 1) / side
    return np.minimum((np.hypot(fy[:, None], fx[None]) * 2 * count).astype(int), count)


_WINDOWS = {side: cv2.createHanningWindow((side, side), cv2.CV_32F) for side in (PATCH, PLACE)}
_RINGS = {(PATCH, RINGS): rings_of(PATCH, RINGS), (PLACE, PLACE_RINGS): rings_of(PLACE, PLACE_RINGS)}


def power(piece, count):
    """Mean power by rings of a square piece, for each unit of its window's."""
    side = piece.shape[0]
    spectrum = np.abs(np.fft.rfft2((piece - piece.mean()) * _WINDOWS[side])) ** 2
    rings = _RINGS[side, count].ravel()
    total = np.bincount(rings, spectrum.ravel(), count + 1)[:count]
    number = np.bincount(rings, minlength=count + 1)[:count]
    return total / (float(np.square(_WINDOWS[side]).sum()) * np.maximum(number, 1))


def spectrum_of(luma):
    """(power of the sharpest patches, noise), by rings, of an H x W luma in [0,1], at least a patch."""
    powers, small = [], []
    for y in places(luma.shape[0], PATCH, MOST):
        for x in places(luma.shape[1], PATCH, MOST):
            patch = luma[y:y + PATCH, x:x + PATCH]
            powers.append(power(patch, RINGS))
            for v in range(0, PATCH, PLACE):
                for u in range(0, PATCH, PLACE):
                    place = patch[v:v + PLACE, u:u + PLACE]
                    if DARKEST < place.mean() < BRIGHTEST:
                        small.append(power(place, PLACE_RINGS))
    noise = np.zeros(RINGS)
    if len(small) >= FEWEST_PLACES:
        small = np.array(small)
        count = max(FEWEST_CALM, int(CALM * len(small)))
        calm = small[np.argsort(small[:, CALM_RINGS].sum(1), kind="stable")[:count]]
        middle = np.sort(calm, 0)[count // 2] / MEDIAN_SHARE
        noise = np.interp(FREQUENCY * 2 * PLACE_RINGS - 0.5, np.arange(PLACE_RINGS), middle)
    powers = np.array(powers)
    fine = np.maximum(powers[:, FINE].mean(1) - noise[FINE].mean(), 0)
    order = np.argsort(-fine / (powers[:, LINE].mean(1) + 1e-9), kind="stable")
    return powers[order[:max(1, len(powers) // SHARPEST)]].mean(0), noise


def measured(spectrum, noise):
    """COUNT numbers of a (power, noise) and of what the noise was measured to be (8-bit steps)."""
    sharpest, calm = spectrum
    line = np.median(sharpest[LINE] * FREQUENCY[LINE] ** 2) + 1e-12
    told = (max(noise, 0.3) / 255) ** 2
    grain = np.minimum(calm, MOST_NOISE * told)
    found = []

    def add(share):
        found.append(np.log(share + 1e-6))

    def usual(a, b):
        """The power that photographs with such a line have in a band."""
        return line * (1 / FREQUENCY[a:b] ** 2).mean()
    for a, b in BANDS:
        own, grainy = sharpest[a:b].mean(), grain[a:b].mean()
        add(max(own - grainy, 0.05 * grainy) / usual(a, b))
        add(own / usual(a, b))
    for a, b in NOISE_BANDS:
        add(calm[a:b].mean() / usual(a, b))
    add(told / usual(*NOISE_BANDS[1]))
    return np.array(found, np.float32)


def soft_background(rng, picture):
    """As a large aperture sees it: sharp within an ellipse alone."""
    height, width = picture.shape[:2]
    mask = np.zeros((height, width), np.float32)
    centre = (int(rng.uniform(0.2, 0.8) * width), int(rng.uniform(0.2, 0.8) * height))
    axes = (int(rng.uniform(0.15, 0.45) * width), int(rng.uniform(0.15, 0.45) * height))
    cv2.ellipse(mask, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), 6)[..., None]
    return picture * mask + cv2.GaussianBlur(picture, (0, 0), rng.uniform(2, 8)) * (1 - mask)


def reduced(rng, photos, size):
    """A photograph in [0,1], `size` times as large or what two patches need."""
    picture = photos.draw(rng).astype(np.float32) / 255
    size = max(size, 160 / min(picture.shape[:2]))
    if size == 1:
        return picture
    way = cv2.INTER_AREA if size < 1 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(picture, None, fx=size, fy=size, interpolation=way), 0, 1)


def sample(seed, photos, blur=None, noise=None):
    """(measurements, blur in pixels) of a photograph as it might come."""
    rng = np.random.default_rng([77, seed])
    sigma = blur if blur is not None else 0 if rng.random() < 0.3 else rng.uniform(0.4, LARGEST)
    # A photograph has some blur of its own; what is to be blurred by a known amount is mostly reduced.
    is_reduced = sigma and rng.random() < 0.7
    size = rng.uniform(0.4, 0.65) if is_reduced else rng.uniform(0.35, 1) if rng.random() < 0.7 else 1
    picture = reduced(rng, photos, size)
    if rng.random() < 0.5:  # several in one: the sharpest of many patches are sharper than of a few
        parts = [picture] + [reduced(rng, photos, size) for _ in range(3)]
        height, width = (min(p.shape[axis] for p in parts) for axis in (0, 1))
        a, b, c, d = (p[:height, :width] for p in parts)
        picture = np.vstack([np.hstack([a, b]), np.hstack([c, d])])
    if rng.random() < 0.7:  # as scanners and cameras do
        edges = picture - cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.5, 1.2))
        picture = np.clip(picture + rng.uniform(0.2, 1.5) * edges, 0, 1)
    if rng.random() < 0.25:
        picture = tone.to_grey(picture)
    if rng.random() < 0.15:
        picture = soft_background(rng, picture)
    if rng.random() < 0.15:  # night
        picture = picture * rng.uniform(0.1, 0.5)
    if sigma:
        picture = cv2.GaussianBlur(picture, (0, 0), sigma)
    grain = noise if noise is not None else np.exp(rng.uniform(np.log(0.4), np.log(16)))
    field = rng.standard_normal(picture.shape)
    if rng.random() < 0.25:  # of silver, or through a lens
        field = np.repeat(field[..., :1], 3, 2)
    if noise is None and rng.random() < 0.25:
        field = cv2.GaussianBlur(field, (0, 0), rng.uniform(0.4, 1.2))
        field /= field.std()
    picture = np.clip(picture + field * (grain / 255), 0, 1)
    if noise is None and rng.random() < 0.35:
        picture = jpeg(picture, int(rng.integers(10, 97)))
    picture = np.round(picture * 255).astype(np.float32) / 255
    told = grain * np.exp(rng.normal(0, 0.1))
    return measured(spectrum_of(picture @ tone.LUM), told), sigma


_at = {}


def _prepare(cache, part):
    cv2.setNumThreads(1)
    _at["photos"] = PhotoLibrary(cache, part=part)


def _sample(arguments):
    return sample(arguments[0], _at["photos"], *arguments[1:])


def collected(cache, part, plan):
    with get_context("fork").Pool(2, _prepare, (cache, part)) as pool:
        return tuple(np.array(v, np.float32) for v in zip(*pool.map(_sample, plan, 16)))


def distance(logits, share, weight):
    """Of what is found from what is; far ones count no more than that."""
    return (weight * smooth_l1_loss(torch.sigmoid(logits), share, reduction="none",
                                    beta=0.03)).mean()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("header", type=Path)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--pictures", type=int, default=10000)
    parser.add_argument("--epochs", type=int, default=80)
    arguments = parser.parse_args()
    x, blur = collected(arguments.cache, "train", [(i,) for i in range(arguments.pictures)])
    layers = train(x, blur / LARGEST, np.ones(len(x)), arguments.epochs, FIRST, SECOND, distance)
    for sigma in (0.0, 0.8, 1.2, 1.6, 2.0, 2.5):
        for noise in (1.0, 2.0, 8.0):
            held, _ = collected(arguments.cache, "held-out",
                                [(10 ** 6 + i, sigma, noise) for i in range(80)])
            found = judged(layers, held) * LARGEST
            print(f"held-out, blur {sigma}, noise {noise}: off by {np.abs(found - sigma).mean():.2f} "
                  f"(mean {found.mean() - sigma:+.2f}, most {np.abs(found - sigma).max():.2f}); above "
                  f"0.9: {100 * (found >= 0.9).mean():.0f} %", flush=True)
    arguments.header.write_text(header(layers, "BlurWeights", "Inputs", f"""\
/// Two layers of rectified sums and a logistic one over what blurestimate.cpp measures, trained on
/// {len(x)} pictures (models/training/train_blur_weights.py); the scaling of the measurements is
/// part of the first layer. 1 stands for {LARGEST:g} pixels.
""", constants=f"""\
    static constexpr size_t Inputs = {COUNT};
"""))


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the unfader: per-dye curves from a thumbnail, judged by the colour difference they leave.

A third of the pictures is as it should be, among them sepia, grey, candlelight and dusk: for
those the identity is the right answer.
"""

import numpy as np
import torch

import tone
from data import planes
from nets import Unfader, apply_curves
from noise import grain
from trainer import Task, main

SIZE = 128
_TO_XYZ = torch.tensor([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722],
                        [0.0193, 0.1192, 0.9505]])
_WHITE = torch.tensor([0.9505, 1.0, 1.089]).view(1, 3, 1, 1)


def lab(picture):
    """Coded sRGB N x 3 x H x W -> CIE L*a*b* (D65)."""
    x = picture.clamp(0, 1)
    linear = torch.where(x <= 0.04045, x / 12.92, ((x.clamp(min=0.04045) + 0.055) / 1.055) ** 2.4)
    xyz = torch.einsum("ij,njhw->nihw", _TO_XYZ, linear) / _WHITE
    root = torch.where(xyz > 0.008856, xyz.clamp(min=0.008856) ** (1 / 3), 7.787 * xyz + 16 / 116)
    return torch.stack([116 * root[:, 1] - 16, 500 * (root[:, 0] - root[:, 1]),
                        200 * (root[:, 1] - root[:, 2])], 1)


def dye_fade(rng, picture):
    """A faded print or slide: dyes lose density, each in its own measure, more in the shadows or
    more in the lights (crossover); the base yellows; light or processing adds a cast."""
    density = -np.log10(np.clip(picture, 0.004, 1).astype(np.float32))
    strength = rng.uniform(0.15, 1)
    keep = 1 - strength * rng.uniform([0.0, 0.0, 0.0], [0.7, 0.6, 0.65])
    bend = 1 + strength * rng.uniform(-0.25, 0.25, 3)
    top = np.float32(-np.log10(0.004))
    curved = top * np.power(np.clip(density / top, 1e-4, 1), bend.astype(np.float32))
    base = strength * rng.uniform([-0.02, 0.0, 0.0], [0.10, 0.10, 0.28])
    faded = np.power(np.float32(10),
                     -(curved * keep.astype(np.float32) + base.astype(np.float32)))
    return np.clip(faded, 0, 1).astype(np.float32)


def untouched_look(rng, picture):
    """Pictures that only look off: sepia, grey, candlelight, dusk, snow light; else unchanged."""
    kind = rng.random()
    if kind < 0.15:
        return tone.to_grey(picture)
    if kind < 0.3:
        return tone.toned(rng, tone.to_grey(picture))
    if kind < 0.5:
        light = rng.uniform([0.9, 0.5, 0.15], [1.0, 0.85, 0.6]) if rng.random() < 0.7 else \
            rng.uniform([0.5, 0.6, 0.9], [0.85, 0.9, 1.0])
        linear = np.power(picture, np.float32(2.2)) * light.astype(np.float32)
        return np.clip(linear, 0, 1) ** np.float32(1 / 2.2)
    return picture


def sampled(picture, size=SIZE):
    """size x size pixels of a picture, evenly spread. Not their surroundings' means: what is whitest
    and blackest tells most of how a dye has faded, and means lose it, the more the larger a picture
    is. As engine/operation/tonecurves.cpp has it."""
    rows, columns = ((2 * np.arange(size) + 1) * side // (2 * size) for side in picture.shape[:2])
    return picture[rows][:, columns]


class UnfaderTask(Task):
    name = "unfader"
    batch = 64
    rate = 1e-3
    held_out = 256

    def net(self):
        return Unfader()

    def clean(self, rng, photos):
        """A photo or a part of it, squeezed into 128 x 128, a little lighter, darker, more or less
        colourful than it was: 1,600 photos as they are would soon be known by heart."""
        photo = photos.draw(rng)
        if rng.random() < 0.7:
            share = rng.uniform(0.5, 1)
            height, width = (int(side * share) for side in photo.shape[:2])
            y, x = (int(rng.integers(0, whole - part + 1))
                    for whole, part in zip(photo.shape[:2], (height, width)))
            photo = photo[y:y + height, x:x + width]
        clean = sampled(photo)
        clean = clean.astype(np.float32) / 255
        if rng.random() < 0.5:
            clean = clean[:, ::-1]
        if rng.random() < 0.5:
            grey = tone.to_grey(clean)
            clean = grey + np.float32(rng.uniform(0.75, 1.25)) * (clean - grey)
            clean = np.clip(clean, 0, 1) ** np.float32(np.exp(rng.uniform(-0.17, 0.17)))
        return clean

    def sample(self, rng, photos):
        """picture and clean 3 x 128 x 128."""
        clean = self.clean(rng, photos)
        if rng.random() < 0.3:  # two side by side
            seam = int(rng.uniform(0.3, 0.7) * SIZE)
            clean = np.concatenate([clean[:, :seam], self.clean(rng, photos)[:, seam:]], 1)
        if rng.random() < 0.35:
            clean = untouched_look(rng, clean).astype(np.float32)
            picture = clean
        else:
            if rng.random() < 0.12:
                clean = tone.to_grey(clean)
            picture = dye_fade(rng, clean)
        if rng.random() < 0.3:
            picture = picture + rng.uniform(0, 0.05) * grain(rng, SIZE, SIZE, 3, 0)
        return {"picture": planes(np.clip(picture, 0, 1)), "clean": planes(clean)}

    def loss(self, net, batch):
        # A pixel in sixteen tells as much about a curve; Lab of all takes longer than the net.
        restored = apply_curves(batch["picture"][:, :, ::4, ::4], net(batch["picture"]))
        # Outside [0,1] Lab has no slope; the second term leads back.
        beyond = (restored - restored.clamp(0, 1)).abs().mean()
        difference = lab(restored) - lab(batch["clean"][:, :, ::4, ::4])
        return torch.sqrt(difference.square().sum(1) + 0.01).mean() / 10 + 2 * beyond

    def score(self, net, batch):
        """Mean deltaE (1976) after the curves, and before."""
        def delta(x):
            return float(torch.sqrt((lab(x) - lab(batch["clean"])).square().sum(1)).mean())
        restored = apply_curves(batch["picture"], net(batch["picture"]))
        return {"loss": float(self.loss(net, batch)), "delta": delta(restored),
                "delta_before": delta(batch["picture"])}


if __name__ == "__main__":
    main(UnfaderTask())

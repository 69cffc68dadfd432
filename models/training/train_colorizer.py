# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the colorizer (`fidelity`): chroma by regression over the classical propagation of hints,
and a distribution over chroma bins, rebalanced against grey (Zhang 2016, 2017).
"""

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import colour
import hints
from data import planes
from nets import Colorizer
from noise import grain
from trainer import Task, main

SIZE = 192


class ColorizerTask(Task):
    name = "colorizer"
    batch = 6
    rate = 6e-4
    held_out = 40

    def __init__(self):
        self.centres, shares = colour.load_bins()
        rarity = 1 / (0.5 * shares + 0.5 / len(shares))
        self.rarity = torch.from_numpy(rarity / (rarity * shares).sum()).float()

    def weights(self, photo_name):
        """Pictures with people, and street and indoor life, are drawn three times as often."""
        return 3.0 if photo_name.startswith("c_") else 1.0

    def net(self):
        return Colorizer(len(self.centres))

    def sample(self, rng, photos):
        """luminance 1 x S x S, hints 4 x S x S, propagated 3 x S/4 x S/4, chroma 2 x S/4 x S/4,
        bin 1 x S/4 x S/4."""
        picture = photos.crop(rng, SIZE, 1.0, turn=False).astype(np.float32) / 255
        luminance, chroma = colour.split(picture)
        hint, mask, grey = hints.simulate(rng, chroma)
        if rng.random() < 0.5:  # faded and hard prints
            low, high = rng.uniform(0, 0.2), rng.uniform(0.75, 1)
            luminance = low + (high - low) * np.power(luminance, rng.uniform(0.75, 1.35))
            if rng.random() < 0.5:
                luminance = luminance + rng.uniform(0, 0.04) * grain(
                    rng, SIZE, SIZE, 1, rng.uniform(0, 1))[..., 0]
            luminance = np.clip(luminance, 0, 1)
        small = cv2.resize(chroma, (SIZE // 4, SIZE // 4), interpolation=cv2.INTER_AREA)
        return {"luminance": luminance[None].astype(np.float32),
                "hints": planes(np.dstack([hint, mask, grey])),
                "propagated": planes(hints.propagate(luminance, hint, mask, grey)),
                "chroma": planes(small),
                "bin": colour.nearest_bin(small, self.centres)[None].astype(np.float32)}

    def loss(self, net, batch):
        chroma, logits = net(batch["luminance"], batch["hints"], batch["propagated"])
        regression = F.smooth_l1_loss(chroma, batch["chroma"], beta=0.04)
        cross = F.cross_entropy(logits, batch["bin"].squeeze(1).long(), self.rarity)
        return 10 * regression + 0.06 * cross

    def score(self, net, batch):
        """PSNR over RGB at a quarter of the size, and its gain over the propagation alone, dB."""
        chroma, _ = net(batch["luminance"], batch["hints"], batch["propagated"])

        def psnr(x):
            blue, red = (x - batch["chroma"]).unbind(1)
            green = (0.30 * red + 0.11 * blue) / 0.59
            error = torch.stack([red, green, blue], 1).square().mean((1, 2, 3))
            return float((-10 * torch.log10(error.clamp(min=1e-6))).mean())
        coloured = psnr(chroma)
        return {"loss": float(self.loss(net, batch)), "psnr": coloured,
                "gain": coloured - psnr(batch["propagated"][:, :2])}


if __name__ == "__main__":
    main(ColorizerTask())

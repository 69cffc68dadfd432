# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the restorer (`fidelity`): undoes noise, JPEG and blur, as much as its strengths say.

Each strength is now and then withheld (-1), so that the net also works without a measurement, and
otherwise known to within a fifth, as triage would know it.
"""

import cv2
import numpy as np
import torch

import tone
from data import planes
from degrade import degrade
from nets import Restorer
from trainer import Task, main

SIZE = 64


class RestorerTask(Task):
    name = "restorer"
    batch = 8
    rate = 6e-4
    held_out = 64

    def net(self):
        return Restorer()

    def sample(self, rng, photos):
        """picture and clean 3 x S x S; strength 3 x 1 x 1."""
        clean = photos.crop(rng, SIZE, 1.6).astype(np.float32) / 255
        look = rng.random()
        if look < 0.2:
            clean = tone.to_grey(clean)
        elif look < 0.3:
            clean = tone.toned(rng, tone.to_grey(clean))
        clean = np.clip(clean, 0, 1)
        picture, levels = degrade(rng, clean)
        known = levels * rng.uniform(0.8, 1.2, 3)
        strength = np.where(rng.random(3) < 0.2, -1, np.clip(known, 0, 1)).astype(np.float32)
        if rng.random() < 0.1:
            strength[:] = -1
        return {"picture": planes(picture), "clean": planes(clean),
                "strength": strength[:, None, None]}

    def loss(self, net, batch):
        difference = net(batch["picture"], batch["strength"]) - batch["clean"]
        return torch.sqrt(difference.square() + 1e-6).mean()

    def score(self, net, batch):
        """Mean PSNR, and its gain over the degraded pictures, dB."""
        def psnr(x):
            error = (x.clamp(0, 1) - batch["clean"]).square().mean((1, 2, 3)).clamp(min=1e-5)
            return float((-10 * torch.log10(error)).mean())
        restored = psnr(net(batch["picture"], batch["strength"]))
        return {"loss": float(self.loss(net, batch)), "psnr": restored,
                "gain": restored - psnr(batch["picture"])}


if __name__ == "__main__":
    main(RestorerTask())

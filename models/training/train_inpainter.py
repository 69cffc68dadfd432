# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the inpainter (`fidelity`): the residual over Telea's fill (Telea 2004), in the hole only.

Two in five holes are damage from damage.py under its exact mask. The soft foot of that damage
stays in the picture around the hole, as it does in life; Telea drags it into the hole, the net
learns not to.
"""

import cv2
import numpy as np
import torch

import damage
import masks
import tone
from data import planes
from nets import Inpainter
from trainer import Task, halved, main

TELEA_RADIUS = 3
_DAMAGE = ("scratch", "scratch", "film_scratch", "crease", "cracks", "dust", "hairs", "holes")


def telea(picture, mask):
    """Telea's fill of an RGB uint8 picture under a bool mask."""
    return cv2.inpaint(np.ascontiguousarray(picture), mask.astype(np.uint8), TELEA_RADIUS,
                       cv2.INPAINT_TELEA)


class InpainterTask(Task):
    name = "inpainter"
    batch = 6
    rate = 5e-4
    held_out = 60
    size = 128  # holes are up to half as wide
    painted = 0.6  # share of the holes that are painted; the others are damage

    def net(self):
        return Inpainter()

    def sample(self, rng, photos):
        """fill and clean 3 x S x S, mask 1 x S x S."""
        clean = photos.crop(rng, self.size, 1.8)
        look = rng.random()
        if look < 0.25:
            clean = np.round(tone.to_grey(clean.astype(np.float32))).astype(np.uint8)
        elif look < 0.35:
            sepia = tone.toned(rng, tone.to_grey(clean.astype(np.float32) / 255))
            clean = np.round(np.clip(sepia, 0, 1) * 255).astype(np.uint8)
        picture = clean
        if rng.random() < self.painted:
            mask = masks.holes(rng, clean.shape[:2])
        else:
            for _ in range(8):
                done = damage.add_damage(rng, clean.astype(np.float32) / 255, _DAMAGE, 4)
                if 0 < done.mask.mean() < 0.3:
                    break
            picture, mask = np.round(done.picture * 255).astype(np.uint8), done.mask
            if rng.random() < 0.3:
                mask = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        fill = telea(picture, mask)
        return {"fill": planes(fill), "clean": planes(clean),
                "mask": mask[None].astype(np.float32)}

    def loss(self, net, batch):
        with halved():
            filled = net(batch["fill"], batch["mask"])
        difference = (filled.float() - batch["clean"]) * batch["mask"]
        inside = batch["mask"].sum((1, 2, 3)).clamp(min=30)
        charbonnier = torch.sqrt(difference.square() + 1e-6) * batch["mask"]
        return (charbonnier.sum((1, 2, 3)) / (3 * inside)).mean()

    def score(self, net, batch):
        """Mean PSNR inside the holes, and its gain over Telea, dB."""
        mask, clean = batch["mask"], batch["clean"]

        def psnr(x):
            error = ((x.clamp(0, 1) - clean) * mask).square().sum((1, 2, 3))
            error = error / (3 * mask.sum((1, 2, 3)).clamp(min=1))
            return float((-10 * torch.log10(error.clamp(min=1e-6))).mean())
        filled = psnr(net(batch["fill"], mask))
        return {"loss": float(self.loss(net, batch)), "psnr": filled,
                "gain": filled - psnr(batch["fill"])}


if __name__ == "__main__":
    main(InpainterTask())

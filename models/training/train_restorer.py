# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the restorer (`fidelity`): undoes noise, JPEG and blur, as much as its strengths say.

Each strength is now and then withheld (-1), so that the net also works without a measurement, and
otherwise known to within a fifth, as triage would know it. Where the blur is known, the picture is
deblurred by Richardson and Lucy's method first, with a Gaussian of the strength that is known.
Start from FFDNet: `--init` with the folder of the pack ffdnet-color.
"""

import cv2
import numpy as np
import torch

import tone
from data import planes
from degrade import BLUR_SCALE, NOISE_SCALE, degrade
from nets import Restorer
from trainer import Task, main

SIZE = 64
ROUNDS = 40
QUIET = 3.0


def richardson_lucy(picture, sigma, rounds=ROUNDS):
    """Richardson 1972, Lucy 1974, with a Gaussian of `sigma` pixels; H x W x 3 float32 [0,1]."""
    seen = np.maximum(picture.astype(np.float32), 1e-3)
    guess = seen.copy()
    for _ in range(rounds):
        ratio = seen / np.maximum(cv2.GaussianBlur(guess, (0, 0), sigma), 1e-3)
        guess = guess * cv2.GaussianBlur(ratio, (0, 0), sigma)
    return np.clip(guess, 0, 1)


def rounds_for(noise, jpeg):
    """How often to iterate: deconvolution turns noise and JPEG's errors into grain. Strengths as
    the net takes them; up to about QUIET grey levels of error of 255 do no harm."""
    error = np.hypot(max(noise, 0) * NOISE_SCALE * 255, 12 * max(jpeg, 0))
    return ROUNDS if error <= QUIET else max(3, int(round(ROUNDS * QUIET / error)))


def deblurred(picture, noise, jpeg, blur):
    """The net's second input: deblurred as far as a blur strength (0 to 1, or -1) is known."""
    sigma = blur * BLUR_SCALE
    if sigma < 0.25:
        return picture
    return richardson_lucy(picture, sigma, rounds_for(noise, jpeg))


class RestorerTask(Task):
    name = "restorer"
    batch = 8
    rate = 4e-4
    held_out = 64

    def net(self):
        return Restorer()

    needs_start = "It starts from FFDNet: --init with the folder of the fetched pack ffdnet-color."

    def adopt(self, weights):
        if "w0" not in weights:
            return weights
        return {**self.net().state_dict(), **Restorer.from_ffdnet(weights)}

    def sample(self, rng, photos):
        """picture, deblurred and clean 3 x S x S; strength 3 x 1 x 1."""
        clean = photos.crop(rng, SIZE, 1.6).astype(np.float32) / 255
        look = rng.random()
        if look < 0.15:
            clean = tone.to_grey(clean)
        elif look < 0.2:
            clean = tone.toned(rng, tone.to_grey(clean))
        clean = np.clip(clean, 0, 1)
        picture, levels = degrade(rng, clean)
        known = levels * rng.uniform(0.85, 1.15, 3)
        strength = np.where(rng.random(3) < 0.1, -1, np.clip(known, 0, 1)).astype(np.float32)
        if rng.random() < 0.05:
            strength[:] = -1
        return {"picture": planes(picture), "clean": planes(clean),
                "deblurred": planes(deblurred(picture, *strength.tolist())),
                "strength": strength[:, None, None]}

    def loss(self, net, batch):
        restored = net(batch["picture"], batch["deblurred"], batch["strength"])
        return torch.sqrt((restored - batch["clean"]).square() + 1e-6).mean()

    def score(self, net, batch):
        """Mean PSNR, and its gain over the degraded pictures, dB."""
        def psnr(x):
            error = (x.clamp(0, 1) - batch["clean"]).square().mean((1, 2, 3)).clamp(min=1e-5)
            return -10 * torch.log10(error)
        restored = psnr(net(batch["picture"], batch["deblurred"], batch["strength"]))
        gain = restored - psnr(batch["picture"])
        return {"loss": float(self.loss(net, batch)), "psnr": float(restored.mean()),
                "gain": float(gain.mean())}


if __name__ == "__main__":
    main(RestorerTask())

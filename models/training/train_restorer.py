# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the restorer (`fidelity`): undoes noise, JPEG and blur, as much as its strengths say.

Each strength is now and then withheld (-1), so that the net also works without a measurement, and
otherwise known to within a seventh, blur to within a quarter, as triage would know it. Where the
blur is known, the picture goes through a regularised inverse first, as
engine/operation/deconvolution.cpp makes it.
"""

import functools

import cv2
import numpy as np
import torch

import tone
from data import planes
from degrade import BLUR_SCALE, NOISE_SCALE, degrade
from nets import Restorer
from trainer import Task, halved, main

SIZE = 128
SMALLEST_BLUR = 0.25
"""Pixels; less is not undone."""
REACH = 32
"""Pixels to one side that the inverse's kernel takes in."""


@functools.lru_cache(64)
def inverse_kernel(sigma, weight):
    """The regularised inverse of a Gaussian, in frequencies H / (H^2 + weight), as a kernel."""
    side = 4 * REACH
    u = np.fft.fftfreq(side)
    h = np.exp(-2 * np.pi ** 2 * sigma ** 2 * (u[:, None] ** 2 + u[None] ** 2))
    kernel = np.fft.ifft2(h / (h * h + weight)).real
    return np.roll(kernel, (REACH, REACH), (0, 1))[:2 * REACH + 1, :2 * REACH + 1].astype(np.float32)


def regularised_inverse(picture, sigma, noise):
    """Undoes a Gaussian blur of `sigma` pixels; noise in steps of 8 bits decides how far. H x W x 3
    float32 [0,1]; the result has grain and goes beyond [0,1]."""
    noise = max(noise, 1.0)
    weight = 0.1 * (noise / (18 + 2 * noise)) ** 2
    missing = picture - cv2.GaussianBlur(picture, (0, 0), sigma)
    # Kept by hundredths, so that the kernels are.
    kernel = inverse_kernel(round(sigma, 2), round(float(weight), 6))
    return picture + cv2.filter2D(missing, -1, kernel)


def deblurred(picture, noise, jpeg, blur):
    """The net's second input: deblurred as far as a blur strength (0 to 1, or -1) is known. JPEG's
    errors count as noise."""
    sigma = blur * BLUR_SCALE
    if sigma < SMALLEST_BLUR:
        return picture
    error = np.hypot(max(noise, 0) * NOISE_SCALE * 255, 12 * max(jpeg, 0))
    return regularised_inverse(np.float32(picture), sigma, float(error))


class RestorerTask(Task):
    name = "restorer"
    batch = 12
    rate = 6e-4
    held_out = 64

    def net(self):
        return Restorer()

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
        known = levels * rng.uniform((0.85, 0.85, 0.7), (1.15, 1.15, 1.25))
        strength = np.where(rng.random(3) < 0.1, -1, np.clip(known, 0, 1)).astype(np.float32)
        if rng.random() < 0.05:
            strength[:] = -1
        return {"picture": planes(picture), "clean": planes(clean),
                "deblurred": planes(deblurred(picture, *strength.tolist())),
                "strength": strength[:, None, None]}

    def loss(self, net, batch):
        with halved():
            rest = net(batch["picture"], batch["deblurred"], batch["strength"])
        return torch.sqrt((rest - batch["clean"]).square() + 1e-6).mean()

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

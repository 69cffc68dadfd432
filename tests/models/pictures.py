# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures for the tests: made from a seed, or evaluation photos where they are at hand."""

import os

import numpy
import torch


def photo_like(width, height, seed):
    """[1, 3, H, W] in [0, 1]: shapes with edges, and texture whose spectrum falls as in photos."""
    random = numpy.random.default_rng(seed)
    fy, fx = numpy.fft.fftfreq(height)[:, None], numpy.fft.rfftfreq(width)[None]
    fall = 1 / numpy.maximum(numpy.hypot(fy, fx), 1 / max(width, height)) ** 1.3
    shared = random.normal(size=(height, width))
    planes = []
    for _ in range(3):
        noise = 0.9 * shared + 0.3 * random.normal(size=(height, width))
        texture = numpy.fft.irfft2(numpy.fft.rfft2(noise) * fall, s=(height, width))
        planes.append(texture / texture.std())
    picture = 0.5 + 0.12 * numpy.stack(planes)
    y, x = numpy.mgrid[:height, :width]
    for _ in range(6):
        a, b, c = random.normal(size=2).tolist() + [random.uniform(-0.4, 0.4)]
        side = a * (x / width - 0.5) + b * (y / height - 0.5) > c
        picture += random.uniform(-0.15, 0.15, (3, 1, 1)) * side
    return torch.from_numpy(picture.clip(0, 1).astype(numpy.float32))[None]


def shared_photo(name, size, source):
    """[1, 3, H, W] of an evaluation photo scaled to `size`, or None where there is none."""
    root = os.environ.get("HEIRLOOM_SHARED") or os.path.join(os.path.dirname(source), "shared")
    path = os.path.join(root, "photos", name)
    try:
        from PIL import Image
    except ImportError:
        return None
    if not os.path.exists(path):
        return None
    pixels = numpy.asarray(Image.open(path).convert("RGB").resize(size), dtype=numpy.float32)
    return torch.from_numpy(pixels / 255).permute(2, 0, 1)[None].contiguous()


def psnr(a, b):
    error = float(((a.clamp(0, 1) - b.clamp(0, 1)).double() ** 2).mean())
    return float("inf") if error == 0 else -10 * numpy.log10(error)

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much texture a fill has, at three scales: the statistic that judges it, and the same as a loss.

Luminance is split into three bands, an octave each (differences of Gaussians). In each the local
standard deviation is the root of the mean square around a pixel, of what lies inside the hole. Per
scale the figure is |log(fill / truth)| of its mean over the hole: 0 is as much texture as there was,
0.69 half of it or twice as much. It says nothing about where things are; PSNR does.
"""

import cv2
import numpy as np
import torch
from torch.nn import functional as F

SIGMAS = (1.0, 2.0, 4.0)
"""The band of scale i lies between the Gaussians SIGMAS[i - 1] (0 for the first) and SIGMAS[i]."""
WINDOW = 6.0
"""Sigma of the Gaussian that `local` means."""
RIM = 12
"""So many pixels around a hole tell how much noise is the matched one."""
LUMINANCE = (0.30, 0.59, 0.11)
SHARES = (0.5, 0.33, 0.17)
"""What each scale counts in the loss: a smooth fill lacks most of the finest."""
LEAST = 0.5
"""Deviations below half a step of 8 bits are rounding's."""


def bands(picture):
    """The three bands of an RGB uint8 picture's luminance, float32, in steps of 8 bits."""
    plane = picture.astype(np.float32) @ np.array(LUMINANCE, np.float32)
    blurred = [plane] + [cv2.GaussianBlur(plane, (0, 0), s) for s in SIGMAS]
    return [a - b for a, b in zip(blurred, blurred[1:])]


def deviation(band, where):
    """Mean over `where` (H x W bool) of the local standard deviation of what lies in it."""
    inside = where.astype(np.float32)
    share = cv2.GaussianBlur(inside, (0, 0), WINDOW)
    square = cv2.GaussianBlur(band * band * inside, (0, 0), WINDOW)
    return float(np.sqrt(square[where] / share[where]).mean())


def gaps(fill, truth, mask):
    """|log(fill / truth)| inside the mask, a figure a scale, of RGB uint8 pictures."""
    return [abs(np.log(max(deviation(a, mask), LEAST) / max(deviation(b, mask), LEAST)))
            for a, b in zip(bands(fill), bands(truth))]


def with_matched_noise(rng, fill, mask):
    """The cheap way to texture: a smooth fill and white noise, in each hole of the strength that
    gives the finest band the deviation it has around that hole."""
    noise = rng.standard_normal(mask.shape).astype(np.float32)
    unit = (noise - cv2.GaussianBlur(noise, (0, 0), SIGMAS[0])).std()
    finest, result = bands(fill)[0], fill.astype(np.float32)
    count, holes = cv2.connectedComponents(mask.astype(np.uint8))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * RIM + 1, 2 * RIM + 1))
    for i in range(1, count):
        hole = holes == i
        rim = (cv2.dilate(hole.astype(np.uint8), disc) > 0) & ~mask
        if rim.any():
            lacks = deviation(finest, rim) ** 2 - deviation(finest, hole) ** 2
            result[hole] += (noise * np.sqrt(max(0.0, lacks)) / unit)[hole][:, None]
    return np.round(np.clip(result, 0, 255)).astype(np.uint8)


# --- the same, to learn from ---------------------------------------------------------------------

def _kernel(sigma):
    reach = int(3 * sigma + 0.5)
    weights = torch.exp(-torch.arange(-reach, reach + 1.0).square() / (2 * sigma * sigma))
    return weights / weights.sum()


def _blurred(plane, sigma):
    kernel = _kernel(sigma)
    reach = len(kernel) // 2
    plane = F.conv2d(F.pad(plane, (reach, reach, 0, 0), "replicate"), kernel.view(1, 1, 1, -1))
    return F.conv2d(F.pad(plane, (0, 0, reach, reach), "replicate"), kernel.view(1, 1, -1, 1))


def log_deviations(picture, mask):
    """N x 3 x h x w: for each scale the log of the local deviation inside the mask of N x 3 x H x W
    pictures in [0,1], on a grid of every fourth pixel; and N x 1 x h x w, how much hole is there."""
    plane = F.conv2d(picture, torch.tensor(LUMINANCE).view(1, 3, 1, 1))
    blurred = [plane] + [_blurred(plane, s) for s in SIGMAS]
    found, share = [], F.avg_pool2d(mask, 16, 4)
    for finer, coarser in zip(blurred, blurred[1:]):
        square = F.avg_pool2d((255 * (finer - coarser)).square() * mask, 16, 4)
        # The 1 stands for what rounding to 8 bits adds, and keeps flat places from counting.
        found.append(0.5 * torch.log(square / share.clamp(min=1e-3) + 1))
    return torch.cat(found, 1), share


def texture_loss(filled, clean, mask):
    """Mean |log(fill / truth)| over the holes and, weighted by SHARES, the scales: half of local
    deviations, half of each hole's mean. Locally alone it would be lowest for less texture than there
    is, as where the truth has more cannot be known."""
    ours, share = log_deviations(filled, mask)
    with torch.no_grad():
        truth, _ = log_deviations(clean, mask)
    shares = torch.tensor(SHARES)
    apart = (ours - truth).abs() * shares.view(1, -1, 1, 1)
    local = (apart * share).sum() / share.sum().clamp(min=1e-3)
    means = [(torch.exp(x) * share).sum((2, 3)).clamp(min=1e-3) for x in (ours, truth)]
    return (local + (torch.log(means[0] / means[1]).abs() * shares).sum(1).mean()) / 2

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The self-test of models/README.md: a picture made from a seed, and statistics of the result.

Needs torch: used by the tests and when a pack is described, not by the fetcher.
"""

import numpy
import torch

SAMPLES = ((0.0, 0.0), (0.0, 1.0), (0.25, 0.5), (0.5, 0.5), (0.75, 0.2), (1.0, 1.0))


def picture(width, height, seed, noise, channels=3):
    """float32 tensor [1, channels, height, width] in [0, 1]."""
    generator = _generator(seed, channels * height * width).reshape(channels, height, width)
    x, y = numpy.arange(width), numpy.arange(height)[:, None]
    u = numpy.broadcast_to(x / (width - 1 or 1), (height, width))
    v = numpy.broadcast_to(y / (height - 1 or 1), (height, width))
    dx, dy, side = 2 * x - (width - 1), 2 * y - (height - 1), min(width, height)
    inside = 25 * (dx * dx + dy * dy) <= 9 * side * side
    planes = [numpy.where(inside, disc, 0.15 + 0.5 * around)
              for disc, around in zip((0.85, 0.55, 0.25), (u, v, (u + v) / 2))]
    value = numpy.stack(planes[:channels]) + noise * (generator - 0.5)
    return torch.from_numpy(value.clip(0, 1).astype(numpy.float32))[None]


def _generator(seed, count):
    """`count` values of the generator in [0, 1); the wrap-around is numpy's."""
    values = numpy.empty(count, dtype=numpy.uint32)
    state = seed & 0xFFFFFFFF
    for at in range(count):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        values[at] = state >> 8
    return values / 16777216.0


def arguments(description):
    """The arguments of forward for a pack's self-test."""
    test = description["self_test"]
    shape = test["height"], test["width"]
    found = [picture(test["width"], test["height"], test["seed"], test["noise"],
                     len(description["input"]["channels"]))]
    for extra, value in zip(description["extra_inputs"], test["extra"], strict=True):
        size = (1,) if extra["kind"] == "scalar" else (1, len(extra["channels"]), *shape)
        found.append(torch.full(size, float(value)))
    return found


def statistics(result):
    """The `expected` object for a result [1, C, H, W]."""
    _, channels, height, width = result.shape
    planes = result[0].double().reshape(channels, -1)
    samples = []
    for number, (down, across) in enumerate(SAMPLES):
        place = number % channels, int(down * (height - 1)), int(across * (width - 1))
        samples.append([*place, _rounded(result[0][place])])
    return {
        "shape": list(result.shape),
        "mean": [_rounded(v) for v in planes.mean(1)],
        "deviation": [_rounded(v) for v in planes.std(1, unbiased=False)],
        "minimum": [_rounded(v) for v in planes.min(1).values],
        "maximum": [_rounded(v) for v in planes.max(1).values],
        "samples": samples,
    }


def _rounded(value):
    return round(float(value), 6)


def failures(expected, result, tolerance):
    """Sentences for what differs; empty when the pack passes."""
    if list(result.shape) != expected["shape"]:
        return [f"shape {list(result.shape)} instead of {expected['shape']}"]
    if not torch.isfinite(result).all():
        return ["values that are not finite"]
    found = statistics(result)
    wrong = []
    for key in ("mean", "deviation", "minimum", "maximum"):
        for channel, (got, want) in enumerate(zip(found[key], expected[key], strict=True)):
            if abs(got - want) > tolerance:
                wrong.append(f"{key} of channel {channel} is {got} instead of {want}")
    for channel, y, x, want in expected["samples"]:
        got = float(result[0, channel, y, x])
        if abs(got - want) > tolerance:
            wrong.append(f"value at {channel}, {y}, {x} is {got} instead of {want}")
    return wrong

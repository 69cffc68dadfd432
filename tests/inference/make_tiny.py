#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes packs with tiny networks for tests: make_tiny.py OUTDIR

Each is OUTDIR/ID/{model.json,ID.pt}, made as real packs are: traced, archived canonically.
OUTDIR/index.json comes last and names them.
"""

import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "..", "models"))

NAMES = ["tiny-double", "tiny-heavy", "tiny-mask", "tiny-fold", "tiny-nan", "tiny-forbidden"]


def network(name):
    import torch
    from torch import nn
    from torch.nn import functional as F

    class Double(nn.Module):
        """Enlarges two times: what nearest neighbours give, plus a convolution of nothing."""

        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(3, 12, 3, padding=1)
            nn.init.zeros_(self.conv.weight)
            nn.init.zeros_(self.conv.bias)

        def forward(self, x):
            return F.interpolate(x, scale_factor=2.0) + F.pixel_shuffle(self.conv(x), 2)

    class Heavy(nn.Module):
        """Many convolutions in a row: seconds on a picture of some hundred pixels a side."""

        def __init__(self):
            super().__init__()
            self.first = nn.Conv2d(3, 64, 3, padding=1)
            self.middle = nn.ModuleList([nn.Conv2d(64, 64, 3, padding=1) for _ in range(40)])
            self.last = nn.Conv2d(64, 3, 3, padding=1)

        def forward(self, x):
            y = F.relu(self.first(x))
            for conv in self.middle:
                y = y + F.relu(conv(y)) * 0.01
            return x + self.last(y) * 0.001

    class Mask(nn.Module):
        """Picture where the mask is 0, strength where it is 1."""

        def forward(self, picture, mask, strength):
            return picture - picture * mask + mask * strength.reshape([1, 1, 1, 1])

    class Fold(nn.Module):
        """Needs even sides, as networks that fold pixels do."""

        def forward(self, x):
            return F.pixel_shuffle(F.pixel_unshuffle(x, 2) * 1.0, 2)

    class Nan(nn.Module):
        """Infinity minus infinity."""

        def forward(self, x):
            y = x * 1e30 * 1e30
            return y - y

    class Forbidden(nn.Module):
        """Harmless, but with an operator that is on no list."""

        def forward(self, x):
            return torch.erfinv(x)

    torch.manual_seed(1)
    picture = torch.rand(1, 3, 16, 16)
    module, inputs = {
        "tiny-double": (Double, (picture,)),
        "tiny-heavy": (Heavy, (picture,)),
        "tiny-mask": (Mask, (picture, torch.rand(1, 1, 16, 16), torch.rand(1))),
        "tiny-fold": (Fold, (picture,)),
        "tiny-nan": (Nan, (picture,)),
        "tiny-forbidden": (Forbidden, (picture,)),
    }[name]
    with torch.no_grad():
        return torch.jit.trace(module().eval(), inputs, check_trace=False)


def describe(name, sha256, size):
    extra = []
    if name == "tiny-mask":
        extra = [{"name": "mask", "kind": "plane", "channels": "A", "range": [0, 1], "meaning": "m"},
                 {"name": "strength", "kind": "scalar", "range": [0, 1], "default": 0.5,
                  "meaning": "s"}]
    scale = 2 if name == "tiny-double" else 1
    fold = 2 if name == "tiny-fold" else 1
    width, height = 16, 12
    return {
        "format": 1, "id": name, "version": "1.0.0", "task": "upscale", "name": name,
        "description": "for tests", "author": "nobody", "licence": "GPL-3.0-or-later",
        "licence_url": "", "source": "made for a test", "citation": "", "training_data": "none",
        "file": name + ".pt", "sha256": sha256, "size": size, "precision": "fp32",
        "input": {"channels": "RGB", "layout": "NCHW", "colour_space": "sRGB", "range": [0, 1],
                  "multiple_of": fold, "minimum_side": fold, "fixed_size": None, "tileable": True},
        "extra_inputs": extra,
        "output": {"channels": "RGB", "scale": scale, "range": [0, 1], "meaning": "picture"},
        "memory_per_input_pixel": 1000, "best_tile": 32, "halo": 4,
        "self_test": {
            "width": width, "height": height, "seed": 1, "noise": 0.1,
            "extra": [0.5] * len(extra),
            "expected": {"shape": [1, 3, height * scale, width * scale], "mean": [0.5] * 3,
                         "deviation": [0.5] * 3, "minimum": [0] * 3, "maximum": [1] * 3,
                         "samples": []},
            "tolerance": 1},
    }


def make(out, name):
    from fetching import archive

    folder = os.path.join(out, name)
    os.makedirs(folder, exist_ok=True)
    sha256, size = archive.save(network(name), os.path.join(folder, name + ".pt"))
    with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as file:
        json.dump(describe(name, sha256, size), file, indent=2)


def main():
    if len(sys.argv) == 3:
        return make(sys.argv[1], sys.argv[2])
    for name in NAMES:  # each in a process of its own: torch counts what it traced
        subprocess.run([sys.executable, __file__, sys.argv[1], name], check=True)
    with open(os.path.join(sys.argv[1], "index.json"), "w", encoding="utf-8") as file:
        json.dump(NAMES, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())

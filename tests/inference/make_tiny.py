#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes packs with tiny networks for tests: make_tiny.py OUTDIR

Each is OUTDIR/ID/{model.json,ID.pt}, made as real packs are: traced, archived canonically.
OUTDIR/index.json comes last and names them.
"""

import hashlib
import json
import os
import random
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(HERE, "..", "..", "models"))

NAMES = ["tiny-double", "tiny-heavy", "tiny-mask", "tiny-fold", "tiny-nan", "tiny-forbidden"]
CHAINS = ["tiny-chain", "tiny-chain-x2"]


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


def chain(name):
    """(Graph, output value) of a chain of convolutions, written as models/fetching writes real ones:
    FFDNet's shape (folded, with a number as a plane, ReLU) or SRVGGNet's (halves, PReLU, the enlarged
    picture added)."""
    from fetching.graph import Graph

    numbers = random.Random(name)
    enlarges = name == "tiny-chain-x2"
    element, code = ("fp16", "e") if enlarges else ("fp32", "f")

    def weight(shape, spread):
        count = 1
        for side in shape:
            count *= side
        values = [numbers.uniform(-spread, spread) for _ in range(count)]
        return graph.weight(element, shape, struct.pack(f"<{count}{code}", *values))

    graph = Graph("picture") if enlarges else Graph("picture", "strength")
    x, inputs = "picture", 3
    if not enlarges:
        x = graph.call("pixel_unshuffle", x, 2)
        height, width = (graph.call("size", x, side) for side in (2, 3))
        level = graph.call("reshape", "strength", [1, 1, 1, 1])
        level = graph.call("expand", level, [1, 1, height, width])
        x, inputs = graph.call("cat", [x, level], 1), 13
    for outputs in (32, 32, 32, 32, 32, 12):
        kernel = weight((outputs, inputs, 3, 3), (6 / inputs / 9) ** 0.5)
        x, inputs = graph.conv(x, kernel, weight((outputs,), 0.2), padding=1), outputs
        if outputs != 12:
            x = graph.call("prelu", x, weight((outputs,), 0.3)) if enlarges else \
                graph.call("relu_", x)
    x = graph.call("pixel_shuffle", x, 2)
    if enlarges:
        larger = graph.call("upsample_nearest2d", "picture", None, [2.0, 2.0])
        x = graph.call("add", x, larger)
    return graph, x


def describe(name, sha256, size):
    extra = []
    if name == "tiny-chain":
        extra = [{"name": "strength", "kind": "scalar", "range": [0, 1], "default": 0.5,
                  "meaning": "s"}]
    if name == "tiny-mask":
        extra = [{"name": "mask", "kind": "plane", "channels": "A", "range": [0, 1], "meaning": "m"},
                 {"name": "strength", "kind": "scalar", "range": [0, 1], "default": 0.5,
                  "meaning": "s"}]
    scale = 2 if name in ("tiny-double", "tiny-chain-x2") else 1
    fold = 2 if name in ("tiny-fold", "tiny-chain") else 1
    width, height = 16, 12
    return {
        "format": 1, "id": name, "version": "1.0.0", "task": "upscale", "name": name,
        "description": "for tests", "author": "nobody", "licence": "GPL-3.0-or-later",
        "licence_url": "", "source": "made for a test", "citation": "", "training_data": "none",
        "file": name + ".pt", "sha256": sha256, "size": size,
        "precision": "fp16-weights" if name == "tiny-chain-x2" else "fp32",
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
    path = os.path.join(folder, name + ".pt")
    if name in CHAINS:
        graph, output = chain(name)
        data = graph.write(output, path)
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
    else:
        sha256, size = archive.save(network(name), path)
    with open(os.path.join(folder, "model.json"), "w", encoding="utf-8") as file:
        json.dump(describe(name, sha256, size), file, indent=2)


def main():
    if len(sys.argv) == 3:
        return make(sys.argv[1], sys.argv[2])
    for name in NAMES + CHAINS:  # each in a process of its own: torch counts what it traced
        subprocess.run([sys.executable, __file__, sys.argv[1], name], check=True)
    with open(os.path.join(sys.argv[1], "index.json"), "w", encoding="utf-8") as file:
        json.dump(NAMES + CHAINS, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes packs of trained weights: traced, kernels as float16, archived canonically, described.

    export.py --state STATE --out models [--pack ID]

Each pack is made in a process of its own, so that the bytes do not depend on what was made before.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import torch

import packs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from fetching import archive, describe, selftest  # noqa: E402

VERSION = "0.1.0"
OPERATORS = {
    "aten::_convolution", "aten::abs", "aten::add", "aten::amax", "aten::avg_pool2d", "aten::cat",
    "aten::clamp", "aten::div", "aten::exp", "aten::expand", "aten::flatten",
    "aten::linear", "aten::log1p", "aten::max_pool2d", "aten::maximum", "aten::mean",
    "aten::minimum", "aten::mul",
    "aten::pixel_shuffle", "aten::pixel_unshuffle", "aten::relu", "aten::reshape", "aten::rsub",
    "aten::sigmoid", "aten::size",
    "aten::slice", "aten::softmax", "aten::sub", "aten::unsqueeze", "aten::upsample_bilinear2d",
    "aten::upsample_nearest2d", "aten::view"}
"""All that these graphs may call; a new operator has to be added here and to the program's list."""


def operators(module):
    """The aten operators of a traced module and everything it calls."""
    torch._C._jit_pass_inline(module.graph)
    found, blocks = set(), [module.inlined_graph]
    while blocks:
        for node in blocks.pop().nodes():
            if node.kind().startswith("aten::"):
                found.add(node.kind())
            blocks.extend(node.blocks())
    return found


def extra_inputs(pack, values, width, height):
    """Tensors for the further arguments: a scalar, or a plane filled with the value."""
    tensors = []
    for entry, value in zip(pack.extra_inputs, values):
        if entry["kind"] == "scalar":
            tensors.append(torch.tensor([float(value)]))
        else:
            tensors.append(torch.full((1, len(entry["channels"]), height, width), float(value)))
    return tensors


def halve_kernels(module):
    """Stores every weight of more than one dimension as float16, in place."""
    for part in module.modules():
        for name, value in list(part.named_parameters(recurse=False)):
            if value.dim() > 1:
                part._c.setattr(name, value.detach().half())


def load(path):
    """As the program loads it: to float32, frozen."""
    module = torch.jit.load(str(path)).float().eval()
    return torch.jit.freeze(module)


def measure_halo(pack, module, photo):
    """The smallest halo whose tile core agrees with the whole picture's run to 55 dB.

    photo: 1 x 3 x H x W with H, W >= 512. Gives (halo, note).
    """
    extra = extra_inputs(pack, pack.test_extra, photo.size(3), photo.size(2))
    if pack.task == "inpaint":
        grid = torch.zeros_like(extra[0])
        grid[:, :, ::24] = 1
        grid[:, :, :, 5::40] = 1
        extra = [grid]
    if pack.task == "restore":
        extra[0] = photo
    with torch.no_grad():
        whole = module(photo, *extra)
        core = slice(192, 192 + 128)
        for halo in (24, 32, 48, 64, 96, 128):
            if halo % pack.multiple_of:
                continue
            cut = slice(192 - halo, 192 + 128 + halo)
            planes = [e[:, :, cut, cut] if e.dim() == 4 else e for e in extra]
            tile = module(photo[:, :, cut, cut], *planes)[:, :, halo:-halo, halo:-halo]
            error = (tile - whole[:, :, core, core]).abs()
            decibels = float(-10 * torch.log10(error.square().mean().clamp(min=1e-12)))
            if decibels >= 55 or halo == 128:
                return halo, (f"tiles start at multiples of {pack.multiple_of}; a 128 px core "
                              f"with a halo of {halo} agrees with the whole picture's "
                              f"run to {decibels:.0f} dB, {float(error.max()) * 255:.1f} of 255 at "
                              "most")
    return None


def peak_bytes(path, pack, side):
    """Peak memory of one run at side x side, above the loaded module, in a process of its own."""
    height, width = (side, side) if pack.fixed_size is None else pack.fixed_size
    planes = [0 if e["kind"] == "scalar" else len(e["channels"]) for e in pack.extra_inputs]
    script = f"""
import torch
torch.set_num_threads(2)
module = torch.jit.freeze(torch.jit.load({str(path)!r}).float().eval())
def run(h, w):
    more = [torch.zeros(1) if n == 0 else torch.zeros(1, n, h, w) for n in {planes}]
    with torch.no_grad():
        module(torch.zeros(1, {len(pack.channels)}, h, w), *more)
def kilobytes(key):
    return int(next(l for l in open("/proc/self/status") if l.startswith(key)).split()[1])
for _ in range(3):
    run(*{(64, 64) if pack.fixed_size is None else (height, width)})
before = kilobytes("VmRSS")
open("/proc/self/clear_refs", "w").write("5")  # forgets the peak so far
run({height}, {width})
run({height}, {width})
print(max(0, kilobytes("VmHWM") - before) * 1024)
"""
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return int(out.stdout)


def export(identifier, state, out, photo_path):
    pack = packs.PACKS[identifier]
    torch.set_num_threads(2)
    module = packs.trained(identifier, state)
    width, height = pack.test_size
    example = (torch.rand(1, len(pack.channels), height, width),
               *extra_inputs(pack, pack.test_extra, width, height))
    with torch.no_grad():
        traced = torch.jit.trace(module, example, check_trace=False)
    unknown = operators(traced) - OPERATORS
    if unknown:
        sys.exit(f"{identifier} calls operators outside the list: {sorted(unknown)}")
    traced.requires_grad_(False)
    halve_kernels(traced)
    folder = out / identifier
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = archive.save(traced, str(folder / "trained.pt"))
    loaded = load(folder / "trained.pt")

    import cv2
    photo = cv2.imread(str(photo_path))[..., ::-1].astype(np.float32) / 255
    photo = cv2.resize(photo, (max(512, photo.shape[1]), max(512, photo.shape[0])))
    photo = torch.from_numpy(np.ascontiguousarray(photo[:512, :512].transpose(2, 0, 1))[None])
    halo, note, best, memory_side = 0, None, 0, 128
    if pack.tileable:
        halo, note = measure_halo(pack, loaded, photo)
        best, memory_side = pack.tile, pack.tile + 2 * halo
    elif pack.task == "colorize":
        memory_side = 320
    area = memory_side ** 2
    steps = torch.load(state / pack.job / "checkpoint.pt", map_location="cpu")
    description = {
        "format": 1, "id": identifier, "version": VERSION, "task": pack.task, "name": pack.name,
        "description": pack.description, "author": "The Heirloom developers",
        "licence": "GPL-3.0-or-later",
        "licence_url": "https://www.gnu.org/licenses/gpl-3.0.html",
        "source": "trained by this project", "citation": pack.citation,
        "training_data": packs.PHOTOS + pack.training, "file": "trained.pt", "sha256": digest,
        "size": size, "precision": "fp16-weights",
        "input": {"channels": pack.channels, "layout": "NCHW", "colour_space": "sRGB",
                  "range": [0, 1], "multiple_of": pack.multiple_of,
                  "minimum_side": pack.multiple_of if pack.fixed_size is None else 128,
                  "fixed_size": pack.fixed_size, "tileable": pack.tileable},
        "extra_inputs": pack.extra_inputs, "output": pack.output,
        "memory_per_input_pixel": -(-peak_bytes(folder / "trained.pt", pack, memory_side) // area),
        "best_tile": best, "halo": halo,
        "self_test": {"width": width, "height": height, "seed": 11, "noise": 0.2,
                      "extra": pack.test_extra, "expected": None, "tolerance": 0.001},
        **({"only_by_name": True} if pack.only_by_name else {}),
        "training": {"steps": steps["step"], "seconds": round(steps["seconds"]),
                     "seed": steps["seed"]}}
    if note:
        description["tile_note"] = note + pack.tile_remark
    with torch.no_grad():
        result = loaded(*selftest.arguments(description))
    description["self_test"]["expected"] = selftest.statistics(result)
    archive.write_whole(str(folder / "model.json"), describe.as_text(description).encode())
    print(f"{identifier}: {size / 1e6:.2f} MB, halo {halo}, "
          f"{description['memory_per_input_pixel']} bytes a pixel, step {steps['step']}")


def main():
    parser = argparse.ArgumentParser(description="Makes packs of trained weights.")
    parser.add_argument("--state", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--photo", required=True, type=Path, help="any photo, to measure the halo")
    parser.add_argument("--pack", choices=sorted(packs.PACKS))
    options = parser.parse_args()
    if options.pack:
        export(options.pack, options.state, options.out, options.photo)
        return
    with tempfile.TemporaryDirectory() as frozen:  # a running training must not move underneath
        for identifier, pack in packs.PACKS.items():
            source = options.state / pack.job
            if not (source / "checkpoint.pt").exists():
                print(f"{identifier}: not trained yet")
                continue
            target = Path(frozen) / pack.job
            target.mkdir()
            shutil.copy(source / "checkpoint.pt", target)
            subprocess.run([sys.executable, __file__, "--state", frozen, "--out", str(options.out),
                            "--photo", str(options.photo), "--pack", identifier], check=True)


if __name__ == "__main__":
    main()

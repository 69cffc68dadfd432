# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""For developers: measures what model.json says about tiles. Prints, changes nothing.

    cd models && /usr/bin/python3 -m fetching.measure halo|time|memory ID PACK.pt [PHOTO.png ...]

halo    tiles of 128 with several halos against the whole picture, on the middle 256 x 256 of photos
time    seconds of a CPU's work for 128 x 128 kept pixels with several tiles (core, at the pack's
        halo); with OMP_WAIT_POLICY=passive other work on the machine does not count
memory  peak bytes for each input pixel, from two sizes, each in a process of its own
"""

import json
import os
import resource
import subprocess
import sys
import time

import numpy
import torch

from . import packs

CORES = (96, 128, 160, 192, 256, 384, 512)
HALOS = (16, 24, 32, 48, 64)


def load(path):
    module = torch.jit.load(path).float().eval().to(memory_format=torch.channels_last)
    return torch.jit.freeze(module)


def run(module, description, picture):
    extra = [torch.full((1,), float(e["default"])) for e in description["extra_inputs"]]
    with torch.no_grad():
        return module(picture.contiguous(memory_format=torch.channels_last), *extra)


def tiled(module, description, picture, core, halo):
    """The picture in tiles of `core`, each with `halo` around it as far as there is picture."""
    scale = description["output"]["scale"]
    height, width = picture.shape[2:]
    out = torch.zeros(1, 3, height * scale, width * scale)
    for y in range(0, height, core):
        for x in range(0, width, core):
            top, left = max(y - halo, 0), max(x - halo, 0)
            tile = picture[:, :, top : y + core + halo, left : x + core + halo]
            result = run(module, description, tile)
            dy, dx = (y - top) * scale, (x - left) * scale
            rows, columns = (min(core, side) * scale for side in (height - y, width - x))
            out[:, :, y * scale : y * scale + rows, x * scale : x * scale + columns] = \
                result[:, :, dy : dy + rows, dx : dx + columns]
    return out


def halo(module, description, photos):
    from PIL import Image

    for photo in photos:
        pixels = numpy.asarray(Image.open(photo).convert("RGB"), dtype=numpy.float32) / 255
        top, left = (side // 2 - 128 for side in pixels.shape[:2])
        crop = torch.from_numpy(pixels[top : top + 256, left : left + 256]).permute(2, 0, 1)[None]
        whole = run(module, description, crop).clamp(0, 1)
        for size in HALOS:
            part = tiled(module, description, crop, 128, size).clamp(0, 1)
            error = float(((whole - part) ** 2).mean())
            psnr = -10 * numpy.log10(error) if error else float("inf")
            largest = float((whole - part).abs().max()) * 255
            print(f"{os.path.basename(photo)}: halo {size}: {psnr:.1f} dB, largest {largest:.1f}/255",
                  flush=True)


def timing(module, description):
    for core in CORES:
        side = core + 2 * description["halo"]
        picture = torch.rand(1, 3, side, side)
        times = []
        for _ in range(5):
            begin = time.process_time()
            run(module, description, picture)
            times.append(time.process_time() - begin)
        kept = min(times) * (128 / core) ** 2
        print(f"core {core}: {min(times):.2f} s a tile, {kept:.2f} s for 128 x 128 kept", flush=True)


def memory(identifier, path, sides=(128, 256)):
    peaks = []
    for side in sides:
        command = [sys.executable, "-m", "fetching.measure", "peak", identifier, path, str(side)]
        peaks.append(int(subprocess.run(command, check=True, capture_output=True).stdout))
    each = (peaks[1] - peaks[0]) / (sides[1] ** 2 - sides[0] ** 2)
    print(f"{each:.0f} bytes for each input pixel (peaks {peaks[0] >> 20} and {peaks[1] >> 20} MiB)")


def main(what, identifier, path, *rest):
    with open(os.path.join(packs.HERE, identifier, "model.json"), encoding="utf-8") as file:
        description = json.load(file)
    torch.set_num_threads(2)
    if what == "memory":
        return memory(identifier, path, *[tuple(map(int, rest))] if rest else ())
    module = load(path)
    if what == "halo":
        halo(module, description, rest)
    elif what == "time":
        timing(module, description)
    else:
        for _ in range(3):
            run(module, description, torch.rand(1, 3, int(rest[0]), int(rest[0])))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])

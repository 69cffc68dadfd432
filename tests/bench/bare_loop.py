#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other side of speed.py: nothing but forward passes over the same tiles.

    bare_loop.py torch MODEL.pt PHOTO THREADS        libtorch, frozen, channels last
    bare_loop.py onnx MODEL.onnx PHOTO.npy THREADS   ONNX Runtime (needs its own environment)

Reads the list of tiles (JSON) from the first line of standard input, warms up, prints "ready"; then
one timed pass over all tiles for each further line.
"""
import json
import sys
import time


def torch_side(model_path, photo, threads):
    import numpy
    import torch
    from PIL import Image
    torch.set_num_threads(threads)
    module = torch.jit.load(model_path).eval().float()
    module = torch.jit.freeze(module)
    for parameter in module.parameters():
        parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
    pixels = numpy.asarray(Image.open(photo).convert("RGB"), numpy.float32) / 255.0
    whole = torch.from_numpy(pixels.copy()).permute(2, 0, 1)[None]

    def run(tile):
        x, y, w, h = tile
        part = whole[:, :, y:y + h, x:x + w].contiguous(memory_format=torch.channels_last)
        with torch.inference_mode():
            module(part)
    return run


def onnx_side(model_path, photo, threads):
    import numpy
    import onnxruntime
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(model_path, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    pixels = numpy.load(photo).astype(numpy.float32) / 255.0
    whole = numpy.ascontiguousarray(pixels.transpose(2, 0, 1)[None])

    def run(tile):
        x, y, w, h = tile
        session.run(None, {name: numpy.ascontiguousarray(whole[:, :, y:y + h, x:x + w])})
    return run


def main() -> int:
    if len(sys.argv) != 5:
        print(__doc__, file=sys.stderr)
        return 2
    side = {"torch": torch_side, "onnx": onnx_side}[sys.argv[1]]
    run = side(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    tiles = json.loads(sys.stdin.readline())["tiles"]
    for _ in range(2):
        for tile in tiles:
            run(tile)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for tile in tiles:
            run(tile)
        print(time.perf_counter() - start, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Our upscale, decode to saved file, against bare loops over the same tiles.

    speed.py [--onnx PYTHON] [--only MODEL]     PYTHON: an interpreter that has onnxruntime
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import quiet

RUNS = 5
THREADS = os.cpu_count() or 1
CASES = [("realesrgan-x4plus", (256, 256), 1.05), ("realesrgan-general-x4v3", (768, 512), 1.3)]


class Side:
    """A process that does one timed run for each line it is sent."""

    def __init__(self, command):
        environment = dict(os.environ, OMP_WAIT_POLICY="passive")
        self.process = subprocess.Popen([str(c) for c in command], text=True, env=environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def say(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args[0]} ended early")
        return line.strip()

    def run(self) -> float:
        self.say()
        return float(self.hear())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def paired(ours: Side, other: Side) -> tuple[float, float, float]:
    a, b = [], []
    for _ in range(RUNS):
        a.append(ours.run())
        b.append(other.run())
    ratio = statistics.median(x / y for x, y in zip(a, b))
    return statistics.median(a), statistics.median(b), ratio


def export_onnx(pack: Path, size, out: Path):
    code = (
        "import sys, torch\n"
        "m = torch.jit.load(sys.argv[1]).float().eval()\n"
        "x = torch.rand(1, 3, int(sys.argv[3]), int(sys.argv[2]))\n"
        "torch.onnx.export(m, x, sys.argv[4], opset_version=14, input_names=['x'],\n"
        "                  output_names=['y'], dynamic_axes={'x': {2: 'h', 3: 'w'}})\n")
    subprocess.run(["/usr/bin/python3", "-c", code, pack, str(size[0]), str(size[1]), out],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--onnx", help="python with onnxruntime and numpy")
    parser.add_argument("--only", help="measure this model alone")
    arguments = parser.parse_args()
    quiet.refuse_while_training()
    worst = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for model, size, bar in CASES:
            if arguments.only not in (None, model):
                continue
            photo = quiet.photo_crop(size, folder, f"{model}.png")
            weights = next((quiet.BUILD / "models" / model).glob("*.pt"))
            ours = Side([quiet.BUILD / "bin/bench_upscale", photo, model, folder / "out.png", 0,
                         THREADS])
            tiles = ours.hear()
            bare = Side(["/usr/bin/python3", Path(__file__).with_name("bare_loop.py"), "torch",
                         weights, photo, THREADS])
            bare.say(tiles)
            bare.hear()
            a, b, ratio = paired(ours, bare)
            print(f"{model} {size[0]}x{size[1]}, {len(json.loads(tiles)['tiles'])} tiles, "
                  f"{THREADS} threads: ours {a:.3f} s, bare libtorch {b:.3f} s, "
                  f"ratio {ratio:.3f} (at most {bar})", flush=True)
            worst = max(worst, ratio / bar)
            bare.end()
            if arguments.onnx:
                from PIL import Image
                import numpy
                numpy.save(folder / "photo.npy", numpy.asarray(Image.open(photo).convert("RGB")))
                export_onnx(weights, (64, 64), folder / "model.onnx")
                onnx = Side([arguments.onnx, Path(__file__).with_name("bare_loop.py"), "onnx",
                             folder / "model.onnx", folder / "photo.npy", THREADS])
                onnx.say(tiles)
                onnx.hear()
                a, b, ratio = paired(ours, onnx)
                print(f"{model}: ours {a:.3f} s, ONNX Runtime {b:.3f} s, ratio {ratio:.3f} "
                      f"(at most 1.1)", flush=True)
                worst = max(worst, ratio / 1.1)
                onnx.end()
            ours.end()
    return 0 if worst <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())

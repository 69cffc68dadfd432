# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has Krita open a project and compares what it shows with the merged picture inside.

    compare_with_krita.py FILE.ora --worst STEPS [--mean STEPS] [--rounded OTHER.ora]

Steps are of 1/255. Returns 1 when they differ by more, 77 when there is no Krita. OTHER is the same
project with every layer rounded to 8 bit: with it 2 is returned when they differ by no more than
STEPS and what rounding alone makes of the merged picture. Standard library alone: 16 bits have to
stay 16 bits."""

import argparse
import os
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib


def decoded(data):
    """Width, height, and rows of (r, g, b, a) as 0..1."""
    at, packed, trns = 8, b"", None
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert depth in (8, 16) and interlace == 0
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[color]
    pixel = channels * depth // 8
    stride = width * pixel
    raw = zlib.decompress(packed)
    rows, before = [], bytes(stride)
    for y in range(height):
        start = y * (stride + 1)
        kind, line = raw[start], bytearray(raw[start + 1:start + 1 + stride])
        for i in range(stride):
            a = line[i - pixel] if i >= pixel else 0
            b = before[i]
            if kind == 1:
                line[i] = (line[i] + a) & 255
            elif kind == 2:
                line[i] = (line[i] + b) & 255
            elif kind == 3:
                line[i] = (line[i] + (a + b) // 2) & 255
            elif kind == 4:
                c = before[i - pixel] if i >= pixel else 0
                p, q, r = abs(b - c), abs(a - c), abs(a + b - 2 * c)
                line[i] = (line[i] + (a if p <= q and p <= r else b if q <= r else c)) & 255
        before = bytes(line)
        full = 255.0 if depth == 8 else 65535.0
        values = [v / full for v in (before if depth == 8 else
                                     struct.unpack(f">{len(before) // 2}H", before))]
        pixels = [values[i:i + channels] for i in range(0, len(values), channels)]
        if channels < 3:
            pixels = [[p[0]] * 3 + p[1:] for p in pixels]
        rows.append([p if len(p) == 4 else p + [1.0] for p in pixels])
    return width, height, depth, rows


def shown_by_krita(path, folder):
    home = pathlib.Path(folder, "home")
    home.mkdir()
    out = pathlib.Path(folder, "out.png")
    environment = dict(os.environ, HOME=str(home), XDG_CONFIG_HOME=str(home / "config"),
                       XDG_DATA_HOME=str(home / "data"), XDG_CACHE_HOME=str(home / "cache"),
                       LC_ALL="C.UTF-8")
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(["xvfb-run", "-a", "krita", "--export", "--export-filename", str(out),
                           str(path)], env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300)
    if not out.exists():
        sys.stderr.write(done.stdout.decode(errors="replace")[-2000:])
        sys.exit("Krita wrote nothing")
    return out.read_bytes()


def merged(project):
    with zipfile.ZipFile(project) as archive:
        return decoded(archive.read("mergedimage.png"))


def difference(one, other):
    """Worst and mean in steps, and where the worst is."""
    worst, total, where = 0.0, 0.0, None
    for y, (row, other_row) in enumerate(zip(one, other)):
        for x, (a, b) in enumerate(zip(row, other_row)):
            # Colours count by their alpha: under 0 they are nobody's.
            d = max(abs(a[3] - b[3]), *(abs(p * a[3] - q * b[3]) for p, q in zip(a[:3], b[:3])))
            total += d
            if d > worst:
                worst, where = d, (x, y)
    return worst * 255, total / (len(one) * len(one[0])) * 255, where


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--worst", type=float, required=True)
    parser.add_argument("--mean", type=float, default=255)
    parser.add_argument("--rounded")
    arguments = parser.parse_args()
    if not shutil.which("krita") or not shutil.which("xvfb-run"):
        print("no Krita")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        width, height, depth, krita = decoded(shown_by_krita(arguments.file, folder))
    w, h, own_depth, own = merged(arguments.file)
    if (width, height) != (w, h):
        print(f"Krita shows {width}x{height}, not {w}x{h}")
        return 1
    worst, mean, where = difference(krita, own)
    print(f"worst {worst:.3f} at {where}, mean {mean:.4f} ({own_depth} bit, shown in {depth})")
    if mean > arguments.mean:
        return 1
    if worst <= arguments.worst + 1e-9:
        return 0
    if not arguments.rounded:
        return 1
    rounding = difference(merged(arguments.rounded)[3], own)[0]
    print(f"rounding the layers alone makes {rounding:.3f}")
    return 2 if worst <= arguments.worst + rounding else 1


if __name__ == "__main__":
    sys.exit(main())

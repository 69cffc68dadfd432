#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peak memory, seen from outside, of large enlargements and conversions by heirloom-cli.

    memory.py [convert] [upscale]        both when none is named; upscale takes minutes
"""
import os
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import quiet


def measured(arguments) -> tuple[int, float, int]:
    """(exit code, seconds, peak resident megabytes of that process)."""
    start = time.monotonic()
    process = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, time.monotonic() - start, usage.ru_maxrss // 1024


def write_tiff16(path: Path, side: int):
    """An uncompressed 16-bit RGB TIFF with a soft texture, one strip for each 16 rows."""
    import numpy
    rows = 16
    strips = -(-side // rows)
    row_bytes = side * 6
    entries = []
    data_start = 8

    def entry(tag, kind, count, value):
        entries.append(struct.pack("<HHI4s", tag, kind, count, value))
    tables = data_start + row_bytes * side
    bits = tables
    offsets = bits + 6
    counts = offsets + 4 * strips
    directory = counts + 4 * strips
    short, long = (lambda v: struct.pack("<HH", v, 0)), (lambda v: struct.pack("<I", v))
    entry(256, 4, 1, long(side))
    entry(257, 4, 1, long(side))
    entry(258, 3, 3, long(bits))
    entry(259, 3, 1, short(1))
    entry(262, 3, 1, short(2))
    entry(273, 4, strips, long(offsets))
    entry(277, 3, 1, short(3))
    entry(278, 4, 1, long(rows))
    entry(279, 4, strips, long(counts))
    entry(284, 3, 1, short(1))
    random = numpy.random.default_rng(7)
    ramp = (numpy.arange(side, dtype=numpy.uint32) * 65535 // side).astype(numpy.uint16)
    with open(path, "wb") as out:
        out.write(struct.pack("<2sHI", b"II", 42, directory))
        for y in range(side):
            row = numpy.empty((side, 3), "<u2")
            row[:, 0] = ramp
            row[:, 1] = y * 65535 // side
            row[:, 2] = random.integers(30000, 34000, side)
            out.write(row.tobytes())
        out.write(struct.pack("<HHH", 16, 16, 16))
        sizes = [min(rows, side - s * rows) * row_bytes for s in range(strips)]
        out.write(b"".join(struct.pack("<I", data_start + s * rows * row_bytes)
                           for s in range(strips)))
        out.write(b"".join(struct.pack("<I", s) for s in sizes))
        out.write(struct.pack("<H", len(entries)) + b"".join(entries) + struct.pack("<I", 0))


def main() -> int:
    wanted = sys.argv[1:] or ["convert", "upscale"]
    cli = quiet.BUILD / "bin/heirloom-cli"
    failed = False
    with tempfile.TemporaryDirectory(dir=os.environ.get("HEIRLOOM_TMP")) as name:
        folder = Path(name)
        jobs = []
        if "convert" in wanted:
            big = folder / "big.tif"
            write_tiff16(big, 12000)
            jobs += [(["convert", big, "-o", folder / f"out.{e}"], 400) for e in ("png", "tif")]
        if "upscale" in wanted:
            from PIL import Image
            photo = folder / "photo.png"
            quiet.photo_crop((768, 512), folder, "small.png")
            Image.open(folder / "small.png").resize((4000, 3000)).save(photo, compress_level=1)
            jobs += [(["upscale", photo, "-o", folder / f"large.{e}", "--scale", "4", "--model",
                       "realesrgan-general-x4v3", "--memory", "2000"], 2500)
                     for e in ("jpg", "tif")]
        for arguments, bar in jobs:
            code, seconds, peak = measured([cli, *arguments, "--overwrite", "--progress", "none"])
            print(f"{arguments[0]} -> {Path(arguments[3]).suffix}: exit {code}, {seconds:.1f} s, "
                  f"peak {peak} MB (under {bar})", flush=True)
            failed |= code != 0 or peak >= bar
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

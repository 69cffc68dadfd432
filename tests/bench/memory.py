#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peak memory, seen from outside, of large pictures in heirloom-cli; of restoring the time too.

    memory.py [convert] [upscale] [restore]     the first two when none is named; upscale and
                                                restore take minutes
"""
import json
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


def write_scan(path: Path, width: int, height: int):
    """An old scan: photographs side by side, with the noise and the blocks that restoring finds."""
    import cv2
    import numpy
    photos = [cv2.imread(str(p)) for p in sorted((quiet.SHARED / "photos" / "kodak").glob("*.png"))]
    photos = [p if p.shape[1] > p.shape[0] else cv2.rotate(p, cv2.ROTATE_90_CLOCKWISE)
              for p in photos]
    tall, wide = photos[0].shape[:2]
    scan = numpy.zeros((height, width, 3), numpy.uint8)
    random = numpy.random.default_rng(5)
    k = 0
    for y in range(0, height, tall):
        for x in range(0, width, wide):
            part = scan[y:y + tall, x:x + wide]
            part[:] = photos[k % len(photos)][:part.shape[0], :part.shape[1]]
            k += 1
    for y in range(0, height, 512):  # by bands: noise is eight bytes a sample
        band = scan[y:y + 512]
        band[:] = numpy.clip(band + random.normal(0, 12, band.shape), 0, 255)
    cv2.imwrite(str(path), scan, [cv2.IMWRITE_JPEG_QUALITY, 60])


def said_seconds(cli: Path, scan: Path) -> float:
    """What triage says beforehand; -1 where it does not know."""
    done = subprocess.run([cli, "triage", "--json", scan], capture_output=True, text=True, check=True)
    seconds = [step.get("seconds", -1) for step in json.loads(done.stdout)["steps"]]
    return -1 if -1 in seconds else sum(seconds)


def restore(cli: Path, folder: Path) -> bool:
    """Whole auto restore of 24 megapixels in 6 minutes, of 60 under 3 GB."""
    good = True
    # The larger one has noise alone: what is asked of it is memory, which steps take in turn.
    for name, width, height, limit in (("scan.jpg", 6000, 4000, 360), ("scan.tif", 9600, 6400, 0)):
        scan = folder / name
        write_scan(scan, width, height)
        said = said_seconds(cli, scan)
        code, seconds, peak = measured([cli, "restore", scan, "-o", folder / "restored.png",
                                        "--overwrite", "--progress", "none"])
        print(f"restore {width * height / 1e6:.0f} MP: exit {code}, {seconds:.0f} s"
              f"{f' (under {limit})' if limit else ''}, said before {said:.0f} s, "
              f"peak {peak} MB (under 3000)", flush=True)
        good &= code == 0 and peak < 3000 and said >= 0 and (not limit or seconds < limit)
    return good


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
        if "restore" in wanted:
            failed |= not restore(cli, folder)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

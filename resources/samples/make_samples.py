#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the two bundled samples from public-domain photographs in registry packages.

    make_samples.py GRACE_HOPPER.jpg FACE.dat OUTDIR

GRACE_HOPPER.jpg: Debian package python-matplotlib-data 3.6.3, mpl-data/sample_data.
FACE.dat: PyPI scipy 1.9.3, scipy/misc/face.dat (bzip2, 768 x 1024 x 3 bytes).
Same inputs, same bytes out: every random number comes from one seed. Needs NumPy and Pillow.
"""
import bz2
import io
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SEED = 1984


def small_and_soft(face_dat: bytes) -> Image.Image:
    """The raccoon as it would come from an old web page: 480 x 360, a little soft, no damage."""
    whole = Image.frombytes("RGB", (1024, 768), bz2.decompress(face_dat))
    small = whole.resize((480, 360), Image.Resampling.LANCZOS)
    return small.filter(ImageFilter.GaussianBlur(0.6))


def faded(pixels: np.ndarray) -> np.ndarray:
    """Dyes lose density: cyan most, yellow least; the paper's white turns warm. 0..1 in and out."""
    density = -np.log10(np.clip(pixels, 0.004, 1.0))
    density *= np.array([0.34, 0.52, 0.58])
    density += np.array([0.03, 0.06, 0.13])
    return 10.0 ** -density


def grain(rng, shape) -> np.ndarray:
    fine = rng.normal(0, 1, shape)
    coarse = rng.normal(0, 1, shape[:2])
    for axis in (0, 1):  # a small triangle blur makes clumps, as silver and dye grain has
        coarse = (np.roll(coarse, 1, axis) + 2 * coarse + np.roll(coarse, -1, axis)) / 2.45
    return 0.012 * fine + 0.026 * coarse[..., None]


def damage(rng, size) -> tuple[Image.Image, Image.Image]:
    """Light damage (scratches, dust, a crease's lost emulsion) and dark specks, as two masks."""
    width, height = size
    light = Image.new("L", (width * 2, height * 2), 0)
    dark = Image.new("L", (width * 2, height * 2), 0)
    pen, ink = ImageDraw.Draw(light), ImageDraw.Draw(dark)
    for _ in range(9):
        x, y = rng.uniform(0, width * 2), rng.uniform(0, height * 1.2)
        points = [(x, y)]
        for _ in range(rng.integers(6, 18)):
            x, y = x + rng.normal(0, 6), y + rng.uniform(20, 90)
            points.append((x, y))
        pen.line(points, fill=int(rng.uniform(120, 230)), width=int(rng.integers(1, 4)))
    for brush, count in ((pen, 170), (ink, 90)):
        for _ in range(count):
            x, y = rng.uniform(0, width * 2), rng.uniform(0, height * 2)
            r = rng.exponential(1.6) + 0.8
            brush.ellipse((x - r, y - r * rng.uniform(0.6, 1.4), x + r, y + r),
                          fill=int(rng.uniform(120, 255)))
    for _ in range(7):
        x, y = rng.uniform(0, width * 2), rng.uniform(0, height * 2)
        start = rng.uniform(0, 360)
        r = rng.uniform(20, 70)
        ink.arc((x - r, y - r, x + r, y + r), start, start + rng.uniform(40, 140), fill=190, width=2)
    # One crease right across the lower third, its ridge broken open here and there.
    x = 0.0
    base = height * 2 * 0.71
    while x < width * 2:
        y = base + 14 * np.sin(x / 310.0) + 0.05 * x + rng.normal(0, 1.2)
        step = rng.uniform(5, 16)
        pen.line((x, y, x + step, y + rng.normal(0, 1.5)),
                 fill=int(rng.uniform(90, 255)), width=int(rng.integers(2, 9)))
        ink.line((x, y + 9, x + step, y + 9), fill=70, width=6)
        x += step
    half = (width, height)
    return (light.resize(half, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5)),
            dark.resize(half, Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5)))


def aged(portrait: Image.Image) -> Image.Image:
    """A print scanned finer than its detail: 1120 x 1312 (1.5 megapixels), faded and damaged."""
    rng = np.random.default_rng(SEED)
    scan = portrait.convert("RGB").resize((1120, 1312), Image.Resampling.LANCZOS)
    pixels = faded(np.asarray(scan, np.float64) / 255.0)
    pixels += grain(rng, pixels.shape)
    light, dark = damage(rng, scan.size)
    white = np.array([0.95, 0.92, 0.84])
    a = np.asarray(light, np.float64)[..., None] / 255.0
    b = np.asarray(dark, np.float64)[..., None] / 255.0
    pixels = pixels * (1 - a) + white * a
    pixels *= 1 - 0.7 * b
    out = Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8), "RGB")
    once = io.BytesIO()
    out.save(once, "JPEG", quality=62)
    return Image.open(io.BytesIO(once.getvalue())).convert("RGB")


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    out = Path(sys.argv[3])
    portrait = Image.open(sys.argv[1])
    aged(portrait).save(out / "old-portrait.jpg", "JPEG", quality=88, dpi=(300, 300))
    small_and_soft(Path(sys.argv[2]).read_bytes()).save(out / "raccoon-small.jpg", "JPEG",
                                                         quality=90, dpi=(72, 72))
    return 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the trained packs on the evaluation photos, each against its classical twin.

    evaluate.py --packs models [--photos ../shared/photos] [--only ID] [--out RESULTS.md]

Reads the exported packs, so what is measured is what ships (kernels of 16 bits). PSNR is over RGB
on 8-bit values. Nothing here is trained on.
"""

import argparse
import io
import json
import math
import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from PIL import Image

import colour
import hints
import packs
import texture
from data import shared_folder
from noise import grain
from train_inpainter import TELEA_RADIUS, telea
from train_restorer import deblurred
from train_unfader import dye_fade, sampled


PICTURES = None


def read(path):
    return np.ascontiguousarray(cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1])


def kodak(photos):
    """The clean pictures; `--pictures` takes fewer of them."""
    return sorted((photos / "kodak").glob("*.png"))[:PICTURES]


def psnr(a, b, where=None):
    """dB between 8-bit pictures, all or where `where` (H x W bool) is set."""
    error = np.square(a.astype(float) - b.astype(float))
    if where is not None:
        error = error[where]
    return -10 * math.log10(max(error.mean(), 1e-9) / 255 ** 2)


def as_bytes(picture):
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)


class Generator:
    """A pack, run on whole pictures: pads to the multiple by repeating the edge."""

    def __init__(self, folder):
        self.about = json.loads((folder / "model.json").read_text())
        self.module = torch.jit.freeze(torch.jit.load(str(folder / self.about["file"])).float())
        self._multiple = self.about["input"]["multiple_of"]

    def __call__(self, picture, *extra):
        """picture H x W x C float or uint8; extra: floats, or H x W x C planes. H x W x C back."""
        height, width = picture.shape[:2]
        down, right = -height % self._multiple, -width % self._multiple

        def tensor(value):
            if np.isscalar(value):
                return torch.tensor([float(value)])
            value = value.astype(np.float32) / (255 if value.dtype == np.uint8 else 1)
            value = np.pad(value, ((0, down), (0, right), (0, 0)), "edge")
            return torch.from_numpy(np.ascontiguousarray(value.transpose(2, 0, 1))[None])
        with torch.no_grad():
            result = self.module(tensor(picture), *[tensor(e) for e in extra])
        return result[0].numpy().transpose(1, 2, 0)[:height, :width]


def markdown(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        lines.append("| " + " | ".join(f"{c:.2f}" if isinstance(c, float) else str(c)
                                       for c in row) + " |")
    return "\n".join(lines) + "\n"


# --- scratches -----------------------------------------------------------------------------------

def f1(found, truth, reach):
    """Pixel F1: a found pixel counts within `reach` px of the truth, and the other way round."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    near_truth = cv2.dilate(truth.astype(np.uint8), disc) > 0
    near_found = cv2.dilate(found.astype(np.uint8), disc) > 0
    precision = (found & near_truth).sum() / max(1, found.sum())
    recall = (truth & near_found).sum() / max(1, truth.sum())
    return 2 * precision * recall / max(1e-9, precision + recall)


def morphological(picture, scale):
    """The classical twin: what a closing or an opening takes away, 0 to 1, H x W."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    side = 9 * scale
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side | 1, side | 1))
    away = np.maximum(cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, disc),
                      cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, disc))
    return away.astype(np.float32) / 255


def scratch_segmenter(generator, photos):
    names = sorted(p.name[:-len("_damaged.png")] for p in
                   (photos / "masks").glob("scratch_*_damaged.png"))
    levels = (0.3, 0.5, 0.7)
    rows = []
    for scale in (1, 2, 4):
        ours, twin = [], []
        for name in names:
            picture = read(photos / "masks" / f"{name}_damaged.png")
            truth = cv2.imread(str(photos / "masks" / f"{name}_mask.png"), 0)
            if scale > 1:
                size = (picture.shape[1] * scale, picture.shape[0] * scale)
                picture = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
                truth = cv2.resize(truth, size, interpolation=cv2.INTER_LINEAR)
                film = grain(np.random.default_rng(1), size[1], size[0], 1, 0.7) * 4
                picture = np.clip(np.round(picture + film), 0, 255).astype(np.uint8)
            confidence = generator(picture)[..., 0]
            ours.append([f1(confidence > t, truth > 127, 2 * scale) for t in levels])
            response = morphological(picture, scale)
            twin.append([f1(response > t, truth > 127, 2 * scale) for t in (0.15, 0.2, 0.25)])
        ours, twin = np.mean(ours, 0), np.mean(twin, 0)
        rows.append([f"{scale}x"] + [float(v) for v in ours] + [float(twin.max())])
    text = markdown(["scratch_* enlarged (grain above 1x)"] +
                    [f"F1, confidence > {t}" for t in levels] +
                    ["top-hat, best threshold"], rows)
    shares = []
    for path in kodak(photos):
        confidence = generator(read(path))[..., 0]
        shares.append([100 * float((confidence > t).mean()) for t in levels])
    shares = np.array(shares)
    rows = [[f"> {t}", float(shares[:, i].mean()), float(shares[:, i].max())]
            for i, t in enumerate(levels)]
    return text + "\n" + markdown(["clean Kodak, confidence", "marked, % (mean)", "worst picture"],
                                  rows)


# --- restorer ------------------------------------------------------------------------------------

def jpeg(picture, quality):
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer))


def richardson_lucy(picture, sigma, rounds):
    """Richardson 1972, Lucy 1974, with a Gaussian of `sigma` pixels; H x W x 3 float32 [0,1]."""
    seen = np.maximum(picture.astype(np.float32), 1e-3)
    guess = seen.copy()
    for _ in range(rounds):
        ratio = seen / np.maximum(cv2.GaussianBlur(guess, (0, 0), sigma), 1e-3)
        guess = guess * cv2.GaussianBlur(ratio, (0, 0), sigma)
    return np.clip(guess, 0, 1)


def restorer(generator, photos):
    cases = [(f"JPEG q{q}", q) for q in (10, 20, 40)]
    cases += [(f"blur {s}, noise 2", s) for s in (1.2, 1.6, 2.0)]
    cases += [(f"white noise {s}", s) for s in (15, 25, 50)] + [("clean", 0)]
    rows = []
    for name, amount in cases:
        figures = []
        for index, path in enumerate(kodak(photos)):
            clean = read(path)
            rng = np.random.default_rng(index)
            level, twin = [0.0, 0.0, 0.0], None
            if name.startswith("JPEG"):
                picture, level[1] = jpeg(clean, amount), (100 - amount) / 100
                twin = psnr(cv2.bilateralFilter(picture, 5, 18, 2), clean)
            elif name.startswith("blur"):
                soft = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), amount)
                noise = 2 * rng.standard_normal(clean.shape)
                picture = np.clip(np.round(soft + noise), 0, 255).astype(np.uint8)
                level[0], level[2] = 2 / 255 / 0.2, amount / 3
                twin = max(psnr(as_bytes(richardson_lucy(picture / np.float32(255), amount, n)),
                                clean) for n in (3, 6, 12))
            elif name.startswith("white"):
                noise = amount * rng.standard_normal(clean.shape)
                picture = np.clip(np.round(clean + noise), 0, 255).astype(np.uint8)
                level[0] = amount / 255 / 0.2
                if index < 4:
                    twin = psnr(cv2.fastNlMeansDenoisingColored(picture, None, amount * 0.8,
                                                                amount * 0.8, 5, 15), clean)
            else:
                picture = clean
            sharper = deblurred(picture.astype(np.float32) / 255, *level)
            given = as_bytes(generator(picture, sharper, *level))
            blind = as_bytes(generator(picture, picture, -1.0, -1.0, -1.0))
            figures.append([psnr(picture, clean) if amount else math.nan, psnr(given, clean),
                            psnr(blind, clean), math.nan if twin is None else twin])
        figures = np.array(figures)
        before, given, blind = figures[:, :3].mean(0)
        known = ~np.isnan(figures[:, 3])
        twin = "-" if not known.any() else f"{(figures[known, 3] - figures[known, 0]).mean():+.2f}"
        rows.append([name, "-" if not amount else float(before), float(given), float(blind),
                     "-" if not amount else f"{given - before:+.2f}",
                     "-" if not amount else f"{blind - before:+.2f}", twin])
    return markdown(["Kodak", "before, dB", "strengths given", "blind", "gain given", "gain blind",
                     "gain of the twin"], rows) + \
        ("\nTwins: bilateral filter (JPEG), Richardson-Lucy with the true kernel and the best of "
         "3, 6, 12 rounds (blur), non-local means on the first four pictures (noise). Clean: PSNR "
         "to the input with all strengths 0, and blind.\n")


# --- inpainter -----------------------------------------------------------------------------------

def inpainter(generator, photos):
    rows = []
    for kind in ("scratch", "free"):
        gains = []
        for path in sorted((photos / "masks").glob(f"{kind}_*_mask.png")):
            name = path.name[:-len("_mask.png")]
            mask = cv2.imread(str(path), 0) > 127
            if kind == "scratch":
                clean = read(photos / "masks" / f"{name}_clean.png")
                picture = read(photos / "masks" / f"{name}_damaged.png")
            else:
                clean = picture = read(photos / "masks" / f"{name}.jpg")
            fill = telea(picture, mask)
            navier = cv2.inpaint(picture, mask.astype(np.uint8), 5, cv2.INPAINT_NS)
            ours = as_bytes(generator(fill, mask[..., None].astype(np.float32)))
            assert np.array_equal(ours[~mask], picture[~mask])
            gains.append([psnr(fill, clean, mask), psnr(navier, clean, mask),
                          psnr(ours, clean, mask)])
            rows.append([name] + gains[-1] + [f"{gains[-1][2] - gains[-1][0]:+.2f}"])
        mean = np.mean(gains, 0)
        rows.append([f"**mean of {kind}_***"] + [float(m) for m in mean] +
                    [f"**{mean[2] - mean[0]:+.2f}**"])
    return markdown(["inside the mask, dB", f"Telea, radius {TELEA_RADIUS}", "Navier-Stokes",
                     "inpainter", "over Telea"], rows)


def inpainter_gan(generator, photos):
    """PSNR may fall a little below Telea's, for texture that is nearer to the truth's than Telea's
    and than that with noise on it. Mean over free_*."""
    decibels, rows, gaps = [], [], []
    for index, path in enumerate(sorted((photos / "masks").glob("free_*_mask.png"))):
        name = path.name[:-len("_mask.png")]
        mask = cv2.imread(str(path), 0) > 127
        picture = read(photos / "masks" / f"{name}.jpg")
        fill = telea(picture, mask)
        noisy = texture.with_matched_noise(np.random.default_rng(index), fill, mask)
        ours = as_bytes(generator(fill, mask[..., None].astype(np.float32)))
        assert np.array_equal(ours[~mask], picture[~mask])
        decibels.append([psnr(x, picture, mask) for x in (fill, noisy, ours)])
        gaps.append([texture.gaps(x, picture, mask) for x in (fill, noisy, ours)])
        rows.append([name] + decibels[-1] + [f"{decibels[-1][2] - decibels[-1][0]:+.2f}"] +
                    [float(np.mean(g)) for g in gaps[-1]])
    mean, gaps = np.mean(decibels, 0), np.mean(gaps, 0)
    rows.append(["**mean of free_***"] + [float(m) for m in mean] +
                [f"**{mean[2] - mean[0]:+.2f}**"] + [float(g.mean()) for g in gaps])
    text = markdown(["inside the mask", f"Telea, radius {TELEA_RADIUS}, dB", "and matched noise",
                     "inpainter", "over Telea", "texture: Telea", "and matched noise", "inpainter"],
                    rows)
    lower = (0.0,) + texture.SIGMAS
    rows = [[f"{a:g} to {b:g} px"] + [float(g) for g in gaps[:, i]]
            for i, (a, b) in enumerate(zip(lower, texture.SIGMAS))]
    return text + ("\nTexture: the absolute log of the local standard deviation over the truth's, mean "
                   "of three scales (`texture.py`); 0 is as much as there was.\n\n") + \
        markdown(["scale (sigmas)", "Telea", "and matched noise", "inpainter"], rows)


# --- colorizer -----------------------------------------------------------------------------------

def colorizer(generator, photos):
    def enlarge(plane, luminance):
        return cv2.resize(plane, luminance.shape[::-1], interpolation=cv2.INTER_LINEAR)
    rows, ratio = [], []
    for count in (0, 10, 100, 500):
        figures = []
        for index, path in enumerate(kodak(photos)):
            picture = read(path).astype(np.float32) / 255
            h, w = picture.shape[:2]
            side = min(h, w)
            y, x = (h - side) // 2, (w - side) // 2
            picture = cv2.resize(picture[y:y + side, x:x + side], (256, 256),
                                 interpolation=cv2.INTER_AREA)
            truth = as_bytes(picture)
            luminance, chroma = colour.split(picture)
            hint, mask = hints.patches(np.random.default_rng(index), chroma, count, 6)
            spread = hints.propagate(luminance, hint, mask, np.zeros_like(mask))
            full = np.repeat(np.repeat(spread, 4, 0), 4, 1)
            planes = np.dstack([hint, mask, np.zeros_like(mask)])
            ours = generator(luminance[..., None], planes, full)[..., :2]
            twin = enlarge(spread[..., :2] / np.maximum(spread[..., 2:], 1e-3), luminance)
            grey = colour.join(luminance, np.zeros_like(chroma))
            figures.append([psnr(as_bytes(c), truth) for c in
                            (grey, colour.join(luminance, twin), colour.join(luminance, ours))])
            if count == 0:
                ratio.append(np.hypot(*ours.transpose(2, 0, 1)).mean() /
                             np.hypot(*chroma.transpose(2, 0, 1)).mean())
        figures = np.array(figures)
        mean, gain = figures.mean(0), figures[:, 2] - figures[:, 0]
        rows.append([count] + [float(m) for m in mean] +
                    [f"{gain.mean():+.2f}", f"{gain.min():+.2f}"])
    return markdown(["hints (Kodak at 256)", "grey, dB", "propagation", "colorizer", "over grey",
                     "worst over grey"], rows) + \
        f"\nWithout hints: mean chroma {np.mean(ratio):.2f} of the truth's.\n"


# --- unfade --------------------------------------------------------------------------------------

def lab(picture):
    return cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)


def delta(a, b):
    return float(np.linalg.norm(lab(a) - lab(b), axis=2).mean())


def through_curves(picture, curves):
    nodes = np.linspace(0, 255, curves.shape[1])
    table = np.stack([np.interp(np.arange(256), nodes, c) for c in curves], -1)
    table = as_bytes(table)
    return np.stack([table[:, c][picture[..., c]] for c in range(3)], -1)


def unfade(generator, photos):
    def run(picture):
        thumbnail = sampled(picture)
        return through_curves(picture, generator(thumbnail).reshape(1, 16, 3)[0].T)

    def auto_levels(picture):
        low, high = (np.percentile(picture, p, (0, 1)) for p in (0.5, 99.5))
        return as_bytes((picture - low) / np.maximum(high - low, 1))

    def grey_world(picture):
        mean = picture.mean((0, 1))
        return as_bytes(picture * (mean.mean() / np.maximum(mean, 1)) / 255)

    people = sorted((photos / "faces").glob("*_hq.png"))
    clean = kodak(photos) + people
    figures, harm = [], []
    for index, path in enumerate(clean):
        picture = read(path)
        harm.append((path.name, delta(run(picture), picture)))
        for seed in range(3):
            faded = as_bytes(dye_fade(np.random.default_rng([index, seed]),
                                      picture.astype(np.float32) / 255))
            figures.append([delta(x, picture) for x in
                            (faded, auto_levels(faded), grey_world(faded), run(faded))])
    for name in ("migrant_mother_1936.jpg", "detroit_1915.jpg", "bopbtl_d.png"):
        picture = read(photos / "old" / name)
        harm.append((name, delta(run(picture), picture)))
    mean = [float(m) for m in np.mean(figures, 0)]
    text = markdown(["seeded dye fades (Kodak and people)", "faded", "auto levels", "grey world",
                     "unfade", "share of auto levels"],
                    [["mean deltaE 76"] + mean + [mean[3] / mean[1]]])
    worst = max(harm, key=lambda h: h[1])
    return text + (f"\nOn pictures that have not faded it changes by a deltaE of "
                   f"{np.mean([h[1] for h in harm]):.2f} on the mean, {worst[1]:.2f} at worst "
                   f"({worst[0]}).\n")


MEASURES = {"scratch-segmenter": scratch_segmenter, "restorer-fidelity": restorer,
            "inpainter-fidelity": inpainter, "inpainter-gan": inpainter_gan,
            "colorizer-fidelity": colorizer, "unfade": unfade}


def main():
    parser = argparse.ArgumentParser(description="Measures the trained packs.")
    parser.add_argument("--packs", required=True, type=Path)
    parser.add_argument("--photos", type=Path, default=shared_folder() / "photos")
    parser.add_argument("--only", choices=sorted(packs.PACKS))
    parser.add_argument("--pictures", type=int, help="only so many of the Kodak pictures")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    global PICTURES
    PICTURES = options.pictures
    torch.set_num_threads(2)
    cv2.setNumThreads(2)
    text = ("# What the trained packs do\n\nWritten by `evaluate.py` from the committed packs, on "
            "photographs that none was trained on. Targets are in the project's issues.\n")
    if PICTURES:
        text += f"\nOnly the first {PICTURES} of the Kodak pictures were used.\n"
    for identifier, measure in MEASURES.items():
        folder = options.packs / identifier
        if (options.only and identifier != options.only) or not (folder / "model.json").exists():
            continue
        generator = Generator(folder)
        about = generator.about
        text += (f"\n## {identifier} {about['version']}\n\n{about['training']['steps']} steps in "
                 f"{about['training']['seconds'] // 60} minutes of training.\n\n")
        text += measure(generator, options.photos)
        print(identifier, "measured", file=sys.stderr)
    if options.out:
        options.out.write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()

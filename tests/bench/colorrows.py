# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of quality.py about colouring: no hint, patches of the truth as hints (as R. Zhang et
al. 2017 count them), hints obeyed, how far one spreads, skin, luminance.

Pictures are centre crops, 256 px a side, grey by W3C Lum. The network alone is the pack run by
models/training/evaluate.py on the same hints.
"""
import json
import sys

import cv2
import numpy as np

import quiet
from measures import LUM, distance, grey, lab, over, psnr

SIDE, PATCH = 256, 6
RADIUS = (PATCH * PATCH / np.pi) ** 0.5
PACK = "colorizer-fidelity"


def square(picture):
    side = min(picture.shape[:2])
    y, x = (picture.shape[0] - side) // 2, (picture.shape[1] - side) // 2
    return cv2.resize(picture[y:y + side, x:x + side], (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def chroma(picture):
    return np.hypot(*np.moveaxis(lab(picture)[..., 1:], 2, 0))


def hexed(color):
    """b, g, r from 0 to 1."""
    return "#%02x%02x%02x" % tuple(int(v) for v in np.round(np.clip(color[::-1], 0, 1) * 255))


class ColorRows:
    """Needs what quality.Bench has: run, write, say, kodak, folder."""

    off = 0  # the luminance of all results so far, of 255

    def hints(self, points, size):
        """points: (x, y, radius, "#rrggbb")."""
        path = self.folder / "hints.json"
        path.write_text(json.dumps({
            "version": 1, "width": size[0], "height": size[1],
            "points": [dict(zip(("x", "y", "radius", "color"), p)) for p in points]}))
        return path

    def coloured(self, picture, points=(), *arguments):
        """picture: grey. The result, its luminance checked on the way."""
        path = self.write("grey.png", picture)
        if points:
            arguments += ("--hints", self.hints(points, picture.shape[1::-1]))
        result, _ = self.run("colorize", path, *arguments)
        off = np.abs(result @ LUM - picture.astype(float)).max()
        self.off = max(self.off, off)
        return result

    def patches(self, index, truth, count):
        random = np.random.default_rng(index)
        points, places = [], []
        for _ in range(count):
            y, x = (int(v) for v in random.integers(0, SIDE - PATCH + 1, 2))
            mean = truth[y:y + PATCH, x:x + PATCH].reshape(-1, 3).mean(0) / 255
            points.append((x + PATCH / 2, y + PATCH / 2, RADIUS, hexed(mean)))
            places.append((x, y, mean))
        return points, places

    def alone(self, luminance, places):
        """The network without what the program makes of its answer; None where it cannot run."""
        sys.path.insert(0, str(quiet.ROOT / "models" / "training"))
        import colour
        import hints
        from evaluate import Generator
        if not hasattr(self, "generator"):
            self.generator = Generator(quiet.BUILD / "models" / PACK)
        light = luminance.astype(np.float32) / 255
        hint, mask = np.zeros((SIDE, SIDE, 2), np.float32), np.zeros((SIDE, SIDE), np.float32)
        for x, y, mean in places:
            own = mean @ LUM
            hint[y:y + PATCH, x:x + PATCH] = (mean[0] - own, mean[2] - own)
            mask[y:y + PATCH, x:x + PATCH] = 1
        spread = hints.propagate(light, hint, mask, np.zeros_like(mask))
        said = self.generator(light[..., None], np.dstack([hint, mask, np.zeros_like(mask)]),
                              np.repeat(np.repeat(spread, 4, 0), 4, 1))
        joined = colour.join(light, said[..., :2])[..., ::-1]
        return np.round(joined * 255).astype(np.uint8)

    def colour(self):
        """All rows; each can be had alone, too."""
        for part in (self.unhinted, self.hinted, self.obeyed, self.spreads, self.skin, self.deep):
            part()

    def unhinted(self):
        self.revealed(0, 1.2)

    def hinted(self):
        for count, target in ((10, 3.0), (100, 5.5), (500, 7.5)):
            self.revealed(count, target)

    def revealed(self, count, target):
        """So many patches of the truth are hints."""
        ours, twins, nets, ratios = [], [], [], []
        for index, picture in enumerate(self.kodak):
            truth = square(picture)
            light = grey(truth)
            points, places = self.patches(index, truth, count)
            base = psnr(cv2.merge([light] * 3), truth)
            result = self.coloured(light, points)
            ours.append(psnr(result, truth) - base)
            ratios.append(chroma(result).mean() / chroma(truth).mean())
            if count:
                twins.append(psnr(self.coloured(light, points, "--model", "propagation"),
                                  truth) - base)
            nets.append(psnr(self.alone(light, places), truth) - base)
        twin, net = np.mean(twins) if twins else 0, np.mean(nets)
        if count:
            note = f"network alone {net:+.2f}; worst {min(ours):+.2f}"
            also = np.mean(ours) >= max(twin, net)
        else:
            note = (f"network alone {net:+.2f}; worst {min(ours):+.2f} (target - 1.0); chroma "
                    f"{np.mean(ratios):.2f} of the truth's (target 0.5)")
            also = min(ours) >= -1 and np.mean(ratios) >= 0.5
        self.say(f"colour, {count} hints, over grey", np.mean(ours), twin, target,
                 "siggraph17, ImageNet: 24.4 / 28.4 / 31.1 / 32.1 dB" if count == 0 else "",
                 note, also)

    def deep(self):
        """Luminance of 16 bits, and of all results so far."""
        deep = cv2.resize(self.kodak[0], (384, 256)).astype(np.uint16) * 257
        light = np.round(deep.astype(float) @ LUM).astype(np.uint16)
        path = self.write("deep.png", light)
        self.run("colorize", path)
        result = cv2.imread(str(self.folder / "out.png"), cv2.IMREAD_UNCHANGED)
        deep_off = np.abs(result.astype(float) @ LUM - light).max()
        print(f"| luminance off at most, of 255 | {self.off:.2f} | | 1.00 | "
              f"{'yes' if self.off <= 1 and deep_off <= 16 else 'NO'} | | all results above; "
              f"16 bit: {deep_off:.1f} of 65535 (target 16) |", flush=True)
        self.missed += self.off > 1 or deep_off > 16

    def obeyed(self):
        """200 hints of any colour that its place's luminance can have."""
        away = []
        each = -(-200 // len(self.kodak))
        for picture in self.kodak:
            light = grey(square(picture))
            points, wanted = [], []
            while len(points) < each:
                x, y = (int(v) for v in self.random.integers(4, SIDE - 4, 2))
                color = self.random.uniform(0, 1, 3)
                color += light[y, x] / 255 - color @ LUM
                if color.min() < 0 or color.max() > 1:
                    continue
                if any(np.hypot(x - p[0], y - p[1]) < 3 * RADIUS for p in points):
                    continue
                points.append((x + 0.5, y + 0.5, RADIUS, hexed(color)))
                wanted.append((x, y, color))
            result = self.coloured(light, points)
            for x, y, color in wanted:
                away.append(distance(result[y:y + 1, x:x + 1].astype(np.float32) / 255,
                                     over(color, light[y, x] / 255))[0, 0])
        most = max(away[:200])
        print(f"| 200 hints, distance at their centres, most | {most:.2f} | | 3.00 | "
              f"{'yes' if most <= 3 else 'NO'} | | mean {np.mean(away[:200]):.2f} |", flush=True)
        self.missed += most > 3

    def spreads(self):
        """One strong hint amid a subject: how much of it follows, and how much else does."""
        for name, model in (("ours", ()), ("twin", ("--model", "propagation"))):
            shares, leaks = [], []
            for alpha_path in sorted((quiet.SHARED / "photos" / "cutout").glob("*_alpha.png")):
                base = str(alpha_path)[:-len("_alpha.png")]
                picture = cv2.imread(base + ".png")
                picture = cv2.imread(base + ".jpg") if picture is None else picture
                alpha = cv2.imread(str(alpha_path), 0) / 255
                light = grey(picture)
                ys, xs = np.nonzero(alpha > 0.9)
                nearest = np.argmin((ys - ys.mean()) ** 2 + (xs - xs.mean()) ** 2)
                x, y = int(xs[nearest]), int(ys[nearest])
                radius = max(picture.shape[:2]) / 80
                after = self.coloured(light, [(x + 0.5, y + 0.5, radius, "#c02626")], *model)
                before = self.coloured(light) if not model else cv2.merge([light] * 3)
                change = np.linalg.norm(lab(after)[..., 1:] - lab(before)[..., 1:], axis=2)
                shares.append((change[alpha > 0.5] >= 0.5 * change[y, x]).mean())
                leaks.append(distance(after, before)[alpha < 0.1].mean())
            good = sum(s >= 0.8 and l < 3 for s, l in zip(shares, leaks))
            print(f"| one hint spreads over the subject, {name} | {np.mean(shares):.2f} | | 0.80 | "
                  f"{'yes' if good == len(shares) else 'NO'} | | background moves by "
                  f"{np.mean(leaks):.2f} (target 3); both reached on {good} of {len(shares)} |",
                  flush=True)
            self.missed += name == "ours" and good < len(shares)

    def skin(self):
        """The middle of portraits: mean chroma's distance from the truth's, and its hue."""
        faces = quiet.SHARED / "photos" / "faces"
        pictures = [cv2.imread(str(p)) for pattern in ("ffhq_*_hq.png", "cf_*.png")
                    for p in sorted(faces.glob(pattern))]
        errors, greys, hues = [], [], []
        for picture in pictures:
            truth = square(picture)
            box = np.s_[SIDE * 3 // 8:SIDE * 5 // 8, SIDE * 3 // 8:SIDE * 5 // 8]
            light = grey(truth)
            faded = np.round(70 + light * 0.5).astype(np.uint8)
            sepia = np.clip(cv2.merge([light * 0.75, light * 0.95, light * 1.08]), 0,
                            255).astype(np.uint8)
            wanted = lab(truth)[box][..., 1:].reshape(-1, 2).mean(0)
            for given in (light, faded, sepia):
                path = self.write("face.png", given)
                result, _ = self.run("colorize", path)
                found = lab(result)[box][..., 1:].reshape(-1, 2).mean(0)
                errors.append(np.linalg.norm(found - wanted))
                greys.append(np.linalg.norm(wanted))
                turn = np.degrees(np.arctan2(*found[::-1]) - np.arctan2(*wanted[::-1]))
                hues.append(abs((turn + 180) % 360 - 180))
        near = np.mean(np.array(hues) <= 20)
        reached = np.mean(errors) < np.mean(greys) and near >= 0.9
        print(f"| skin, distance of mean chroma | {np.mean(errors):.2f} | {np.mean(greys):.2f} | "
              f"{np.mean(greys):.2f} | {'yes' if reached else 'NO'} | | {len(pictures)} portraits, "
              f"grey, faded, sepia; hue within 20 degrees in {100 * near:.0f} % (target 90) |",
              flush=True)
        self.missed += not reached

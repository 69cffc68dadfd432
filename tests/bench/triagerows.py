# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of quality.py on triage: it leaves good photographs alone, and finds what is wrong."""
import json
import subprocess
import sys

import cv2
import numpy as np

import quiet
from measures import psnr

DAMAGES = {  # and the step that mends each
    "noise": "denoise", "grain": "denoise", "jpeg": "deartifact", "blur": "deblur",
    "screen": "texture", "paper": "texture", "fade": "tone", "scratches": "scratches"}


def bytes_of(picture):
    return np.clip(np.round(picture), 0, 255).astype(np.uint8)


def grain(random, shape, sigma, size=0.8):
    """Of a film: the same in all colours, as large as its crystals' clumps."""
    grown = cv2.GaussianBlur(random.normal(0, 1, shape[:2]), (0, 0), size)
    return (grown * (sigma / grown.std()))[..., None]


def bokeh(random, clean):
    """A sharp subject before a background out of focus."""
    height, width = clean.shape[:2]
    radius = int(random.integers(6, 13))
    y, x = np.mgrid[-radius:radius + 1, -radius:radius + 1]
    disc = (np.hypot(x, y) <= radius).astype(np.float32)
    far = cv2.filter2D(clean.astype(np.float32), -1, disc / disc.sum(), borderType=cv2.BORDER_REFLECT)
    near = np.zeros((height, width), np.float32)
    centre = [int(v * random.uniform(0.35, 0.65)) for v in (width, height)]
    cv2.ellipse(near, centre, (width // 4, height // 3), random.uniform(0, 90), 0, 360, 1, -1)
    near = cv2.GaussianBlur(near, (0, 0), 4)[..., None]
    return bytes_of(clean * near + far * (1 - near) + random.normal(0, 0.7, clean.shape))


def night(random, clean):
    """Little light, a few lamps, and the noise of a good camera."""
    light = (clean / 255.0) ** 2.2 * random.uniform(0.04, 0.12)
    y, x = np.mgrid[0:clean.shape[0], 0:clean.shape[1]]
    for _ in range(5):
        at = random.uniform(0, 1, 2) * clean.shape[:2]
        far = np.square(y - at[0]) + np.square(x - at[1])
        lamp = np.exp(-far / 2 / random.uniform(2, 5) ** 2) + 0.02 * np.exp(-far / 2 / 40 ** 2)
        light += lamp[..., None] * (0.5, 0.8, 1.0)
    return bytes_of(255 * np.clip(light, 0, 1) ** (1 / 2.2) + random.normal(0, 1, clean.shape))


GOOD = {"clean": lambda random, clean: clean, "bokeh": bokeh, "night": night,
        "film grain": lambda random, clean: bytes_of(
            clean + grain(random, clean.shape, random.uniform(1.5, 4)))}


class TriageRows:
    def proposed(self, paths):
        """The operations that triage proposes for each file, and what it measures."""
        done = subprocess.run([str(quiet.BUILD / "bin" / "heirloom-cli"), "triage", "--json",
                               *map(str, paths)], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"triage: {done.stderr}")
        said = [json.loads(line) for line in done.stdout.splitlines()]
        return [({s["operation"] for s in one["steps"]}, one["measurements"]) for one in said]

    def calm(self):
        """Nothing is wrong with these: triage has to say so, or restoring must not be seen."""
        for name, make in GOOD.items():
            paths = [self.write(f"{name}{i}.png", make(np.random.default_rng([i, 1]), clean))
                     for i, clean in enumerate(self.kodak)]
            worst, touched = 99.0, []
            for path, (steps, _) in zip(paths, self.proposed(paths)):
                if not steps:
                    continue
                touched += sorted(steps)
                result, _ = self.run("restore", path)
                worst = min(worst, psnr(result, cv2.imread(str(path))))
            self.say(f"restore of good pictures: {name}, worst PSNR", worst, 99, 45, "",
                     f"steps on {len(paths)} pictures: {', '.join(touched) or 'none'}")

    def damaged(self, kind, random, clean):
        """A picture with one damage, as a file's path and what was lost besides (as JPEG does)."""
        from train_unfader import dye_fade
        import damage
        path = self.folder / f"{kind}{random.integers(1 << 40)}.{'jpg' if kind == 'jpeg' else 'png'}"
        options = []
        if kind == "noise":
            seen = clean + random.normal(0, random.uniform(8, 30), clean.shape)
        elif kind == "grain":
            seen = clean + grain(random, clean.shape, random.uniform(8, 20))
        elif kind == "jpeg":
            seen, options = clean, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(10, 61))]
        elif kind == "blur":
            seen = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), random.uniform(1.2, 2.5))
            seen = seen + random.normal(0, 1, clean.shape)
        elif kind in ("screen", "paper"):
            self.random = random
            seen = getattr(self, kind)(clean, random.uniform(*(4, 8) if kind == "screen" else (6, 24)))
        elif kind == "fade":
            rgb = clean[..., ::-1].astype(np.float32) / 255
            while True:  # one that can be seen
                seen = dye_fade(random, rgb)[..., ::-1] * 255
                if np.abs(seen - clean).mean() > 12:
                    break
        else:
            rgb = clean[..., ::-1].astype(np.float32) / 255
            seen = damage.add_damage(random, rgb, kinds=["scratch", "film_scratch", "crease"]) \
                .picture[..., ::-1] * 255
        cv2.imwrite(str(path), bytes_of(seen), options)
        return path

    def finds(self, each=5):
        """One damage each: its step is proposed, no other is, and the picture becomes better."""
        sys.path.insert(0, str(quiet.ROOT / "models" / "training"))
        wanted, others, better, kinds = [], [], [], {}
        for k, (kind, step) in enumerate(DAMAGES.items()):
            cleans = [self.kodak[(k * each + i) % len(self.kodak)] for i in range(each)]
            paths = [self.damaged(kind, np.random.default_rng([k, i, 2]), clean)
                     for i, clean in enumerate(cleans)]
            for path, clean, (steps, _) in zip(paths, cleans, self.proposed(paths)):
                before = psnr(cv2.imread(str(path)), clean)
                after = psnr(self.run("restore", path)[0], clean) if steps else before
                wanted.append(step in steps)
                others.append(steps <= {step})
                better.append(after > before)
                kinds.setdefault(kind, []).append((wanted[-1], others[-1], better[-1]))
        notes = "; ".join(f"{kind} {sum(r[0] for r in rows)}/{sum(r[1] for r in rows)}/"
                          f"{sum(r[2] for r in rows)}" for kind, rows in kinds.items())
        for name, values, target in (("its step is proposed", wanted, 90),
                                     ("no other is", others, 90), ("PSNR is better", better, 95)):
            self.say(f"{len(values)} damaged pictures, per cent: {name}", 100 * np.mean(values), 0,
                     target, "", f"of {each} each: {notes}" if values is wanted else "")

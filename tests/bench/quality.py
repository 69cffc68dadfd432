#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the repairs do to photographs: ours, the classical twin, the target, the published figure.

    quality.py [--pictures N] [--only fill,detection,geometry,jpeg,blur,noise,plain,harm,calm,finds,
                              texture,silvering,sharpen,fading,negative,colour,speed]
    (of colour alone: unhinted, hinted, obeyed, spreads, skin, deep)

Runs the command line on the evaluation photos (never trained on) and prints a table. PSNR over RGB
of 8 bits; fills inside the mask only. Damage is seeded. Speeds are ratios to OpenCV's
fastNlMeansDenoisingColored (7, 21) in the same run: on a quiet machine only.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

import quiet
from colorrows import ColorRows
from detectionrows import DetectionRows
from measures import mean_distance, psnr, texture_gap
from triagerows import TriageRows, bytes_of

CLI = quiet.BUILD / "bin" / "heirloom-cli"
PHOTOS = quiet.SHARED / "photos"


class Bench(ColorRows, DetectionRows, TriageRows):
    def __init__(self, folder, pictures):
        self.folder = folder
        self.random = np.random.default_rng(1)
        self.kodak = [cv2.imread(str(p)) for p in
                      sorted((PHOTOS / "kodak").glob("*.png"))[:pictures]]
        self.missed = 0

    def write(self, name, picture, *options):
        path = self.folder / name
        cv2.imwrite(str(path), picture, list(options))
        return path

    def run(self, command, path, *arguments):
        """The result's pixels and what the program said of it."""
        out = self.folder / "out.png"
        environment = dict(os.environ, OMP_WAIT_POLICY="passive",
                           XDG_CACHE_HOME=str(self.folder / "cache"))
        done = subprocess.run([str(CLI), command, str(path), "-o", str(out), "--overwrite",
                               "--json", "--mark", "off", *map(str, arguments)],
                              capture_output=True, text=True, env=environment)
        if done.returncode:
            sys.exit(f"{command} {path}: {done.stderr}")
        return cv2.imread(str(out)), json.loads(done.stdout)

    def say(self, what, ours, twin, target, published="", note="", also=True):
        """Figures in dB over the damaged picture unless the row says otherwise. also: whatever else
        the target asks for."""
        reached = bool(ours >= target and also)
        self.missed += not reached
        print(f"| {what} | {ours:+.2f} | {twin:+.2f} | {target:+.2f} | "
              f"{'yes' if reached else 'NO'} | {published} | {note} |", flush=True)

    # --- holes -----------------------------------------------------------------------------------

    def fill(self):
        for kind, target in (("scratch", 1.0), ("free", 0.6)):
            gains, membranes, patches, outside = [], [], [], 0
            textures = {"telea": [], "patch-match": []}
            for mask_path in sorted((PHOTOS / "masks").glob(f"{kind}_*_mask.png")):
                stem = str(mask_path)[:-len("_mask.png")]
                damaged = Path(stem + ("_damaged.png" if kind == "scratch" else ".jpg"))
                picture = cv2.imread(str(damaged))
                clean = cv2.imread(stem + "_clean.png") if kind == "scratch" else picture
                mask = cv2.imread(str(mask_path), 0) >= 128
                # As files, so that both sides see the same pixels.
                path = self.write("hole.png", picture)
                telea = cv2.inpaint(picture, mask.astype(np.uint8), 3, cv2.INPAINT_TELEA)
                base = psnr(telea, clean, mask)
                for method, found in (("neural", gains), ("membrane", membranes),
                                      ("patch-match", patches)):
                    result, _ = self.run("inpaint", path, "--mask", mask_path, "--method", method)
                    found.append(psnr(result, clean, mask) - base)
                    outside += int((result != picture).any(2)[~mask].sum())
                textures["telea"].append(texture_gap(telea, clean, mask))
                textures["patch-match"].append(texture_gap(result, clean, mask))
            self.say(f"fill of {kind}_*, over Telea", np.mean(gains), np.mean(membranes), target,
                     "not found", f"worst {min(gains):+.2f}; {outside} pixels changed outside")
            ours, telea = (np.mean(textures[method]) for method in ("patch-match", "telea"))
            self.say(f"patches in {kind}_*, over Telea", np.mean(patches), np.mean(membranes), -0.5,
                     "not found", f"worst {min(patches):+.2f}; off the texture's contrast, |log|: "
                     f"{ours:.2f}, Telea {telea:.2f}", ours < telea)

    # --- scanned prints --------------------------------------------------------------------------

    def lay(self, bed, picture, centre, angle):
        """Puts a picture on the bed, turned clockwise; its corners from the top left one."""
        height, width = picture.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1)
        turn[:, 2] += np.array(centre) - (width / 2, height / 2)
        centres = turn.copy()  # pixel centres lie half a pixel in
        centres[:, 2] += turn[:, :2] @ (0.5, 0.5) - 0.5
        size = bed.shape[1], bed.shape[0]
        cover = cv2.warpAffine(np.ones((height, width), np.float32), centres, size)[..., None]
        laid = cv2.warpAffine(picture, centres, size, flags=cv2.INTER_CUBIC,
                              borderMode=cv2.BORDER_REPLICATE)
        bed[:] = np.round(bed * (1 - cover) + laid * cover).astype(np.uint8)
        corners = np.array([(0, 0, 1), (width, 0, 1), (width, height, 1), (0, height, 1)])
        return corners @ turn.T

    def bed(self, width, height):
        grey = self.random.choice([244, 20])
        noisy = grey + self.random.normal(0, 1.2, (height, width, 3))
        return np.clip(np.round(noisy), 0, 255).astype(np.uint8)

    def geometry(self):
        tilts, corners, missed = [], [], 0
        for clean in self.kodak:
            angle = self.random.uniform(-8, 8)
            bed = self.bed(1000, 800)
            truth = self.lay(bed, clean, self.random.uniform((480, 380), (520, 420)), angle)
            said = self.run("geometry", self.write("s.png", bed), "--deskew", "--crop", "auto")[1]
            prints = said["parameters"]["prints"]
            missed += len(prints) != 1
            if prints:
                tilts.append(abs(prints[0]["angle"] - angle))
                corners.append(np.linalg.norm(prints[0]["corners"] - truth, axis=1).max() / 1000)
        self.say("tilt of a print, degrees off, most", max(tilts), 0, 0, "",
                 f"target 0.2; mean {np.mean(tilts):.3f}; {missed} not found; corners "
                 f"{100 * max(corners):.2f} % off at most", max(tilts) <= 0.2 and not missed)
        found, corners = 0, []
        for i in range(0, len(self.kodak), 4):
            bed, truth = self.bed(1800, 1400), []
            for j, clean in enumerate((self.kodak * 4)[i:i + 4]):
                small = cv2.resize(clean, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
                centre = 450 + 900 * (j % 2), 350 + 700 * (j // 2)
                truth.append(self.lay(bed, small, centre, self.random.uniform(-6, 6)))
            said = self.run("geometry", self.write("s.png", bed), "--split")[1]
            prints = said["parameters"]["prints"]
            found += len(prints) == 4
            for have in prints:
                corners.append(min(np.linalg.norm(np.array(have["corners"]) - t, axis=1).max()
                                   for t in truth) / 1800)
        scans = len(range(0, len(self.kodak), 4))
        self.say("split, scans of 4 with all found", found / scans, 0, 1, "",
                 f"corners {100 * max(corners):.2f} % off at most (target 0.5)",
                 max(corners) <= 0.005)

    # --- whole pictures --------------------------------------------------------------------------

    def gains(self, command, damage, twin, measured, *given):
        """Mean gains of ours and the twin over the damaged pictures, and what was measured."""
        ours, classical, found = [], [], []
        for clean in self.kodak:
            path = damage(clean)
            before = psnr(cv2.imread(str(path)), clean)
            result, said = self.run(command, path, *given)
            ours.append(psnr(result, clean) - before)
            found.append(said["parameters"][measured])
            result, _ = self.run(command, path, "--model", twin, *given)
            classical.append(psnr(result, clean) - before)
        return np.mean(ours), np.mean(classical), found

    def jpeg(self):
        for quality, target in ((10, 1.0), (20, 0.8), (40, 0.0)):
            ours, twin, found = self.gains(
                "deartifact",
                lambda c: self.write("j.jpg", c, cv2.IMWRITE_JPEG_QUALITY, quality),
                "shifted-dct", "quality")
            published = {10: "DnCNN-3, LIVE1, Y: 29.19", 20: "31.59", 40: "33.96"}[quality]
            self.say(f"JPEG q{quality}", ours, twin, target, published,
                     f"quality found {min(found)} to {max(found)}")

    def blur(self):
        for sigma in (1.2, 1.6, 2.0):
            def damage(clean):
                soft = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), sigma)
                soft += self.random.normal(0, 2, soft.shape)
                return self.write("b.png", np.clip(np.round(soft), 0, 255).astype(np.uint8))
            ours, twin, found = self.gains("deblur", damage, "richardson-lucy", "amount")
            pixels = [f * 0.03 for f in found]
            self.say(f"blur {sigma}, noise 2", ours, twin, 1.0, "",
                     f"blur found {min(pixels):.2f} to {max(pixels):.2f}; over the twin "
                     f"{ours - twin:+.2f} (target + 1.0)", ours - twin >= 1)

    def noise(self):
        for sigma in (15, 25, 50):
            def damage(clean):
                noisy = clean + self.random.normal(0, sigma, clean.shape)
                return self.write("n.png", np.clip(np.round(noisy), 0, 255).astype(np.uint8))
            ours, twin, found = self.gains("denoise", damage, "nlm", "sigma")
            worst = max(abs(f / sigma - 1) for f in found)
            self.say(f"white noise {sigma}", ours, twin, twin, "",
                     f"sigma found {min(found)} to {max(found)}, off by {100 * worst:.0f} % at most "
                     "(target 15)", ours > twin and worst <= 0.15)

        def grainy(clean):
            grain = cv2.GaussianBlur(self.random.normal(0, 1, clean.shape[:2]), (0, 0), 0.8)
            grain *= 12 / grain.std()
            return self.write("g.png", np.clip(np.round(clean + grain[..., None]), 0,
                                               255).astype(np.uint8))
        ours, twin, found = self.gains("denoise", grainy, "nlm", "sigma")
        self.say("correlated grain 12, auto", ours, twin, twin, "",
                 f"sigma found {min(found)} to {max(found)}", ours > max(0, twin))

    def plain(self):
        """White noise by the same weights in Python on the same file, as far as the program's result
        is worse. Needs torch."""
        import torch
        torch.set_num_threads(2)
        net = torch.jit.load(str(quiet.BUILD / "models" / "ffdnet-color" / "ffdnet-color.pt")).eval()
        for sigma in (15, 25, 50):
            given, estimated = [], []
            for clean in self.kodak:
                noisy = bytes_of(clean + self.random.normal(0, sigma, clean.shape))
                path = self.write("n.png", noisy)
                rgb = np.ascontiguousarray(noisy[..., ::-1].transpose(2, 0, 1), np.float32) / 255
                with torch.inference_mode():
                    calm = net(torch.from_numpy(rgb)[None], torch.tensor([sigma / 255]))[0].numpy()
                reference = psnr(bytes_of(calm.transpose(1, 2, 0)[..., ::-1] * 255), clean)
                given.append(psnr(self.run("denoise", path, "--sigma", sigma)[0], clean) - reference)
                estimated.append(psnr(self.run("denoise", path)[0], clean) - reference)
            for name, off, target in (("given", given, -0.05), ("estimated", estimated, -0.15)):
                self.say(f"white noise {sigma}, sigma {name}, over Python with the same weights",
                         min(off), 0, target, "", f"the worst picture; mean {np.mean(off):+.3f}")

    def harm(self):
        """Nothing is wrong with these: nothing may change."""
        for command in ("denoise", "deartifact", "deblur", "texture"):
            worst, touched = 99.0, 0
            for clean in self.kodak:
                result, _ = self.run(command, self.write("c.png", clean))
                touched += bool((result != clean).any())
                worst = min(worst, psnr(result, clean))
            self.say(f"{command} on clean Kodak, worst PSNR", worst, 99, 45, "",
                     f"{touched} of {len(self.kodak)} changed")

    # --- paper and print -------------------------------------------------------------------------

    def screen(self, clean, period):
        """Each ink's dots at its own angle, four by four samples a pixel, as soft as a scan."""
        height, width = clean.shape[:2]
        y, x = np.mgrid[0:4 * height, 0:4 * width].astype(np.float32) * (2 * np.pi / period / 4)
        out = np.empty(clean.shape, np.float32)
        for channel, angle in enumerate((75, 15, 0)):
            turn = np.deg2rad(angle + self.random.uniform(-3, 3))
            a, b = self.random.uniform(0, 2 * np.pi, 2)
            spot = (np.cos(x * np.cos(turn) + y * np.sin(turn) + a)
                    + np.cos(y * np.cos(turn) - x * np.sin(turn) + b))
            ranks = np.sort(spot[::7, ::7].ravel())  # so that tones come out as they were
            spot = np.interp(spot, ranks, np.linspace(0, 1, ranks.size))
            tone = cv2.resize(clean[..., channel], (4 * width, 4 * height)) / 255
            dots = cv2.GaussianBlur((spot < tone).astype(np.float32), (0, 0), 2)
            out[..., channel] = cv2.resize(dots, (width, height), interpolation=cv2.INTER_AREA)
        return np.round(255 * out)

    def paper(self, clean, period):
        """Honeycomb: three waves and what they make of each other, darkening and lightening."""
        y, x = np.mgrid[0:clean.shape[0], 0:clean.shape[1]] * (2 * np.pi / period)
        turn = self.random.uniform(0, np.pi / 3)
        relief = sum(np.cos(x * np.cos(turn + i * np.pi / 3) + y * np.sin(turn + i * np.pi / 3)
                            + self.random.uniform(0, 2 * np.pi)) for i in range(3)) / 1.5
        relief = (relief + 0.3 * (relief ** 2 - 0.5))[..., None]
        return np.clip(np.round(clean * (1 + 0.08 * relief) + 5 * relief), 0, 255)

    def texture(self):
        """The twin is the best of all Gaussian blurs, chosen for each picture with the truth at hand."""
        for name, make, periods in (("screen", self.screen, (4, 8)), ("paper", self.paper, (6, 24))):
            ours, twin, worse, missed = [], [], 0, 0
            for clean in self.kodak:
                path = self.write("t.png", make(clean, self.random.uniform(*periods)))
                seen = cv2.imread(str(path))
                before = psnr(seen, clean)
                result, said = self.run("texture", path)
                missed += said["parameters"]["waves"] == "none"
                ours.append(psnr(result, clean) - before)
                twin.append(max(psnr(cv2.GaussianBlur(seen, (0, 0), sigma), clean) - before
                                for sigma in np.arange(0.3, 4, 0.1)))
                worse += ours[-1] <= twin[-1]
            self.say(f"{name}, periods {periods[0]} to {periods[1]}, over the best Gaussian",
                     np.mean(ours), np.mean(twin), np.mean(twin), "",
                     f"{missed} of {len(ours)} not found; {worse} not better; least gain "
                     f"{min(a - b for a, b in zip(ours, twin)):+.2f}", not worse)

    def silvering(self):
        """Toned silver prints of Kodak under a bluish mirror, stronger to one side and in the dark:
        mean CIE 1976 distance of what is left. Twin: all colour taken away but the mean's."""
        def lab(picture):
            return cv2.cvtColor(picture.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)

        def delta(a, b):
            return np.linalg.norm(lab(a) - lab(b), axis=2).mean()

        def light(coded):
            return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)

        def code(linear):
            return np.where(linear <= 0.0031308, linear * 12.92,
                            1.055 * np.maximum(linear, 0) ** (1 / 2.4) - 0.055)

        rests, missed, harm = [], 0, 0
        for index, clean in enumerate(self.kodak):
            random = np.random.default_rng(index)
            grey = (clean @ (0.11, 0.59, 0.3) / 255)[..., None]
            grey = (grey - grey.min()) / (grey.max() - grey.min())
            tint = np.array([-1, 0.1, 0.8]) * random.uniform(0, 0.25)  # blue first
            toned = np.clip(grey + tint * grey * (1 - grey), 0, 1)
            side = np.linspace(0, 1, clean.shape[1])[None, :, None] ** random.uniform(0.5, 2)
            color = np.array([1.5, 1.0, 0.8]) + random.uniform(-0.1, 0.1, 3)
            mirror = random.uniform(0.03, 0.08) * side * np.clip(1 - light(grey) / 0.2, 0, 1)
            seen = code(light(toned) + mirror * color) * 255 + random.normal(0, 1, clean.shape)
            path = self.write("s.png", np.clip(np.round(seen), 0, 255).astype(np.uint8))
            seen, toned = cv2.imread(str(path)), np.round(toned * 255)
            ours, said = self.run("silvering", path)
            missed += said["parameters"]["sheen"] == "none"
            plain = lab(seen)
            plain[..., 1:] = plain[..., 1:].mean((0, 1))
            twin = cv2.cvtColor(plain, cv2.COLOR_LAB2BGR) * 255
            rests.append([delta(x, toned) for x in (seen, ours, twin)])
            for untouched in (clean, toned.astype(np.uint8)):
                said = self.run("silvering", self.write("c.png", untouched))[1]
                harm += said["parameters"]["sheen"] != "none"
        before, ours, twin = np.mean(rests, 0)
        reached = ours < min(before, twin) and not missed and not harm
        self.missed += not reached
        print(f"| silver sheen: mean distance {before:.1f}, left: | {ours:.2f} | {twin:.2f} | "
              f"{twin:.2f} | {'yes' if reached else 'NO'} | | {missed} of {len(rests)} not found; "
              f"found in {harm} of {2 * len(rests)} without one |", flush=True)

    def sharpen(self):
        """Soft, grainy pictures; the twin is the plain unsharp mask of each channel."""
        ours, twin = [], []
        for clean in self.kodak:
            soft = cv2.GaussianBlur(clean.astype(np.float32), (0, 0), 0.7)
            soft += self.random.normal(0, 6, soft.shape)
            path = self.write("s.png", np.clip(np.round(soft), 0, 255).astype(np.uint8))
            seen = cv2.imread(str(path))
            before = psnr(seen, clean)
            ours.append(psnr(self.run("sharpen", path)[0], clean) - before)
            plain = seen + 0.8 * (seen - cv2.GaussianBlur(seen.astype(np.float32), (0, 0), 1))
            twin.append(psnr(np.clip(plain, 0, 255), clean) - before)
        self.say("sharpen, blur 0.7, noise 6", np.mean(ours), np.mean(twin), np.mean(twin))

    # --- colours ---------------------------------------------------------------------------------

    def fading(self):
        """Shares of what is left, in mean CIE 1976 distance, of auto levels' and grey world's rest."""
        sys.path.insert(0, str(quiet.ROOT / "models" / "training"))
        from train_unfader import dye_fade

        def grey_world(picture):
            mean = picture.mean((0, 1))
            return bytes_of(picture * (mean.mean() / np.maximum(mean, 1)))

        people = [cv2.imread(str(p)) for p in sorted((PHOTOS / "faces").glob("*_hq.png"))]
        rests, harm = [], []
        for index, clean in enumerate(self.kodak + people):
            result, _ = self.run("tone", self.write("f.png", clean))
            harm.append(mean_distance(result, clean))
            faded = dye_fade(np.random.default_rng([index, 0]),
                             clean[..., ::-1].astype(np.float32) / 255)[..., ::-1]
            path = self.write("f.png", np.clip(np.round(faded * 255), 0, 255).astype(np.uint8))
            faded = cv2.imread(str(path))
            ours, _ = self.run("tone", path)
            levels, _ = self.run("tone", path, "--model", "auto-levels")
            rests.append([mean_distance(x, clean) for x in (faded, ours, levels, grey_world(faded))])
        before, ours, levels, world = np.mean(rests, 0)
        print(f"| dye fades: mean distance {before:.1f}, left: | {ours:.2f} | {levels:.2f} | "
              f"{0.6 * min(levels, world):.2f} | {'yes' if ours <= 0.6 * min(levels, world) else 'NO'} "
              f"| | grey world {world:.2f}; of auto levels {100 * ours / levels:.0f} %, of grey world "
              f"{100 * ours / world:.0f} % (target 60) |")
        print(f"| unfaded pictures move by, worst | {max(harm):.2f} | | 2.00 | "
              f"{'yes' if max(harm) < 2 else 'NO'} | | {sum(h > 0 for h in harm)} of {len(harm)} "
              "changed |", flush=True)
        self.missed += int(ours > 0.6 * min(levels, world)) + int(max(harm) >= 2)

    def negative(self):
        """Colour negatives of Kodak: mean CIE 1976 distance of what is developed. Twin: turned round,
        each channel's levels spread."""
        def code(light):
            return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)

        for rebate in (0.04, 0):
            rests = []
            for index, clean in enumerate(self.kodak):
                random = np.random.default_rng(index)
                coded = clean / 255
                light = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
                border = int(rebate * min(clean.shape[:2]))
                light = cv2.copyMakeBorder(light, *[border] * 4, cv2.BORDER_CONSTANT)
                exposure = 2 ** random.uniform(-0.5, 1)
                gamma = random.uniform(0.57, 0.63) * (1 + random.uniform(-0.02, 0.02, 3))
                mask = np.array([0.6, 0.35, 0.07]) + random.uniform(-0.05, 0.05, 3)  # blue first
                density = mask + gamma * np.log10(1 + light * exposure / 0.006)
                scan = np.round(code(10 ** -density) * 65535).astype(np.uint16)
                ours, _ = self.run("negative", self.write("n.png", scan))
                low, high = (np.percentile(65535 - scan, p, (0, 1)) for p in (0.5, 99.5))
                twin = bytes_of((65535.0 - scan - low) / (high - low) * 255)
                inner = np.s_[border:border + clean.shape[0], border:border + clean.shape[1]]
                rests.append([mean_distance(x[inner], clean) for x in (ours, twin)])
            ours, twin = np.mean(rests, 0)
            self.missed += int(ours > 4)
            print(f"| colour negatives {'with' if rebate else 'without'} rebate, distance | {ours:.2f} | "
                  f"{twin:.2f} | 4.00 | {'yes' if ours <= 4 else 'NO'} | | worst "
                  f"{max(r[0] for r in rests):.2f} |", flush=True)

    # --- speed -----------------------------------------------------------------------------------

    def speed(self):
        quiet.refuse_while_training()
        picture = cv2.resize(self.kodak[0], (1152, 896), interpolation=cv2.INTER_CUBIC)
        noisy = np.clip(picture + self.random.normal(0, 15, picture.shape), 0,
                        255).astype(np.uint8)
        mask = np.zeros(picture.shape[:2], np.uint8)
        while (mask > 0).mean() < 0.03:
            a, b = self.random.integers(0, 896, 4), int(self.random.integers(2, 6))
            cv2.line(mask, (int(a[0]), int(a[1])), (int(a[2]), int(a[3])), 255, b)
        start = time.monotonic()
        cv2.fastNlMeansDenoisingColored(noisy, None, 9, 10, 7, 21)
        reference = time.monotonic() - start
        start = time.monotonic()
        cv2.inpaint(picture, mask, 3, cv2.INPAINT_TELEA)
        telea = time.monotonic() - start
        path, mask_path = self.write("n.png", noisy), self.write("m.png", mask)
        print(f"| 1 megapixel | seconds | times NLM ({reference:.2f} s) | at most |")
        for command, arguments, most in (
                ("denoise", ("--sigma", 15), 1.3), ("deartifact", ("--quality", 20), 2.6),
                ("deblur", ("--amount", 50), 2.6),
                ("inpaint", ("--mask", mask_path), (5 * telea + 2) / reference)):
            start = time.monotonic()
            self.run(command, path, *arguments)
            seconds = time.monotonic() - start
            self.missed += seconds / reference > most
            print(f"| {command} {' '.join(map(str, arguments[:2]))[:14]} | {seconds:.2f} | "
                  f"{seconds / reference:.2f} | {most:.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pictures", type=int, default=12, help="Kodak pictures to use")
    parser.add_argument("--only", default="fill,detection,geometry,jpeg,blur,noise,plain,harm,calm,"
                                          "finds,texture,silvering,sharpen,fading,negative,"
                                          "colour,speed")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="heirloom-quality-") as folder:
        bench = Bench(Path(folder), arguments.pictures)
        print("| dB over the damaged picture | ours | twin | target | reached | published | notes |")
        print("|---|---|---|---|---|---|---|")
        for part in arguments.only.split(","):
            getattr(bench, part)()
    sys.exit(int(bench.missed > 0))


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of quality.py on finding damage: what is found of it at each size of picture, and what is
marked where nothing is wrong."""
import cv2
import numpy as np

import quiet
from triagerows import bytes_of, grain

MASKS = quiet.SHARED / "photos" / "masks"
FACES = quiet.SHARED / "photos" / "faces"
THRESHOLDS = (0.8, 0.5)  # the program's, and an even one
# The square face crops of this size are aligned: their eyes lie here, this wide and high.
FACE, EYES, EYE = 512, ((193, 240), (319, 240)), (84, 48)


def disc(radius):
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))


def f1(found, truth, reach):
    """Of pixels; one counts within reach of the other picture's."""
    near = [cv2.dilate(m.astype(np.uint8), disc(reach)) > 0 for m in (truth, found)]
    precision = (found & near[0]).sum() / max(1, found.sum())
    recall = (truth & near[1]).sum() / max(1, truth.sum())
    return 2 * precision * recall / max(1e-9, precision + recall)


def standing_out(picture, scale):
    """What a plain top-hat takes away, 0 to 255."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    return np.maximum(cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, disc(4 * scale)),
                      cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, disc(4 * scale)))


def enlarged(picture, scale):
    """As a scan with more pixels than detail: the grain is of the scan's size."""
    if scale == 1:
        return picture
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return bytes_of(large + grain(np.random.default_rng(scale), large.shape, 4, 0.7))


class DetectionRows:
    def marked(self, path, threshold):
        found, said = self.run("scratches", path, "--threshold", threshold)
        return found[..., 0] > 0, said["parameters"]["scale"]

    def detection(self):
        for threshold in THRESHOLDS:
            first = None
            for scale in (1, 2, 4):
                ours, twin, worked = [], [], []
                for mask_path in sorted(MASKS.glob("scratch_*_mask.png")):
                    picture = enlarged(
                        cv2.imread(str(mask_path).replace("_mask", "_damaged")), scale)
                    size = picture.shape[1::-1]
                    truth = cv2.resize(cv2.imread(str(mask_path), 0), size) >= 128
                    found, percent = self.marked(self.write("d.png", picture), threshold)
                    ours.append(f1(found, truth, 2 * scale))
                    worked.append(percent)
                    away = standing_out(picture, scale)
                    twin.append(max(f1(away > t * 255, truth, 2 * scale)
                                    for t in (0.15, 0.2, 0.25)))
                first = np.mean(ours) if first is None else first
                self.say(f"detection, threshold {threshold}, {scale}x, F1 at 2 px", np.mean(ours),
                         np.mean(twin), 0.75, "not found",
                         f"worst {min(ours):.2f}; {np.mean(ours) - first:+.2f} of 1x (within 0.05); "
                         f"worked at {min(worked):.0f} to {max(worked):.0f} % of the side",
                         abs(np.mean(ours) - first) <= 0.05)
            shares = [100 * self.marked(self.write("c.png", clean), threshold)[0].mean()
                      for clean in self.kodak]
            self.say(f"detection, threshold {threshold}, clean Kodak left alone, %",
                     100 - max(shares), 0, 99.8, "", f"marked: mean {np.mean(shares):.2f}, most "
                     f"{max(shares):.2f}")
            self.eyes(threshold)

    def eyes(self, threshold):
        marked, looked, places = [], 0, []
        for path in sorted(FACES.glob("*.png")):
            face = cv2.imread(str(path))
            if face.shape[:2] != (FACE, FACE):
                continue
            found, _ = self.marked(path, threshold)
            for side, centre in zip(("left", "right"), EYES):
                eye = np.zeros((FACE, FACE), np.uint8)
                cv2.ellipse(eye, centre, (EYE[0] // 2, EYE[1] // 2), 0, 0, 360, 1, -1)
                looked += 1
                marked.append(int(found[eye > 0].sum()))
                if marked[-1]:
                    places.append(f"{path.stem} {side} {marked[-1]}")
        self.say(f"detection, threshold {threshold}, eyes without a marked pixel",
                 sum(m == 0 for m in marked), 0, looked, "",
                 f"pixels: {', '.join(places) or 'none'}")

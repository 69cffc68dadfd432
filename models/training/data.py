# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training photographs, decoded once, and seeded crops out of them.

Every training photo is a JPEG, so each is shrunk by a factor of 0.6 to 0.8 before anything takes
it for a clean target: the blocks shrink below a pixel's worth of contrast. The shrunk photos lie
one after the other in a single uint8 file that all processes map, with an index beside it.
"""

import hashlib
import json
import os
from pathlib import Path

import cv2
import numpy as np

HELD_OUT_EVERY = 40
"""Every 40th photo is kept for the validation column of the loss curve, never trained on."""


def shared_folder():
    """The folder of shared material: $HEIRLOOM_SHARED, else `shared` beside the source tree."""
    if "HEIRLOOM_SHARED" in os.environ:
        return Path(os.environ["HEIRLOOM_SHARED"])
    return Path(__file__).resolve().parents[3] / "shared"


def _shrink_factor(name):
    digest = hashlib.sha256(name.encode()).digest()
    return 0.6 + 0.2 * digest[0] / 255


def build_cache(source, cache):
    """Decodes and shrinks every photo of `source` into `cache` (photos.u8 and index.json)."""
    cache.mkdir(parents=True, exist_ok=True)
    entries, offset = [], 0
    part = cache / "photos.u8.part"
    with open(part, "wb") as out:
        for path in sorted(source.glob("*.jpg")):
            photo = cv2.imread(str(path), cv2.IMREAD_COLOR)
            if photo is None:
                continue
            factor = _shrink_factor(path.name)
            size = (round(photo.shape[1] * factor), round(photo.shape[0] * factor))
            photo = cv2.cvtColor(cv2.resize(photo, size, interpolation=cv2.INTER_AREA),
                                 cv2.COLOR_BGR2RGB)
            out.write(np.ascontiguousarray(photo).tobytes())
            entries.append({"name": path.name, "offset": offset,
                            "height": photo.shape[0], "width": photo.shape[1]})
            offset += photo.size
    os.replace(part, cache / "photos.u8")
    index = cache / "index.json.part"
    index.write_text(json.dumps(entries))
    os.replace(index, cache / "index.json")


class PhotoLibrary:
    """Read-only access to the shrunk photos: RGB uint8, height x width x 3.

    `part` is "train" or "held-out"; `weights(name)` says how often a photo is drawn relative to
    its area's square root (to favour people, for example).
    """

    def __init__(self, cache, source=None, part="train", weights=None):
        cache = Path(cache)
        if not (cache / "index.json").exists():
            build_cache(Path(source) if source else shared_folder() / "training" / "photos", cache)
        entries = json.loads((cache / "index.json").read_text())
        if not entries:
            raise RuntimeError(f"There are no photos to train on in {cache}.")
        if len(entries) >= HELD_OUT_EVERY:
            held = part == "held-out"
            entries = [e for i, e in enumerate(entries) if (i % HELD_OUT_EVERY == 7) == held]
        self._entries = entries
        self._pixels = np.memmap(cache / "photos.u8", np.uint8, "r")
        share = np.array([np.sqrt(e["height"] * e["width"]) * (weights(e["name"]) if weights else 1)
                          for e in entries])
        self._cumulative = np.cumsum(share / share.sum())

    def __len__(self):
        return len(self._entries)

    def name(self, index):
        return self._entries[index]["name"]

    def photo(self, index):
        """Photo `index` as an RGB uint8 view of the map."""
        e = self._entries[index]
        count = e["height"] * e["width"] * 3
        return self._pixels[e["offset"]:e["offset"] + count].reshape(e["height"], e["width"], 3)

    def pick(self, rng):
        """A random photo's index."""
        return min(int(np.searchsorted(self._cumulative, rng.random())), len(self) - 1)

    def draw(self, rng):
        """A random photo."""
        return self.photo(self.pick(rng))

    def crop(self, rng, size, shrink=1.0, turn=True):
        """A random square of `size` pixels, mirrored and (if `turn`) turned at random, RGB uint8.

        With probability one half the photo is first shrunk by up to `shrink`. A photo that is
        smaller than the square is enlarged to it.
        """
        photo = self.draw(rng)
        factor = 1.0
        if shrink > 1 and rng.random() < 0.5:
            factor = 1 / rng.uniform(1, shrink)
        factor = max(factor, size / min(photo.shape[:2]))
        if factor != 1.0:
            target = (max(size, round(photo.shape[1] * factor)),
                      max(size, round(photo.shape[0] * factor)))
            method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
            photo = cv2.resize(photo, target, interpolation=method)
        y = int(rng.integers(0, photo.shape[0] - size + 1))
        x = int(rng.integers(0, photo.shape[1] - size + 1))
        square = photo[y:y + size, x:x + size]
        if rng.random() < 0.5:
            square = square[:, ::-1]
        if turn and rng.random() < 0.25:
            square = square.transpose(1, 0, 2)
        return np.ascontiguousarray(square)


def planes(picture):
    """H x W x C uint8 or float [0,1] -> C x H x W float32 [0,1]."""
    if picture.dtype == np.uint8:
        picture = picture.astype(np.float32) / 255
    return np.ascontiguousarray(picture.transpose(2, 0, 1), np.float32)

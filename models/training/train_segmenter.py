# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the scratch segmenter on photographs damaged by damage.py.

Two in seven of what it sees is enlarged after the damage, as a scan at more dots than detail would
be; the program looks where the detail ends. One picture in three has no damage at all.
"""

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import damage
import lookalikes
import tone
from data import planes
from degrade import as_scanned
from nets import Segmenter
from trainer import Task, halved, main

SIZE = 256


def photographed(rng, picture, look=1.0):
    """(picture with the look of a photograph, damage.Damaged or None): two in three are damaged;
    `look`: the share that gets such a look. Most of the damage lies under it, as on a print that was
    scanned in grey or has yellowed since: else a mark in a grey picture would be known by its colour.
    """
    is_damaged, is_old = rng.random() >= 1 / 3, rng.random() < 0.6
    done = None
    if is_damaged and is_old:
        done = damage.add_damage(rng, picture)
        picture = done.picture
    if rng.random() < look:
        picture = tone.photographic_look(rng, picture)
    if is_damaged and not is_old:
        done = damage.add_damage(rng, picture)
        picture = done.picture
    return picture, done


class SegmenterTask(Task):
    name = "scratch segmenter"
    batch = 5
    rate = 1e-3
    held_out = 50

    def net(self):
        return Segmenter()

    def sample(self, rng, photos):
        """picture 3 x S x S, mask 1 x S x S (0 or 1), weight 1 x S x S."""
        enlarge = float(rng.choice([1, 1, 1, 1, 1, 1.5, 2]))
        inner = int(np.ceil(SIZE / enlarge))
        picture = photos.crop(rng, inner, 2.5).astype(np.float32) / 255
        if rng.random() < 0.45:
            lookalikes.add_lookalikes(rng, picture)
        picture, done = photographed(rng, picture)
        mask = np.zeros(picture.shape[:2], np.float32)
        weight = np.ones_like(mask)
        if done:
            mask = done.mask.astype(np.float32)
            # What cannot be seen is not held against the net; the foot of a stroke is half a case.
            weight = np.where(done.mask & (done.change < 0.025), 0.15, 1)
            weight = np.where(~done.mask & (done.cover > 0.12), 0.4, weight).astype(np.float32)
        if rng.random() < 0.3:
            picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.7))
        if enlarge > 1:
            way = cv2.INTER_CUBIC if rng.random() < 0.6 else cv2.INTER_LINEAR
            picture = cv2.resize(picture, (SIZE, SIZE), interpolation=way)
            mask = cv2.resize(mask, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
            mask = (mask > 0.5).astype(np.float32)
            weight = cv2.resize(weight, (SIZE, SIZE), interpolation=cv2.INTER_LINEAR)
        picture = as_scanned(rng, picture, 0.35)
        return {"picture": planes(picture), "mask": mask[None], "weight": weight[None]}

    def loss(self, net, batch):
        with torch.no_grad():
            seen = net.seen(batch["picture"])
        with halved():
            logits = net.logits(*seen)
        logits = logits.float()
        mask, weight = batch["mask"], batch["weight"]
        crowd = F.avg_pool2d(F.avg_pool2d(mask, (17, 1), 1, (8, 0)), (1, 17), 1, (0, 8))
        weight = weight * (1 - mask * (0.85 * crowd))
        cross = F.binary_cross_entropy_with_logits(logits, mask, weight)
        found = torch.sigmoid(logits) * weight
        overlap = (found * mask).sum()
        dice = 1 - (2 * overlap + 1) / (found.sum() + (weight * mask).sum() + 1)
        return cross + 0.3 * dice

    def score(self, net, batch):
        """Pixel F1 within 2 px at a confidence of one half."""
        found = (net(batch["picture"]) > 0.5).float()
        mask = batch["mask"]
        near_mask, near_found = (F.max_pool2d(x, 5, 1, 2) for x in (mask, found))
        precision = (found * near_mask).sum() / found.sum().clamp(min=1)
        recall = (mask * near_found).sum() / mask.sum().clamp(min=1)
        f1 = 2 * precision * recall / (precision + recall).clamp(min=1e-6)
        return {"loss": float(self.loss(net, batch)), "precision": float(precision),
                "recall": float(recall), "f1": float(f1)}


if __name__ == "__main__":
    main(SegmenterTask())

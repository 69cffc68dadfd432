#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights that judge the pieces of the segmenter's map (engine/operation/pieceweights.h).

    train_damage_pieces.py --cache CACHE --pack ../scratch-segmenter HEADER [--pictures 1500]

The segmenter looks at each pixel and its surroundings; what hangs together, as a whole, says more:
how long it is, how it stands out of what lies around it, how much else in the picture was taken for
damage. Measures the pieces in training photographs, damaged and not, exactly as
engine/operation/damagepieces.cpp does, and teaches two layers of rectified sums and a logistic one to
tell real ones. Has to be run again when the segmenter has learned more. Minutes on two cores.
"""
import argparse
import json
from multiprocessing import get_context
from pathlib import Path

import cv2
import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

import lookalikes
from data import PhotoLibrary, planes
from degrade import as_scanned
from train_damage_weights import header
from train_segmenter import photographed

POSSIBLE = 64  # of 255: what hangs together is at least so sure
SMALLEST = 4   # pixels
LIKELY, SURE = 128, 204
AROUND, NEAR = 5, 1  # pixels: a piece's surroundings reach so far, and begin beyond this
COUNT, FIRST, SECOND = 24, 32, 16
LARGEST = 560
PLAIN, SOFT = 0.05, 0.15  # of the pictures


def gradient(grey):
    return np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))


def measured(confidence, picture):
    """(N x COUNT measurements, their numbers in labels, labels) of the pieces of an H x W map and the
    H x W x 3 picture it was found in, both uint8."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(
        (confidence >= POSSIBLE).astype(np.uint8), connectivity=8)
    grey = picture.astype(np.float32).mean(2)
    steep = gradient(grey)
    share = [100 * float((confidence >= level).mean()) for level in (POSSIBLE, LIKELY, SURE)]
    usual, side = float(steep.mean()), max(confidence.shape)
    found, numbers = [], []
    for piece in range(1, count):
        x, y, width, height, area = boxes[piece]
        if area < SMALLEST:
            continue
        window = (slice(max(0, y - AROUND), y + height + AROUND),
                  slice(max(0, x - AROUND), x + width + AROUND))
        on = labels[window] == piece
        mask = on.astype(np.uint8)
        around = (cv2.dilate(mask, np.ones((2 * AROUND + 1,) * 2)) > 0) & \
            (cv2.dilate(mask, np.ones((2 * NEAR + 1,) * 2)) == 0)
        if not around.any():
            around = on
        values, inside, outside = (confidence[window][on].astype(np.float32) / 255,
                                   picture[window][on].astype(np.float32),
                                   picture[window][around].astype(np.float32))
        light, surround = inside.mean(), outside.mean()
        spread = outside.mean(1).std()
        shift = inside.mean(0) - outside.mean(0)
        chroma = np.abs(shift - shift.mean()).max()
        v, u = np.nonzero(on)
        a, b, c = u.var() + 0.3, v.var() + 0.3, ((u - u.mean()) * (v - v.mean())).mean()
        root = np.hypot((a - b) / 2, c)
        longest, shortest = (a + b) / 2 + root, max((a + b) / 2 - root, 0.05)
        length = np.hypot(width, height)
        edge = steep[window][around].mean()
        found.append([
            np.log(area), np.log(length), np.log(area / length + 0.2), np.log(length / side),
            np.log(longest / shortest), values.mean(), values.max(), (values * 255 >= LIKELY).mean(),
            (values * 255 >= SURE).mean(), (confidence[window][around] >= POSSIBLE / 2).mean(),
            (light - surround) / 40, abs(light - surround) / 40, abs(light - surround) / (spread + 3),
            np.log(spread + 2), light / 255, surround / 255, np.log(chroma + 1),
            inside.std(0).mean() / 40, np.log(edge + 2), np.log(edge + 2) - np.log(usual + 2),
            np.log(usual + 1), *(np.log(s + 0.02) for s in share)])
        numbers.append(piece)
    return (np.array(found, np.float32).reshape(-1, COUNT), np.array(numbers, int), labels)


def picture_and_mask(rng, photos):
    """A whole photograph as the segmenter's training shows parts of it; a third is undamaged."""
    photo = photos.draw(rng)
    # Two in five lie a little coarser than their pixels, as where detail's end was not quite found.
    enlarge = float(rng.choice([1, 1, 1, 1.25, 1.45]))
    shrink = min(rng.uniform(0.7, 1.7), LARGEST / max(photo.shape[:2])) / enlarge
    size = [max(64, int(side * shrink) // 16 * 16) for side in photo.shape[1::-1]]
    picture = cv2.resize(photo, size, interpolation=cv2.INTER_AREA if shrink < 1 else cv2.INTER_CUBIC)
    picture = picture.astype(np.float32) / 255
    kind = rng.random()
    if kind < PLAIN:  # a wall, a sky: there every mark is plain to see
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(15, 80))
    elif kind < PLAIN + SOFT:  # where soft things lie that are no damage
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(1, 6))
    if rng.random() < 0.5:
        for _ in range(int(rng.integers(1, 4))):
            lookalikes.add_lookalikes(rng, picture)
    picture, done = photographed(rng, np.clip(picture, 0, 1), 0.7)
    mask = done.mask & (done.change >= 0.025) if done else np.zeros(picture.shape[:2], bool)
    if enlarge > 1:
        size = [int(side * enlarge) // 16 * 16 for side in picture.shape[1::-1]]
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
        mask = cv2.resize(mask.astype(np.float32), size) > 0.5
    return as_scanned(rng, picture, 0.3), mask


_at = {}


def _prepare(cache, pack, part):
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    file = Path(pack) / json.loads((Path(pack) / "model.json").read_text())["file"]
    _at["net"] = torch.jit.load(str(file)).float().eval()
    _at["photos"] = PhotoLibrary(cache, part=part)


def sample(seed):
    """Measurements of a picture's pieces, how much of each is damage, their areas; the damage's
    area and whether there is any."""
    rng = np.random.default_rng([41, seed])
    picture, mask = picture_and_mask(rng, _at["photos"])
    with torch.no_grad():
        map_ = _at["net"](torch.from_numpy(planes(picture))[None])[0, 0].numpy()
    values, numbers, labels = measured(np.round(map_ * 255).astype(np.uint8), picture)
    near = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5))) > 0
    sizes = np.bincount(labels.ravel(), minlength=labels.max() + 1)
    right = np.bincount(labels[near], minlength=len(sizes))
    # What of the damage each piece explains, within two pixels: recall of a choice of pieces.
    wide = cv2.dilate(labels.astype(np.float32), np.ones((5, 5))).astype(int)
    explained = np.bincount(wide[mask], minlength=len(sizes))
    return (values, right[numbers] / np.maximum(sizes[numbers], 1), sizes[numbers],
            explained[numbers], int(mask.sum()), mask.size)


def collected(arguments, part, seeds):
    with get_context("fork").Pool(2, _prepare, (arguments.cache, arguments.pack, part)) as pool:
        return pool.map(sample, seeds, 8)


def train(x, y, weight, epochs, first=FIRST, second=SECOND, loss_of=binary_cross_entropy_with_logits):
    """Layers for N x inputs measurements x and what they stand for, y in [0,1]; their scaling is
    part of the first. loss_of: of logits, what they should be, and weights."""
    torch.manual_seed(1)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    x, y, weight = (torch.from_numpy(v.astype(np.float32)) for v in ((x - mean) / spread, y, weight))
    net = torch.nn.Sequential(torch.nn.Linear(x.shape[1], first), torch.nn.ReLU(),
                              torch.nn.Dropout(0.1),
                              torch.nn.Linear(first, second), torch.nn.ReLU(),
                              torch.nn.Linear(second, 1))
    optimizer = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    for _ in range(epochs):
        for at in torch.randperm(len(y)).split(512):
            loss = loss_of(net(x[at])[:, 0], y[at], weight[at])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        schedule.step()
    layers = [(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in net.eval()
              if isinstance(m, torch.nn.Linear)]
    matrix, bias = layers[0]
    layers[0] = matrix / spread, bias - (matrix * (mean / spread)).sum(1)
    return layers


def judged(layers, x):
    """What the layers say of measurements (pieces: how sure it is that they are damage), 0..1."""
    for matrix, bias in layers[:-1]:
        x = np.maximum(x @ matrix.T + bias, 0)
    return 1 / (1 + np.exp(-(x @ layers[-1][0][0] + layers[-1][1][0])))


def report(layers, pictures):
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        right, found, explained, damaged, marked = 0, 0, 0, 0, []
        for x, y, area, explains, truth, size in pictures:
            kept = judged(layers, x) > threshold if len(x) else np.zeros(0, bool)
            if not truth:
                marked.append(100 * area[kept].sum() / size)
                continue
            right, found = right + (y * area)[kept].sum(), found + area[kept].sum()
            explained, damaged = explained + explains[kept].sum(), damaged + truth
        precision, recall = right / max(found, 1), explained / damaged
        print(f"held-out, surer than {threshold}: precision {precision:.3f}, recall {recall:.3f}, "
              f"F1 {2 * precision * recall / (precision + recall):.3f}; clean pictures marked: mean "
              f"{np.mean(marked):.3f} %, most {max(marked):.2f} %", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("header", type=Path)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--pack", type=Path, default=Path(__file__).parents[1] / "scratch-segmenter")
    parser.add_argument("--pictures", type=int, default=1500)
    parser.add_argument("--epochs", type=int, default=40)
    arguments = parser.parse_args()
    learned = collected(arguments, "train", range(arguments.pictures))
    held = collected(arguments, "held-out", range(10 ** 6, 10 ** 6 + 200))
    x, y, area = (np.concatenate([p[i] for p in learned]) for i in range(3))
    weight = np.sqrt(area)
    print(f"{len(learned)} pictures, {len(y)} pieces, {100 * y.mean():.1f} % damage")
    layers = train(x, y, weight / weight.mean(), arguments.epochs)
    report(layers, held)
    segmenter = json.loads((arguments.pack / "model.json").read_text())["sha256"]
    arguments.header.write_text(header(layers, "PieceWeights", "Inputs", f"""\
/// Two layers of rectified sums and a logistic one over what damagepieces.cpp measures, trained on
/// {len(learned)} photographs (models/training/train_damage_pieces.py); the scaling of the measurements is
/// part of the first layer.
""", constants=f"""\
    /// SHA-256 of the network whose maps they know.
    static constexpr char segmenter[] =
        "{segmenter}";
    static constexpr size_t Inputs = {COUNT};
"""))


if __name__ == "__main__":
    main()

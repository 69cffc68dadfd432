#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Weights of the classical damage finder (engine/operation/damageweights.h).

    train_damage_weights.py PHOTOS HEADER [--pictures 560] [--epochs 14]

Measures photographs damaged by damage.py exactly as engine/operation/damagefeatures.cpp does, teaches
two layers of rectified sums and a logistic one, and writes them as constants. Minutes on two cores.
"""
import argparse
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np
import torch

import damage

DIRECTIONS, SHORT, LONG = 12, 11, 33
BORDER = cv2.BORDER_REFLECT_101
KINDS = ("scratch", "film_scratch", "crease", "cracks", "dust", "hairs")
FIRST, SECOND = 24, 12


def line_kernel(angle, length, width):
    reach = int(np.ceil(length / 2 + 1))
    y, x = np.mgrid[-reach:reach + 1, -reach:reach + 1].astype(np.float32)
    along, across = x * np.cos(angle) + y * np.sin(angle), -x * np.sin(angle) + y * np.cos(angle)
    kernel = (np.clip(length / 2 + .5 - np.abs(along), 0, 1) *
              np.clip(width / 2 + .5 - np.abs(across), 0, 1))
    return kernel / kernel.sum()


def filtered(values, kernel):
    return cv2.filter2D(values, cv2.CV_32F, kernel, borderType=BORDER)


def blurred(values, side):
    return cv2.blur(values, (side, side), borderType=BORDER)


def shifted(values, dx, dy, margin=8):
    wide = cv2.copyMakeBorder(values, margin, margin, margin, margin, BORDER)
    return wide[margin + dy:margin + dy + values.shape[0], margin + dx:margin + dx + values.shape[1]]


def line_features(grey, width):
    bright, dark = [], []
    for i in range(DIRECTIONS):
        angle = np.pi * i / DIRECTIONS
        line = filtered(grey, line_kernel(angle, SHORT, width))
        dx = int(round(-np.sin(angle) * (width + 1)))
        dy = int(round(np.cos(angle) * (width + 1)))
        left, right = shifted(line, dx, dy), shifted(line, -dx, -dy)
        bright.append(line - np.maximum(left, right))
        dark.append(np.minimum(left, right) - line)
    sides = [(r, np.maximum.reduce(r)) for r in (bright, dark)]
    anything = np.maximum(np.maximum(sides[0][1], sides[1][1]), 0)
    crowd = blurred(anything, 61)
    result = []
    for responses, strongest in sides:
        mean = sum(np.maximum(r, 0) for r in responses) / DIRECTIONS
        longest = np.maximum.reduce([
            filtered(np.clip(r / (2 * crowd + 3), -1, 1.5),
                     line_kernel(np.pi * i / DIRECTIONS, LONG, 1))
            for i, r in enumerate(responses)])
        strongest = np.maximum(strongest, 0)
        result += [np.log1p(strongest), longest * 2, np.log1p(strongest) - np.log1p(mean * 2)]
    return result + [np.log1p(crowd), np.log1p(blurred(anything, 17))]


def features(picture):
    """H x W x 45 of a BGR picture."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    height, width = grey.shape
    out = line_features(grey, 1) + line_features(grey, 2.5)
    for scale in (2, 4):
        small = cv2.resize(grey, (width // scale, height // scale), interpolation=cv2.INTER_AREA)
        out += [cv2.resize(f, (width, height)) for f in line_features(small, 2)]
    for side in (5, 9, 17):
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
        bright = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, disc)
        dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, disc)
        out += [np.log1p(bright), np.log1p(dark), np.log1p(blurred(bright + dark, 61))]
    for side in (5, 21):
        mean = blurred(grey, side)
        out.append(np.log1p(np.sqrt(np.maximum(blurred(grey * grey, side) - mean * mean, 0))))
    spread = picture.max(2).astype(np.float32) - picture.min(2)
    return np.stack(out + [grey / 128 - 1, np.log1p(spread)], -1).astype(np.float32)


def samples(job):
    """Measurements, truth and weight of some pixels of one picture."""
    path, seed = job
    rng = np.random.default_rng(seed)
    picture = cv2.imread(str(path))
    if picture is None or min(picture.shape[:2]) < 300:
        return None
    height, width = (4 * min(100, side // 4) for side in picture.shape[:2])
    top = int(rng.integers(picture.shape[0] - height + 1))
    left = int(rng.integers(picture.shape[1] - width + 1))
    picture = picture[top:top + height, left:left + width]
    if rng.random() < .3:
        picture = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)
    mask = soft = np.zeros(picture.shape[:2], bool)
    if rng.random() >= .4:
        done = damage.add_damage(rng, picture.astype(np.float32) / 255, kinds=KINDS)
        mask = done.mask & (done.change > 8 / 255)
        soft = (done.change > 2 / 255) & ~mask
        picture = np.clip(np.round(done.picture * 255), 0, 255).astype(np.uint8)
        if rng.random() < .3:
            quality = int(rng.integers(75, 96))
            picture = cv2.imdecode(
                cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], 1)
    if rng.random() < .3:
        noisy = picture + rng.normal(0, rng.uniform(1, 8), picture.shape)
        picture = np.clip(np.round(noisy), 0, 255).astype(np.uint8)
    measured = features(picture).reshape(-1, 45)
    positive = rng.permutation(np.flatnonzero(mask))[:3000]
    near = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5))) > 0
    negative = rng.permutation(np.flatnonzero(~(near | soft)))
    plain, rest = negative[:2500], negative[2500:40000]
    hard = rest[np.argsort(-measured[rest][:, [1, 4, 9, 12]].max(1))[:2500]]
    chosen = np.concatenate([positive, plain, hard])
    truth = np.concatenate([np.ones(len(positive)), np.zeros(len(plain) + len(hard))])
    weight = np.concatenate([np.ones(len(positive)), np.full(len(plain), len(negative) * 1.86e-5),
                             np.ones(len(hard))])
    return measured[chosen], truth, weight


def train(x, y, weight, epochs, batch=4096):
    torch.manual_seed(1)
    mean, spread = x.mean(0), x.std(0) + 1e-3
    x, y, weight = (torch.from_numpy(v.astype(np.float32)) for v in ((x - mean) / spread, y, weight))
    net = torch.nn.Sequential(torch.nn.Linear(45, FIRST), torch.nn.ReLU(),
                              torch.nn.Linear(FIRST, SECOND), torch.nn.ReLU(),
                              torch.nn.Linear(SECOND, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-4)
    steps = len(y) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=epochs * steps)
    for epoch in range(epochs):
        order, total = torch.randperm(len(y)), 0.0
        for i in range(steps):
            at = order[i * batch:(i + 1) * batch]
            loss = (torch.nn.functional.binary_cross_entropy_with_logits(
                net(x[at])[:, 0], y[at], reduction="none") * weight[at]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch}: {total / steps:.4f}", flush=True)
    layers = [(m.weight.detach().numpy(), m.bias.detach().numpy()) for m in net[::2]]
    matrix, bias = layers[0]
    layers[0] = matrix / spread, bias - (matrix * (mean / spread)).sum(1)
    return layers


def rows(values, indent):
    def number(v):
        text = f"{v:.5g}F"
        return text if "." in text or "e" in text else text.replace("F", ".0F")
    lines, line = [], indent
    for i, v in enumerate(values):
        item = number(v) + (", " if i + 1 < len(values) else "")
        if len(line + item) > 98:
            lines.append(line.rstrip())
            line = indent
        line += item
    return "\n".join(lines + [line])


def header(layers, struct, inputs, about, include="", constants=""):
    """The text of a C++ header with the layers as constants of a struct; inputs: their number, as an
    expression; about: the comment over the struct."""
    (first, first_bias), (second, second_bias), (last, last_bias) = layers

    def matrix(values):
        return ",\n".join("        {{\n" + rows(v, " " * 12) + "\n        }}" for v in values)

    def vector(kind, name, values):
        return f"    static constexpr Row<{kind}> {name}{{{{\n{rows(values, ' ' * 8)}\n    }}}};\n"
    return (f"""// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

{include}#include <array>

namespace heirloom
{{

{about}struct {struct} {{
{constants}    static constexpr size_t First = {len(first)};
    static constexpr size_t Second = {len(second)};
    template <size_t N>
    using Row = std::array<float, N>;

    static constexpr std::array<Row<{inputs}>, First> first{{{{
{matrix(first)},
    }}}};
""" + vector("First", "firstBias", first_bias)
        + f"    static constexpr std::array<Row<First>, Second> second{{{{\n{matrix(second)},\n    }}}};\n"
        + vector("Second", "secondBias", second_bias) + vector("Second", "last", last[0])
        + f"    static constexpr float lastBias = {rows(last_bias, '')};\n}};\n\n}} // namespace heirloom\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("header", type=Path)
    parser.add_argument("--pictures", type=int, default=560)
    parser.add_argument("--epochs", type=int, default=14)
    arguments = parser.parse_args()
    photos = sorted(arguments.photos.iterdir())
    chosen = np.random.default_rng(0).integers(len(photos), size=arguments.pictures)
    cv2.setNumThreads(1)
    with Pool() as pool:
        found = [s for s in pool.imap(samples, [(photos[j], i) for i, j in enumerate(chosen)], 4) if s]
    x, y, weight = (np.concatenate(parts) for parts in zip(*found))
    print(f"{len(found)} pictures, {len(y)} pixels, {100 * y.mean():.1f} % damaged")
    arguments.header.write_text(header(
        train(x, y, weight, arguments.epochs), "DamageWeights", "damageFeatureCount", f"""\
/// Two layers of rectified sums and a logistic one over damageFeatures(), trained on {len(found)}
/// photographs (models/training/train_damage_weights.py); the scaling of the measurements is part of
/// the first layer.
""", '#include "operation/damagefeatures.h"\n\n'))


if __name__ == "__main__":
    main()

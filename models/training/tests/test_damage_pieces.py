# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import re
from pathlib import Path

import numpy as np
import pytest

import train_blur_weights as blur
import train_damage_pieces as pieces
from train_damage_weights import header

OPERATION = Path(__file__).resolve().parents[3] / "engine" / "operation"


def _layers(text, inputs, first, second):
    def numbers(name, *shape):
        part = text[text.index(f" {name}{{{{"):]
        found = re.findall(r"-?\d+\.?\d*(?:e-?\d+)?(?=F)", part[:part.index("}};")])
        return np.array(found, float).reshape(shape)
    bias = float(re.search(r"lastBias = (-?[\d.e-]+)F", text).group(1))
    return [(numbers("first", first, inputs), numbers("firstBias", first)),
            (numbers("second", second, first), numbers("secondBias", second)),
            (numbers("last", 1, second), np.array([bias]))]


@pytest.mark.parametrize("name, struct, inputs, columns, first, second", [
    ("damageweights", "DamageWeights", "damageFeatureCount", 45, 24, 12),
    ("pieceweights", "PieceWeights", "Inputs", pieces.COUNT, pieces.FIRST, pieces.SECOND),
    ("blurweights", "BlurWeights", "Inputs", blur.COUNT, blur.FIRST, blur.SECOND)])
def test_committed_constants_are_as_the_scripts_write_them(name, struct, inputs, columns, first,
                                                           second):
    text = (OPERATION / f"{name}.h").read_text()
    begin, end = text.index("namespace heirloom\n{\n\n") + 22, text.index(f"struct {struct} {{\n")
    constants = text[end + len(struct) + 10:text.index("    static constexpr size_t First")]
    include = text[text.index("#pragma once\n\n") + 14:text.index("#include <array>")]
    assert header(_layers(text, columns, first, second), struct, inputs, text[begin:end], include,
                  constants) == text


def test_every_piece_of_some_size_is_measured():
    picture = np.full((60, 80, 3), 120, np.uint8)
    confidence = np.zeros((60, 80), np.uint8)
    picture[10:50, 20:22] = 240
    confidence[10:50, 20:22] = 220
    confidence[30, 60] = 255  # too small
    confidence[5:9, 40:70] = pieces.POSSIBLE - 1
    values, numbers, labels = pieces.measured(confidence, picture)
    assert values.shape == (1, pieces.COUNT) and np.isfinite(values).all()
    assert labels[30, 20] == numbers[0]
    assert np.exp(values[0, 0]) == pytest.approx(80)   # its area
    assert values[0, 10] == pytest.approx(3)           # lighter than around, in 40 steps
    assert values[0, 5] == pytest.approx(220 / 255)    # as sure as the network


def test_pieces_at_the_rim_and_over_the_whole_picture_are_measured():
    picture = np.random.default_rng(1).integers(0, 255, (40, 50, 3), np.uint8)
    whole = np.full((40, 50), 255, np.uint8)
    corner = np.zeros((40, 50), np.uint8)
    corner[:3, :3] = 200
    for confidence in (whole, corner):
        values, _, _ = pieces.measured(confidence, picture)
        assert values.shape == (1, pieces.COUNT) and np.isfinite(values).all()

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated photographs, so that the tests need no others."""

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data import PhotoLibrary  # noqa: E402
from noise import value_noise  # noqa: E402


def scenery(seed, height, width):
    """A colourful picture with soft areas and edges, RGB uint8."""
    rng = np.random.default_rng(seed)
    planes = [value_noise(rng, height, width, 40, 4) for _ in range(3)]
    picture = np.stack(planes, -1)
    for _ in range(6):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        colour = tuple(float(c) for c in rng.random(3))
        cv2.circle(picture, centre, int(rng.integers(5, 40)), colour, -1)
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)


@pytest.fixture(scope="session")
def photo_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for i in range(4):
        picture = scenery(i, 260 + 20 * i, 320)
        cv2.imwrite(str(folder / f"p{i}.jpg"), picture[..., ::-1])
    return folder


@pytest.fixture(scope="session")
def cache(tmp_path_factory, photo_folder):
    folder = tmp_path_factory.mktemp("cache")
    PhotoLibrary(folder, photo_folder)
    return folder


@pytest.fixture
def photos(cache):
    return PhotoLibrary(cache)


@pytest.fixture
def picture():
    return scenery(99, 96, 128).astype(np.float32) / 255

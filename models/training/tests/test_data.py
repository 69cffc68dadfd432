# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import numpy as np


def test_photos_are_shrunk_by_six_to_eight_tenths(photos):
    for i in range(len(photos)):
        assert 0.59 * 320 <= photos.photo(i).shape[1] <= 0.81 * 320


def test_the_same_generator_gives_the_same_crop(photos):
    first = photos.crop(np.random.default_rng(3), 64, 2.0)
    again = photos.crop(np.random.default_rng(3), 64, 2.0)
    other = photos.crop(np.random.default_rng(4), 64, 2.0)
    assert first.shape == (64, 64, 3) and first.dtype == np.uint8
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_photo_smaller_than_the_crop_is_enlarged(photos):
    assert photos.crop(np.random.default_rng(0), 300).shape == (300, 300, 3)


def test_held_out_photos_are_not_trained_on(tmp_path, photo_folder):
    import json
    from data import PhotoLibrary, build_cache
    build_cache(photo_folder, tmp_path)
    entries = json.loads((tmp_path / "index.json").read_text())
    many = [dict(entries[i % 4], name=f"n{i}") for i in range(100)]
    (tmp_path / "index.json").write_text(json.dumps(many))
    train, held = PhotoLibrary(tmp_path), PhotoLibrary(tmp_path, part="held-out")
    names = {train.name(i) for i in range(len(train))}
    kept = {held.name(i) for i in range(len(held))}
    assert kept and not names & kept and len(names | kept) == 100

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys

import cv2
import numpy as np
import torch

import train_restorer
from trainer import Trainer, make_batch


def _error(a, b):
    return float(np.square(a - b).mean())


def test_richardson_lucy_sharpens_a_blurred_picture(picture):
    soft = cv2.GaussianBlur(picture, (0, 0), 1.5)
    sharp = train_restorer.richardson_lucy(soft, 1.5, 6)
    assert _error(sharp, picture) < 0.8 * _error(soft, picture)


def test_only_a_known_blur_is_deblurred(picture):
    for strength in (-1.0, 0.0, 0.05):
        assert train_restorer.deblurred(picture, 0.1, 0.0, strength) is picture
    assert not np.array_equal(train_restorer.deblurred(picture, 0.1, 0.0, 0.5), picture)


def test_what_is_noisy_or_compressed_is_deblurred_less():
    assert train_restorer.rounds_for(-1, -1) == train_restorer.rounds_for(0.05, 0) == 40
    assert 40 > train_restorer.rounds_for(0.1, 0) > train_restorer.rounds_for(0.4, 0) >= 3
    assert 40 > train_restorer.rounds_for(0, 0.6) > train_restorer.rounds_for(0, 0.9) >= 3


def test_training_leaves_ffdnet_alone(photos, tmp_path):
    task = train_restorer.RestorerTask()
    task.batch = 2
    trainer = Trainer(task, tmp_path)
    before = {name: value.clone() for name, value in trainer.net.state_dict().items()}
    for step in range(2):
        trainer.advance(make_batch(task, photos, 1, step, 2))
    after = trainer.net.state_dict()
    assert all(torch.equal(after[name], before[name]) for name in after if name.startswith("body."))
    assert not torch.equal(after["trunk.tail.weight"], before["trunk.tail.weight"])


def test_it_does_not_train_over_nothing(tmp_path, cache):
    done = subprocess.run([sys.executable, train_restorer.__file__, "--state",
                           str(tmp_path / "fresh"), "--cache", str(cache)],
                          capture_output=True, text=True)
    assert done.returncode == 2 and "FFDNet" in done.stderr

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch

from trainer import Trainer, make_batch

HERE = Path(__file__).resolve().parents[1]
TASKS = [("train_segmenter", "SegmenterTask"), ("train_restorer", "RestorerTask"),
         ("train_inpainter", "InpainterTask"), ("train_colorizer", "ColorizerTask"),
         ("train_unfader", "UnfaderTask")]


def _task(module, name):
    task = getattr(importlib.import_module(module), name)()
    task.batch = 2
    return task


def _run(task, photos, state, first, last):
    trainer = Trainer(task, state, plan=10)
    assert trainer.step == first
    losses = [trainer.advance(make_batch(task, photos, 1, i, task.batch))
              for i in range(first, last)]
    trainer.checkpoint()
    return losses, trainer


@pytest.mark.parametrize("module, name", TASKS)
def test_a_resumed_run_gives_the_numbers_of_an_uninterrupted_one(module, name, photos, tmp_path):
    torch.set_num_threads(1)
    task = _task(module, name)
    whole, a = _run(task, photos, tmp_path / "whole", 0, 4)
    first, _ = _run(task, photos, tmp_path / "parts", 0, 2)
    second, b = _run(task, photos, tmp_path / "parts", 2, 4)
    assert whole == first + second
    for x, y in zip(a.average.state_dict().values(), b.average.state_dict().values()):
        assert torch.equal(x, y)


@pytest.mark.parametrize("module, name", TASKS)
def test_samples_depend_on_the_seed_alone(module, name, photos):
    task = _task(module, name)
    one, same, other = (make_batch(task, photos, seed, 5, 2) for seed in (1, 1, 2))
    for key in one:
        assert np.array_equal(one[key], same[key]) and np.isfinite(one[key]).all()
    assert any(not np.array_equal(one[key], other[key]) for key in one)


def test_segmenter_masks_are_binary(photos):
    mask = make_batch(_task(*TASKS[0]), photos, 1, 0, 2)["mask"]
    assert set(np.unique(mask)) <= {0.0, 1.0}


def test_inpainter_input_is_the_clean_picture_where_nothing_was_damaged(photos):
    """A painted hole leaves the rest of the picture as it is."""
    batch = make_batch(_task(*TASKS[2]), photos, 3, 0, 12)
    same = np.abs(batch["fill"] - batch["clean"]).max(1, keepdims=True) == 0
    whole = [(same[i] | (batch["mask"][i] > 0)).all() for i in range(12)]
    assert 2 <= sum(whole) < 12


def test_learning_lowers_the_loss(photos, tmp_path):
    task = _task(*TASKS[4])
    task.batch = 8
    trainer = Trainer(task, tmp_path, plan=1000)
    batch = make_batch(task, photos, 1, 0, 8)
    losses = [trainer.advance(batch) for _ in range(120)]
    assert losses[-1] < 0.8 * losses[0]


def test_the_curve_is_cut_back_to_the_checkpoint(photos, tmp_path):
    task = _task(*TASKS[4])
    _, trainer = _run(task, photos, tmp_path, 0, 2)
    trainer.record(1.0, {"loss": 1.0})
    trainer.step = 9
    trainer.record(1.0, {"loss": 1.0})
    Trainer(task, tmp_path)
    rows = (tmp_path / "curve.csv").read_text().splitlines()
    assert [r.split(",")[0] for r in rows] == ["step", "2"]


def _until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


def _schedule(tmp_path, cache, *more):
    jobs = tmp_path / "jobs.json"
    jobs.write_text(json.dumps([{"job": "unfader", "minutes": 60, "arguments": ["--every", 0.001]},
                                {"job": "restorer", "minutes": 60}]))
    return subprocess.Popen([sys.executable, str(HERE / "schedule.py"), "--jobs", str(jobs),
                             "--state", str(tmp_path / "state"), "--cache", str(cache),
                             "--pause-file", str(tmp_path / "pause"), *more])


def test_the_schedule_stops_after_a_checkpoint_and_resumes(tmp_path, cache):
    checkpoint = tmp_path / "state" / "unfader" / "checkpoint.pt"
    process = _schedule(tmp_path, cache)
    _until(checkpoint.exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0
    step = torch.load(checkpoint)["step"]
    assert step > 0
    record = json.loads((tmp_path / "state" / "schedule.json").read_text())
    assert record["next"] == 0 and record["jobs"]["unfader"]["status"] == 0
    process = _schedule(tmp_path, cache)
    _until(lambda: torch.load(checkpoint)["step"] > step)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0


def test_training_waits_while_the_pause_file_is_there(tmp_path, cache):
    curve = tmp_path / "state" / "unfader" / "curve.csv"
    (tmp_path / "pause").touch()
    process = _schedule(tmp_path, cache)
    _until((tmp_path / "state" / "unfader").exists)
    assert not curve.exists()
    os.remove(tmp_path / "pause")
    _until(curve.exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0


def test_two_schedules_never_share_a_state_folder(tmp_path, cache):
    first = _schedule(tmp_path, cache)
    _until((tmp_path / "state" / "unfader").exists)
    second = _schedule(tmp_path, cache)
    assert second.wait(60) != 0
    first.send_signal(signal.SIGTERM)
    assert first.wait(120) == 0

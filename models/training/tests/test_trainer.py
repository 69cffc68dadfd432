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

import export
import keep
import packs
from trainer import Trainer, make_batch, read_weights

HERE = Path(__file__).resolve().parents[1]
TASKS = [("train_segmenter", "SegmenterTask"), ("train_restorer", "RestorerTask"),
         ("train_inpainter", "InpainterTask"), ("train_colorizer", "ColorizerTask"),
         ("train_unfader", "UnfaderTask"), ("train_inpainter_gan", "InpainterGanTask")]


def _task(module, name):
    task = getattr(importlib.import_module(module), name)()
    task.batch = 2
    return task


def _run(task, photos, state, first, last):
    trainer = (task.trainer or Trainer)(task, state, plan=10, kept=state)
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
    if task.trainer:
        for x, y in zip(a.critic.state_dict().values(), b.critic.state_dict().values()):
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
    trainer = Trainer(task, tmp_path, plan=1000, kept=tmp_path)
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


@pytest.fixture
def schedule(tmp_path, cache):
    """Starts schedules; whatever a failed test leaves of them is ended."""
    jobs, started = tmp_path / "jobs.json", []
    jobs.write_text(json.dumps([{"job": "unfader", "minutes": 60, "arguments": ["--every", 0.001]},
                                {"job": "restorer", "minutes": 60}]))

    def start():
        started.append(subprocess.Popen(
            [sys.executable, str(HERE / "schedule.py"), "--jobs", str(jobs), "--state",
             str(tmp_path / "state"), "--cache", str(cache), "--pause-file", str(tmp_path / "pause")],
            start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()


def test_the_schedule_stops_after_a_checkpoint_and_resumes(tmp_path, schedule):
    checkpoint = tmp_path / "state" / "unfader" / "checkpoint.pt"
    process = schedule()
    _until(checkpoint.exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0
    step = torch.load(checkpoint)["step"]
    assert step > 0
    record = json.loads((tmp_path / "state" / "schedule.json").read_text())
    assert record["next"] == 0 and record["jobs"]["unfader"]["status"] == 0
    process = schedule()
    _until(lambda: torch.load(checkpoint)["step"] > step)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0


def test_training_waits_while_the_pause_file_is_there(tmp_path, schedule):
    checkpoint = tmp_path / "state" / "unfader" / "checkpoint.pt"
    (tmp_path / "pause").touch()
    process = schedule()
    _until((tmp_path / "state" / "unfader").exists)
    assert not checkpoint.exists()
    os.remove(tmp_path / "pause")
    _until(checkpoint.exists)
    process.send_signal(signal.SIGTERM)
    assert process.wait(120) == 0


def test_two_schedules_never_share_a_state_folder(tmp_path, schedule):
    first = schedule()
    _until((tmp_path / "state" / "unfader").exists)
    second = schedule()
    assert second.wait(60) != 0
    first.send_signal(signal.SIGTERM)
    assert first.wait(120) == 0


def test_kept_weights_are_gone_on_from_where_there_is_no_checkpoint(photos, tmp_path):
    task = _task(*TASKS[4])
    _, first = _run(task, photos, tmp_path / "one" / "unfader", 0, 3)
    (tmp_path / "one" / "unfader" / "curve.csv").write_text("step,seconds\n3,7\n")
    kept, curves = tmp_path / "tree" / "weights", tmp_path / "tree" / "curves"
    size = keep.keep(tmp_path / "one" / "unfader", kept, curves)
    assert size == (kept / "unfader.pt").stat().st_size < 2_000_000
    again = Trainer(task, tmp_path / "two" / "unfader", plan=10, kept=kept)
    assert again.step == 3 and again.fresh == 3
    for x, y in zip(first.average.state_dict().values(), again.net.state_dict().values()):
        assert torch.allclose(x, y, atol=1e-3)
    assert (tmp_path / "two" / "unfader" / "curve.csv").read_text() == "step,seconds\n3,7\n"
    again.checkpoint()
    # A checkpoint goes before what is kept.
    third = Trainer(task, tmp_path / "one" / "unfader", plan=10, kept=tmp_path / "nothing")
    assert third.step == 3 and third.fresh == 0


def test_a_fresh_optimizer_is_warmed_up_wherever_it_begins(tmp_path):
    task = _task(*TASKS[4])
    trainer = Trainer(task, tmp_path, plan=10 ** 9, kept=tmp_path)
    trainer.step = trainer.fresh = 5000
    cold = trainer.rate()
    trainer.step += task.warm_up
    assert cold < trainer.rate() / (0.5 * task.warm_up)


def test_a_pack_can_be_gone_on_from(photos, tmp_path):
    """Its kernels are 16 bits; its steps count on."""
    torch.manual_seed(5)
    module = packs.fresh("unfade")
    with torch.no_grad():
        for weight in module.parameters():
            weight.add_(0.05 * torch.randn_like(weight))
        traced = torch.jit.trace(module, torch.rand(1, 3, 128, 128), check_trace=False)
    export.halve_kernels(traced)
    traced.save(str(tmp_path / "trained.pt"))
    (tmp_path / "model.json").write_text(json.dumps(
        {"file": "trained.pt", "training": {"steps": 40, "seconds": 9, "seed": 1}}))
    for start in (tmp_path, tmp_path / "trained.pt"):
        weights, steps, seconds = read_weights(start)
        assert (steps, seconds) == (40, 9)
        trainer = Trainer(_task(*TASKS[4]), tmp_path / f"state-{start.name}", init=start)
        assert trainer.step == 40
        for name, value in module.net.state_dict().items():
            assert torch.allclose(weights[name], value, atol=1e-3)
            assert torch.equal(trainer.net.state_dict()[name], weights[name])
        trainer.advance(make_batch(trainer.task, photos, 1, 40, 2))
        assert trainer.step == 41


def test_starting_from_nothing_is_refused(tmp_path, cache):
    done = subprocess.run([sys.executable, str(HERE / "train_unfader.py"), "--state",
                           str(tmp_path / "unfader"), "--cache", str(cache), "--init",
                           str(tmp_path / "missing")], capture_output=True, text=True)
    assert done.returncode == 2 and "missing" in done.stderr
    assert not (tmp_path / "unfader").exists()


def test_too_much_is_not_kept(photos, tmp_path, monkeypatch):
    _run(_task(*TASKS[4]), photos, tmp_path / "unfader", 0, 1)
    monkeypatch.setattr(keep, "LIMIT", 1000)
    with pytest.raises(SystemExit):
        keep.keep(tmp_path / "unfader", tmp_path / "weights", tmp_path / "curves")
    assert not list((tmp_path / "weights").iterdir())


def test_the_gan_begins_as_the_fidelity_and_its_critic_is_kept(photos, tmp_path):
    fidelity = _run(_task(*TASKS[2]), photos, tmp_path / "inpainter", 0, 2)[1]
    keep.keep(tmp_path / "inpainter", tmp_path / "weights", tmp_path / "curves")
    task = _task(*TASKS[5])
    gan = task.trainer(task, tmp_path / "inpainter_gan", plan=10,
                       init=tmp_path / "weights" / "inpainter.pt")
    assert gan.step == 2
    for name, value in fidelity.average.trunk.state_dict().items():
        assert torch.allclose(value, gan.net.trunk.state_dict()[name], atol=1e-3)
    assert torch.equal(gan.net.grain.weight, gan.average.grain.weight)
    before = gan.net.grain.weight.detach().clone()
    for i in (2, 3):
        gan.advance(make_batch(task, photos, 1, i, 2))
    assert not torch.equal(gan.net.grain.weight, before)
    gan.checkpoint()
    keep.keep(gan.state, tmp_path / "weights", tmp_path / "curves")
    again = task.trainer(task, tmp_path / "elsewhere" / "inpainter_gan", plan=10,
                         kept=tmp_path / "weights")
    for name, value in gan.critic.state_dict().items():
        assert torch.allclose(value, again.critic.state_dict()[name], atol=1e-3)

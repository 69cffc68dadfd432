# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The training loop all generators share: seeded, resumable, polite.

Every sample is made from (seed, step, place in the batch) alone, so a run that was stopped and
resumed sees what an uninterrupted one would have seen, and gives the same numbers. A process of
its own makes batches ahead. The state folder holds `checkpoint.pt` (weights, their moving
average, the optimizer, the step) and `curve.csv`.
"""

import argparse
import csv
import functools
import json
import math
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import torch

from data import PhotoLibrary

KEPT = Path(__file__).resolve().parent / "weights"
"""What earlier trainings have learned (keep.py), to go on from where there is no checkpoint."""

AVERAGE = 0.999
"""Decay of the moving average of the weights; the average is what is evaluated and shipped."""


class Task:
    """What a generator's training consists of. Subclasses say the rest.

    `sample` gives a dict of float32 arrays (C x H x W) from a random generator and the photos and
    runs without torch; `loss` gets them stacked as tensors.
    """

    name = ""
    batch = 8
    rate = 4e-4
    held_out = 24
    warm_up = 200  # steps
    trainer = None  # the kind of Trainer, unless the usual one

    def weights(self, photo_name):
        return 1.0

    def net(self):
        raise NotImplementedError

    def sample(self, rng, photos):
        raise NotImplementedError

    def loss(self, net, batch):
        raise NotImplementedError

    def adapted(self, net, weights):
        """What `net` starts from, given the weights of an earlier net."""
        return weights

    def score(self, net, batch):
        """Validation figures of one batch: a dict of floats."""
        return {"loss": float(self.loss(net, batch))}


def make_batch(task, photos, seed, step, count):
    """Batch number `step`: a dict of N x C x H x W float32 arrays."""
    samples = [task.sample(np.random.default_rng([seed, step, i]), photos) for i in range(count)]
    return {key: np.stack([s[key] for s in samples]) for key in samples[0]}


def _feed(task, cache, source, seed, step, queue):
    import cv2
    cv2.setNumThreads(1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    photos = PhotoLibrary(cache, source, weights=task.weights)
    parent = os.getppid()
    while os.getppid() == parent:
        packed = {k: v.astype(np.float16) for k, v in
                  make_batch(task, photos, seed, step, task.batch).items()}
        queue.put((step, packed))
        step += 1


class Trainer:
    """Owns the net, its average, the optimizer and the state folder. One process, one thread."""

    def __init__(self, task, state, seed=1, plan=20000, kept=KEPT, init=None):
        torch.manual_seed(seed)
        self.task, self.seed, self.plan = task, seed, plan
        self.state = Path(state)
        self.state.mkdir(parents=True, exist_ok=True)
        self.net = task.net().to(memory_format=layout())
        self.average = task.net()
        self.average.load_state_dict(self.net.state_dict())
        self.average.requires_grad_(False)
        # Mean losses over many small residuals give gradients of 1e-8 and less in the deep levels:
        # Adam's usual epsilon would stop those.
        self.optimizer = torch.optim.AdamW([p for p in self.net.parameters() if p.requires_grad],
                                           task.rate, (0.9, 0.99), 1e-13,
                                           weight_decay=1e-4)
        self.step, self.seconds = 0, 0.0
        self.fresh = 0  # the step at which the optimizer knew nothing yet
        self.prepare()
        self.resume(init or Path(kept) / f"{self.state.name}.pt")

    def prepare(self):
        """Makes what a kind of training needs besides; called before anything is resumed."""

    def resume(self, start):
        """Continues from the state folder's checkpoint; if there is none, from the weights `start`
        (read_weights says what that may be), with a fresh optimizer."""
        path = self.state / "checkpoint.pt"
        if not path.exists():
            return self._start_from(start)
        saved = torch.load(path, map_location="cpu")
        self.net.load_state_dict(saved["net"])
        self.average.load_state_dict(saved["average"])
        self.optimizer.load_state_dict(saved["optimizer"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        self.fresh = saved.get("fresh", 0)
        self.restore(saved)
        self._cut_curve()

    def restore(self, saved):
        """Takes what `saved` of a subclass added to a checkpoint."""

    def _start_from(self, start):
        if not start.exists():
            return
        weights, self.step, self.seconds = read_weights(start)
        constants = {name for name, _ in self.net.named_buffers()} - set(self.net.state_dict())
        weights = self.task.adapted(self.net, weights)
        self.net.load_state_dict({name: value for name, value in weights.items()
                                  if name not in constants})
        self.average.load_state_dict(self.net.state_dict())
        self.fresh = self.step
        curve = start.parent.parent / "curves" / f"{self.state.name}.csv"
        if not curve.exists():
            curve = KEPT.parent / "curves" / curve.name
        if self.step and curve.exists() and not (self.state / "curve.csv").exists():
            shutil.copy(curve, self.state / "curve.csv")
            self._cut_curve()

    def checkpoint(self):
        part = self.state / "checkpoint.part"
        torch.save(self.saved(), part)
        os.replace(part, self.state / "checkpoint.pt")

    def saved(self):
        return {"net": self.net.state_dict(), "average": self.average.state_dict(),
                "optimizer": self.optimizer.state_dict(), "step": self.step,
                "seconds": self.seconds, "seed": self.seed, "task": self.task.name,
                "fresh": self.fresh}

    def cosine(self):
        """Half a cosine from 1 down to a twentieth over the plan."""
        done = min(1.0, self.step / self.plan)
        return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))

    def rate(self):
        """Warm-up while the optimizer is fresh; then along the cosine."""
        warm = min(1.0, (self.step - self.fresh + 1) / self.task.warm_up)
        return self.task.rate * warm * self.cosine()

    def kept_share(self):
        """What a step leaves of the average."""
        return min(AVERAGE, (1 + self.step) / (10 + self.step))

    def loss(self, batch):
        """The loss of a batch of tensors, to be minimised over the net's weights."""
        return self.task.loss(self.net, batch)

    def advance(self, batch):
        """One optimizer step on a batch of arrays; returns the loss."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.rate()
        torch.manual_seed(self.seed * 1_000_003 + self.step)  # dropout's, so that a resumed run is alike
        loss = self.loss(tensors(batch))
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        if not math.isfinite(float(norm)):
            self.optimizer.zero_grad(set_to_none=True)
        else:
            self.optimizer.step()
        self.step += 1
        keep = self.kept_share()
        with torch.no_grad():
            for mean, value in zip(self.average.state_dict().values(),
                                   self.net.state_dict().values()):
                mean.mul_(keep).add_(value, alpha=1 - keep)
        return float(loss)

    def validate(self, photos):
        """Mean figures over fixed samples of the held-out photos, with the averaged weights."""
        self.average.eval()
        totals, count = {}, max(1, self.task.held_out // self.task.batch)
        with torch.no_grad():
            for i in range(count):
                batch = make_batch(self.task, photos, 987654321, i, self.task.batch)
                for key, value in self.task.score(self.average, tensors(batch)).items():
                    totals[key] = totals.get(key, 0.0) + value / count
        return totals

    def record(self, loss, scores):
        """Appends a line to the loss curve."""
        path = self.state / "curve.csv"
        fresh = not path.exists()
        with open(path, "a", newline="") as out:
            writer = csv.writer(out)
            if fresh:
                writer.writerow(["step", "seconds", "rate", "loss"] +
                                ["held_out_" + k for k in scores])
            writer.writerow([self.step, round(self.seconds), f"{self.rate():.2e}", f"{loss:.5f}"] +
                            [f"{v:.4f}" for v in scores.values()])

    def _cut_curve(self):
        path = self.state / "curve.csv"
        if path.exists():
            rows = path.read_text().splitlines()
            kept = rows[:1] + [r for r in rows[1:] if int(r.split(",")[0]) <= self.step]
            path.write_text("\n".join(kept) + "\n")


def is_script(path):
    """Whether a file is TorchScript rather than weights alone."""
    return zipfile.is_zipfile(path) and any("/code/" in n for n in zipfile.ZipFile(path).namelist())


def read_weights(path):
    """(state dict in float32, steps, seconds) of kept weights (keep.py), of a pack's folder, or of
    a TorchScript file, whose steps are in the model.json beside it if they were counted."""
    path = Path(path)
    if path.is_dir():
        path = path / json.loads((path / "model.json").read_text())["file"]
    about = {}
    if is_script(path):
        weights = torch.jit.load(str(path), map_location="cpu").state_dict()
        weights = {name[4:] if name.startswith("net.") else name: value
                   for name, value in weights.items()}
        description = path.with_name("model.json")
        if description.exists():
            about = json.loads(description.read_text()).get("training", {})
    else:
        about = torch.load(path, map_location="cpu")
        weights = about["average"]
    weights = {name: value.detach().float() if value.is_floating_point() else value
               for name, value in weights.items()}
    return weights, about.get("steps", about.get("step", 0)), about.get("seconds", 0.0)


@functools.cache
def has_matrix_units():
    """Whether this processor multiplies bfloat16 (AMX, or AVX-512's instructions, with which it takes
    half the time of float32). A child process tries, as there are machines that say so and stop the
    program at the first such instruction."""
    try:
        known = Path("/proc/cpuinfo").read_text()
        if "amx_bf16" not in known and "avx512_bf16" not in known:
            return False
    except OSError:
        return False
    trial = "import torch; x = torch.ones(1, 64, 8, 8, dtype=torch.bfloat16); " \
        "torch.conv2d(x, torch.ones(64, 64, 3, 3, dtype=torch.bfloat16))"
    return subprocess.run([sys.executable, "-c", trial], stderr=subprocess.DEVNULL).returncode == 0


def halved():
    """For the net's part of a loss: convolutions in bfloat16 where the processor multiplies such
    matrices, which trains a net of 64 and more channels several times as fast; else as they are.
    What is found there, `.float()` before anything else is done with it."""
    return torch.autocast("cpu", torch.bfloat16, enabled=has_matrix_units())


def layout():
    """How tensors lie in memory: channels-last for matrix units. Without those, convolutions of 64
    and 96 channels take 1.3 to 1.5 times as long so."""
    return torch.channels_last if has_matrix_units() else torch.contiguous_format


def tensors(batch):
    """Arrays to float32 tensors."""
    found = {key: torch.from_numpy(np.ascontiguousarray(value, np.float32))
             for key, value in batch.items()}
    return {key: value.contiguous(memory_format=layout()) if value.dim() == 4 else value
            for key, value in found.items()}


def first_step(state, init):
    """The step at which a training in `state` will go on."""
    if (state / "checkpoint.pt").exists():
        return torch.load(state / "checkpoint.pt", map_location="cpu")["step"]
    start = init or KEPT / f"{state.name}.pt"
    return read_weights(start)[1] if start.exists() else 0


def main(task):
    """The command line of every train_*.py. Ends with status 0 after a checkpoint, always."""
    parser = argparse.ArgumentParser(description=f"Trains the {task.name}.")
    parser.add_argument("--state", required=True, help="folder for checkpoint and curve")
    parser.add_argument("--cache", required=True, help="folder for the decoded photos")
    parser.add_argument("--photos", help="folder of training photos (default: shared/training)")
    parser.add_argument("--minutes", type=float, default=30, help="time budget of this run")
    parser.add_argument("--steps", type=int, default=10 ** 9, help="stop at this step")
    parser.add_argument("--plan", type=int, default=20000, help="steps over which the rate falls")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=float, default=3, help="minutes between checkpoints")
    parser.add_argument("--pause-file", default="", help="while this file exists, wait")
    parser.add_argument("--init", type=Path, help="where there is no checkpoint: start from these "
                        "weights (a pack's folder, a TorchScript file, or weights kept by keep.py)")
    options = parser.parse_args()

    held_out = PhotoLibrary(options.cache, options.photos, "held-out")
    if options.init and not options.init.exists():
        parser.error(f"There is nothing at {options.init}.")
    first = first_step(Path(options.state), options.init)
    context = multiprocessing.get_context("fork")  # before torch starts its threads
    queue = context.Queue(4)
    feeder = context.Process(target=_feed, daemon=True, args=(
        task, options.cache, options.photos, options.seed, first, queue))
    feeder.start()

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    stop = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.append(True))
    trainer = (task.trainer or Trainer)(task, options.state, options.seed, options.plan, init=options.init)
    losses, used, saved = [], 0.0, 0.0
    while not stop and used < options.minutes * 60 and trainer.step < options.steps:
        if options.pause_file and os.path.exists(options.pause_file):
            time.sleep(1)
            continue
        begun = time.monotonic()
        step, batch = queue.get()
        assert step == trainer.step
        losses.append(trainer.advance(batch))
        spent = time.monotonic() - begun
        used += spent
        trainer.seconds += spent
        if used - saved > options.every * 60:
            saved = used
            trainer.record(float(np.mean(losses)), trainer.validate(held_out))
            trainer.checkpoint()
            losses = []
    if losses:
        trainer.record(float(np.mean(losses)), trainer.validate(held_out))
    trainer.checkpoint()
    feeder.kill()

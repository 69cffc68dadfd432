# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import subprocess
import sys

import cv2
import numpy as np
import pytest
import torch

import export
import packs
from fetching import selftest
from trainer import Trainer


def _loaded(path):
    return torch.jit.load(str(path)).float().eval()


@pytest.mark.parametrize("identifier", sorted(packs.PACKS))
def test_every_pack_calls_only_listed_operators(identifier):
    pack = packs.PACKS[identifier]
    width, height = pack.test_size
    example = (torch.rand(1, len(pack.channels), height, width),
               *export.extra_inputs(pack, pack.test_extra, width, height))
    with torch.no_grad():
        traced = torch.jit.trace(packs.fresh(identifier), example, check_trace=False)
    assert export.operators(traced) <= export.OPERATORS


def _export(state, out, photo):
    command = [sys.executable, export.__file__, "--state", str(state), "--out", str(out),
               "--photo", str(photo), "--pack", "restorer-fidelity"]
    subprocess.run(command, check=True)
    return out / "restorer-fidelity"


def test_an_exported_pack_is_reproducible_small_and_passes_its_self_test(tmp_path):
    from train_restorer import RestorerTask
    trainer = Trainer(RestorerTask(), tmp_path / "state" / "restorer")
    with torch.no_grad():
        for weight in trainer.average.parameters():
            weight.add_(0.01 * torch.randn_like(weight))
    trainer.checkpoint()
    photo = tmp_path / "photo.png"
    cv2.imwrite(str(photo), np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))
    first = _export(tmp_path / "state", tmp_path / "a", photo)
    second = _export(tmp_path / "state", tmp_path / "b", photo)
    assert (first / "trained.pt").read_bytes() == (second / "trained.pt").read_bytes()
    about = json.loads((first / "model.json").read_text())
    assert about["size"] == (first / "trained.pt").stat().st_size < 12e6
    module = _loaded(first / "trained.pt")
    given = selftest.arguments(about)
    with torch.no_grad():
        result = module(*given)
        assert not selftest.failures(about["self_test"]["expected"], result, 1e-4)
        exact = packs.trained("restorer-fidelity", tmp_path / "state")(*given)
        assert (exact - result).abs().max() < 5e-3
        step = about["input"]["multiple_of"]
        odd = torch.rand(1, 3, 3 * step, 5 * step)  # another size than the traced one
        strengths = [torch.tensor([v]) for v in (0.1, -1.0, 0.0)]
        assert module(odd, odd, *strengths).shape == odd.shape
    kernels = [p.dtype for p in torch.jit.load(str(first / "trained.pt")).parameters()
               if p.dim() > 1]
    assert set(kernels) == {torch.float16}

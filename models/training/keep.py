# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps what trainings have learned in weights/, small enough for the repository, so that another
machine goes on from there (trainer.py does so by itself where there is no checkpoint).

    keep.py --state STATE [--job JOB]

weights/<job>.pt holds the moving average as float16, the step and the seconds; curves/<job>.csv
the whole loss curve; of a training with a critic (train_inpainter_gan.py) the critic, too. The
optimizer's state is left out: it is twice the weights and comes back
within a few hundred steps.
"""

import argparse
import shutil
from pathlib import Path

import torch

import trainer

LIMIT = 12 * 1000 * 1000


def keep(state, folder, curves):
    """Writes the weights of one state folder; gives the number of bytes."""
    saved = torch.load(state / "checkpoint.pt", map_location="cpu")
    weights = {part: {name: value.half() if value.is_floating_point() else value
                      for name, value in saved[part].items()}
               for part in ("average", "critic") if part in saved}
    folder.mkdir(parents=True, exist_ok=True)
    part, target = folder / f"{state.name}.part", folder / f"{state.name}.pt"
    torch.save({**weights, "step": saved["step"], "seconds": saved["seconds"],
                "seed": saved["seed"]}, part)
    size = part.stat().st_size
    if size > LIMIT:
        part.unlink()
        raise SystemExit(f"{state.name}: {size / 1e6:.1f} MB, more than 12 MB may not be kept.")
    part.replace(target)
    if (state / "curve.csv").exists():
        curves.mkdir(parents=True, exist_ok=True)
        shutil.copy(state / "curve.csv", curves / f"{state.name}.csv")
    return size


def main():
    parser = argparse.ArgumentParser(description="Keeps what trainings have learned.")
    parser.add_argument("--state", required=True, type=Path)
    parser.add_argument("--job", help="one job alone")
    options = parser.parse_args()
    here = Path(__file__).resolve().parent
    for state in sorted(options.state.iterdir()):
        if (state / "checkpoint.pt").exists() and options.job in (None, state.name):
            size = keep(state, trainer.KEPT, here / "curves")
            print(f"{state.name}: {size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

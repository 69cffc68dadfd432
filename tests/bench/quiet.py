# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether this machine is quiet enough to measure on, and where things are."""
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("HEIRLOOM_BUILD", ROOT / "build"))
SHARED = Path(os.environ.get("HEIRLOOM_SHARED", ROOT.parent / "shared"))


def _cpu_ticks():
    """(command line, ticks used) of every process that looks like a training."""
    found = {}
    for proc in Path("/proc").iterdir():
        if not proc.name.isdigit() or int(proc.name) == os.getpid():
            continue
        try:
            line = (proc / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            fields = (proc / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if "python" in line and ("/training/" in line or "train_" in line):
            found[proc.name] = (line, int(fields[11]) + int(fields[12]))
    return found


def refuse_while_training():
    """Exits with a sentence when a training is computing; figures taken beside one mean nothing."""
    before = _cpu_ticks()
    time.sleep(1.0)
    for pid, (line, ticks) in _cpu_ticks().items():
        if pid in before and ticks - before[pid][1] > 5:
            sys.exit(f"A training is running (process {pid}); pause it and measure again.")


def photo_crop(size, folder: Path, name: str) -> Path:
    """A crop of a real photo where there is one, else a generated picture of the same size."""
    from PIL import Image
    source = SHARED / "photos/kodak/kodim05.png"
    if source.exists():
        picture = Image.open(source).convert("RGB").crop((128, 96, 128 + size[0], 96 + size[1])) \
            if size[0] <= 512 else Image.open(source).convert("RGB").resize(size)
    else:
        picture = Image.effect_noise(size, 40).convert("RGB")
    path = folder / name
    picture.save(path)
    return path

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""For developers: converts a pack and writes its SHA-256, size and self-test into its model.json.

    cd models && /usr/bin/python3 -m fetching.describe ID [FILE.pt]

Run it when a recipe changes or weights were trained (then FILE is theirs), and look at the difference
before it is committed.
"""

import hashlib
import io
import json
import os
import sys

import torch

from . import packs, selftest, store
from .recipes import RECIPES


def load(data):
    return torch.jit.load(io.BytesIO(data)).float().eval()


def main(identifier, path=None):
    home = os.path.join(packs.HERE, identifier, "model.json")
    with open(home, encoding="utf-8") as file:
        description = json.load(file)
    if path:
        with open(path, "rb") as file:
            data = file.read()
    else:
        downloads = store.Store(store.default_folder())
        downloads.obtain(RECIPES[identifier])
        data = packs.converted(RECIPES[identifier], downloads.read(RECIPES[identifier]))
    description["sha256"] = hashlib.sha256(data).hexdigest()
    description["size"] = len(data)
    with torch.no_grad():
        result = load(data)(*selftest.arguments(description))
    description["self_test"]["expected"] = selftest.statistics(result)
    with open(home, "w", encoding="utf-8") as file:
        file.write(as_text(description))


def as_text(description):
    """JSON with two spaces, and lists of numbers on one line."""
    text = json.dumps(description, indent=2, ensure_ascii=False)
    lines, collecting = [], None
    for line in text.split("\n"):
        bare = line.strip()
        if collecting is not None:
            collecting += bare + (" " if bare.endswith(",") else "")
            if bare.rstrip(",") == "]" and collecting.count("[") == collecting.count("]"):
                lines.append(collecting.rstrip())
                collecting = None
        elif bare.endswith("[") and '"extra_inputs"' not in bare and '"samples"' not in bare:
            collecting = line
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])

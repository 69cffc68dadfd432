#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the hostile files and does their harm: hostile_controls.py OUTDIR

Writes OUTDIR/files (tests/models/make_hostile.py), loads each of them raw in a child process, and
says in OUTDIR/controls.json whether each did what it is made for. What they made is removed again,
so that whatever is there afterwards was made by the program under test. A file that torch.jit.save
wrote gets a twin, "NAME (canonical)", in the container that packs have: the same code and weights,
so that it is refused for what it contains and not for its wrapping.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, "..", "models")
sys.dont_write_bytecode = True
sys.path[:0] = [MODELS, os.path.join(HERE, "..", "..", "models")]

from fetching import archive  # noqa: E402


def canonical_twin(data):
    """The same records as packs have them, or None where there is nothing to rewrap."""
    try:
        twin = archive.canonical(archive.records_of(data))
    except (zipfile.BadZipFile, ValueError, IndexError, RuntimeError):
        return None
    return twin if twin != data else None


def was_done(entry, outcome):
    harm = entry["harm"]
    if harm == "creates":
        return os.path.exists(entry["creates"])
    if harm == "reads":
        with open(entry["reads"], "rb") as file:
            return outcome.result.startswith(file.read()[:8])
    if harm == "crash":
        return outcome.crashed
    if harm == "memory":
        return outcome.memory >= entry["memory"]
    if harm == "hangs":
        return outcome.hung
    if harm == "error":
        return bool(outcome.error) or outcome.crashed
    return not outcome.error and not outcome.signal  # loads-silently, none


def main():
    out = os.path.abspath(sys.argv[1])
    files = os.path.join(out, "files")
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(files)
    subprocess.run([sys.executable, "-W", "ignore", os.path.join(MODELS, "make_hostile.py"), files],
                   check=True, stdout=subprocess.DEVNULL)
    from raw_load import raw_load

    with open(os.path.join(files, "index.json"), encoding="utf-8") as file:
        index = json.load(file)
    result = []
    for entry in index:
        path = os.path.join(files, entry["file"])
        outcome = raw_load(path, entry.get("method", "forward"), entry["when"] == "run")
        done = was_done(entry, outcome)
        for made in os.listdir(os.path.join(files, "harm")):
            os.remove(os.path.join(files, "harm", made))
        result.append({"name": entry["name"], "path": path, "harm": entry["harm"],
                       "scan": entry["scan"], "kind": entry["kind"], "done": done,
                       "said": f"signal {outcome.signal}, {outcome.error[:200]}",
                       "wrapping": False})
        with open(path, "rb") as file:
            data = file.read()
        torch_wrote_it = b".debug_pkl" in data
        twin = canonical_twin(data) if torch_wrote_it else None
        if twin:
            result[-1]["wrapping"] = True
            other = path[:-3] + "-canonical.pt"
            with open(other, "wb") as file:
                file.write(twin)
            result.append({**result[-1], "name": entry["name"] + " (canonical)", "path": other,
                           "wrapping": False})
    with open(os.path.join(out, "controls.json"), "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()

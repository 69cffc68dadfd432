#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes hostile, broken and good TorchScript files for the tests of the loader.

    /usr/bin/python3 tests/models/make_hostile.py OUTDIR

OUTDIR/index.json is an array with one object a file:
    name     what the file is called, without .pt
    file     file name in OUTDIR
    kind     write, read, load-time, alias, spelling, nested, fork, constant, default, setstate,
             depth, expansion, container, pickle, weights, checkpoint, version, endless, good
    harm     what loading it raw (and running forward on zeros [1, 3, 8, 8]) does:
             creates         makes the file `creates`
             reads           forward's result starts with the bytes of the file `reads`
             crash           the process ends by a signal
             memory          takes at least `memory` bytes
             hangs           does not come back
             loads-silently  nothing is noticed, but the file is not what it was
             error           an exception: broken rather than hostile
             none            a good file, which must be accepted
    when     load or run: whether loading alone does it
    scan     whether the byte scan alone should refuse it; false: only the pinned hash can
    method   the method to call instead of forward (may be missing)
Files that are made go to OUTDIR/harm/NAME, which does not exist before the harm is done.
"""

import io
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "models")]

import torch  # noqa: E402

import hostile_archive as containers  # noqa: E402
import hostile_code as code  # noqa: E402
import hostile_scripted as scripted  # noqa: E402
from fetching import archive, graph  # noqa: E402

BOMB = 512 << 20
SECRET = b"not for the model's eyes"


class Writer:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.index = []
        os.makedirs(self.harm(""), exist_ok=True)

    def harm(self, name):
        return os.path.join(self.folder, "harm", name)

    def add(self, name, data, kind, harm, when="load", **more):
        with open(os.path.join(self.folder, name + ".pt"), "wb") as file:
            file.write(data)
        if harm == "creates":
            more["creates"] = self.harm(name)
        entry = {"name": name, "file": name + ".pt", "kind": kind, "harm": harm, "when": when,
                 "scan": harm not in ("loads-silently", "none")}
        self.index.append({**entry, **more})

    def finish(self):
        with open(os.path.join(self.folder, "index.json"), "w", encoding="utf-8") as file:
            json.dump(self.index, file, indent=1)


def base():
    """The records of a harmless one-convolution network."""
    net = graph.Graph("x")
    values = torch.linspace(-1, 1, 81).reshape(3, 3, 3, 3)
    kernel = net.weight("fp32", (3, 3, 3, 3), values.numpy().tobytes())
    bias = net.weight("fp32", (3,), torch.tensor([0.1, 0.2, 0.3]).numpy().tobytes())
    return net.records(net.conv("x", kernel, bias, padding=1))


def kind_of(name):
    known = {"nested": "nested", "called": "nested", "spelled": "spelling"}
    return known.get(name.split("-")[0], name.split("-")[0])


def add_code(out, good):
    def archived(text):
        return archive.canonical({**good, "code/__torch__.py": text.encode("ascii")})

    for name, text in code.running(out.harm).items():
        out.add(name, archived(text), kind_of(name), "creates", "run")
    for name, records in code.called(out.harm).items():
        out.add(name, archive.canonical({**good, **records}), kind_of(name), "creates", "run")
    for name, text in code.loading(out.harm).items():
        records = {**good, "code/__torch__.py": text.encode("ascii")}
        if name.startswith("setstate"):
            records["data.pkl"] = scripted.state_pickle(good["data.pkl"])
        out.add(name, archive.canonical(records), kind_of(name), "creates")
    for name, text in code.crashing().items():
        out.add(name, archived(text), "depth", "crash")
    for name, text in code.hanging().items():
        out.add(name, archived(text), "endless", "hangs", "run")
    secret = os.path.join(out.folder, "secret.txt")
    with open(secret, "wb") as file:
        file.write(SECRET)
    reading = code.network(f"y = {code.opened(secret, False, len(SECRET))}",
                           returns="torch.to(y, 6)")
    out.add("read-file", archived(reading), "read", "reads", "run", reads=secret)
    for name, text in {"unknown-operator": code.network("y = torch.no_such_operator(x)"),
                       "unparsable": "this is not code \x01"}.items():
        out.add(name, archived(text), "load-time", "error")


def add_containers(out, good):
    main = "code/__torch__.py"

    def harmful(name):
        text = code.network(constants=f"c : Final[Tensor] = {code.opened(out.harm(name))}")
        return {**good, main: text.encode("ascii")}

    name = "deflated-code"
    out.add(name, containers.plain(harmful(name), compress=[main]), "container", "creates")
    name = "two-entries"
    repeated = [(main, harmful(name)[main])]
    out.add(name, containers.plain(good, repeated=repeated), "container", "creates")
    name = "two-archives"
    out.add(name, containers.two_directories(containers.plain(good),
                                             containers.plain(harmful(name))),
            "container", "creates")
    name = "local-name-differs"
    data = containers.plain(harmful(name))
    data = containers.renamed_locally(data, b"archive/code/__torch__.py",
                                      b"archive/code/harmless.txt")
    out.add(name, data, "container", "creates")
    out.add("bomb-constants", containers.with_bomb(good, "constants.pkl", BOMB), "expansion",
            "memory", memory=BOMB)
    out.add("bomb-weights", containers.with_bomb(good, "data/0", BOMB), "expansion", "memory",
            memory=BOMB)
    huge = code.network(constants=f"c : Final[Tensor] = torch.ones([{BOMB >> 2}], dtype=6)")
    out.add("bomb-constant", archive.canonical({**good, main: huge.encode()}), "expansion",
            "memory", memory=BOMB)
    out.add("nested-pickle", containers.plain(containers.nested_pickle(good, 3000000)), "pickle",
            "crash")
    out.add("far-weight", archive.canonical(containers.far_weight(good, 81)), "pickle", "crash",
            "run")
    out.add("custom-class", archive.canonical(containers.custom_class(good)), "pickle", "error")
    command = b"touch " + out.harm("python-call").encode()
    out.add("python-call", archive.canonical(containers.python_call(good, command)), "pickle",
            "error")


def add_broken(out, good):
    data = archive.canonical(good)
    flipped = bytearray(data)
    flipped[data.index(good["data/0"]) + 42] ^= 0x40
    out.add("flipped-weight", bytes(flipped), "weights", "loads-silently")
    swapped = {**good, "data/0": good["data/0"][::-1]}
    out.add("exchanged-weights", archive.canonical(swapped), "weights", "loads-silently")
    missing = {name: record for name, record in good.items() if name != "data/0"}
    out.add("missing-weights", archive.canonical(missing), "weights", "error")
    out.add("truncated-half", data[: len(data) // 2], "container", "error")
    out.add("truncated-tail", data[:-10], "container", "error")
    out.add("empty", b"", "container", "error")
    out.add("text", b"This is no network.\n" * 50, "container", "error")
    out.add("newer-version", archive.canonical({**good, "version": b"999\n"}), "version", "error")
    buffer = io.BytesIO()
    torch.save({"w0": torch.zeros(3)}, buffer)
    out.add("eager-checkpoint", buffer.getvalue(), "checkpoint", "error")


def add_good(out, good):
    out.add("good-emitted", archive.canonical(good), "good", "none")
    traced = scripted.traced()
    out.add("good-traced", archive.canonical(archive.records_of(traced)), "good", "none")
    out.add("good-as-torch-saves", traced, "good", "none")


def main(folder):
    out = Writer(folder)
    good = base()
    add_code(out, good)
    add_containers(out, good)
    scripted.add(out)
    add_broken(out, good)
    add_good(out, good)
    out.finish()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])

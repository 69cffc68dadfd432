# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that torch itself writes: networks compiled from Python (fork, submodules), and a good one."""

import io
import pickletools

import torch


def saved(module):
    buffer = io.BytesIO()
    torch.jit.save(module, buffer)
    return buffer.getvalue()


def traced():
    """A small network with the operators of the real ones."""
    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            torch.manual_seed(7)
            self.first = torch.nn.Conv2d(3, 8, 3, padding=1)
            self.slope = torch.nn.PReLU(8)
            self.last = torch.nn.Conv2d(8, 12, 3, padding=1)

        def forward(self, x):
            return torch.nn.functional.pixel_shuffle(self.last(self.slope(self.first(x))), 2)

    with torch.no_grad():
        return saved(torch.jit.trace(Net().eval(), torch.zeros(1, 3, 8, 8)))


def state_pickle(data):
    """data.pkl whose object is built from a tuple, as classes with __setstate__ are."""
    opened, closed = data.index(b"}("), data.rindex(b"ub.")
    body = data[opened + 2 : closed]
    # Leave out the attributes' names: every name is a BINUNICODE directly before its value.
    for name in (b"w0", b"w1", b"training"):
        body = body.replace(b"X" + len(name).to_bytes(4, "little") + name, b"", 1)
    made = data[:opened] + b"(" + body + b"tb."
    pickletools.optimize(made)  # raises when this is no pickle
    return made


_SUBMODULE = """
class Inner(torch.nn.Module):
    def forward(self, x):
        y = torch.from_file(PATH, True, 6, dtype=torch.uint8)
        return x + 0 * y.sum()

class Outer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
    def forward(self, x):
        return self.inner(x)
"""

_FORK = """
@torch.jit.script
def harm(x):
    y = torch.from_file(PATH, True, 6, dtype=torch.uint8)
    return x + 0 * y.sum()

class Outer(torch.nn.Module):
    def forward(self, x):
        return torch.jit.wait(torch.jit.fork(harm, x))
"""

_OTHER = """
class Outer(torch.nn.Module):
    def forward(self, x):
        return x
    @torch.jit.export
    def other(self, x):
        y = torch.from_file(PATH, True, 6, dtype=torch.uint8)
        return x + 0 * y.sum()
"""

_SETSTATE_INSIDE = """
class Inner(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.zeros(1)
        self.training = False
    @torch.jit.export
    def __getstate__(self):
        return (self.a, self.training)
    @torch.jit.export
    def __setstate__(self, state: Tuple[torch.Tensor, bool]):
        self.training = state[1]
        y = torch.from_file(PATH, True, 6, dtype=torch.uint8)
        self.a = state[0] + y.sum()
    def forward(self, x):
        return x + self.a

class Outer(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner()
    def forward(self, x):
        return self.inner(x)
"""

_SETSTATE_ENDLESS = _SETSTATE_INSIDE.replace(
    "        y = torch.from_file(PATH, True, 6, dtype=torch.uint8)\n",
    "        y = torch.zeros(1)\n        while True:\n            y += 1\n")


def add(out):
    """Compile each text (the compiler wants a file to read it from) and add it."""
    for name, text, kind, harm, when, more in (
        ("submodule", _SUBMODULE, "nested", "creates", "run", {}),
        ("fork", _FORK, "fork", "creates", "run", {}),
        ("other-method", _OTHER, "write", "creates", "run", {"method": "other"}),
        ("setstate-in-submodule", _SETSTATE_INSIDE, "setstate", "creates", "load", {}),
        ("setstate-endless", _SETSTATE_ENDLESS, "setstate", "hangs", "load", {}),
    ):
        out.add(name, _compiled(out, name, text), kind, harm, when, **more)


def _compiled(out, name, text):
    import importlib.util
    import os

    path = os.path.join(out.folder, "source.py")
    with open(path, "w", encoding="ascii") as file:
        file.write("import torch\nfrom typing import Tuple\n"
                   + text.replace("PATH", repr(out.harm(name))))
    try:
        spec = importlib.util.spec_from_file_location("heirloom_hostile", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return saved(torch.jit.script(module.Outer()))
    finally:
        os.unlink(path)

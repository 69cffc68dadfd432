# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A network as one straight line of operators, written out as TorchScript.

This is the form that tracing a network gives: no control flow, no calls, every size a literal. It is
written here rather than by torch so that the archive's bytes follow from the weights alone, whatever
version of torch, if any, is installed. Weights are copied as they are stored, bit for bit.
"""

import struct

from . import archive

# Storage class and bytes a value of the element types that packs use.
ELEMENTS = {"fp16": ("HalfStorage", 2), "fp32": ("FloatStorage", 4)}


class Graph:
    """Collects operators in order; values are names, weights are kept as raw little-endian bytes."""

    def __init__(self, *inputs):
        self.inputs = inputs
        self._lines = []
        self._weights = []  # (name, element type, shape, bytes)
        self._count = 0

    def weight(self, element, shape, raw):
        """Take in a weight; returns the value that stands for it."""
        count = 1
        for side in shape:
            count *= side
        if len(raw) != count * ELEMENTS[element][1]:
            raise ValueError(f"{len(raw)} bytes cannot be a {element} weight of shape {shape}")
        name = f"w{len(self._weights)}"
        self._weights.append((name, element, tuple(shape), bytes(raw)))
        self._lines.append(f"{name} = self.{name}")
        return name

    def call(self, operator, *arguments, **named):
        """Append torch.OPERATOR(arguments) and return the value it gives.

        A string is a value, everything else a literal.
        """
        text = [_literal(a) for a in arguments]
        text += [f"{key}={_literal(value)}" for key, value in named.items()]
        name = f"v{self._count}"
        self._count += 1
        self._lines.append(f"{name} = torch.{operator}({', '.join(text)})")
        return name

    def conv(self, x, weight, bias, stride=1, padding=0, dilation=1):
        pair = [[side, side] for side in (stride, padding, dilation)]
        return self.call("conv2d", x, weight, bias, *pair, 1)

    def records(self, output):
        """The archive's records (see archive.canonical) of the network that returns `output`."""
        found = {"version": b"3\n", "constants.pkl": b"\x80\x02)."}
        found["code/__torch__.py"] = self._code(output).encode("ascii")
        found["data.pkl"] = self._pickle()
        for number, (_, _, _, raw) in enumerate(self._weights):
            found[f"data/{number}"] = raw
        return found

    def _code(self, output):
        names = "".join(f'"{name}", ' for name, *_ in self._weights)
        lines = ["class Net(Module):", f"  __parameters__ = [{names}]", "  __buffers__ = []"]
        lines += [f"  {name} : Tensor" for name, *_ in self._weights]
        arguments = "".join(f",\n    {name}: Tensor" for name in self.inputs)
        lines += ["  training : bool", f"  def forward(self: __torch__.Net{arguments}) -> Tensor:"]
        lines += [f"    {line}" for line in self._lines]
        lines += [f"    return {output}", ""]
        return "\n".join(lines)

    def _pickle(self):
        """data.pkl: one __torch__.Net with its weights as attributes (protocol 2)."""
        out = [b"\x80\x02c__torch__\nNet\n)\x81}("]
        for number, (name, element, shape, raw) in enumerate(self._weights):
            storage, width = ELEMENTS[element]
            out += [_text(name), b"ctorch._utils\n_rebuild_tensor_v2\n(("]
            out += [_text("storage"), f"ctorch\n{storage}\n".encode(), _text(str(number))]
            out += [_text("cpu"), _whole(len(raw) // width), b"tQ", _whole(0)]
            out += [b"(", *map(_whole, shape), b"t"]
            out += [b"(", *map(_whole, _strides(shape)), b"t"]
            out += [b"\x89ccollections\nOrderedDict\n)RtR"]
        out += [_text("training"), b"\x89", b"ub."]
        return b"".join(out)

    def write(self, output, path):
        """Write the canonical archive to `path`, whole or not at all."""
        data = archive.canonical(self.records(output))
        archive.write_whole(path, data)
        return data


def _literal(value):
    if isinstance(value, str):
        return value
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_literal(v) for v in value)}]"
    if value is None or isinstance(value, (bool, int, float)):
        return repr(value)
    raise TypeError(f"no literal for {value!r}")


def _text(text):
    raw = text.encode("ascii")
    return b"X" + struct.pack("<I", len(raw)) + raw


def _whole(number):
    return b"J" + struct.pack("<i", number)


def _strides(shape):
    strides = []
    step = 1
    for side in reversed(shape):
        strides.insert(0, step)
        step *= side
    return strides

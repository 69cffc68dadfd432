# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads ncnn networks (.param: text, one layer a line; .bin: weights in the order of the layers)."""

from .errors import Damaged
from .graph import Graph

MAGIC = "7767517"
HALF = 0x01306B47  # flag before kernels stored as float16, padded to four bytes


class _Weights:
    """Walks through a .bin file; end() insists that every byte was used."""

    def __init__(self, data):
        self._data = data
        self._at = 0

    def take(self, size):
        if size < 0 or self._at + size > len(self._data):
            raise Damaged(f"the weights end after {len(self._data)} bytes, more were expected")
        part = self._data[self._at : self._at + size]
        self._at += size
        return part

    def kernel(self, count):
        """(element type, bytes) of a kernel of `count` values."""
        flag = int.from_bytes(self.take(4), "little")
        if flag == 0:
            return "fp32", self.take(4 * count)
        if flag != HALF:
            raise Damaged(f"weights are stored in an unknown way ({flag:#010x})")
        raw = self.take(2 * count)
        self.take(-2 * count % 4)
        return "fp16", raw

    def end(self):
        if self._at != len(self._data):
            raise Damaged(f"{len(self._data) - self._at} bytes of weights were left over")


def convert(param, weights):
    """(Graph, output value) of a network with one input and one output."""
    lines = [line.split() for line in param.decode("ascii", "replace").splitlines() if line.strip()]
    if len(lines) < 3 or lines[0] != [MAGIC] or len(lines) != 2 + int(lines[1][0]):
        raise Damaged("the network's description is cut off or of another kind")
    graph = Graph("picture")
    source = _Weights(weights)
    values = {}
    channels = {}
    for fields in lines[2:]:
        kind, inputs, outputs, settings = _layer(fields)
        result = _translate(graph, source, kind, [values[i] for i in inputs],
                            settings, channels)
        for name in outputs:
            values[name] = result
    source.end()
    if len(outputs) != 1:
        raise Damaged("the network has more than one output")
    return graph, values[outputs[0]]


def _layer(fields):
    try:
        kind, counts = fields[0], [int(n) for n in fields[2:4]]
        names = fields[4 : 4 + sum(counts)]
        settings = dict(field.split("=") for field in fields[4 + sum(counts) :])
    except ValueError as error:
        raise Damaged(f"a layer cannot be read: {' '.join(fields)}") from error
    return kind, names[: counts[0]], names[counts[0] :], settings


def _translate(graph, source, kind, inputs, settings, channels):
    """Append one layer; `channels` remembers how many channels a value has, by its name."""
    if kind == "Input":
        channels["picture"] = 3
        return "picture"
    if kind == "Split":
        return inputs[0]
    first = inputs[0]
    if kind == "Convolution":
        out, side, size = (int(settings.pop(k)) for k in ("0", "1", "6"))
        padding, bias = (int(settings.pop(k)) for k in ("4", "5"))
        into = channels[first]
        if size != out * into * side * side or bias != 1:
            raise Damaged("a convolution does not fit its input")
        weight = graph.weight(*_shaped(source.kernel(size), (out, into, side, side)))
        bias = graph.weight("fp32", (out,), source.take(4 * out))
        result = graph.conv(first, weight, bias, padding=padding)
        activation = settings.pop("9", "0")
        if activation == "2":
            slope = float(settings.pop("-23310").split(",")[1])
            result = graph.call("leaky_relu_", result, slope)
        elif activation != "0":
            raise Damaged(f"unknown activation {activation}")
        channels[result] = out
    elif kind == "PReLU":
        count = int(settings.pop("0"))
        slope = graph.weight("fp32", (count,), source.take(4 * count))
        result = graph.call("prelu", first, slope)
        channels[result] = count
    elif kind == "Concat":
        result = graph.call("cat", inputs, 1)
        channels[result] = sum(channels[i] for i in inputs)
    elif kind == "Eltwise" and settings.pop("0") == "1":
        count, left, right = settings.pop("-23301").split(",")
        if count != "2" or float(right) != 1:
            raise Damaged("unknown weights of a sum")
        result = graph.call("add", inputs[1], first, alpha=float(left))
        channels[result] = channels[first]
    elif kind == "BinaryOp" and settings.pop("0", "0") == "0":
        result = graph.call("add", *inputs)
        channels[result] = channels[first]
    elif kind == "Interp" and settings.pop("0") == "1":
        scale = [float(settings.pop(k)) for k in ("1", "2")]
        result = graph.call("upsample_nearest2d", first, None, scale)
        channels[result] = channels[first]
    elif kind == "PixelShuffle":
        factor = int(settings.pop("0"))
        result = graph.call("pixel_shuffle", first, factor)
        channels[result] = channels[first] // factor ** 2
    else:
        raise Damaged(f"unknown layer {kind}")
    if settings:
        raise Damaged(f"unknown settings of {kind}: {settings}")
    return result


def _shaped(kernel, shape):
    element, raw = kernel
    return element, shape, raw

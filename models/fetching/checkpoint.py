# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads weights from torch's older .pth format without torch, and without running what is inside.

The file is five pickles (magic number, protocol, sizes, the state dict, the storages' names) and then
for each storage its length (int64) and its values. Only the three names a state dict needs are known.
"""

import collections
import io
import pickle
import struct

from .errors import Damaged
from .graph import Graph

MAGIC = 0x1950A86A20F9469CFC6C


class _Reader(pickle.Unpickler):
    KNOWN = {
        ("collections", "OrderedDict"): collections.OrderedDict,
        ("torch._utils", "_rebuild_tensor_v2"): lambda *parts: parts[:4],
        ("torch", "FloatStorage"): "fp32",
    }

    def find_class(self, module, name):
        if (module, name) not in self.KNOWN:
            raise Damaged(f"the weights ask for {module}.{name}, which is no part of weights")
        return self.KNOWN[module, name]

    def persistent_load(self, pid):
        return pid[1:3] + pid[4:5]  # element type, name, number of values


def state_dict(data):
    """name -> (element type, shape, bytes); every byte of the file must be accounted for."""
    file = io.BytesIO(data)
    try:
        head = [_Reader(file).load() for _ in range(5)]
        if head[0] != MAGIC or head[1] != 1001 or not head[2]["little_endian"]:
            raise Damaged("not a file of weights that can be read here")
        values = {}
        for key in head[4]:
            count = struct.unpack("<q", file.read(8))[0]
            values[key] = file.read(4 * count)
            if count < 0 or len(values[key]) != 4 * count:
                raise Damaged("the weights are cut off")
    except Damaged:
        raise
    except Exception as error:  # whatever an unpickler throws at damaged bytes
        raise Damaged("the weights are cut off or damaged") from error
    if file.read(1):
        raise Damaged("bytes were left over after the weights")
    found = {}
    for name, ((element, key, count), offset, shape, _) in head[3].items():
        if offset != 0 or len(values.get(key, b"")) != 4 * count:
            raise Damaged(f"the weight {name} does not fit its storage")
        found[name] = element, shape, values.pop(key)
    if values:
        raise Damaged("some weights belong to nothing")
    return found


def ffdnet(data):
    """(Graph, output value) of FFDNet: a picture of even sizes and the noise's strength."""
    weights = state_dict(data)
    graph = Graph("picture", "sigma")
    x = graph.call("pixel_unshuffle", "picture", 2)
    height, width = (graph.call("size", x, side) for side in (2, 3))
    level = graph.call("reshape", "sigma", [1, 1, 1, 1])
    level = graph.call("expand", level, [1, 1, height, width])
    x = graph.call("cat", [x, level], 1)
    numbers = sorted({int(name.split(".")[1]) for name in weights})
    for number in numbers:
        parts = [weights.pop(f"model.{number}.{part}", None) for part in ("weight", "bias")]
        if None in parts:
            raise Damaged(f"layer {number} is incomplete")
        x = graph.conv(x, *(graph.weight(*part) for part in parts), padding=1)
        if number != numbers[-1]:
            x = graph.call("relu_", x)
    if weights:
        raise Damaged(f"weights would go unused: {', '.join(weights)}")
    return graph, graph.call("pixel_shuffle", x, 2)

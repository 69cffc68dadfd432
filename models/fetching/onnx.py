# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads ONNX networks of fixed input size: just the part of the format that cut-out networks use."""

from .errors import Damaged
from .graph import Graph

FLOAT, INT64, HALF = 1, 7, 10


def fields(data):
    """(number, value) of each field of a protobuf message; a value is an int or a memoryview."""
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _varint(data, at)
        elif kind in (1, 2, 5):
            size = {1: 8, 5: 4}.get(kind)
            if size is None:
                size, at = _varint(data, at)
            if at + size > len(data):
                raise Damaged("the network is cut off")
            value = data[at : at + size]
            at += size
        else:
            raise Damaged("the network's file is not in ONNX format")
        yield key >> 3, value


def _varint(data, at):
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise Damaged("the network is cut off")
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
    raise Damaged("the network's file is not in ONNX format")


def _all(message, number):
    return [value for key, value in fields(message) if key == number]


def _names(message, number):
    return [bytes(value).decode("utf-8", "replace") for value in _all(message, number)]


def _integers(values):
    """Repeated integers, packed or not; two's complement."""
    found = []
    for value in values:
        if isinstance(value, int):
            found.append(value)
        else:
            at = 0
            while at < len(value):
                number, at = _varint(value, at)
                found.append(number)
    return [n - (1 << 64) if n >> 63 else n for n in found]


def _tensor(message):
    """(element type, shape, bytes) of a TensorProto with raw data."""
    kind = _all(message, 2)[0]
    raw = _all(message, 9)
    return kind, _integers(_all(message, 1)), bytes(raw[0]) if raw else b""


def _attributes(node):
    """name -> integer, list of integers, bytes or tensor."""
    found = {}
    for message in _all(node, 5):
        name = _names(message, 1)[0]
        by_number = dict(fields(message))
        if 3 in by_number:
            found[name] = _integers([by_number[3]])[0]
        elif 4 in by_number:
            found[name] = bytes(by_number[4])
        elif 5 in by_number:
            found[name] = _tensor(by_number[5])
        else:
            found[name] = _integers(_all(message, 8))
    return found


class _Node:
    def __init__(self, message):
        self.inputs = _names(message, 1)
        self.outputs = _names(message, 2)
        self.kind = _names(message, 4)[0]
        self.settings = _attributes(message)


def convert(data, side_outputs=0, scale=1.0, offset=0.0):
    """(Graph, value of the first output) of the network; the picture is scaled and shifted first.

    Nodes that only the other outputs need are left out. Every weight must be used, except a kernel
    and a bias for each of the `side_outputs` convolutions that are thereby left out.
    """
    body = _all(memoryview(data), 7)
    if len(body) != 1:
        raise Damaged("the network's file is not in ONNX format")
    nodes = [_Node(message) for message in _all(body[0], 1)]
    weights = {_names(m, 8)[0]: _tensor(m) for m in _all(body[0], 5)}
    output = _names(_all(body[0], 12)[0], 1)[0]
    inputs = [_names(m, 1)[0] for m in _all(body[0], 11)]
    inputs = [name for name in inputs if name not in weights]
    if len(inputs) != 1:
        raise Damaged("the network has more than one input")

    kept = _in_order(nodes, output)
    needed = {name for node in kept for name in node.inputs}
    unused = [name for name in weights if name not in needed]
    if len(unused) != 2 * side_outputs:
        raise Damaged(f"{len(unused)} weights would go unused: {', '.join(unused[:5])}")

    graph = Graph("picture")
    picture = graph.call("sub", graph.call("mul", "picture", scale), offset)
    values = {inputs[0]: picture}
    for node in kept:
        values[node.outputs[0]] = _translate(graph, node, values, weights)
    return graph, values[output]


def _in_order(nodes, output):
    """The nodes that `output` needs, each after those it needs (files do not always keep that)."""
    maker = {name: node for node in nodes for name in node.outputs}
    order = []
    state = {}  # output name of a node -> begun (False) or finished (True)
    pending = [output]
    while pending:
        node = maker.get(pending[-1])
        if node is None or state.get(node.outputs[0]):
            pending.pop()
        elif node.outputs[0] in state:
            state[node.outputs[0]] = True
            order.append(node)
        else:
            state[node.outputs[0]] = False
            inputs = [name for name in node.inputs if name in maker]
            if any(state.get(maker[name].outputs[0]) is False for name in inputs):
                raise Damaged("the network runs in a circle")
            pending += reversed(inputs)
    return order


def _translate(graph, node, values, weights):
    """Append one node. Values are names, or lists of integers where shapes are computed."""
    kind, settings = node.kind, node.settings
    if kind == "Constant":
        element, _, raw = settings["value"]
        if element != INT64:
            return []
        return [int.from_bytes(raw[i : i + 8], "little", signed=True)
                for i in range(0, len(raw), 8)]
    if kind == "Conv":
        return _conv(graph, node, values, weights)
    inputs = [values[name] if name else None for name in node.inputs]
    first = inputs[0]
    if kind == "Cast":
        return first  # everything is computed in float32 here
    if kind == "Relu":
        return graph.call("relu", first)
    if kind == "Sigmoid":
        return graph.call("sigmoid", first)
    if kind == "Add":
        return graph.call("add", *inputs)
    if kind == "MaxPool" and settings["pads"] == [0, 0, 0, 0]:
        ceil = settings.get("ceil_mode", 0) == 1
        return graph.call("max_pool2d", first, settings["kernel_shape"], settings["strides"],
                          [0, 0], [1, 1], ceil)
    if kind == "Shape":
        return [None] * 4  # only the literal part of a computed shape is ever used
    if kind == "Slice":
        begin, end = inputs[1][0], inputs[2][0]
        return first[begin:end]
    if kind == "Concat" and isinstance(first, list):
        return [number for part in inputs for number in part]
    if kind == "Concat" and settings["axis"] == 1:
        return graph.call("cat", inputs, 1)
    if kind == "Resize":
        size = inputs[3][2:]
        how = settings["mode"], settings["coordinate_transformation_mode"]
        if how == (b"linear", b"half_pixel") and len(size) == 2 and None not in size:
            return graph.call("upsample_bilinear2d", first, size, False, None)
    raise Damaged(f"unknown node {kind} {settings}")


def _conv(graph, node, values, weights):
    settings = node.settings
    parts = []
    for name in node.inputs[1:]:
        element, shape, raw = weights[name]
        parts.append(graph.weight({FLOAT: "fp32", HALF: "fp16"}[element], shape, raw))
    stride, padding, dilation = (set(settings[k]) for k in ("strides", "pads", "dilations"))
    if settings["group"] != 1 or len(parts) != 2 or max(map(len, (stride, padding, dilation))) > 1:
        raise Damaged("unknown kind of convolution")
    return graph.conv(values[node.inputs[0]], *parts, stride.pop(), padding.pop(), dilation.pop())

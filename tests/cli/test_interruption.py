# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left when a run is ended: by Ctrl-C, by kill -9 between tiles, by kill -9 while writing."""

import ctypes
import json
import os
import random
import shutil
import signal
import time
import unittest

from cli import CliTest, need_pack, png

PACK = "realesrgan-general-x4v3"


class Interruption(CliTest):
    def enlarge(self, output, *more):
        return ["upscale", "a.png", "-o", output, "--model", PACK, "--scale", "2", "--tile", "64",
                "--threads", "1", *more]

    def run_until_tile(self, tile):
        """Starts the job of 24 tiles and returns it when that many are done."""
        process = self.start(*self.enlarge("o.png", "--progress", "json"))
        for line in process.stderr:
            report = json.loads(line)
            if report.get("tile", 0) >= tile:
                self.assertEqual(report["tiles"], 24)
                return process
        self.fail("it ended before that tile")

    def end(self, process):
        process.stdout.close()
        process.stderr.close()

    @need_pack(PACK)
    def test_killed_run_continues_with_its_tiles(self):
        self.file("a.png", png(384, 256))
        process = self.run_until_tile(10)
        process.kill()
        process.wait()
        self.end(process)
        self.assertEqual([name for name in self.files() if not name.startswith(".")], ["a.png"])
        second = self.result(*self.enlarge("o.png"))
        self.assertEqual(second["tiles"], 24)
        self.assertGreaterEqual(second["tiles_reused"], 9)
        shutil.rmtree(self.home / "cache")
        fresh = self.result(*self.enlarge("fresh.png"))
        self.assertEqual(fresh["tiles_reused"], 0)
        self.assertEqual(self.pixels("o.png"), self.pixels("fresh.png"))

    @need_pack(PACK)
    def test_ctrl_c_leaves_nothing_and_is_130(self):
        self.file("a.png", png(384, 256))
        process = self.run_until_tile(3)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(60), 130)
        self.end(process)
        self.assertEqual(self.files(), ["a.png"])

    @need_pack(PACK)
    def test_ctrl_c_is_130_whichever_thread_the_system_gives_it_to(self):
        self.file("a.png", png(384, 256))
        libc = ctypes.CDLL(None)
        place, count = 0, 1
        while place < count:
            process = self.run_until_tile(1)
            threads = sorted(int(name) for name in os.listdir(f"/proc/{process.pid}/task"))
            count = len(threads)
            libc.tgkill(process.pid, threads[place], int(signal.SIGINT))
            self.assertEqual(process.wait(60), 130, f"thread {place} of {count}")
            self.end(process)
            self.assertEqual(self.files(), ["a.png"])
            shutil.rmtree(self.home / "cache", ignore_errors=True)
            place += 1
        self.assertGreater(count, 2)

    def test_ctrl_c_while_converting_is_130(self):
        self.file("a.png", png(1500, 1000))
        self.file("o.tif", b"old")
        process = self.start("convert", "a.png", "-o", "o.tif", "--overwrite", "--progress", "json",
                             "--depth", "16")
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        code = process.wait(60)
        self.end(process)
        if code == 0:  # it was faster than the signal
            self.assertEqual(self.result("info", "o.tif")["width"], 1500)
        else:
            self.assertEqual(code, 130)
            self.assertEqual((self.work / "o.tif").read_bytes(), b"old")
        self.assertEqual(self.files(), ["a.png", "o.tif"])

    def test_kill_while_writing_leaves_the_old_file_or_the_whole_new_one(self):
        self.file("a.png", png(1200, 900))
        numbers = random.Random(4)
        arguments = ["convert", "a.png", "-o", "o.tif", "--overwrite", "--depth", "16"]
        begun = time.monotonic()
        self.result(*arguments)
        whole = time.monotonic() - begun
        complete = self.pixels("o.tif")
        killed = 0
        for _ in range(12):
            (self.work / "o.tif").write_bytes(b"old")
            process = self.start(*arguments)
            try:
                process.wait(numbers.uniform(0.05, whole))
            except Exception:  # still running, which is what is wanted
                process.kill()
                process.wait()
                killed += 1
            self.end(process)
            if (self.work / "o.tif").read_bytes() != b"old":
                self.assertEqual(self.pixels("o.tif"), complete)
        self.assertGreater(killed, 0)


if __name__ == "__main__":
    unittest.main()

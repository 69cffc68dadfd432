# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every odd and hostile file through info and convert: a result or a sentence; never a crash, a
hang, much memory, or something written for a refusal."""

import os
import subprocess
import threading
import unittest

from cli import PROGRAM, SHARED, CliTest, need_shared

LONGEST_SECONDS = 10  # of processor time without a sign of progress
MOST_MEGABYTES = 3000


class Corpus(CliTest):
    def measured(self, *arguments):
        """Exit code, standard error, seconds of processor time, peak MB."""
        errors = self.folder / "errors"
        with open(errors, "wb") as sink:
            process = subprocess.Popen(
                [PROGRAM, *map(str, arguments), "--progress", "json"], env=self.env, cwd=self.work,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sink)
            watchdog = threading.Timer(60 * LONGEST_SECONDS, process.kill)
            watchdog.start()
            _, status, usage = os.wait4(process.pid, 0)
            watchdog.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        # Processor time, because the machine may be busy with other things.
        return (process.returncode, errors.read_text(errors="replace"),
                usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)

    @need_shared("corpus")
    def test_every_file(self):
        files = sorted(p for p in (SHARED / "corpus").rglob("*")
                       if p.is_file() and p.suffix not in (".tsv", ".md", ".json", ".txt"))
        self.assertGreater(len(files), 50)
        codes = {}
        for path in files:
            for command in (["info", path], ["convert", path, "-o", "o.png"]):
                with self.subTest(command=command[0], file=path.name):
                    code, err, seconds, megabytes = self.measured(*command)
                    codes[code] = codes.get(code, 0) + 1
                    self.assertIn(code, (0, 3), err)
                    reports = [line for line in err.splitlines() if line.startswith("{")]
                    err = "\n".join(line for line in err.splitlines() if line not in reports)
                    self.assertLess(seconds, LONGEST_SECONDS * (1 + len(reports)))
                    self.assertLess(megabytes, MOST_MEGABYTES)
                    if code == 3:
                        self.assertGreater(len(err.split()), 6, err)
                        self.assertEqual(self.files(), [])
                    elif command[0] == "convert":
                        self.assertEqual(self.files(), ["o.png"])
                    for name in self.files():
                        (self.work / name).unlink()
        print(f"{len(files)} files, exit codes {codes}")


if __name__ == "__main__":
    unittest.main()

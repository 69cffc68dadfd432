# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One fetch at a time a folder; the lock ends with the process, however that ends."""

import os
import sys

try:
    import fcntl
except ImportError:  # Windows: two runs at once only do the work twice
    fcntl = None


class Lock:
    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self._path = os.path.join(folder, ".lock")

    def __enter__(self):
        self._file = open(self._path, "w", encoding="ascii")
        if fcntl:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another fetch to finish.", file=sys.stderr, flush=True)
                fcntl.flock(self._file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_):
        self._file.close()

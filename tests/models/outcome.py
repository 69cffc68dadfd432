# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a file's tests so that ctest can tell passed (0), failed (1) and skipped (77) apart."""

import os
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(HERE))
MODELS = os.path.join(SOURCE, "models")
sys.path[:0] = [HERE, MODELS]

# Where models/fetch has put the packs.
PACKS = os.environ.get("HEIRLOOM_PACKS") or os.path.join(SOURCE, "build", "models")
SKIPPED = 77


def pack(identifier):
    """(path of the TorchScript file, description); skips the test, aloud, when it is not there."""
    import json

    with open(os.path.join(MODELS, identifier, "model.json"), encoding="utf-8") as file:
        description = json.load(file)
    path = os.path.join(PACKS, identifier, description["file"])
    if not os.path.exists(path):
        raise unittest.SkipTest(f"{path} is not there: run models/fetch")
    return path, description


def run():
    """To be called at the end of a test file."""
    result = unittest.main(module="__main__", exit=False, verbosity=2).result
    for test, reason in result.skipped:
        print(f"SKIPPED: {test}: {reason}", file=sys.stderr)
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.skipped else 0)

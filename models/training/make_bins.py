# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes colour_bins.json, the colorizer's bins, from the training photos. Needed once; the bins
are part of a trained colorizer's meaning, so changing them means training it anew."""

import json
import sys

import colour
from data import PhotoLibrary

if __name__ == "__main__":
    bins = colour.make_bins(PhotoLibrary(sys.argv[1]))
    colour.BINS_FILE.write_text(json.dumps(bins) + "\n")
    print(len(bins["centres"]), "bins")

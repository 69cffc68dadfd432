# SPDX-FileCopyrightText: 2026 The Heirloom developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong with a pack, told apart by what helps."""


class Damaged(Exception):
    """A file is not what it should be: wrong hash, cut off, unknown contents."""


class Unreachable(Exception):
    """A registry could not be asked, or gave nothing; trying again later may help."""


class Unavailable(Exception):
    """A program that is needed (pip, npm) is not installed."""

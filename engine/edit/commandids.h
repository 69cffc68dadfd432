// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace heirloom
{

/// Which steps may merge with the one before (same id, same layer). QUndoCommand::id().
enum class CommandId {
    Other = -1, ///< never merges
    Opacity = 1,
    Adjustment,
    Mask,
    Move,
    Rename,
    Parameters,
    Selection,
};

} // namespace heirloom

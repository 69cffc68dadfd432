// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/history.h"
#include "session/openedphoto.h"

#include <vector>

namespace heirloom
{

/// What a recovery journal gives back: a document with its whole history. A value.
struct RecoveredWork {
    OpenedPhoto photo; ///< where it began; pixels are the Original's
    std::vector<History::Step> steps;
    int index = 0; ///< the present one
    std::vector<Snapshot> snapshots;
    MetadataEdits words;
    QString projectPath; ///< empty: never saved as one
    int lost = 0;        ///< steps that were damaged and are left out
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "session/openedphoto.h"

#include <memory>
#include <vector>

namespace heirloom
{

/// One state of a history, or a named state, as a journal knows it. Never changed: a step that was
/// merged into gets a new number.
struct RecoveryState {
    quint64 number = 0;
    QString text;
    Snapshot state;
    quint64 revision = 0; ///< of the first target it was part of
};

/// All that a journal has to hold at one moment. Copying it copies pointers.
struct RecoveryTarget {
    using State = std::shared_ptr<const RecoveryState>;

    quint64 revision = 0; ///< grows from target to target
    std::vector<State> states;
    int index = 0; ///< the present one
    std::vector<State> named;
    std::shared_ptr<const OpenedPhoto> photo; ///< without pixels
    MetadataEdits words;
    QString projectPath;
    bool isUnsaved = true; ///< false: the project on disk has all of it
};

} // namespace heirloom

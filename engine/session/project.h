// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "session/openedphoto.h"

#include <vector>

namespace heirloom
{

/// A document with all that belongs to it, as a project file holds it. A value; pixels are shared.
struct Project {
    Snapshot state;
    std::vector<Snapshot> snapshots; ///< named states
    OpenedPhoto photo;               ///< where it began; pixels are not part of it
    MetadataEdits words;             ///< as they will be written into exports

    /// By a file's first bytes.
    static bool isProject(const QString &path);

    /// Writes an OpenRaster archive (openraster.org, 0.0.5) that any program shows as the same
    /// picture: layers with masks and places baked in, adjustments as one layer on top, the merged
    /// picture, a thumbnail; and under heirloom/ the editable truth: the photo's file byte for
    /// byte, native pixels, masks, places, operations. What did not change since previous (the
    /// archive saved or opened last; may be empty, and may be path itself) is copied, not encoded
    /// again. Nothing stands under path until all is written. Errors: the Output family,
    /// Cancelled. Any thread.
    Result<void> save(const QString &path, const QString &previous,
                      const std::shared_ptr<TileStore> &store, bool overwrite,
                      const Progress &progress) const;

    /// An archive of another program, or of a newer Heirloom, is opened as its merged picture with
    /// a notice that says so; the state is empty then. Errors: the Input family, Cancelled. Any
    /// thread.
    static Result<Project> open(const QString &path, const std::shared_ptr<TileStore> &store,
                                const Progress &progress);
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace heirloom
{

/// Finished tiles on disk, so that an interrupted run continues and a repeated one costs nothing.
/// A key is a digest of everything a tile's result follows from (TiledRunner makes it from the
/// pixels, so a picture edited elsewhere keeps its other tiles). Each entry is a file written under
/// another name and renamed, with a checksum; a damaged one counts as absent and is removed. Above
/// the limit the least recently used go first; entries this object used itself are never thrown out
/// for new ones, so that a run larger than the limit keeps its beginning. Several processes may
/// share a folder. One thread.
class TileCache
{
public:
    static constexpr qint64 defaultLimit = qint64(2) << 30;

    /// The folder is made (0700) at the first insert. An empty name makes a cache without effect.
    explicit TileCache(QString folder, qint64 limitBytes = defaultLimit);

    bool isEnabled() const { return !m_folder.isEmpty(); }
    QString folder() const { return m_folder; }

    std::optional<Planes> find(const QByteArray &key);
    /// False when it could not be written; the run goes on without.
    bool insert(const QByteArray &key, const Planes &planes);

    /// Bytes of all entries on disk.
    qint64 size() const;
    void clear();

private:
    QString path(const QByteArray &key) const;
    bool makeRoom(qint64 bytes);

    QString m_folder;
    qint64 m_limit;
    qint64 m_used = -1;   ///< negative: not measured yet
    qint64 m_started = 0; ///< ms since epoch; older entries may be thrown out
};

} // namespace heirloom

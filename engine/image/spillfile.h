// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

class QTemporaryFile;

namespace heirloom
{

/// A private file (readable by its user only, without a name where the system allows) for blocks
/// of bytes that do not fit in memory; opened at the first write, gone when the program ends,
/// however it ends. Owned by a TileStore; any thread.
class SpillFile
{
public:
    struct Extent {
        qint64 offset = 0;
        qint64 length = 0;
    };

    /// folder empty: the first of the cache folder, /var/tmp and the temporary folder that does
    /// not lie in memory.
    explicit SpillFile(const QString &folder);
    ~SpillFile();

    Result<Extent> write(std::span<const std::byte> bytes);
    Result<void> read(Extent extent, std::span<std::byte> bytes) const;
    /// The bytes of the extent may be used for something else.
    void release(Extent extent);

    qint64 usedBytes() const;
    qint64 fileSize() const;
    QString folder() const { return m_folder; }
    /// The open file's descriptor, -1 before the first write; for tests.
    int handle() const;

private:
    Result<void> open();
    qint64 allocate(qint64 length);

    QString m_folder;
    mutable std::mutex m_mutex;
    std::unique_ptr<QTemporaryFile> m_file;
    std::map<qint64, qint64> m_free; ///< offset -> length, never adjacent
    qint64 m_end = 0;
    qint64 m_used = 0;
};

/// Whether a folder lies in memory (tmpfs, ramfs), where spilling would free nothing.
bool isMemoryFolder(const QString &folder);

} // namespace heirloom

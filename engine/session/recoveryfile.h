// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "session/recoveryindex.h"
#include "session/recoverytarget.h"

#include <QFile>
#include <QLockFile>

#include <atomic>
#include <functional>
#include <memory>

namespace heirloom
{

class RecoveryLive;

/// One journal on disk, NAME.journal, with NAME.lock beside it for as long as this lives (the lock
/// of a dead process does not count). Records are appended, never changed: pixels tile by tile,
/// each once, then the states that name them, then a Now that makes them the present. What was
/// written up to a complete Now can be had back whatever happens afterwards. Owned by the
/// RecoveryWriter; its thread.
class RecoveryFile
{
public:
    struct Options {
        /// Written anew without what nothing refers to any more when that is more than factor
        /// times what is referred to, and more than slack.
        double garbageFactor = 2;
        qint64 garbageSlack = qint64(32) << 20;
        /// For tests: wraps the real file. The QFile outlives the device.
        std::function<std::unique_ptr<QIODevice>(QFile &)> device;
        /// For tests: called at the beginning of each write(), on its thread.
        std::function<void()> writing;
    };
    static constexpr int version = 1;

    /// Made at the first write, in a folder that is made too (readable by its user only).
    RecoveryFile(const QString &path, const Options &options);
    /// Goes on with one that was read: index names what may be relied on.
    RecoveryFile(const QString &path, const Options &options, RecoveryIndex index,
                 std::shared_ptr<QLockFile> lock);
    ~RecoveryFile(); ///< leaves the file, gives the lock back

    static QString lockPath(const QString &path);
    /// Null when a living process has it.
    static std::shared_ptr<QLockFile> lock(const QString &path, bool *isDiskFull = nullptr);

    /// Makes the target what the journal holds and waits until it is on the disk. After a failure
    /// everything written before is whole, and the next call goes on from there. Errors:
    /// RecoveryDiskFull, RecoveryNotWritten, Cancelled (stop was set).
    Result<void> write(const RecoveryTarget &target, const std::atomic<bool> &stop);
    /// Removes it from the disk.
    void remove();

    QString path() const { return m_path; }
    qint64 size() const { return m_index.end(); }

private:
    Result<void> open();
    Result<void> openFile();
    Result<void> append(RecoveryKind kind, const QByteArray &key, const QByteArray &content);
    Result<void> addOriginal(const OpenedPhoto &photo, const std::atomic<bool> &stop);
    Result<void> addState(const RecoveryState &state, const std::atomic<bool> &stop);
    Result<void> addPixels(const QString &key, const TiledBuffer &pixels,
                           const std::atomic<bool> &stop);
    void compactIfWorthIt(const RecoveryTarget &target, const std::atomic<bool> &stop);
    /// False: the file is as it was.
    bool compact(const RecoveryLive &live, const std::atomic<bool> &stop);
    QIODevice &device() { return m_device ? *m_device : *m_file; }
    Error writeError(int errorNumber) const;

    const QString m_path;
    const Options m_options;
    std::shared_ptr<QLockFile> m_lock;
    std::unique_ptr<QFile> m_file;
    std::unique_ptr<QIODevice> m_device; ///< around it, in tests
    RecoveryIndex m_index;
    qint64 m_nextCount = 0; ///< size at which garbage is counted again
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QFile>
#include <QString>

#include <functional>
#include <memory>

namespace heirloom
{

/// A file that appears under its final name only when it is whole: written beside it under a hidden
/// temporary name (.NAME.heirloom-XXXXXX.part), synced, checked by the caller, then renamed.
/// Destroyed without commit() it leaves nothing behind, and what stood under the name before is
/// untouched. A symbolic link stays a link: the file it points at is replaced. A new file gets the
/// permissions any new file gets, a replaced one keeps its own. One thread.
class SaveFile
{
public:
    explicit SaveFile(QString path);
    ~SaveFile();
    SaveFile(const SaveFile &) = delete;
    SaveFile &operator=(const SaveFile &) = delete;

    /// Fails for a missing folder, a folder without write permission, or an existing file unless
    /// overwrite is set.
    Result<void> open(bool overwrite);
    /// The device to write to (read-write, so that the result can be checked before it is named).
    /// Only between open() and commit().
    QIODevice &device();
    /// Empty before open() and after commit().
    QString temporaryPath() const;
    /// Syncs and renames. Without overwrite a file that appeared under the name in the meantime is
    /// not replaced. After a failure nothing is left but what stood there before.
    Result<void> commit();

    /// Removes the temporary files of every open SaveFile of the process. Only for a signal handler
    /// that ends the process: calls nothing but unlink().
    static void removeTemporariesInSignalHandler() noexcept;

    /// For tests: wraps the real device, for example in one that fails at byte N. The QFile stays
    /// owned by the SaveFile and outlives the device.
    using DeviceFilter = std::function<std::unique_ptr<QIODevice>(QFile &)>;
    static void setDeviceFilterForTests(DeviceFilter filter);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

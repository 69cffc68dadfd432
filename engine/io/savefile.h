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

/// A file that appears under its final name only when it is whole: written beside it under a
/// temporary name, synced, checked by the caller, then renamed. Destroyed without commit() it
/// leaves nothing behind, and what stood under the name before is untouched. One thread.
class SaveFile
{
public:
    explicit SaveFile(QString path);
    ~SaveFile();

    /// Fails for a missing folder, a folder without write permission, or an existing file unless
    /// overwrite is set.
    Result<void> open(bool overwrite);
    /// The device to write to (read-write, so that the result can be checked before it is named).
    QIODevice &device();
    QString temporaryPath() const;
    Result<void> commit();

    /// For tests: wraps the real device, for example in one that fails at byte N.
    using DeviceFilter = std::function<std::unique_ptr<QIODevice>(QFile &)>;
    static void setDeviceFilterForTests(DeviceFilter filter);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

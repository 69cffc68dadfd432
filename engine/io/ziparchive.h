// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QIODevice>
#include <QStringList>

#include <functional>
#include <memory>

namespace heirloom
{

/// What an archive may unpack to.
struct ZipLimits {
    qint64 entries = 20000;
    qint64 entryBytes = qint64(2) << 30;  ///< unpacked
    qint64 totalBytes = qint64(64) << 30; ///< of all entries, unpacked
    /// Unpacked to packed, beyond the first megabyte; more is a bomb.
    double ratio = 200;
};

/// A ZIP archive for reading that may have been made by anybody: names are checked (no way out of
/// the archive, none twice), sizes are limited before anything is unpacked, checksums are verified
/// by reading. Opened by path; later changes of the file under that name do not reach it. One
/// thread at a time.
class ZipArchive
{
public:
    /// Errors: InputMissing, InputUnreadable, InputDamaged. name is what sentences call the file.
    static Result<std::unique_ptr<ZipArchive>> open(const QString &path,
                                                    const ZipLimits &limits = {});
    ~ZipArchive();

    QStringList names() const;
    bool contains(const QString &name) const;
    qint64 size(const QString &name) const; ///< unpacked; -1: there is none
    /// Errors: InputDamaged (missing, longer than promised, checksum).
    Result<QByteArray> read(const QString &name);

private:
    friend class ZipArchiveWriter;
    struct Private;
    explicit ZipArchive(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

/// Writes a ZIP archive to a device; the same entries give the same bytes (no times). Entries from
/// an open archive are copied as they are packed. One thread.
class ZipArchiveWriter
{
public:
    /// The device is empty, seekable and writable, and outlives this. name: for sentences.
    ZipArchiveWriter(QIODevice &device, QString name);
    ~ZipArchiveWriter();

    enum class Packing { Stored, Deflated };
    void add(const QString &name, const QByteArray &content, Packing packing);
    /// from stays open until finish().
    void copy(const QString &name, ZipArchive &from);
    /// Writes everything. Errors: DiskFull, OutputNotWritable, Cancelled (keepGoing says no).
    Result<void> finish(const std::function<bool(double done)> &keepGoing = {});

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

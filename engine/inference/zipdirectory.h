// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCoreApplication>
#include <QString>

#include <vector>

namespace heirloom
{

/// What a ZIP archive in memory contains, read by our own code because the archive is not trusted
/// yet. Only the shape that models/fetching/archive.py writes is accepted: entries stored without
/// compression, one behind the other from the first byte on, then the directory, then the end. Each
/// entry agrees with its local header and its name occurs once (upper and lower case are one, as
/// they are to LibTorch's reader), so that no two readers can see different archives in these
/// bytes. The views point into the archive. A value; any thread.
struct ZipDirectory {
    Q_DECLARE_TR_FUNCTIONS(heirloom::ZipDirectory)

public:
    struct Entry {
        QByteArray name;
        quint32 crc = 0;
        QByteArrayView data;
    };
    std::vector<Entry> entries;
    QString problem; ///< empty when the archive is sound

    static ZipDirectory read(QByteArrayView archive);

    const Entry *find(const QByteArray &name) const;
    static bool crcMatches(const Entry &entry);
};

} // namespace heirloom

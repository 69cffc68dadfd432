// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/recoveryindex.h"

#include <QSet>

#include <vector>

namespace heirloom
{

/// The records of a journal that some states need, and the last Now; everything else is garbage. A
/// value; one thread.
class RecoveryLive
{
public:
    struct Record {
        RecoveryKind kind;
        QByteArray key;
        RecoveryExtent extent;
    };

    /// Nothing when what it has to read is damaged or not there.
    static std::optional<RecoveryLive> of(QIODevice &device, const RecoveryIndex &index,
                                          const QSet<quint64> &states);

    const std::vector<Record> &records() const { return m_records; } ///< in the file's order
    qint64 bytes() const;

private:
    std::vector<Record> m_records;
};

} // namespace heirloom

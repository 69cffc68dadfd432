// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "session/recoveredwork.h"
#include "session/recoveryindex.h"

#include <QDateTime>
#include <QFile>
#include <QJsonObject>

#include <memory>

namespace heirloom
{

/// What can be told of a journal without reading its pixels.
struct RecoverySummary {
    QString name; ///< the photo's
    QString photoPath, projectPath;
    int steps = 0;  ///< done at the end
    QDateTime time; ///< of the last of them, UTC
    bool isUnsaved = false; ///< false: nothing in it that the project on disk has not
    bool isEmpty = false; ///< no step was ever finished
    bool isNewer = false; ///< of a newer form; nothing else is known but the name
};

/// A journal that somebody left behind. Whoever reads holds its lock. One thread at a time.
class RecoveryReader
{
public:
    /// Errors: the Input family.
    static Result<std::unique_ptr<RecoveryReader>> open(const QString &path);

    const RecoverySummary &summary() const { return m_summary; }

    /// The latest present state that is whole, with as much of the history as is. Errors:
    /// RecoveryNewer, RecoveryDamaged, Cancelled.
    Result<RecoveredWork> read(const std::shared_ptr<TileStore> &store, const Progress &progress);

    /// After read(): the records that were read and found right, for going on with the journal.
    const RecoveryIndex &verified() const { return m_index; }
    /// After read(): the numbers of the states and named states in the work, in order.
    const std::vector<quint64> &stateNumbers() const { return m_stateNumbers; }
    const std::vector<quint64> &namedNumbers() const { return m_namedNumbers; }
    quint64 lastNumber() const { return m_lastNumber; } ///< the highest in the journal

private:
    RecoveryReader() = default;
    void summarize();
    std::optional<QJsonObject> json(const RecoveryExtent &extent);
    std::optional<QByteArray> content(RecoveryKind kind, const QByteArray &key);
    QByteArray original();

    QFile m_file;
    RecoveryIndex m_index;
    RecoverySummary m_summary;
    std::vector<quint64> m_stateNumbers, m_namedNumbers;
    quint64 m_lastNumber = 0;

    friend class RecoveryStates;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include <mutex>
#include <optional>

namespace heirloom
{

/// How fast each network runs on this machine, remembered in a small JSON file: seconds for one
/// pixel given to the network. Owned by ModelEnvironment; any thread.
class SpeedBook
{
public:
    /// file empty: remembers while the program runs.
    explicit SpeedBook(QString file);

    std::optional<double> secondsPerPixel(const QString &packId, int threads) const;
    /// Newer figures weigh as much as all before, so that one slow run is forgotten soon.
    void learn(const QString &packId, int threads, qint64 pixels, double seconds);

private:
    void read() const;

    QString m_file;
    mutable std::mutex m_mutex;
    mutable bool m_isRead = false;
    mutable QHash<QString, double> m_speeds;
};

} // namespace heirloom

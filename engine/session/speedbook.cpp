// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/speedbook.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace heirloom
{

namespace
{

QString keyOf(const QString &packId, int threads)
{
    return QStringLiteral("%1/%2").arg(packId).arg(threads);
}

} // namespace

SpeedBook::SpeedBook(QString file)
    : m_file(std::move(file))
{
}

void SpeedBook::read() const
{
    if (m_isRead)
        return;
    m_isRead = true;
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonObject speeds = QJsonDocument::fromJson(file.readAll()).object();
    for (auto it = speeds.begin(); it != speeds.end(); ++it) {
        const double value = it->toDouble();
        if (value > 0)
            m_speeds.insert(it.key(), value);
    }
}

std::optional<double> SpeedBook::secondsPerPixel(const QString &packId, int threads) const
{
    const std::scoped_lock lock(m_mutex);
    read();
    const auto at = m_speeds.constFind(keyOf(packId, threads));
    return at == m_speeds.constEnd() ? std::nullopt : std::optional<double>(*at);
}

void SpeedBook::learn(const QString &packId, int threads, qint64 pixels, double seconds)
{
    if (pixels <= 0 || !(seconds > 0))
        return;
    const std::scoped_lock lock(m_mutex);
    read();
    const double speed = seconds / double(pixels);
    double &known = m_speeds[keyOf(packId, threads)];
    known = known > 0 ? (known + speed) / 2 : speed;
    if (m_file.isEmpty())
        return;
    QJsonObject speeds;
    for (auto it = m_speeds.constBegin(); it != m_speeds.constEnd(); ++it)
        speeds.insert(it.key(), it.value());
    // Only an estimate: where it cannot be kept it is measured again.
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QSaveFile file(m_file);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(QJsonDocument(speeds).toJson());
        file.commit();
    }
}

} // namespace heirloom

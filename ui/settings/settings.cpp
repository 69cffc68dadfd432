// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

namespace heirloom
{

Settings::Settings(const QString &file, QObject *parent)
    : QObject(parent)
    , m_store(file.isEmpty()
                  ? new QSettings(QSettings::IniFormat, QSettings::UserScope,
                                  QStringLiteral("heirloom"), QStringLiteral("heirloom"), this)
                  : new QSettings(file, QSettings::IniFormat, this))
{
    migrate();
}

void Settings::migrate()
{
    const QString key = QStringLiteral("settings/version");
    // The first version wrote no number. A file without anything in it needs none either.
    const int found = m_store->value(key, 1).toInt();
    if (found >= version || m_store->allKeys().isEmpty())
        return;
    if (found < 2) {
        // The layout of panels that are arranged differently now.
        m_store->remove(QLatin1String(setting::windowState.key));
        // Tab belongs to "Show panels" now; whoever chose keys before F4 was all there was keeps
        // them.
        const QString panels = QStringLiteral("shortcuts/togglePanels");
        if (m_store->value(panels).toStringList() == QStringList{QStringLiteral("F4")})
            m_store->remove(panels);
    }
    m_store->setValue(key, version);
}

QStringList Settings::shortcuts(const QString &actionId, const QStringList &fallback) const
{
    const QVariant stored = m_store->value(QStringLiteral("shortcuts/") + actionId);
    if (!stored.isValid())
        return fallback;
    QStringList keys = stored.toStringList();
    keys.removeAll(QString());
    return keys;
}

void Settings::setShortcuts(const QString &actionId, const QStringList &keys,
                            const QStringList &fallback)
{
    // An empty list would read back as "not stored": one empty text stands for "no key at all".
    const QStringList stored = keys.isEmpty() ? QStringList{QString()} : keys;
    store(QStringLiteral("shortcuts/") + actionId, stored, keys == fallback);
}

void Settings::store(const QString &key, const QVariant &value, bool isFallback)
{
    const QVariant before = m_store->value(key);
    if (!isFallback)
        m_store->setValue(QStringLiteral("settings/version"),
                          std::max(version, m_store->value(QStringLiteral("settings/version"), 0)
                                                .toInt()));
    if (isFallback)
        m_store->remove(key);
    else
        m_store->setValue(key, value);
    if (m_store->value(key) != before)
        Q_EMIT changed(key);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tilestore.h"

#include <QFile>
#include <QtTest>

namespace heirloom::test
{

// What tests of project files share.

inline std::shared_ptr<TileStore> newStore()
{
    return TileStore::create(qint64(256) << 20);
}

/// Empty where there is no such file.
inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(bytes);
}

} // namespace heirloom::test

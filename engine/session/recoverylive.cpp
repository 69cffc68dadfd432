// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoverylive.h"

#include "edit/sizelimits.h"
#include "session/documentcodec.h"
#include "session/recoverytable.h"

#include <QJsonDocument>

#include <algorithm>

namespace heirloom
{

namespace
{

using Keys = QSet<QByteArray>;

std::optional<QByteArray> contentOf(QIODevice &device, const RecoveryIndex &index,
                                    RecoveryKind kind, const QByteArray &key)
{
    const auto extent = index.find(kind, key);
    const auto bytes = extent ? RecoveryIndex::read(device, *extent) : std::nullopt;
    return bytes ? unpackedContent(*bytes) : std::nullopt;
}

} // namespace

std::optional<RecoveryLive> RecoveryLive::of(QIODevice &device, const RecoveryIndex &index,
                                             const QSet<quint64> &states)
{
    Keys stateKeys, profiles, pixels, tiles;
    for (const quint64 number : states) {
        const QByteArray key = RecoveryIndex::numberKey(number);
        const auto json = contentOf(device, index, RecoveryKind::State, key);
        if (!json)
            return {};
        stateKeys.insert(key);
        const auto names = DocumentCodec::keysOf(
            QJsonDocument::fromJson(*json).object()[QLatin1String("document")].toObject());
        for (const QString &name : names.profiles)
            profiles.insert(name.toLatin1());
        for (const QString &name : names.pixels)
            pixels.insert(name.toLatin1());
    }
    for (const QByteArray &key : pixels) {
        const auto bytes = contentOf(device, index, RecoveryKind::Pixels, key);
        const auto table = bytes ? RecoveryTable::fromBytes(*bytes, maxCanvasPixels) : std::nullopt;
        if (!table)
            return {};
        for (const QByteArray &tile : table->tiles())
            tiles.insert(tile);
    }
    RecoveryLive live;
    const auto add = [&](RecoveryKind kind, const auto &isWanted) {
        const auto &all = index.all(kind);
        for (auto it = all.cbegin(); it != all.cend(); ++it) {
            if (isWanted(it.key()))
                live.m_records.push_back({kind, it.key(), it.value()});
        }
    };
    const auto among = [](const Keys &keys) {
        return [&keys](const QByteArray &key) { return keys.contains(key); };
    };
    const auto every = [](const QByteArray &) { return true; };
    add(RecoveryKind::Head, every);
    add(RecoveryKind::Original, every);
    add(RecoveryKind::Profile, among(profiles));
    add(RecoveryKind::Tile, among(tiles));
    add(RecoveryKind::Pixels, among(pixels));
    add(RecoveryKind::State, among(stateKeys));
    if (!index.nows().isEmpty())
        live.m_records.push_back({RecoveryKind::Now, {}, index.nows().last()});
    std::sort(live.m_records.begin(), live.m_records.end(), [](const Record &a, const Record &b) {
        return a.extent.offset < b.extent.offset;
    });
    return live;
}

qint64 RecoveryLive::bytes() const
{
    qint64 sum = 0;
    for (const Record &record : m_records)
        sum += RecoveryIndex::headBytes + record.extent.length;
    return sum;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QIODevice>
#include <QList>

#include <optional>

namespace heirloom
{

/// What a record of a recovery journal is. A record is a head of 20 bytes (magic, kind, length of
/// the content, checksum of the content, checksum of the head) and its content, which begins with
/// the record's key (one byte of length, then the key). Kinds that a reader does not know are
/// passed over.
enum class RecoveryKind : quint8 {
    Head = 1, ///< JSON: version, the photo's name
    Original, ///< a part of the photo's file; key: its number
    Profile,  ///< ICC; key: its SHA-256
    Tile,     ///< zstd; key: digest of pixels and place
    Pixels,   ///< the table of a buffer's tiles; key: pixelKey()
    State,    ///< JSON of a step or a named state; key: its number
    Now,      ///< JSON: which states make up the history, and which is the present one
};

/// Where a record's content lies.
struct RecoveryExtent {
    qint64 offset = 0; ///< of the content
    quint32 length = 0;
    quint32 checksum = 0;
};

/// The table of contents of a journal, kept while it is written and made anew when it is found.
/// A record is complete or not in it. A value; any thread.
class RecoveryIndex
{
public:
    static constexpr int headBytes = 20;
    static constexpr qint64 maxContent = qint64(256) << 20;

    /// Reads the heads of all records. What is torn off at the end is beyond end(); what is damaged
    /// in between is passed over (isDamaged()). Contents are not checked here.
    static RecoveryIndex of(QIODevice &device);

    /// A record as bytes.
    static QByteArray record(RecoveryKind kind, const QByteArray &key, const QByteArray &content);
    /// The content without its key; nothing when the bytes are not what was written.
    static std::optional<QByteArray> read(QIODevice &device, const RecoveryExtent &extent);
    /// The same with the key in front, as it stands in the file.
    static std::optional<QByteArray> readWhole(QIODevice &device, const RecoveryExtent &extent);

    /// One that was just appended at end().
    void addRecord(const QByteArray &record);
    void add(RecoveryKind kind, const QByteArray &key, const RecoveryExtent &extent);
    bool has(RecoveryKind kind, const QByteArray &key) const;
    std::optional<RecoveryExtent> find(RecoveryKind kind, const QByteArray &key) const;
    /// Forgets records that may not be relied on.
    void remove(RecoveryKind kind, const QByteArray &key);
    const QHash<QByteArray, RecoveryExtent> &all(RecoveryKind kind) const;
    /// Every Now, oldest first: the last one that can be read holds.
    const QList<RecoveryExtent> &nows() const { return m_nows; }

    void keepOnly(const RecoveryExtent &now) { m_nows = {now}; }
    qint64 end() const { return m_end; } ///< behind the last complete record
    bool isDamaged() const { return m_isDamaged; }

    static QByteArray numberKey(quint64 number);
    static quint64 numberOf(const QByteArray &key);

private:
    QHash<QByteArray, RecoveryExtent> m_records[8]; ///< by kind
    QList<RecoveryExtent> m_nows;
    qint64 m_end = 0;
    bool m_isDamaged = false;
};

/// zstd, with the length in front; for contents other than tiles.
QByteArray packedContent(const QByteArray &bytes);
std::optional<QByteArray> unpackedContent(const QByteArray &bytes);

} // namespace heirloom

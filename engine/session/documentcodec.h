// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"

#include <QHash>
#include <QJsonObject>
#include <QSet>

#include <functional>

namespace heirloom
{

/// What a state refers to by key: pixels and profiles, each once.
struct DocumentParts {
    QHash<QString, TiledBuffer> pixels;    ///< by pixelKey()
    QHash<QString, QByteArray> profiles;   ///< ICC, by SHA-256
};

/// A document's state as JSON and back, to the bit; what is large goes into parts. Files and
/// journals that carry it say the version of the form. Any thread.
class DocumentCodec
{
public:
    /// Raised when an older program would misunderstand what is written.
    static constexpr int version = 1;

    static QJsonObject toJson(const Snapshot &snapshot, DocumentParts &parts);

    /// The keys that a state written by toJson() names.
    struct Keys {
        QSet<QString> pixels;
        QSet<QString> profiles; ///< those of parts only
    };
    static Keys keysOf(const QJsonObject &json);

    /// Asked for each key; errors end the reading.
    struct Source {
        std::function<Result<TiledBuffer>(const QString &key)> pixels;
        std::function<Result<QByteArray>(const QString &key)> profile;
    };
    /// Errors: InputDamaged (name is what the sentence calls it), the source's.
    static Result<Snapshot> fromJson(const QJsonObject &json, const Source &source,
                                     const QString &name);
};

} // namespace heirloom

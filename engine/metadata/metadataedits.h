// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace heirloom
{

/// What a person can tell of a photo and the program lets them change. A plain value; any thread.
///
/// | here    | XMP                                     | IPTC-IIM                   |
/// |---------|-----------------------------------------|----------------------------|
/// | caption | dc:description                          | Caption-Abstract           |
/// | people  | Iptc4xmpExt:PersonInImage               | none has a place for them  |
/// | place   | photoshop:City                          | City, its first 32 bytes   |
/// | date    | exact: photoshop:DateCreated            | a whole day: Date Created  |
/// |         | else: Iptc4xmpExt:AOCircaDateCreated    |                            |
///
/// EXIF's dates stay: they tell when the scan was made. EXIF's ImageDescription follows the caption
/// where the photo has one.
struct MetadataEdits {
    QString caption;
    QStringList people;
    QString place;
    QString date; ///< "1935", "1935-07", "1935-07-21", or in words: "about 1935"

    bool operator==(const MetadataEdits &) const = default;

    /// Whether a date is a year, a month or a day, as ISO 8601 writes it.
    static bool isExact(const QString &date);

    QJsonObject toJson() const;
    static MetadataEdits fromJson(const QJsonObject &json);
};

} // namespace heirloom

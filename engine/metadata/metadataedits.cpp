// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/metadataedits.h"

#include <QDate>
#include <QJsonArray>
#include <QRegularExpression>

namespace heirloom
{

bool MetadataEdits::isExact(const QString &date)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\d{4})(?:-(\\d\\d)(?:-(\\d\\d))?)?$"));
    const auto match = pattern.match(date);
    if (!match.hasMatch())
        return false;
    const auto part = [&match](int i) {
        return match.hasCaptured(i) ? match.captured(i).toInt() : 1;
    };
    return QDate::isValid(part(1), part(2), part(3));
}

QJsonObject MetadataEdits::toJson() const
{
    return {{QStringLiteral("caption"), caption},
            {QStringLiteral("people"), QJsonArray::fromStringList(people)},
            {QStringLiteral("place"), place},
            {QStringLiteral("date"), date}};
}

MetadataEdits MetadataEdits::fromJson(const QJsonObject &json)
{
    MetadataEdits edits;
    edits.caption = json.value(QStringLiteral("caption")).toString();
    for (const QJsonValue name : json.value(QStringLiteral("people")).toArray())
        edits.people << name.toString();
    edits.place = json.value(QStringLiteral("place")).toString();
    edits.date = json.value(QStringLiteral("date")).toString();
    return edits;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/operationrecord.h"

#include <array>
#include <utility>

namespace heirloom
{

namespace
{

constexpr std::array alterationNames = {
    std::pair{Alteration::None, QLatin1StringView("none")},
    std::pair{Alteration::HumanEdits, QLatin1StringView("human-edits")},
    std::pair{Alteration::AlgorithmicallyEnhanced, QLatin1StringView("algorithmically-enhanced")},
    std::pair{Alteration::CompositeWithTrainedAlgorithmicMedia,
              QLatin1StringView("composite-with-trained-algorithmic-media")},
};

} // namespace

QJsonObject recordToJson(const OperationRecord &record)
{
    QJsonObject json;
    json[QLatin1StringView("operation")] = record.operation;
    json[QLatin1StringView("method")] = record.method;
    json[QLatin1StringView("parameters")] = QJsonObject::fromVariantMap(record.parameters);
    json[QLatin1StringView("strength")] = record.strength;
    if (!record.modelId.isEmpty()) {
        json[QLatin1StringView("model")] = QJsonObject{
            {QLatin1StringView("id"), record.modelId},
            {QLatin1StringView("version"), record.modelVersion},
            {QLatin1StringView("sha256"), record.modelSha256},
        };
    }
    json[QLatin1StringView("changed_share")] = record.changedShare;
    for (const auto &[alteration, name] : alterationNames) {
        if (alteration == record.alteration)
            json[QLatin1StringView("alteration")] = QString(name);
    }
    return json;
}

OperationRecord recordFromJson(const QJsonObject &json)
{
    OperationRecord record;
    record.operation = json[QLatin1StringView("operation")].toString();
    record.method = json[QLatin1StringView("method")].toString();
    record.parameters = json[QLatin1StringView("parameters")].toObject().toVariantMap();
    record.strength = json[QLatin1StringView("strength")].toDouble(100);
    const QJsonObject model = json[QLatin1StringView("model")].toObject();
    record.modelId = model[QLatin1StringView("id")].toString();
    record.modelVersion = model[QLatin1StringView("version")].toString();
    record.modelSha256 = model[QLatin1StringView("sha256")].toString();
    record.changedShare = json[QLatin1StringView("changed_share")].toDouble(1);
    for (const auto &[alteration, name] : alterationNames) {
        if (json[QLatin1StringView("alteration")].toString() == name)
            record.alteration = alteration;
    }
    return record;
}

} // namespace heirloom

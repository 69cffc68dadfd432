// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/ledger.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace heirloom
{

namespace
{

QString number(double value)
{
    return QString::number(value, 'g', 6);
}

qsizetype bytesOf(const LedgerEntry &entry)
{
    qsizetype bytes = 40;
    for (const LedgerField &field : ledgerFields(entry)) {
        // Start and end tag with the prefix; quotes of the JSON may be escaped.
        bytes += 2 * (field.name.size() + 14) + field.text.toHtmlEscaped().toUtf8().size();
    }
    return bytes;
}

qsizetype bytesOf(const QList<LedgerEntry> &entries)
{
    qsizetype bytes = 0;
    for (const LedgerEntry &entry : entries)
        bytes += bytesOf(entry);
    return bytes;
}

} // namespace

QList<LedgerField> ledgerFields(const LedgerEntry &entry)
{
    QList<LedgerField> fields;
    const auto add = [&](QLatin1String name, const QString &text) {
        if (!text.isEmpty())
            fields.append({QString(name), text});
    };
    add(QLatin1String("operation"), entry.operation);
    add(QLatin1String("method"), entry.method);
    if (!entry.parameters.isEmpty()) {
        const QJsonDocument json(QJsonObject::fromVariantMap(entry.parameters));
        add(QLatin1String("parameters"), QString::fromUtf8(json.toJson(QJsonDocument::Compact)));
    }
    add(QLatin1String("strength"), number(entry.strength));
    add(QLatin1String("modelId"), entry.modelId);
    add(QLatin1String("modelVersion"), entry.modelVersion);
    add(QLatin1String("modelSha256"), entry.modelSha256);
    add(QLatin1String("changedShare"), number(entry.changedShare));
    add(QLatin1String("alteration"), sourceTypeTerm(entry.alteration));
    add(QLatin1String("warnings"), entry.warnings.join(u'\n'));
    add(QLatin1String("when"), entry.when);
    add(QLatin1String("software"), entry.software);
    return fields;
}

void setLedgerField(LedgerEntry &entry, const QString &name, const QString &text)
{
    if (name == u"operation") {
        entry.operation = text;
    } else if (name == u"method") {
        entry.method = text;
    } else if (name == u"parameters") {
        entry.parameters = QJsonDocument::fromJson(text.toUtf8()).object().toVariantMap();
    } else if (name == u"strength") {
        entry.strength = text.toDouble();
    } else if (name == u"modelId") {
        entry.modelId = text;
    } else if (name == u"modelVersion") {
        entry.modelVersion = text;
    } else if (name == u"modelSha256") {
        entry.modelSha256 = text;
    } else if (name == u"changedShare") {
        entry.changedShare = text.toDouble();
    } else if (name == u"alteration") {
        for (const EditKind kind : {EditKind::HumanEdits, EditKind::AlgorithmicallyEnhanced,
                                    EditKind::CompositeWithTrainedAlgorithmicMedia}) {
            if (text == sourceTypeTerm(kind))
                entry.alteration = kind;
        }
    } else if (name == u"warnings") {
        entry.warnings = text.split(u'\n', Qt::SkipEmptyParts);
    } else if (name == u"when") {
        entry.when = text;
    } else if (name == u"software") {
        entry.software = text;
    }
}

FittedLedger fitted(QList<LedgerEntry> entries, qsizetype limit)
{
    FittedLedger result;
    if (bytesOf(entries) > limit) {
        for (LedgerEntry &entry : entries)
            entry.warnings.clear();
    }
    if (bytesOf(entries) > limit) {
        for (LedgerEntry &entry : entries) {
            if (QJsonDocument(QJsonObject::fromVariantMap(entry.parameters)).toJson().size() > 512)
                entry.parameters.clear();
        }
    }
    while (bytesOf(entries) > limit && !entries.isEmpty()) {
        const auto classical = std::find_if(entries.begin(), entries.end(),
                                            [](const auto &entry) { return !entry.isLearned(); });
        entries.erase(classical == entries.end() ? entries.begin() : classical);
        ++result.omitted;
    }
    result.entries = std::move(entries);
    return result;
}

EditKind strongestEdit(const QList<LedgerEntry> &entries)
{
    EditKind strongest = EditKind::None;
    for (const LedgerEntry &entry : entries) {
        if (entry.isVisible())
            strongest = std::max(strongest, entry.alteration);
    }
    return strongest;
}

QString ledgerCaption(const QList<LedgerEntry> &entries)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("heirloom::Ledger", text);
    };
    const auto has = [&](QLatin1String operation) {
        return std::any_of(entries.begin(), entries.end(), [&](const LedgerEntry &entry) {
            return entry.isVisible() && entry.operation == operation &&
                   entry.alteration == EditKind::CompositeWithTrainedAlgorithmicMedia;
        });
    };
    QStringList parts;
    if (has(QLatin1String("upscale")))
        parts << tr("enlarged; detail is a computer's guess");
    if (has(QLatin1String("colorize")))
        parts << tr("coloured; the colours are a computer's guess");
    if (has(QLatin1String("faces")))
        parts << tr("faces redrawn; their detail is a computer's guess");
    if (has(QLatin1String("inpaint")) || has(QLatin1String("scratches")))
        parts << tr("damage filled in by a computer's guess");
    if (parts.isEmpty() && strongestEdit(entries) == EditKind::CompositeWithTrainedAlgorithmicMedia)
        parts << tr("changed using generative AI");
    return parts.join(tr(". "));
}

QString operationLabel(const QString &operation)
{
    static constexpr struct {
        const char *id;
        const char *label;
    } labels[] = {
        {"upscale", QT_TRANSLATE_NOOP("heirloom::Ledger", "Enlarge")},
        {"denoise", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove noise")},
        {"deartifact", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove JPEG traces")},
        {"deblur", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove blur")},
        {"scratches", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove scratches and dust")},
        {"inpaint", QT_TRANSLATE_NOOP("heirloom::Ledger", "Fill in")},
        {"colorize", QT_TRANSLATE_NOOP("heirloom::Ledger", "Colour")},
        {"cutout", QT_TRANSLATE_NOOP("heirloom::Ledger", "Cut out")},
        {"faces", QT_TRANSLATE_NOOP("heirloom::Ledger", "Restore faces")},
        {"fundus", QT_TRANSLATE_NOOP("heirloom::Ledger", "Equalise a fundus photograph")},
        {"silvering", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove silver sheen")},
        {"texture", QT_TRANSLATE_NOOP("heirloom::Ledger", "Remove paper texture")},
        {"negative", QT_TRANSLATE_NOOP("heirloom::Ledger", "Negative developed")},
        {"tone", QT_TRANSLATE_NOOP("heirloom::Ledger", "Tone and colour")},
        {"autotone", QT_TRANSLATE_NOOP("heirloom::Ledger", "Automatic tone")},
        {"sharpen", QT_TRANSLATE_NOOP("heirloom::Ledger", "Sharpen")},
        {"adjustment", QT_TRANSLATE_NOOP("heirloom::Ledger", "Adjustment")},
        {"geometry", QT_TRANSLATE_NOOP("heirloom::Ledger", "Crop and rotate")},
        {"retouch", QT_TRANSLATE_NOOP("heirloom::Ledger", "Retouch")},
        {"convert", QT_TRANSLATE_NOOP("heirloom::Ledger", "Convert")},
    };
    for (const auto &row : labels) {
        if (operation == QLatin1String(row.id))
            return QCoreApplication::translate("heirloom::Ledger", row.label);
    }
    return operation;
}

} // namespace heirloom

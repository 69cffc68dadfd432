// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/xmpmark.h"

#include <QUuid>

namespace heirloom
{

namespace
{

/// Appends names that are not there yet: "a; b".
QString joined(const QString &before, const QStringList &more)
{
    QStringList all = before.split(QStringLiteral("; "), Qt::SkipEmptyParts);
    for (const QString &name : more) {
        if (!name.isEmpty() && !all.contains(name))
            all << name;
    }
    return all.join(QStringLiteral("; "));
}

/// The making in bytes: the same making gives the same ids.
QByteArray fingerprint(const MarkRequest &r)
{
    QByteArray bytes = r.inputHash + '\n' + fileFormatName(r.fileFormat).toUtf8() + '\n' +
                       QByteArray::number(r.size.width()) + 'x' +
                       QByteArray::number(r.size.height()) + '\n' + r.software.toUtf8() + '\n' +
                       r.when.toUTC().toString(Qt::ISODate).toUtf8();
    for (const LedgerEntry &entry : r.entries) {
        for (const LedgerField &field : ledgerFields(entry))
            bytes += '\n' + field.name.toUtf8() + '=' + field.text.toUtf8();
    }
    return bytes;
}

QString newId(const MarkRequest &r, const char *role)
{
    // A namespace of our own for version 5 ids (RFC 4122, 4.3).
    static const QUuid space(QStringLiteral("{5b0d1f5e-4c7a-5f0b-9a55-64e7b1f0c3d2}"));
    const QUuid id =
        r.reproducible ? QUuid::createUuidV5(space, role + fingerprint(r)) : QUuid::createUuid();
    return id.toString(QUuid::WithoutBraces);
}

QString idOfInput(const QByteArray &hash)
{
    static const QUuid space(QStringLiteral("{0c9e6a0e-77d1-5d63-8f0c-2b1c5c4f9b7e}"));
    return QUuid::createUuidV5(space, hash).toString(QUuid::WithoutBraces);
}

QString summary(const QList<LedgerEntry> &entries)
{
    QStringList parts;
    for (const LedgerEntry &entry : entries) {
        if (parts.size() == 20) {
            parts << QStringLiteral("...");
            break;
        }
        parts << QStringLiteral("%1 (%2, %3 %)")
                     .arg(entry.operation, entry.method, QString::number(entry.strength, 'g', 4));
    }
    return parts.join(QStringLiteral("; "));
}

void addSourceType(const MarkRequest &r, XmpMark &mark, QString &replaced)
{
    const QString term = strongerSourceType(r.before.sourceType, strongestEdit(r.entries));
    if (term.isEmpty())
        return;
    mark.nodes.append({QStringLiteral("Xmp.Iptc4xmpExt.DigitalSourceType"), sourceTypeUri(term)});
    if (!r.before.sourceType.isEmpty() && term != r.before.sourceType) {
        replaced = r.before.sourceType;
        // The first one says how the photo came to be; later ones are our own.
        if (r.before.replacedSourceType.isEmpty())
            mark.nodes.append({QStringLiteral("Xmp.heirloom.ReplacedSourceType"), replaced});
    }
}

void addSystems(const MarkRequest &r, XmpMark &mark)
{
    QStringList models;
    QStringList versions;
    for (const LedgerEntry &entry : r.entries) {
        if (entry.isLearned() && entry.isVisible()) {
            models << entry.modelId;
            versions << entry.modelId + u' ' + entry.modelVersion;
        }
    }
    if (models.isEmpty())
        return;
    mark.nodes.append(
        {QStringLiteral("Xmp.Iptc4xmpExt.AISystemUsed"),
         joined(r.before.aiSystems, QStringList(QStringLiteral("Heirloom")) + models)});
    mark.nodes.append({QStringLiteral("Xmp.Iptc4xmpExt.AISystemVersionUsed"),
                       joined(r.before.aiVersions, QStringList(r.software) + versions)});
}

void addLedger(const MarkRequest &r, XmpMark &mark)
{
    QList<LedgerEntry> all = r.before.ledger;
    for (LedgerEntry entry : r.entries) {
        entry.software = r.software;
        entry.when = r.identity ? r.when.toString(Qt::ISODate) : QString();
        all.append(std::move(entry));
    }
    if (all.isEmpty())
        return;
    const FittedLedger kept = fitted(std::move(all));
    mark.erased << QStringLiteral("Xmp.heirloom.Ledger");
    mark.nodes.append({QStringLiteral("Xmp.heirloom.Ledger"), {}, XmpNode::Kind::Sequence});
    int index = 0;
    for (const LedgerEntry &entry : kept.entries) {
        const QString item = QStringLiteral("Xmp.heirloom.Ledger[%1]/heirloom:").arg(++index);
        for (const LedgerField &field : ledgerFields(entry))
            mark.nodes.append({item + field.name, field.text});
    }
    const int omitted = r.before.omittedEntries + kept.omitted;
    if (omitted > 0)
        mark.nodes.append(
            {QStringLiteral("Xmp.heirloom.OmittedEntries"), QString::number(omitted)});
}

void addIdentity(const MarkRequest &r, XmpMark &mark, const QString &replaced)
{
    const auto text = [&](const char *key, const QString &value) {
        mark.nodes.append({QString::fromLatin1(key), value});
    };
    const QString when = r.when.toString(Qt::ISODate);
    text("Xmp.xmp.CreatorTool", r.software);
    text("Xmp.xmp.ModifyDate", when);
    text("Xmp.xmp.MetadataDate", when);

    QString parentDocument = r.before.documentId;
    if (parentDocument.isEmpty() && !r.inputHash.isEmpty())
        parentDocument = QStringLiteral("xmp.did:") + idOfInput(r.inputHash);
    const QString document = QStringLiteral("xmp.did:") + newId(r, "document");
    const QString instance = QStringLiteral("xmp.iid:") + newId(r, "instance");
    QString original = r.before.originalDocumentId;
    if (original.isEmpty())
        original = parentDocument.isEmpty() ? document : parentDocument;

    mark.erased << QStringLiteral("Xmp.xmpMM.DerivedFrom");
    if (!parentDocument.isEmpty()) {
        mark.nodes.append({QStringLiteral("Xmp.xmpMM.DerivedFrom"), {}, XmpNode::Kind::Structure});
        text("Xmp.xmpMM.DerivedFrom/stRef:documentID", parentDocument);
        if (!r.before.instanceId.isEmpty())
            text("Xmp.xmpMM.DerivedFrom/stRef:instanceID", r.before.instanceId);
        text("Xmp.xmpMM.DerivedFrom/stRef:originalDocumentID", original);
    }
    text("Xmp.xmpMM.DocumentID", document);
    text("Xmp.xmpMM.InstanceID", instance);
    text("Xmp.xmpMM.OriginalDocumentID", original);

    mark.nodes.append({QStringLiteral("Xmp.xmpMM.History"), {}, XmpNode::Kind::Sequence});
    const QString event =
        QStringLiteral("Xmp.xmpMM.History[%1]/stEvt:").arg(r.before.historyLength + 1);
    const auto eventText = [&](const char *name, const QString &value) {
        if (!value.isEmpty())
            mark.nodes.append({event + QLatin1String(name), value});
    };
    const bool told = r.mark && !r.entries.isEmpty();
    eventText("action", told ? QStringLiteral("edited") : QStringLiteral("saved"));
    eventText("instanceID", instance);
    eventText("when", when);
    eventText("softwareAgent", r.software);
    eventText("changed", QStringLiteral("/"));
    QStringList parameters;
    if (told)
        parameters << summary(r.entries);
    if (!replaced.isEmpty())
        parameters << QStringLiteral("DigitalSourceType was ") + replaced;
    eventText("parameters", parameters.join(QStringLiteral("; ")));
}

} // namespace

XmpMark xmpMark(const MarkRequest &request)
{
    XmpMark mark;
    QString replaced;
    if (request.mark) {
        addSourceType(request, mark, replaced);
        addSystems(request, mark);
        addLedger(request, mark);
    }
    if (request.identity)
        addIdentity(request, mark, replaced);
    return mark;
}

} // namespace heirloom

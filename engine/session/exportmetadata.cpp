// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exportmetadata.h"

#include "metadata/exivedit.h"
#include "metadata/exivprepare.h"
#include "metadata/exivwriter.h"

#include <QCryptographicHash>
#include <QFile>

namespace heirloom
{

namespace
{

EditKind editKindOf(Alteration alteration)
{
    switch (alteration) {
    case Alteration::None:
        return EditKind::None;
    case Alteration::HumanEdits:
        return EditKind::HumanEdits;
    case Alteration::AlgorithmicallyEnhanced:
        return EditKind::AlgorithmicallyEnhanced;
    case Alteration::CompositeWithTrainedAlgorithmicMedia:
        return EditKind::CompositeWithTrainedAlgorithmicMedia;
    }
    return EditKind::None;
}

LedgerEntry ledgerEntry(const OperationRecord &record)
{
    LedgerEntry entry;
    entry.operation = record.operation;
    entry.method = record.method;
    entry.parameters = record.parameters;
    entry.strength = record.strength;
    entry.modelId = record.modelId;
    entry.modelVersion = record.modelVersion;
    entry.modelSha256 = record.modelSha256;
    entry.changedShare = record.changedShare;
    entry.alteration = editKindOf(record.alteration);
    entry.warnings = record.warnings;
    return entry;
}

/// Only where ids have to be the same each time: hashing takes a second for each 100 MB.
QByteArray inputHash(const QString &path)
{
    QFile file(path);
    if (!isReproducible() || path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return hash.addData(&file) ? hash.result() : QByteArray();
}

Result<Metadata> prepared(const MetadataJob &job, QStringList &warnings)
{
    MetadataTarget target;
    target.fileFormat = job.fileFormat;
    target.size = job.size;
    target.resolution = job.resolution;
    target.color = job.becameSrgb ? MetadataTarget::Color::Srgb : MetadataTarget::Color::Kept;
    target.policy = job.policy;
    target.mark = job.mark;
    target.inputHash = inputHash(job.sourcePath);
    Metadata source = job.metadata;
    if (job.edits) {
        auto edited = withEdits(job.metadata, *job.edits);
        if (!edited)
            return edited;
        source = std::move(*edited);
    }
    auto metadata = preparedForExport(source, target, ledgerEntries(job.records));
    if (!metadata)
        return metadata;
    for (const Notice &notice : metadata->notices) {
        const QString text = noticeText(notice);
        // What could not be read was said when the picture was opened.
        if (!job.metadata.notices.contains(notice) && !warnings.contains(text))
            warnings += text;
    }
    return metadata;
}

} // namespace

QList<LedgerEntry> ledgerEntries(const QList<OperationRecord> &records)
{
    QList<LedgerEntry> entries;
    for (const OperationRecord &record : records)
        entries += ledgerEntry(record);
    return entries;
}

Result<MetadataBlocks> metadataBlocks(const MetadataJob &job, QStringList &warnings)
{
    const auto metadata = prepared(job, warnings);
    if (!metadata)
        return fail(metadata.error());
    return MetadataBlocks{metadata->exif, metadata->xmp, metadata->iptc};
}

Result<QByteArray> embedMetadata(const QByteArray &file, const MetadataJob &job,
                                 QStringList &warnings)
{
    const auto metadata = prepared(job, warnings);
    if (!metadata)
        return fail(metadata.error());
    if (metadata->isEmpty())
        return file;
    return withMetadata(file, job.fileFormat, *metadata);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagewriter.h"
#include "metadata/ledger.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"
#include "operation/operation.h"

#include <optional>

namespace heirloom
{

/// What the metadata of a written file follows from.
struct MetadataJob {
    Metadata metadata; ///< of the file the picture came from
    std::optional<MetadataEdits> edits; ///< the words in it, where a person changed them
    MetadataPolicy policy = MetadataPolicy::All;
    bool mark = true;
    QList<OperationRecord> records;
    QString sourcePath;
    QSize sourceSize;
    QSize size;
    Resolution resolution;
    FileFormat fileFormat = FileFormat::Jpeg;
    bool becameSrgb = false;
};

/// The blocks an encoder writes itself. Adds to warnings what could not be kept.
Result<MetadataBlocks> metadataBlocks(const MetadataJob &job, QStringList &warnings);
/// An encoded file with its metadata; the pixels stay the encoder's.
Result<QByteArray> embedMetadata(const QByteArray &file, const MetadataJob &job,
                                 QStringList &warnings);

/// The records as the ledger keeps them.
QList<LedgerEntry> ledgerEntries(const QList<OperationRecord> &records);

} // namespace heirloom

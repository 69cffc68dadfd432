// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "metadata/metadata.h"

#include <QDateTime>

namespace heirloom
{

/// The file that the metadata is going into.
struct MetadataTarget {
    FileFormat fileFormat = FileFormat::Png;
    QSize size;            ///< of the pixels written, upright
    Resolution resolution; ///< written into the tags too; invalid: the tags are removed
    /// What the pixels' colours are, for EXIF's ColorSpace tag. Kept: as the source says.
    enum class Color { Kept, Srgb, Other } color = Color::Kept;
    MetadataPolicy policy = MetadataPolicy::All;
    bool mark = true; ///< write source type, AI system and ledger
    QString software; ///< empty: "Heirloom" and the version
    QDateTime when;   ///< invalid: exportTime()
    QString name;     ///< of the file, for sentences
    /// A hash of the input file, where ids have to be reproducible; empty: random ids. Used when
    /// SOURCE_DATE_EPOCH is set, and to name a source that has no id of its own.
    QByteArray inputHash;
};

/// SOURCE_DATE_EPOCH in UTC when it is set and a number, else now with the local offset.
QDateTime exportTime();
bool isReproducible();

/// The blocks as they have to stand in the target: orientation 1, no thumbnail, sizes and
/// resolution of the new pixels, dates, program, ids and history, location removed if asked, the
/// mark and one ledger entry for each operation (appended to the ones the source has). Fits the
/// format's limits (JPEG: 65,535 bytes a block; WebP: no IPTC); what had to go for that is a notice
/// of the result. Parts of the source that cannot be parsed are left out with a notice; only a
/// failure to write the mark is an error (MetadataNotWritten).
Result<Metadata> preparedForExport(const Metadata &source, const MetadataTarget &target,
                                   const QList<LedgerEntry> &entries);

} // namespace heirloom

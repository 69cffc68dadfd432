// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"
#include "metadata/ledger.h"

#include <QDateTime>

namespace heirloom
{

/// One node to be written into an XMP packet, addressed as Exiv2 does
/// ("Xmp.xmpMM.History[2]/stEvt:action"). Sequences and structures are made where they are missing.
struct XmpNode {
    enum class Kind { Text, Sequence, Structure };
    QString key;
    QString text;
    Kind kind = Kind::Text;
};

/// What the source's packet says about itself.
struct XmpBefore {
    QString sourceType; ///< term
    QString replacedSourceType;
    QList<LedgerEntry> ledger;
    int omittedEntries = 0;
    QString documentId, instanceId, originalDocumentId;
    QString aiSystems, aiVersions;
    int historyLength = 0;
};

struct MarkRequest {
    XmpBefore before;
    QList<LedgerEntry> entries; ///< what was done now, oldest first
    bool mark = true;           ///< source type, AI systems and ledger
    bool identity = true;       ///< ids, history, dates, creator tool
    QString software;
    QDateTime when;
    QByteArray inputHash;
    bool reproducible = false; ///< ids from inputHash and entries instead of random ones
    FileFormat fileFormat = FileFormat::Png;
    QSize size;
};

struct XmpMark {
    QStringList erased; ///< whole properties that go first
    QList<XmpNode> nodes;
};

/// What a saved file's XMP has to say about its making: IPTC's Digital Source Type by the strongest
/// visible operation (a replaced term is kept in heirloom:ReplacedSourceType and in the history),
/// AISystemUsed and AISystemVersionUsed (IPTC Photo Metadata 2025.1), ids, history and derivation
/// (XMP part 2, 2.3 "XMP Media Management"), and the ledger. Pure; any thread.
XmpMark xmpMark(const MarkRequest &request);

} // namespace heirloom

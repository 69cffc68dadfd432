// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metadata/sourcetype.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QVariantMap>

namespace heirloom
{

/// One line of the record that a restored photo carries: which operation, with what, how strongly,
/// on how much of the picture. Written as one struct of the XMP sequence heirloom:Ledger.
struct LedgerEntry {
    QString operation; ///< id, e.g. "upscale"
    QString method;    ///< model's or classical method's name
    QVariantMap parameters;
    double strength = 100; ///< 0..100
    QString modelId;       ///< empty: no network took part
    QString modelVersion;
    QString modelSha256;
    double changedShare = 1; ///< share of pixels changed, 0..1
    EditKind alteration = EditKind::None;
    QStringList warnings;
    QString when;     ///< ISO 8601; set when written; empty where dates are not kept
    QString software; ///< the program's name and version; set when written

    bool isLearned() const { return !modelId.isEmpty(); }
    /// Something of it can be seen.
    bool isVisible() const { return strength > 0 && changedShare > 0; }
};

/// XMP names. A URN, because the project owns no domain.
inline constexpr char ledgerNamespace[] = "urn:heirloom:ns:ledger:1#";
inline constexpr char ledgerPrefix[] = "heirloom";

/// What the entries add to a packet may have at most this many bytes.
inline constexpr qsizetype ledgerByteLimit = 16 * 1024;

/// A field of an entry as it stands in XMP: a name below heirloom: and its text.
struct LedgerField {
    QString name;
    QString text;
};
QList<LedgerField> ledgerFields(const LedgerEntry &entry);
void setLedgerField(LedgerEntry &entry, const QString &name, const QString &text);

/// The entries cut down to ledgerByteLimit: first warnings go, then long parameters, then the
/// oldest entries; omitted counts those. Learned entries outlive classical ones.
struct FittedLedger {
    QList<LedgerEntry> entries;
    int omitted = 0;
};
FittedLedger fitted(QList<LedgerEntry> entries, qsizetype limit = ledgerByteLimit);

/// The strongest kind of change among the visible entries.
EditKind strongestEdit(const QList<LedgerEntry> &entries);

/// A visible line for the picture's edge, translated ("enlarged; detail is a computer's guess").
/// Empty when no entry invented anything. The session draws it.
QString ledgerCaption(const QList<LedgerEntry> &entries);

/// "upscale" in the user's language, for lists. The id itself when it is unknown.
QString operationLabel(const QString &operation);

} // namespace heirloom

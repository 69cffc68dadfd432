// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace heirloom
{

/// What an operation does to a picture, in the order of strength, as IPTC's Digital Source Type
/// vocabulary (release 2024-10-23) tells them apart.
enum class EditKind {
    None,                                 ///< nothing visible
    HumanEdits,                           ///< by a person with tools that invent nothing
    AlgorithmicallyEnhanced,              ///< by an algorithm that leaves the content alone
    CompositeWithTrainedAlgorithmicMedia, ///< a generative network invented detail or colour
};

/// The table of all operations: what each does with a learned method and with its classical twin.
/// Unknown operations count as algorithmicallyEnhanced, learned ones as generative: a mark too many
/// is better than one too few.
EditKind editKind(const QString &operation, bool learned);
/// The ids in that table.
QStringList knownOperations();

/// The vocabulary's term, empty for None.
QString sourceTypeTerm(EditKind kind);
/// The term with the vocabulary's address, as it stands in files.
QString sourceTypeUri(const QString &term);
/// The term of an address; http and https, with or without a slash at its end. Anything else comes
/// back as it is.
QString sourceTypeTermOf(const QString &uri);

/// The term for a picture that says old and was then changed by kind: the stronger of both. Never
/// weakens old.
QString strongerSourceType(const QString &old, EditKind kind);

/// What a term means, translated, for people ("Edited using generative AI"). The term itself when
/// it is unknown.
QString sourceTypeLabel(const QString &term);
QStringList knownSourceTypes();

} // namespace heirloom

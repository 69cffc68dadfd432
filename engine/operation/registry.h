// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/modelpack.h"
#include "operation/operation.h"

#include <optional>

namespace heirloom
{

/// What an operation is, as data: enough for menus, the command line, recipes and the ledger.
struct OperationInfo {
    QString id;    ///< "upscale"; used in files
    QString title;       ///< translated, a verb: "Enlarge"
    QString resultTitle; ///< translated, what was done: "Enlarged"
    QList<Parameter> parameters;
    std::optional<ModelTask> task;           ///< which packs can do it; none: always classical
    bool takesMask = false; ///< works inside a mask (OperationPicture::mask) and nowhere else
    bool bringsColor = false; ///< grey pictures have to be handed to it as RGB
    QString twin;                            ///< the classical method's name; empty: there is none
    Alteration learned = Alteration::None;   ///< what it counts as with a model
    Alteration classical = Alteration::None; ///< and with the twin
};

/// The operations a program has. Made by whoever needs it; a value without global state.
class OperationRegistry
{
public:
    /// All that this program has.
    static OperationRegistry standard();

    void add(OperationInfo info);
    const QList<OperationInfo> &operations() const { return m_operations; }
    /// Null when there is none of this id; valid until the registry changes.
    const OperationInfo *find(const QString &id) const;

private:
    QList<OperationInfo> m_operations;
};

} // namespace heirloom

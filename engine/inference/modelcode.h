// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QSet>
#include <QString>

namespace heirloom
{

/// The narrow language of traced networks, as a grammar of our own: modules with tensors, numbers
/// and other modules as members, and "forward" methods of straight assignments whose calls are
/// operators of the allow-list or another module's forward. No loop, no branch, no constant or
/// default that is computed, no name that is not a parameter or was assigned before; whatever is
/// not in the grammar is refused, so a new trick has to be in the language to work. Any thread.
class ModelCode
{
public:
    /// operators: what may be called as torch.NAME, without the namespace.
    explicit ModelCode(QSet<QByteArray> operators);

    /// Checks one file of code/. module is its dotted name ("__torch__.torch.nn.modules.conv").
    /// Returns what is wrong, or an empty text; collects the classes it defines.
    QString check(QByteArrayView source, const QByteArray &module);

    /// After the last file: every type that is used has to be one of these files' own classes.
    QString checkTypes() const;

    /// Dotted names of all classes seen so far.
    const QSet<QByteArray> &classes() const { return m_classes; }

private:
    QSet<QByteArray> m_operators;
    QSet<QByteArray> m_classes;
    QSet<QByteArray> m_used;
};

} // namespace heirloom

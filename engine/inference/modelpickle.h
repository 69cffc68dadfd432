// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QSet>
#include <QString>

namespace heirloom
{

/// Checks a pickle of a TorchScript archive by building what it describes, with our own stack and
/// only the operations that torch.jit.save writes. LibTorch's reader trusts its input and can be
/// made to crash; here every operation finds what it needs on the stack, every tensor lies inside
/// the record it names, and nothing is called but the tensor builder and the file's own modules.
/// Runs nothing. Any thread.
class ModelPickle
{
public:
    /// classes: dotted names that may be built. records: size in bytes of each tensor record by
    /// key.
    ModelPickle(QSet<QByteArray> classes, QHash<QByteArray, qint64> records);

    /// Returns what is wrong, or an empty text.
    QString check(QByteArrayView pickle) const;

private:
    QSet<QByteArray> m_classes;
    QHash<QByteArray, qint64> m_records;
};

} // namespace heirloom

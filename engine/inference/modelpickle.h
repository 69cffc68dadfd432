// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHash>
#include <QSet>
#include <QString>

#include <vector>

namespace heirloom
{

/// Where a tensor of a TorchScript archive lies.
struct ModelTensor {
    QByteArray record; ///< its data is the entry data/RECORD
    int elementSize = 0; ///< bytes; 4: float, 2: half, 8: double or a whole number
    bool isFloating = false;
    qint64 offset = 0; ///< elements into the record
    std::vector<qint64> sizes;
    bool isContiguous = false; ///< the last index runs fastest, without gaps
};

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

    /// The tensors that the outermost module holds itself, by name; of a pickle that check() finds
    /// nothing wrong with, else none.
    QHash<QByteArray, ModelTensor> tensors(QByteArrayView pickle) const;

private:
    QSet<QByteArray> m_classes;
    QHash<QByteArray, qint64> m_records;
};

} // namespace heirloom

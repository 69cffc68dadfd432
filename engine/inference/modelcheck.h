// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace heirloom
{

/// The operators that the packs we ship use, as LibTorch names them ("aten::_convolution"): the one
/// list for the scan before loading and for the walk over the graph after it. Short on purpose.
const QStringList &allowedOperators();
/// Nodes of a graph that compute nothing by themselves ("prim::Constant").
const QStringList &allowedPrimitives();

/// Looks at a TorchScript file's bytes before LibTorch does: its loader runs code that a file
/// brings (constants, default arguments, __setstate__) and crashes on hostile pickles. Accepts only
/// the narrow language of traced networks: straight code, operators of the list, literal constants,
/// and pickles that build plain containers, tensors and the modules of the file itself. Runs
/// nothing, writes nothing. Returns what is wrong, or an empty text. Any thread.
QString checkModelBytes(const QByteArray &bytes);

} // namespace heirloom

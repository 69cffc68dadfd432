// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelstore.h"

namespace heirloom::test
{

/// Of a file; empty where it cannot be read.
QByteArray contentOf(const QString &path);

/// A pack as it lies in a folder, without asking a store; empty bytes where it is not there.
ModelFile packFile(const QString &folder);

/// A picture for a network to run on, RGB.
ModelInput testInput(int width, int height);

} // namespace heirloom::test

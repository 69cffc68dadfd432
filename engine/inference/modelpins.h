// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace heirloom
{

/// The only file of an id that this build of the program runs.
struct ModelPin {
    QString id;
    QByteArray sha256; ///< 64 lower-case hex digits
    qint64 size = 0;
};

/// Compiled in from models/*/model.json (models/CMakeLists.txt).
std::vector<ModelPin> compiledModelPins();

} // namespace heirloom

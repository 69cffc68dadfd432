// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/differencemap.h"
#include "document/inventeddetail.h"
#include "session/fillmethods.h"

#include <QString>

namespace heirloom
{

/// Figures of a map in words: the main one and more of them.
struct HeatFigures {
    QString figure;
    QString more; ///< may be empty

    static HeatFigures of(const DifferenceFigures &figures);
    static HeatFigures of(const InventedDetailFigures &figures);
    static HeatFigures of(const FillFigures &figures);
};

} // namespace heirloom

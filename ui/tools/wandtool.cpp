// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/wandtool.h"

#include <cmath>

namespace heirloom
{

QString WandTool::status() const
{
    return tr("Click on a colour to select what looks like it. Shift adds, Alt subtracts.");
}

void WandTool::shapeEnded(const PointerInput &input)
{
    const QPoint at(int(std::floor(input.canvas.x())), int(std::floor(input.canvas.y())));
    if (QRect(QPoint(0, 0), host().canvasSize()).contains(at))
        Q_EMIT wandUsed({at, used()});
    else if (used().mode == CoverageMode::Replace)
        Q_EMIT noneSelected();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/brushtool.h"

#include "tools/paintcolors.h"

namespace heirloom
{

std::optional<StrokeStart> BrushTool::strokeStart(const PointerInput &)
{
    const QColor color = host().colors() ? host().colors()->foreground() : QColor(Qt::black);
    StrokeStart start;
    start.source = paintWith(color);
    start.bringsColor = color.red() != color.green() || color.green() != color.blue();
    start.text = tr("Brush");
    return start;
}

std::optional<StrokeStart> EraserTool::strokeStart(const PointerInput &)
{
    StrokeStart start;
    start.source = erase();
    start.erases = true;
    start.text = tr("Eraser");
    return start;
}

QString EraserTool::hint() const
{
    return tr("Shift+click erases along a line");
}

} // namespace heirloom

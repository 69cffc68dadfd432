// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/painttool.h"

namespace heirloom
{

/// Paints with the foreground colour; on a mask with its grey.
class BrushTool : public PaintTool
{
    Q_OBJECT

public:
    using PaintTool::PaintTool;

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
};

/// Takes a painted layer's pixels away; hides what a mask shows.
class EraserTool : public PaintTool
{
    Q_OBJECT

public:
    using PaintTool::PaintTool;

    bool givesWayToEraser() const override { return false; }

protected:
    std::optional<StrokeStart> strokeStart(const PointerInput &input) override;
    QString hint() const override;
};

} // namespace heirloom

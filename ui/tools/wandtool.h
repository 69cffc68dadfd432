// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/selecttool.h"

namespace heirloom
{

/// Selects what looks like the pixel that is clicked. GUI thread.
class WandTool : public SelectTool
{
    Q_OBJECT

public:
    using SelectTool::SelectTool;

    void paint(QPainter &) override {}

protected:
    void shapeBegan(const PointerInput &) override {}
    void shapeDragged(const PointerInput &) override {}
    void shapeEnded(const PointerInput &input) override;
    void shapeCancelled() override {}
    QString status() const override;
};

} // namespace heirloom

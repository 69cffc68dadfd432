// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/tool.h"

namespace heirloom
{

/// Picks the foreground colour by click or drag, with Alt the background, from whatever photo it is
/// used on.
class EyedropperTool : public Tool
{
    Q_OBJECT

public:
    using Tool::Tool;

    bool showsPicture() const override { return false; }
    bool key(int key, Qt::KeyboardModifiers modifiers) override;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const override;
    void paint(QPainter &) override {}

protected:
    void entered() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override { pick(input); }
    void ended(const PointerInput &) override {}
    void cancelled() override;

private:
    void pick(const PointerInput &input);

    QColor m_foreground, m_background; ///< before the gesture
};

} // namespace heirloom

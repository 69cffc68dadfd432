// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace heirloom
{

class PaintColors;

/// What the eyedropper takes, here and with Alt in every brush. GUI thread.
class EyedropperPanel : public QWidget
{
    Q_OBJECT

public:
    explicit EyedropperPanel(PaintColors &colors, QWidget *parent = nullptr);
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/coveragerange.h"

#include <QColor>
#include <QDialog>

class QToolButton;

namespace heirloom
{

class ValueSlider;

/// Asks for a range of tones, or of colours around one, with soft edges. GUI thread.
class RangeDialog : public QDialog
{
    Q_OBJECT

public:
    RangeDialog(bool byColor, QWidget *parent);

    LuminanceRange tones() const;
    ColorRange color() const;
    void setColor(const QColor &color);

private:
    QColor m_color{128, 128, 128};
    QToolButton *m_swatch = nullptr;
    ValueSlider *m_low = nullptr;
    ValueSlider *m_high = nullptr;
    ValueSlider *m_tolerance = nullptr;
    ValueSlider *m_soft;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <array>

class QButtonGroup;
class QCheckBox;
class QDoubleSpinBox;
class QLabel;

namespace heirloom
{

class PerspectiveTool;

/// The perspective tool's options: the corners in figures, and a look at the result. GUI thread.
class PerspectivePanel : public QWidget
{
    Q_OBJECT

public:
    explicit PerspectivePanel(PerspectiveTool &tool, QWidget *parent = nullptr);

private:
    void refresh();
    void takePlace();

    PerspectiveTool &m_tool;
    QButtonGroup *m_corners;
    QDoubleSpinBox *m_x, *m_y;
    QCheckBox *m_preview;
    QLabel *m_readout;
    bool m_showing = false;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QLabel;

namespace heirloom
{

class StraightenTool;
class ValueSlider;

/// The straighten tool's options: the angle in figures, and what becomes of the corners. GUI
/// thread.
class StraightenPanel : public QWidget
{
    Q_OBJECT

public:
    explicit StraightenPanel(StraightenTool &tool, QWidget *parent = nullptr);

private:
    void refresh();

    StraightenTool &m_tool;
    ValueSlider *m_angle;
    QCheckBox *m_crop;
    QLabel *m_readout;
    bool m_showing = false;
};

} // namespace heirloom

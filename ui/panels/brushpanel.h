// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QCheckBox;
class QRadioButton;
class QVBoxLayout;

namespace heirloom
{

class ColorWell;
class PaintColors;
class PaintTarget;
class PaintTool;
class ValueSlider;

/// The options of a tool with a brush: what it paints on, with which colours (where it has any),
/// the brush, and what a pen's pressure does. Tools with options of their own put them first
/// (addOption()). GUI thread.
class BrushPanel : public QWidget
{
    Q_OBJECT

public:
    /// name: for object names, "brush". colors null: the tool uses none.
    BrushPanel(PaintTool &tool, PaintTarget &target, PaintColors *colors, const QString &name,
               QWidget *parent = nullptr);

    void addOption(QWidget *option);

private:
    ValueSlider *addSlider(const QString &label, const char *name, int least, int most,
                           int fallback, const QString &hint);
    void buildColors(PaintColors &colors);
    void buildPen();
    void refresh();
    void take();

    PaintTool &m_tool;
    PaintTarget &m_target;
    QString m_name;
    QVBoxLayout *m_layout;
    QVBoxLayout *m_own;
    QRadioButton *m_pixels, *m_mask;
    ValueSlider *m_size, *m_hardness, *m_opacity, *m_flow, *m_spacing, *m_smoothing;
    QCheckBox *m_pressesSize = nullptr, *m_pressesOpacity = nullptr;
    ValueSlider *m_curve = nullptr;
    bool m_showing = false;
};

} // namespace heirloom

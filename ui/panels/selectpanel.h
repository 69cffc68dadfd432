// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QCheckBox;

namespace heirloom
{

class SelectTool;
class ValueSlider;

/// A selection tool's options: how it goes together with what is selected, feather, smooth edges;
/// of a wand also how alike and where. GUI thread.
class SelectPanel : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Rectangle, Shape, Wand };
    SelectPanel(SelectTool &tool, Kind kind, const QString &hint, QWidget *parent = nullptr);

private:
    void refresh();
    void send();

    SelectTool &m_tool;
    QButtonGroup *m_modes;
    ValueSlider *m_feather;
    QCheckBox *m_smooth = nullptr;
    ValueSlider *m_tolerance = nullptr;
    QCheckBox *m_contiguous = nullptr;
    QCheckBox *m_allLayers = nullptr;
    bool m_showing = false;
};

} // namespace heirloom

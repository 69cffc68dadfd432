// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSizeF>
#include <QWidget>

class QComboBox;
class QLabel;
class QSpinBox;
class QToolButton;

namespace heirloom
{

class CropTool;

/// The crop tool's options: proportions, and the frame in figures. GUI thread.
class CropPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CropPanel(CropTool &tool, QWidget *parent = nullptr);

private:
    QSpinBox *field(const char *name, const QString &text);
    void fillAspects();
    void chooseAspect();
    void refresh();
    void takeFrame();

    CropTool &m_tool;
    QComboBox *m_aspect;
    QToolButton *m_turn;
    QSpinBox *m_x, *m_y, *m_width, *m_height;
    QLabel *m_readout;
    bool m_showing = false;
};

} // namespace heirloom

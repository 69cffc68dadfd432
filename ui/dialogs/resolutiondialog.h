// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QDialog>

class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace heirloom
{

/// Asks how many of the picture's pixels go on an inch of paper, or how wide it is there. Changes
/// no pixel. Modal; GUI thread.
class ResolutionDialog : public QDialog
{
    Q_OBJECT

public:
    /// An invalid resolution: unknown.
    ResolutionDialog(QSize size, Resolution resolution, QWidget *parent = nullptr);

    Resolution resolution() const;

private:
    void refresh();

    const QSize m_size;
    const Resolution m_own;
    QDoubleSpinBox *m_dots;
    QDoubleSpinBox *m_width; ///< centimetres
    QLabel *m_print;
    QPushButton *m_accept;
    bool m_showing = false;
};

} // namespace heirloom

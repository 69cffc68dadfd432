// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;

namespace heirloom
{

/// Asks on how many pixels the picture is to be shown: in pixels, per cent, or by its size on
/// paper. Modal; GUI thread.
class PictureSizeDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Unit { Pixels, PerCent, Centimetres, Inches };

    /// An invalid resolution: unknown.
    PictureSizeDialog(QSize size, Resolution resolution, QWidget *parent = nullptr);

    QSize size() const { return m_size; }
    /// Nothing while it is unknown and was not set here.
    std::optional<Resolution> resolution() const;

Q_SIGNALS:
    /// The user would rather have detail worked out.
    void enlargeRequested();

private:
    void build();
    Unit unit() const;
    double perPixel(bool across) const; ///< the unit's measure of one pixel
    void typed(bool across);
    void dotsTyped();
    void showFields();
    void refresh();

    const QSize m_from;
    const Resolution m_own;
    QSize m_size;
    bool m_dotsKnown;
    bool m_showing = false;
    QDoubleSpinBox *m_width, *m_height, *m_dots;
    QComboBox *m_unit;
    QCheckBox *m_keep;
    QLabel *m_result;
    QLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace heirloom

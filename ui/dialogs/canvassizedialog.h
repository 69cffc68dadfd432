// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QSize>

class QButtonGroup;
class QLabel;
class QPushButton;
class QSpinBox;

namespace heirloom
{

/// Asks how large the canvas around the picture is to be, and where the picture lies on it then.
/// Modal; GUI thread.
class CanvasSizeDialog : public QDialog
{
    Q_OBJECT

public:
    /// transparent: new room is; otherwise it is white.
    CanvasSizeDialog(QSize size, bool transparent, QWidget *parent = nullptr);

    QSize size() const;
    /// Of the picture's top left corner on the new canvas.
    QPoint offset() const;

private:
    void build(bool transparent);
    void refresh();

    const QSize m_from;
    QSpinBox *m_width, *m_height;
    QButtonGroup *m_anchor; ///< ids 0..8, row by row
    QLabel *m_result;
    QLabel *m_problem;
    QPushButton *m_accept;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QSlider;
class QSpinBox;

namespace heirloom
{

class ScaledSpinBox;

/// A named number: label, slider and a field to type it. A double click resets it; the wheel
/// changes it only while it has the keyboard; Shift with an arrow key steps ten times as far.
class ValueSlider : public QWidget
{
    Q_OBJECT

public:
    ValueSlider(const QString &label, int minimum, int maximum, int fallback,
                QWidget *parent = nullptr);

    int value() const;
    void setValue(int value);
    void setSuffix(const QString &suffix);
    /// The field shows value / 10^decimals; values stay whole numbers here.
    void setDecimals(int decimals);
    void setFallback(int fallback) { m_fallback = fallback; }
    QSlider *slider() const { return m_slider; }
    QSpinBox *field() const;

Q_SIGNALS:
    void valueChanged(int value);
    /// The user has let go: the last value of a drag, or a value that was typed or stepped.
    void committed(int value);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    int m_fallback;
    QLabel *m_label;
    QSlider *m_slider;
    ScaledSpinBox *m_field;
};

} // namespace heirloom

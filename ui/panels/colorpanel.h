// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "operation/chromafield.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace heirloom
{

class HintEditor;
class ProgressStrip;
class ValueSlider;

/// What Colour offers: one button that colours, then what is known of the selected hint and how
/// strong the colours are. Knows no session: ColorController fills and reads it. GUI thread.
class ColorPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ColorPanel(QWidget *parent = nullptr);

    enum class State {
        Nothing,  ///< no photo is open
        Grey,     ///< no colour layer yet
        Making,   ///< the first one is being made
        Coloured,
    };
    void setState(State state);
    /// Beside what the state says by itself; empty: nothing.
    void setNote(const QString &text);
    void setProgress(const ProgressReport &report);
    ColorTaste taste() const;
    /// Values that a hand holds stay. strength: per cent.
    void setLook(const ColorTaste &taste, int strength);
    HintEditor &editor() const { return *m_editor; }

Q_SIGNALS:
    void colorRequested();
    void cancelRequested();
    void tasteMoving();
    void tasteChanged();
    void strengthMoving(int percent);
    void strengthChanged();

private:
    QLabel *m_hint;
    QLabel *m_note;
    QPushButton *m_color;
    ProgressStrip *m_progress;
    HintEditor *m_editor;
    QWidget *m_look;
    ValueSlider *m_saturation;
    ValueSlider *m_warmth;
    ValueSlider *m_strength;
};

} // namespace heirloom

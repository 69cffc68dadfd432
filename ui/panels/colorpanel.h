// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "operation/chromafield.h"

#include <QImage>
#include <QList>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace heirloom
{

class HintEditor;
class HintList;
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
    /// Small pictures to choose from, by number; none: they are put away.
    void setVariants(const QList<QImage> &pictures, int current);
    /// There is a network, which alone has other colourings and doubts.
    void setLearned(bool learned);
    void setUnsureShown(bool shown);
    /// The picture's own colours lead.
    void setOwnKept(bool kept);
    void setSkinFound(bool found);
    void setSubjectUsed(bool used);
    /// Something is selected, which can be coloured on its own.
    void setCanColorInside(bool can);
    HintEditor &editor() const { return *m_editor; }
    HintList &list() const { return *m_list; }

Q_SIGNALS:
    void colorRequested();
    void cancelRequested();
    void tasteMoving();
    void tasteChanged();
    void strengthMoving(int percent);
    void strengthChanged();
    void marksToggled(bool shown);
    void saveRequested();
    void loadRequested();
    void paletteRequested();
    void pinRequested();
    void ownToggled(bool kept);
    void skinToggled(bool found);
    void subjectToggled(bool used);
    void variantsToggled(bool shown);
    void variantChosen(int number);
    void unsureToggled(bool shown);
    void insideRequested();

private:
    QWidget *buildHead();
    QWidget *buildMore();
    void showMore();

    QAction *m_save;
    QAction *m_own;
    QAction *m_skin;
    QAction *m_subject;
    QLabel *m_hint;
    QLabel *m_note;
    QPushButton *m_color;
    ProgressStrip *m_progress;
    HintEditor *m_editor;
    HintList *m_list;
    QPushButton *m_inside;
    QWidget *m_more;
    QPushButton *m_unsure;
    QPushButton *m_variants;
    QWidget *m_pictures;
    QWidget *m_look;
    State m_state = State::Nothing;
    bool m_isLearned = true;
    bool m_canColorInside = false;
    ValueSlider *m_saturation;
    ValueSlider *m_warmth;
    ValueSlider *m_strength;
};

} // namespace heirloom

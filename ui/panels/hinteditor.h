// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorhints.h"
#include "widgets/swatches.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace heirloom
{

class ChromaDisc;
class ColorWell;

/// The colour, name and kind of one hint. Knows no tool: it is told the hint and tells what a
/// person makes of it. GUI thread.
class HintEditor : public QWidget
{
    Q_OBJECT

public:
    explicit HintEditor(QWidget *parent = nullptr);

    /// Nothing: none is selected.
    void setHint(const std::optional<ColorHint> &hint);
    const std::optional<ColorHint> &hint() const { return m_hint; }
    /// What the network thinks the place might be, likeliest first.
    void setSuggestions(const QList<QColor> &colors);
    /// Whether there is a network to make them: room for them is kept, so that nothing moves.
    void setSuggestionsExpected(bool expected);
    /// Of the place, W3C Lum, 0..1: the disc's, and the one that materials are taken at.
    void setLuminance(double luminance);
    /// Named colours of hints that a person placed before, here or on other photos.
    void setPalette(const QList<Swatches::Swatch> &colors);
    /// Something is selected, which a hint can be limited to.
    void setCanLimit(bool can);
    /// Whether a click on a photo is awaited that says the colour.
    void setPicking(bool picking);

Q_SIGNALS:
    /// text: of the undo step.
    void edited(const heirloom::ColorHint &hint, const QString &text);
    /// A hand moves; edited() follows.
    void moving(const heirloom::ColorHint &hint);
    void pickToggled(bool on);
    /// The hint is to hold in what is selected, and there alone.
    void limitRequested();
    void removeRequested();

private:
    void setColor(const QColor &color);
    /// A colour and the name it goes by.
    void takePalette(const Swatches::Swatch &swatch);
    ColorHint withColor(const QColor &color) const;
    void fillMaterials();
    void takeHex();
    void edit(const ColorHint &hint, const QString &text);
    void showHint();

    std::optional<ColorHint> m_hint;
    QLabel *m_suggestedTitle;
    Swatches *m_suggested;
    ChromaDisc *m_disc;
    ColorWell *m_well;
    QLineEdit *m_hex;
    QToolButton *m_remove;
    QPushButton *m_pick;
    QToolButton *m_materials;
    QMenu *m_materialMenu;
    QList<Swatches::Swatch> m_palette;
    QCheckBox *m_keepsGrey;
    QCheckBox *m_isGuess;
    QPushButton *m_limit;
    bool m_canLimit = false;
    QLineEdit *m_name;
    QLineEdit *m_note;
};

} // namespace heirloom

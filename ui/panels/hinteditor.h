// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorhints.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace heirloom
{

class ColorWell;
class Swatches;

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

Q_SIGNALS:
    /// text: of the undo step.
    void edited(const heirloom::ColorHint &hint, const QString &text);
    void removeRequested();

private:
    void setColor(const QColor &color);
    void takeHex();
    void edit(const ColorHint &hint, const QString &text);
    void show();

    std::optional<ColorHint> m_hint;
    QLabel *m_suggestedTitle;
    Swatches *m_suggested;
    ColorWell *m_well;
    QLineEdit *m_hex;
    QToolButton *m_remove;
    QCheckBox *m_keepsGrey;
    QCheckBox *m_isGuess;
    QLineEdit *m_name;
    QLineEdit *m_note;
};

} // namespace heirloom

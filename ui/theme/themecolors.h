// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QHash>
#include <QPalette>
#include <QString>

namespace heirloom
{

enum class Look { Dark, Light };

/// The colours of one look, by the names that resources/themes/heirloom.qss uses. All greys are
/// neutral, so that nothing around a photo shifts how its colours are seen. Text on any surface
/// keeps a contrast of at least 4.5:1 (checked by tst_theme).
struct ThemeColors {
    QColor window, base, raised, button, hover, pressed;
    QColor text, quiet, disabled;
    QColor line, edge;
    QColor accent, accentHover, onAccent, focus;
    QColor canvas; ///< around the picture

    static ThemeColors of(Look look);

    QPalette palette() const;
    /// For the placeholders in the style sheet.
    QHash<QString, QColor> named() const;
};

/// WCAG 2.1 contrast ratio, 1..21.
double contrastRatio(const QColor &a, const QColor &b);

} // namespace heirloom

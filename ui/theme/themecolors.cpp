// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/themecolors.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

QColor grey(int value)
{
    return QColor(value, value, value);
}

double luminance(const QColor &color)
{
    const auto linear = [](double v) {
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

ThemeColors ThemeColors::of(Look look)
{
    ThemeColors c;
    if (look == Look::Dark) {
        c.window = grey(0x2a);
        c.base = grey(0x20);
        c.raised = grey(0x34);
        c.button = grey(0x39);
        c.hover = grey(0x42);
        c.pressed = grey(0x4c);
        c.text = grey(0xe8);
        c.quiet = grey(0xb4);
        c.disabled = grey(0x80);
        c.line = grey(0x1c);
        c.edge = grey(0x5a);
        c.accent = QColor(0xd8, 0xa6, 0x57);
        c.accentHover = QColor(0xe4, 0xb6, 0x6c);
        c.onAccent = grey(0x1a);
        c.focus = QColor(0xe4, 0xb6, 0x6c);
        c.canvas = grey(0x3c);
    } else {
        c.window = grey(0xf2);
        c.base = grey(0xff);
        c.raised = grey(0xfb);
        c.button = grey(0xff);
        c.hover = grey(0xe4);
        c.pressed = grey(0xd6);
        c.text = grey(0x20);
        c.quiet = grey(0x55);
        c.disabled = grey(0x8c);
        c.line = grey(0xcc);
        c.edge = grey(0x9a);
        c.accent = QColor(0x7d, 0x54, 0x12);
        c.accentHover = QColor(0x90, 0x62, 0x18);
        c.onAccent = grey(0xff);
        c.focus = QColor(0x7d, 0x54, 0x12);
        c.canvas = grey(0xb4);
    }
    return c;
}

QPalette ThemeColors::palette() const
{
    QPalette p;
    const auto both = [&p](QPalette::ColorRole role, const QColor &normal, const QColor &off) {
        p.setColor(QPalette::Active, role, normal);
        p.setColor(QPalette::Inactive, role, normal);
        p.setColor(QPalette::Disabled, role, off);
    };
    both(QPalette::Window, window, window);
    both(QPalette::WindowText, text, disabled);
    both(QPalette::Base, base, window);
    both(QPalette::AlternateBase, raised, window);
    both(QPalette::Text, text, disabled);
    both(QPalette::PlaceholderText, quiet, disabled);
    both(QPalette::Button, button, window);
    both(QPalette::ButtonText, text, disabled);
    both(QPalette::BrightText, text, disabled);
    both(QPalette::ToolTipBase, window, window);
    both(QPalette::ToolTipText, text, disabled);
    both(QPalette::Highlight, accent, pressed);
    both(QPalette::HighlightedText, onAccent, disabled);
    both(QPalette::Link, focus, disabled);
    both(QPalette::LinkVisited, focus, disabled);
    both(QPalette::Light, raised, raised);
    both(QPalette::Midlight, hover, hover);
    both(QPalette::Mid, edge, line);
    both(QPalette::Dark, line, line);
    both(QPalette::Shadow, QColor(0, 0, 0), QColor(0, 0, 0));
    return p;
}

QHash<QString, QColor> ThemeColors::named() const
{
    return {{QStringLiteral("window"), window},
            {QStringLiteral("base"), base},
            {QStringLiteral("raised"), raised},
            {QStringLiteral("button"), button},
            {QStringLiteral("hover"), hover},
            {QStringLiteral("pressed"), pressed},
            {QStringLiteral("text"), text},
            {QStringLiteral("quiet"), quiet},
            {QStringLiteral("disabled"), disabled},
            {QStringLiteral("line"), line},
            {QStringLiteral("edge"), edge},
            {QStringLiteral("accent"), accent},
            {QStringLiteral("accentHover"), accentHover},
            {QStringLiteral("onAccent"), onAccent},
            {QStringLiteral("focus"), focus}};
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace heirloom

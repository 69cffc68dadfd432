// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>

namespace heirloom
{

/// What an eyedropper takes.
struct PickOptions {
    int side = 1;           ///< the mean of side x side pixels: 1, 3 or 5
    bool allLayers = true;  ///< what is seen, or the active layer alone
    bool operator==(const PickOptions &) const = default;
};

/// The colours that all tools and all open photos share, in sRGB, and how the eyedropper picks
/// them. Owned by the window; GUI thread.
class PaintColors : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const QColor &foreground() const { return m_foreground; }
    const QColor &background() const { return m_background; }
    void setForeground(const QColor &color);
    void setBackground(const QColor &color);
    void swap();
    /// Black on white.
    void reset();

    const PickOptions &pick() const { return m_pick; }
    void setPick(const PickOptions &options);

Q_SIGNALS:
    void changed();

private:
    QColor m_foreground = Qt::black;
    QColor m_background = Qt::white;
    PickOptions m_pick;
};

} // namespace heirloom

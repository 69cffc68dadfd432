// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "document/mask.h"
#include "document/rendition.h"

#include <QColor>
#include <QImage>
#include <QRect>

namespace heirloom
{

/// What of masks the canvas is to show. A value.
struct MaskShown {
    enum class Look {
        Tint,  ///< a colour over the picture where the mask lets something through
        Alone, ///< grey values in the place of the picture
    };
    LayerId layer; ///< whose mask; invalid: the selection
    Look look = Look::Tint;
    QColor color; ///< of the tint; alpha is what full values cover
    bool operator==(const MaskShown &) const = default;
};

/// Draws a mask over the canvas's tiles. Part of the canvas's content; GUI thread.
class MaskView
{
public:
    explicit MaskView(const MaskShown &shown)
        : m_shown(shown)
    {
    }
    const MaskShown &shown() const { return m_shown; }
    /// Null: nothing is masked or selected. Returns the part of the canvas that looks different
    /// now.
    QRect setMask(const Mask &mask, QSize canvas);
    /// Over the canvas's tile (CanvasContent) at this level and index; 32 bits.
    void paintOver(QImage &tile, int level, QPoint index);

private:
    MaskShown m_shown;
    Mask m_mask;
    QSize m_canvas;
    Rendition m_rendition;
};

} // namespace heirloom

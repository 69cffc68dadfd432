// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "document/canvas.h"
#include "document/layerstack.h"

#include <QString>

namespace heirloom
{

/// A document's whole state at one moment: a value that shares all pixels with the document. What
/// jobs work on (on their own thread), what history names, what canvas commands swap.
struct Snapshot {
    Canvas canvas;
    LayerStack stack;
    LayerId activeLayer;
    /// Where commands and brushes may change something, and how strongly; null: everywhere. Shows
    /// nowhere in the picture and counts for no fingerprint.
    Mask selection;
    QString name; ///< for named states

    /// Canvas and layers equal.
    bool samePicture(const Snapshot &other) const
    {
        return canvas == other.canvas && stack == other.stack;
    }
    /// The selection too; the name and the active layer do not count.
    bool sameState(const Snapshot &other) const
    {
        return samePicture(other) && selection == other.selection;
    }

    /// The same picture on another canvas: every layer, mask and the selection is carried by toNew
    /// (old canvas coordinates to new ones), no pixel is touched.
    Snapshot onCanvas(const Canvas &canvas, const Transform &toNew) const;
    /// The canvas enlarged (or reduced) to a size, resolution scaled with it; everything is
    /// carried by its transform.
    Snapshot scaledTo(QSize size) const;
    /// This state brought onto now's canvas, to be compared with it: the same place of the photo
    /// lies at the same place, by where the Original lies in both. Where one of them has no
    /// Original, the whole lies on the whole.
    Snapshot broughtOnto(const Snapshot &now) const;
    /// What the layer at index (an AI layer) is made from: the layers below it on a canvas of its
    /// own, in the place, size and format of the picture it was made from. Canvas commands that
    /// came later do not show in it. With index = stack.count(): what the next result is made from.
    /// Its selection is the layer's mask, brought to the same place.
    Snapshot sourceBelow(int index) const;
    /// A grey canvas as RGB (sRGB), for the first layer that brings colour; others as they are.
    Snapshot inColor() const;
};

} // namespace heirloom

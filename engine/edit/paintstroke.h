// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "edit/history.h"
#include "paint/brush.h"
#include "paint/stroke.h"

#include <QColor>
#include <QPointer>

#include <functional>
#include <span>

namespace heirloom
{

class Rendition;

/// Mask: the layer's. Selection: the document's, from nothing where there is none.
enum class StrokeTarget { Pixels, Mask, Selection };

/// What a stroke is made on, for who makes its source.
struct StrokeGround {
    LayerId layer;
    LayerId chosen; ///< the one that was asked for: another where one was made for the stroke
    StrokeTarget target = StrokeTarget::Pixels;
    TiledBuffer before;   ///< the layer's pixels, its mask's, or the selection's
    ColorProfile profile; ///< of the layer; a mask has none (grey values as they are)
    Transform toCanvas;   ///< before's coordinates to the canvas's
    Snapshot picture;     ///< the document at the stroke's beginning, a new layer already in it
};

/// Makes a stroke's source for its ground; may fail (nothing to clone from).
using StrokeSourceMaker =
    std::function<Result<std::shared_ptr<const StrokeSource>>(const StrokeGround &)>;

/// A colour of sRGB, in the layer's own colours; on masks and grey layers its grey. What it paints
/// of a selection is selected, whatever the colour.
StrokeSourceMaker paintWith(const QColor &color);
/// Takes a layer's pixels away; a mask's are set to 0.
StrokeSourceMaker erase();

/// What a stroke is to be.
struct StrokeStart {
    LayerId layer; ///< as a rule the active one
    StrokeTarget target = StrokeTarget::Pixels;
    StrokeSourceMaker source;
    /// It needs pixels that are there already: no layer is made for it, and one without alpha gets
    /// it (an eraser).
    bool erases = false;
    /// A grey picture becomes RGB where a layer is made for it.
    bool bringsColor = false;
    QString text;           ///< of the step: "Brush"
};

/// A stroke on a document: changes it live, tile by tile, and is one step of the history when it is
/// finished, or none when it is cancelled (all pointers are as before). Only what the document's
/// selection lets through changes. Where the layer's pixels
/// cannot be painted on (the Original, a result, an adjustment, a locked layer) a transparent
/// "Retouch" layer is made above it, within the same step. Owned by the tool that strokes; history
/// and document outlive it or say so (then it does nothing any more). GUI thread.
class PaintStroke
{
public:
    /// Errors: BadArgument (no such layer, no mask, hidden, nothing to erase), LayerLocked, and the
    /// source's own. Nothing has changed then.
    static Result<std::unique_ptr<PaintStroke>> begin(History &history, const StrokeStart &start);
    /// Cancels what is not finished.
    ~PaintStroke();
    PaintStroke(const PaintStroke &) = delete;
    PaintStroke &operator=(const PaintStroke &) = delete;

    void add(std::span<const Dab> dabs);
    /// One step; none when no byte differs.
    void finish();
    void cancel();
    /// Neither finished nor cancelled, by itself or by the history (History::settle()).
    bool isOpen() const { return m_isOpen && m_document; }

    LayerId layer() const { return m_ground.layer; }
    /// The layer was made for this stroke.
    bool madeLayer() const { return m_madeLayer; }
    const StrokeGround &ground() const { return m_ground; }
    const Stroke &stroke() const { return *m_stroke; }

    /// Whether a stroke on this layer's pixels paints on the layer itself.
    static bool isPaintable(const Layer &layer);

private:
    PaintStroke(History &history, const StrokeStart &start);
    Result<void> prepare(const StrokeStart &start);
    Result<void> prepareSelection(const StrokeStart &start);
    void makeLayer(bool bringsColor);
    void show();

    History &m_history;
    QPointer<Document> m_document;
    Snapshot m_before;
    QString m_text;
    StrokeGround m_ground;
    std::shared_ptr<Rendition> m_selection; ///< in the target's pixels
    std::unique_ptr<Stroke> m_stroke;
    bool m_madeLayer = false;
    bool m_isOpen = false;
};

} // namespace heirloom

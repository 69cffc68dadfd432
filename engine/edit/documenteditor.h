// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "edit/history.h"
#include "edit/merge.h"

#include <QPolygonF>

#include <optional>

namespace heirloom
{

/// What a layer can hand on to another: everything but its pixels, place and name.
struct LayerSettings {
    double opacity = 1;
    BlendMode blendMode = BlendMode::Normal;
    Mask mask;
    AdjustmentContent adjustment; ///< used where both layers are adjustments
};

/// What the user does to a document by hand: each call is one finished step in the history, or
/// nothing and an error (LayerLocked, BadArgument). Pixels are never changed in place: canvas
/// commands carry every layer by its transform. Owned by the session; GUI thread.
class DocumentEditor
{
public:
    explicit DocumentEditor(History &history)
        : m_history(history)
    {
    }

    // ---- one layer; values of a drag merge into one step until finishGesture() -----------------
    Result<void> setOpacity(LayerId layer, double opacity);
    Result<void> setBlendMode(LayerId layer, BlendMode mode);
    Result<void> setVisible(LayerId layer, bool visible);
    Result<void> setLocked(LayerId layer, bool locked);
    Result<void> rename(LayerId layer, const QString &name);
    Result<void> setAdjustment(LayerId layer, const AdjustmentContent &adjustment);
    Result<void> setMask(LayerId layer, const Mask &mask, const QString &text);
    Result<void> addMask(LayerId layer, quint8 value); ///< uniform, the size of the canvas
    Result<void> removeMask(LayerId layer);
    Result<void> setMaskEnabled(LayerId layer, bool enabled);
    Result<void> invertMask(LayerId layer);
    Result<void> setTransform(LayerId layer, const Transform &transform);
    void finishGesture() { m_history.seal(); }

    // ---- the selection -------------------------------------------------------------------------
    /// One with nothing in it is none, as a null one: everything.
    Result<void> setSelection(const Mask &selection, const QString &text);
    /// The same; values of a drag merge into one step until finishGesture().
    Result<void> adjustSelection(const Mask &selection, const QString &text);
    Result<void> selectAll();
    Result<void> selectNone();
    /// Errors: BadArgument (nothing is selected).
    Result<void> invertSelection();
    /// Moves of one gesture are one step.
    Result<void> moveSelection(QPointF by);
    /// The layer's mask, or its own transparency, becomes the selection.
    Result<void> selectMask(LayerId layer);
    Result<void> selectTransparency(LayerId layer);
    /// The selection becomes the layer's mask, in the place of one that it has.
    Result<void> maskFromSelection(LayerId layer);

    // ---- the stack -----------------------------------------------------------------------------
    /// Above the active layer, but above every AI layer too; becomes active.
    Result<LayerId> addAdjustment(const AdjustmentContent &adjustment, const QString &name);
    Result<LayerId> addPixels(const TiledBuffer &pixels, const ColorProfile &profile,
                              const Transform &transform, const QString &name);
    Result<LayerId> duplicate(LayerId layer);
    Result<void> remove(LayerId layer);
    Result<void> move(LayerId layer, int toIndex);
    /// Takes in a merge whose pixels were computed from the state the document still has (else:
    /// BadArgument). The Original stays below the merged layer; hidden where it would show twice.
    Result<void> takeMerged(const Merge &merge, const TiledBuffer &pixels);
    LayerSettings copySettings(LayerId layer) const;
    Result<void> pasteSettings(LayerId layer, const LayerSettings &settings);

    // ---- the canvas ----------------------------------------------------------------------------
    Result<void> crop(const QRect &canvasRect);
    /// Every layer is carried (Lanczos when shown); the same content on more or fewer pixels. Of
    /// the same size on paper unless a resolution is given.
    Result<void> resize(QSize size, std::optional<Resolution> resolution = {});
    /// Only the canvas grows or shrinks around the picture.
    Result<void> resizeCanvas(QSize size, QPoint offset);
    Result<void> rotateQuarter(int clockwiseTurns);
    Result<void> flip(Qt::Orientation orientation); ///< Horizontal: left becomes right
    /// Clockwise; cropped to the largest upright rectangle of the same proportions inside.
    Result<void> straighten(double degrees, bool cropped = true);
    /// The four corners (clockwise from the top left, canvas coordinates) of a photographed print
    /// become the canvas; its size follows from their distances. text: of the step, if it is to be
    /// called otherwise.
    Result<void> perspective(const QPolygonF &corners, const QString &text = {});
    Result<void> setResolution(Resolution resolution);

private:
    Document &document()
    {
        m_history.settle();
        return *m_history.document();
    }
    /// The layer when it is there and not locked.
    Result<Layer> unlocked(LayerId layer);
    Result<void> change(const Layer &layer, const QString &text, CommandId id = CommandId::Other);
    Result<void> toCanvas(const Canvas &canvas, const Transform &toNew, const QString &text);
    Result<LayerId> insert(Layer layer, int index, const QString &text);
    Result<void> select(const Mask &selection, const QString &text,
                        CommandId id = CommandId::Other);

    History &m_history;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"

#include <QObject>

#include <memory>

namespace heirloom
{

/// A picture being edited: a canvas and a stack of layers. Owned by the session; GUI thread only
/// (the command line's main thread). Jobs get snapshot()s. Every change goes through the functions
/// here, called by undo commands (edit/) and, for what needs no undo, by the session.
class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(std::shared_ptr<TileStore> store, QObject *parent = nullptr);
    ~Document() override;

    /// A document whose canvas is as the picture and whose only layer is the locked Original.
    static std::unique_ptr<Document>
    fromOriginal(const TiledBuffer &pixels, const ColorProfile &profile, Resolution resolution);

    const Canvas &canvas() const { return m_state.canvas; }
    const LayerStack &stack() const { return m_state.stack; }
    const std::shared_ptr<TileStore> &store() const { return m_store; }
    LayerId activeLayer() const { return m_state.activeLayer; }
    /// Null: everything is selected. Its place may be any (Mask::laidOn()).
    const Mask &selection() const { return m_state.selection; }
    const Layer *layer(LayerId id) const { return stack().find(id); }

    /// Counts every change of what the document is (not of the active layer or the selection).
    quint64 revision() const { return m_revision; }

    Snapshot snapshot(const QString &name = {}) const;
    /// Takes over a whole state; signals tell only what differs. Canvas commands and undo.
    void restore(const Snapshot &snapshot);

    /// Gives the layer an id unless it has one (redo keeps ids) and returns it.
    LayerId insertLayer(int index, Layer layer);
    /// The removed layer; it must exist.
    Layer takeLayer(LayerId id);
    void moveLayer(LayerId id, int toIndex);
    /// Replaces the layer of the same id; tells the region that looks different.
    void replaceLayer(const Layer &layer);

    // The common changes of one layer; unknown ids are ignored.
    void setOpacity(LayerId id, double opacity);
    void setVisible(LayerId id, bool visible);
    void setBlendMode(LayerId id, BlendMode mode);
    void setName(LayerId id, const QString &name);
    void setLocked(LayerId id, bool locked);
    void setTransform(LayerId id, const Transform &transform);
    void setMask(LayerId id, const Mask &mask);
    void setPixels(LayerId id, const TiledBuffer &pixels);
    void setResolution(Resolution resolution);

    void setActiveLayer(LayerId id);
    /// A null one: everything. It is always in use, whatever its enabled says.
    void setSelection(const Mask &selection);

Q_SIGNALS:
    void canvasChanged();
    /// Layers came, went or moved.
    void stackChanged();
    void layerChanged(heirloom::LayerId id);
    void activeLayerChanged(heirloom::LayerId id);
    void selectionChanged();
    /// The composite may differ inside this part of the canvas.
    void contentChanged(const QRect &canvasRect);
    /// After any of the above except activeLayerChanged and selectionChanged.
    void changed();

private:
    template <typename F>
    void edit(LayerId id, F &&change);
    void touched(const QRect &region);

    std::shared_ptr<TileStore> m_store;
    Snapshot m_state;
    quint64 m_revision = 0;
    quint64 m_lastId = 0;
};

} // namespace heirloom

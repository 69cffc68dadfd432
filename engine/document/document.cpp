// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

Document::Document(std::shared_ptr<TileStore> store, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
{
}

Document::~Document() = default;

std::unique_ptr<Document> Document::fromOriginal(const TiledBuffer &pixels,
                                                 const ColorProfile &profile, Resolution resolution)
{
    auto document = std::make_unique<Document>(pixels.store());
    // The canvas keeps the picture's own depth; floats are shown and exported as 16 bit.
    PixelFormat format = pixels.format();
    if (format.depth == Depth::F32)
        format.depth = Depth::U16;
    document->m_state.canvas = {pixels.size(), format, profile, resolution};
    Layer layer;
    layer.kind = LayerKind::Original;
    layer.name = QCoreApplication::translate("heirloom::Document", "Original");
    layer.locked = true;
    layer.pixels = pixels;
    layer.profile = profile;
    document->m_state.activeLayer = document->insertLayer(0, std::move(layer));
    return document;
}

Snapshot Document::snapshot(const QString &name) const
{
    Snapshot snapshot = m_state;
    snapshot.name = name;
    return snapshot;
}

void Document::touched(const QRect &region)
{
    ++m_revision;
    const QRect inside = region & canvas().rect();
    if (!inside.isEmpty())
        Q_EMIT contentChanged(inside);
    Q_EMIT changed();
}

void Document::restore(const Snapshot &snapshot)
{
    const Snapshot before = std::move(m_state);
    m_state = snapshot;
    m_state.name.clear();
    for (const Layer &layer : stack())
        m_lastId = std::max(m_lastId, layer.id.value());

    if (!(before.canvas == canvas()))
        Q_EMIT canvasChanged();
    bool sameOrder = before.stack.count() == stack().count();
    for (int i = 0; sameOrder && i < stack().count(); ++i)
        sameOrder = before.stack.at(i).id == stack().at(i).id;
    if (!sameOrder)
        Q_EMIT stackChanged();

    bool differs = !sameOrder || !(before.canvas == canvas());
    QRect region = differs ? canvas().rect() : QRect();
    for (int i = 0; i < m_state.stack.count(); ++i) {
        const Layer now = stack().at(i); // a copy: listeners may change the document
        const Layer *old = before.stack.find(now.id);
        if (!old || *old == now)
            continue;
        differs = true;
        if (!old->looksLike(now))
            region |= old->bounds() | now.bounds();
        Q_EMIT layerChanged(now.id);
    }
    if (before.activeLayer != activeLayer())
        Q_EMIT activeLayerChanged(activeLayer());
    if (!(before.selection == selection()))
        Q_EMIT selectionChanged();
    if (differs)
        touched(region);
}

LayerId Document::insertLayer(int index, Layer layer)
{
    if (!layer.id.isValid() || m_state.stack.find(layer.id))
        layer.id = LayerId(m_lastId + 1);
    m_lastId = std::max(m_lastId, layer.id.value());
    const LayerId id = layer.id;
    const QRect region = layer.isShown() ? layer.bounds() : QRect();
    m_state.stack.insert(index, std::move(layer));
    Q_EMIT stackChanged();
    touched(region);
    return id;
}

Layer Document::takeLayer(LayerId id)
{
    const int index = stack().indexOf(id);
    Q_ASSERT(index >= 0);
    Layer layer = m_state.stack.take(index);
    Q_EMIT stackChanged();
    if (activeLayer() == id) {
        const int next = std::min(index, stack().count() - 1);
        setActiveLayer(next < 0 ? LayerId() : stack().at(next).id);
    }
    touched(layer.isShown() ? layer.bounds() : QRect());
    return layer;
}

void Document::moveLayer(LayerId id, int toIndex)
{
    const int from = stack().indexOf(id);
    toIndex = std::clamp(toIndex, 0, std::max(0, stack().count() - 1));
    if (from < 0 || from == toIndex)
        return;
    m_state.stack.move(from, toIndex);
    const Layer &layer = stack().at(toIndex);
    const QRect region = layer.isShown() ? layer.bounds() : QRect();
    Q_EMIT stackChanged();
    touched(region);
}

void Document::replaceLayer(const Layer &layer)
{
    const int index = stack().indexOf(layer.id);
    if (index < 0 || stack().at(index) == layer)
        return;
    const Layer before = stack().at(index);
    m_state.stack.replace(index, layer);
    QRect region;
    if (!before.looksLike(layer)) {
        if (before.isShown())
            region |= before.bounds();
        if (layer.isShown())
            region |= layer.bounds();
    }
    const LayerId id = layer.id;
    Q_EMIT layerChanged(id);
    touched(region);
}

template <typename F>
void Document::edit(LayerId id, F &&change)
{
    const Layer *found = layer(id);
    if (!found)
        return;
    Layer changedLayer = *found;
    change(changedLayer);
    replaceLayer(changedLayer);
}

void Document::setOpacity(LayerId id, double opacity)
{
    edit(id, [&](Layer &l) { l.opacity = std::clamp(opacity, 0.0, 1.0); });
}

void Document::setVisible(LayerId id, bool visible)
{
    edit(id, [&](Layer &l) { l.visible = visible; });
}

void Document::setBlendMode(LayerId id, BlendMode mode)
{
    edit(id, [&](Layer &l) { l.blendMode = mode; });
}

void Document::setName(LayerId id, const QString &name)
{
    edit(id, [&](Layer &l) { l.name = name; });
}

void Document::setLocked(LayerId id, bool locked)
{
    edit(id, [&](Layer &l) { l.locked = locked; });
}

void Document::setTransform(LayerId id, const Transform &transform)
{
    edit(id, [&](Layer &l) { l.transform = transform; });
}

void Document::setMask(LayerId id, const Mask &mask)
{
    edit(id, [&](Layer &l) { l.mask = mask; });
}

void Document::setPixels(LayerId id, const TiledBuffer &pixels)
{
    edit(id, [&](Layer &l) { l.pixels = pixels; });
}

void Document::setResolution(Resolution resolution)
{
    if (canvas().resolution == resolution)
        return;
    m_state.canvas.resolution = resolution;
    Q_EMIT canvasChanged();
    touched({});
}

void Document::setActiveLayer(LayerId id)
{
    if (id == activeLayer() || (id.isValid() && !layer(id)))
        return;
    m_state.activeLayer = id;
    Q_EMIT activeLayerChanged(id);
}

void Document::setSelection(const Mask &selection)
{
    Mask used = selection;
    used.enabled = true;
    if (used == m_state.selection)
        return;
    m_state.selection = used;
    Q_EMIT selectionChanged();
}

} // namespace heirloom

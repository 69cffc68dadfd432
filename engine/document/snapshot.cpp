// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/snapshot.h"

namespace heirloom
{

Snapshot Snapshot::onCanvas(const Canvas &newCanvas, const Transform &toNew) const
{
    Snapshot result;
    result.canvas = newCanvas;
    result.activeLayer = activeLayer;
    result.name = name;
    result.selection = selection;
    if (!selection.isNull())
        result.selection.transform = selection.transform.then(toNew);
    for (Layer layer : stack) {
        layer.transform = layer.transform.then(toNew);
        if (!layer.mask.isNull())
            layer.mask.transform = layer.mask.transform.then(toNew);
        result.stack.insert(result.stack.count(), std::move(layer));
    }
    return result;
}

Snapshot Snapshot::scaledTo(QSize size) const
{
    const Transform scale = Transform::scaling(canvas.size, size);
    Canvas scaled = canvas;
    scaled.size = size;
    if (scaled.resolution.isValid()) {
        scaled.resolution.x *= scale.scaleX();
        scaled.resolution.y *= scale.scaleY();
    }
    return onCanvas(scaled, scale);
}

Snapshot Snapshot::broughtOnto(const Snapshot &now) const
{
    const Layer *here = stack.original();
    const Layer *there = now.stack.original();
    Transform toNow;
    if (!here || !there)
        toNow = Transform::scaling(canvas.size, now.canvas.size);
    else if (!(here->transform == there->transform))
        toNow = here->transform.inverted().then(there->transform).rounded();
    return onCanvas(now.canvas, toNow);
}

Snapshot Snapshot::sourceBelow(int index) const
{
    Snapshot result;
    result.canvas = canvas;
    Transform toSource;
    if (index < stack.count()) {
        const Layer &layer = stack.at(index);
        const QSize size =
            layer.ai.sourceSize.isEmpty() ? layer.pixels.size() : layer.ai.sourceSize;
        result.canvas.size = size;
        result.canvas.format = layer.pixels.format();
        result.canvas.profile = layer.profile;
        toSource = layer.transform.inverted().then(Transform::scaling(layer.pixels.size(), size));
        result.selection = layer.mask;
        result.selection.enabled = true;
        if (!layer.mask.isNull())
            result.selection.transform = layer.mask.transform.then(toSource).rounded();
    }
    for (int i = 0; i < index; ++i) {
        Layer layer = stack.at(i);
        layer.transform = layer.transform.then(toSource).rounded();
        if (!layer.mask.isNull())
            layer.mask.transform = layer.mask.transform.then(toSource).rounded();
        result.stack.insert(i, std::move(layer));
    }
    return result;
}

Snapshot Snapshot::inColor() const
{
    Snapshot result = *this;
    if (canvas.format.isGray()) {
        result.canvas.format = canvas.format.asRgb();
        result.canvas.profile = ColorProfile::forUntagged(result.canvas.format);
    }
    return result;
}

} // namespace heirloom

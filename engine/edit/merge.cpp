// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/merge.h"

#include "document/compositor.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::DocumentEditor", text);
}

bool coversAll(const Layer &layer, const Canvas &canvas)
{
    return layer.hasPixels() && layer.visible && layer.opacity >= 1 && !layer.mask.isActive() &&
           !layer.pixels.format().hasAlpha() && layer.transform.kind() <= Transform::Kind::Scale &&
           layer.bounds().contains(canvas.rect());
}

Layer plainLayer(const Snapshot &snapshot, const QString &name)
{
    Layer layer;
    layer.kind = LayerKind::Pixel;
    layer.name = name;
    layer.profile = snapshot.canvas.profile;
    return layer;
}

} // namespace

Result<Merge> planMergeDown(const Snapshot &snapshot, LayerId id)
{
    const int index = snapshot.stack.indexOf(id);
    if (index < 1)
        return fail(ErrorCode::BadArgument,
                    {tr("merging the lowest layer"), tr("a layer that has another one below it")});
    const Layer &upper = snapshot.stack.at(index);
    const Layer &lower = snapshot.stack.at(index - 1);
    for (const Layer *layer : {&upper, &lower}) {
        if (layer->locked && layer->kind != LayerKind::Original)
            return fail(ErrorCode::LayerLocked, {layer->name});
    }
    if (lower.kind == LayerKind::Adjustment)
        return fail(ErrorCode::BadArgument,
                    {tr("merging into an adjustment"), tr("a layer of pixels below")});
    // On its own a result with transparent places does not look as it does in the others' place.
    if (lower.replacesBelow() || (upper.replacesBelow() && index > 1))
        return fail(ErrorCode::BadArgument,
                    {tr("merging a result that stands in the place of everything below it"),
                     tr("flattening the picture")});
    Merge merge;
    merge.text = tr("Merge down");
    merge.from = snapshot;
    merge.first = index - 1;
    merge.last = index;
    merge.layer = plainLayer(snapshot, lower.kind == LayerKind::Original ? upper.name : lower.name);
    merge.layer.blendMode = lower.blendMode;
    return merge;
}

Result<Merge> planFlatten(const Snapshot &snapshot)
{
    if (snapshot.stack.isEmpty())
        return fail(ErrorCode::BadArgument, {tr("flattening nothing"), tr("a picture")});
    Merge merge;
    merge.text = tr("Flatten");
    merge.from = snapshot;
    merge.last = snapshot.stack.count() - 1;
    merge.layer = plainLayer(snapshot, tr("Flattened"));
    return merge;
}

Result<TiledBuffer> mergedPixels(const Merge &merge, std::shared_ptr<TileStore> store,
                                 const Progress &progress)
{
    Snapshot part = merge.from;
    part.stack = {};
    for (int i = merge.first; i <= merge.last; ++i) {
        Layer layer = merge.from.stack.at(i);
        if (i == merge.first)
            layer.blendMode = BlendMode::Normal; // it goes on with the merged layer
        part.stack.insert(part.stack.count(), layer);
    }
    if (!coversAll(part.stack.at(0), part.canvas))
        part.canvas.format = part.canvas.format.withAlpha(true);
    CompositorSource source(part, store);
    return TiledBuffer::fromSource(source, store, progress);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"

#include "document/adjustment.h"
#include "edit/sizelimits.h"

#include <QCoreApplication>

#include <cmath>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::DocumentEditor", text);
}

Error noLayer()
{
    return {ErrorCode::BadArgument, {tr("a layer that is gone"), tr("a layer of this picture")}};
}

bool bringsColor(const Layer &layer)
{
    if (layer.kind == LayerKind::Adjustment) {
        const AdjustmentInfo *info = findAdjustment(layer.adjustment.id);
        return info && info->needsColor;
    }
    return layer.hasPixels() && !layer.pixels.format().isGray();
}

} // namespace

Result<Layer> DocumentEditor::unlocked(LayerId id)
{
    const Layer *layer = document().layer(id);
    if (!layer)
        return tl::unexpected(noLayer());
    if (layer->locked)
        return fail(ErrorCode::LayerLocked, {layer->name});
    return *layer;
}

Result<void> DocumentEditor::change(const Layer &layer, const QString &text, CommandId id)
{
    const Snapshot before = document().snapshot();
    document().replaceLayer(layer);
    m_history.record(text, before, id, layer.id);
    return {};
}

// ---- one layer ---------------------------------------------------------------------------------
// The Original is locked against change of its pixels and place; how it shows may be changed.

Result<void> DocumentEditor::setOpacity(LayerId id, double opacity)
{
    const Layer *found = document().layer(id);
    if (!found)
        return tl::unexpected(noLayer());
    Layer layer = *found;
    if (layer.locked && layer.kind != LayerKind::Original)
        return fail(ErrorCode::LayerLocked, {layer.name});
    if (std::isnan(opacity))
        return fail(ErrorCode::BadArgument, {tr("an opacity that is no number"), tr("0 to 1")});
    layer.opacity = std::clamp(opacity, 0.0, 1.0);
    return change(layer, layer.kind == LayerKind::Ai ? tr("Strength") : tr("Opacity"),
                  CommandId::Opacity);
}

Result<void> DocumentEditor::setBlendMode(LayerId id, BlendMode mode)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    layer->blendMode = mode;
    return change(*layer, tr("Blend mode: %1").arg(blendModeName(mode)));
}

Result<void> DocumentEditor::setVisible(LayerId id, bool visible)
{
    const Layer *found = document().layer(id);
    if (!found)
        return tl::unexpected(noLayer());
    Layer layer = *found;
    layer.visible = visible;
    return change(layer, (visible ? tr("Show %1") : tr("Hide %1")).arg(layer.name));
}

Result<void> DocumentEditor::setLocked(LayerId id, bool locked)
{
    const Layer *found = document().layer(id);
    if (!found)
        return tl::unexpected(noLayer());
    Layer layer = *found;
    if (layer.kind == LayerKind::Original)
        return fail(ErrorCode::LayerLocked, {layer.name});
    layer.locked = locked;
    return change(layer, (locked ? tr("Lock %1") : tr("Unlock %1")).arg(layer.name));
}

Result<void> DocumentEditor::rename(LayerId id, const QString &name)
{
    const Layer *found = document().layer(id);
    if (!found)
        return tl::unexpected(noLayer());
    Layer layer = *found;
    const QString trimmed = name.simplified();
    if (trimmed.isEmpty())
        return {};
    layer.name = trimmed;
    return change(layer, tr("Rename to %1").arg(trimmed));
}

Result<void> DocumentEditor::setAdjustment(LayerId id, const AdjustmentContent &adjustment)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    if (layer->kind != LayerKind::Adjustment || !findAdjustment(adjustment.id))
        return fail(ErrorCode::BadArgument, {adjustment.id, tr("an adjustment for this layer")});
    layer->adjustment = adjustment;
    return change(*layer, layer->name, CommandId::Adjustment);
}

Result<void> DocumentEditor::setMask(LayerId id, const Mask &mask, const QString &text)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    layer->mask = mask;
    return change(*layer, text, CommandId::Mask);
}

Result<void> DocumentEditor::addMask(LayerId id, quint8 value)
{
    finishGesture();
    return setMask(id, Mask::uniform(document().canvas().size, value, document().store()),
                   tr("Add mask"));
}

Result<void> DocumentEditor::removeMask(LayerId id)
{
    finishGesture();
    return setMask(id, {}, tr("Remove mask"));
}

Result<void> DocumentEditor::setMaskEnabled(LayerId id, bool enabled)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    layer->mask.enabled = enabled;
    return change(*layer, enabled ? tr("Use mask") : tr("Leave mask out"));
}

Result<void> DocumentEditor::invertMask(LayerId id)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    if (layer->mask.isNull())
        return fail(ErrorCode::BadArgument, {layer->name, tr("a layer that has a mask")});
    layer->mask = layer->mask.invertedOn(document().canvas().size);
    return change(*layer, tr("Invert mask"));
}

Result<void> DocumentEditor::setTransform(LayerId id, const Transform &transform)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    layer->transform = transform;
    return change(*layer, tr("Move %1").arg(layer->name), CommandId::Move);
}

// ---- the stack ---------------------------------------------------------------------------------

Result<LayerId> DocumentEditor::insert(Layer layer, int index, const QString &text)
{
    const Snapshot before = document().snapshot();
    if (bringsColor(layer) && before.canvas.format.isGray())
        document().restore(before.inColor());
    const LayerId id = document().insertLayer(index, std::move(layer));
    document().setActiveLayer(id);
    m_history.record(text, before);
    return id;
}

Result<LayerId> DocumentEditor::addAdjustment(const AdjustmentContent &adjustment,
                                              const QString &name)
{
    if (!findAdjustment(adjustment.id))
        return fail(ErrorCode::BadArgument, {adjustment.id, tr("a known adjustment")});
    const LayerStack &stack = document().stack();
    int index = stack.indexOf(document().activeLayer()) + 1;
    for (int i = 0; i < stack.count(); ++i) {
        if (stack.at(i).kind == LayerKind::Ai)
            index = std::max(index, i + 1);
    }
    Layer layer;
    layer.kind = LayerKind::Adjustment;
    layer.name = name;
    layer.adjustment = adjustment;
    return insert(std::move(layer), index, tr("Add %1").arg(name));
}

Result<LayerId> DocumentEditor::addPixels(const TiledBuffer &pixels, const ColorProfile &profile,
                                          const Transform &transform, const QString &name)
{
    if (auto fits = checkLayerSize(pixels.size()); !fits)
        return fail(fits.error());
    Layer layer;
    layer.name = name;
    layer.pixels = pixels;
    layer.profile = profile;
    layer.transform = transform;
    return insert(std::move(layer), document().stack().indexOf(document().activeLayer()) + 1,
                  tr("Add %1").arg(name));
}

Result<LayerId> DocumentEditor::duplicate(LayerId id)
{
    const Layer *found = document().layer(id);
    if (!found)
        return tl::unexpected(noLayer());
    Layer copy = *found;
    copy.id = {};
    copy.locked = false;
    copy.name = tr("%1 copy").arg(found->name);
    if (copy.kind == LayerKind::Original)
        copy.kind = LayerKind::Pixel;
    return insert(std::move(copy), document().stack().indexOf(id) + 1,
                  tr("Duplicate %1").arg(found->name));
}

Result<void> DocumentEditor::remove(LayerId id)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    const Snapshot before = document().snapshot();
    const int index = before.stack.indexOf(id);
    document().takeLayer(id);
    if (before.activeLayer == id && !document().stack().isEmpty())
        document().setActiveLayer(document().stack().at(std::max(0, index - 1)).id);
    m_history.record(tr("Delete %1").arg(layer->name), before);
    return {};
}

Result<void> DocumentEditor::move(LayerId id, int toIndex)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    const LayerStack &stack = document().stack();
    const int lowest = stack.original() ? stack.indexOf(stack.original()->id) + 1 : 0;
    const int to = std::clamp(toIndex, std::min(lowest, stack.count() - 1), stack.count() - 1);
    const Snapshot before = document().snapshot();
    document().moveLayer(id, to);
    m_history.record(tr("Reorder %1").arg(layer->name), before);
    return {};
}

Result<void> DocumentEditor::takeMerged(const Merge &merge, const TiledBuffer &pixels)
{
    const Snapshot before = document().snapshot();
    if (!before.samePicture(merge.from))
        return fail(ErrorCode::BadArgument,
                    {tr("a picture that was changed meanwhile"), tr("the picture as it was")});
    const bool keepsFirst = before.stack.at(merge.first).kind == LayerKind::Original;
    const int first = merge.first + (keepsFirst ? 1 : 0);
    for (int i = merge.last; i >= first; --i)
        document().takeLayer(before.stack.at(i).id);
    Layer layer = merge.layer;
    layer.pixels = pixels;
    document().setActiveLayer(document().insertLayer(first, std::move(layer)));
    // What the Original gave is in the merged pixels; through transparent places it would be seen
    // a second time.
    if (keepsFirst && pixels.format().hasAlpha())
        document().setVisible(before.stack.at(merge.first).id, false);
    m_history.record(merge.text, before);
    return {};
}

LayerSettings DocumentEditor::copySettings(LayerId id) const
{
    const Layer *layer = m_history.document()->layer(id);
    if (!layer)
        return {};
    return {layer->opacity, layer->blendMode, layer->mask, layer->adjustment};
}

Result<void> DocumentEditor::pasteSettings(LayerId id, const LayerSettings &settings)
{
    auto layer = unlocked(id);
    if (!layer)
        return fail(layer.error());
    layer->opacity = settings.opacity;
    layer->blendMode = settings.blendMode;
    layer->mask = settings.mask;
    if (layer->kind == LayerKind::Adjustment && settings.adjustment.id == layer->adjustment.id)
        layer->adjustment = settings.adjustment;
    return change(*layer, tr("Paste settings"));
}

} // namespace heirloom

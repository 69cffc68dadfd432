// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/fillmethods.h"

#include "document/canvasmap.h"
#include "document/compositor.h"
#include "operation/inpaint.h"
#include "session/airun.h"
#include "session/modelenvironment.h"

#include <algorithm>

namespace heirloom
{

namespace
{

/// The layer's map in the place where it was made.
Result<Image> mapOf(const Snapshot &source, const AiContent &content,
                    const std::shared_ptr<TileStore> &store, ModelEnvironment &models,
                    const Progress &progress)
{
    const auto settings = InpaintSettings::fromParameters(content.parameters);
    if (!settings)
        return fail(settings.error());
    OperationPicture picture = pictureOf(source.canvas);
    picture.mask = areaOf(source);
    auto inpaint = Inpaint::create(picture, *settings, models.context());
    if (!inpaint)
        return fail(inpaint.error());
    CompositorSource below(source, store);
    if (auto settled = (*inpaint)->settle(below, progress.sub(0, 0.5)); !settled)
        return fail(settled.error());
    return (*inpaint)->choiceMap(below, progress.sub(0.5, 0.5));
}

/// Brought to the canvas as the layer is.
Result<Image> onCanvas(const Image &map, const Layer &layer, const Canvas &canvas,
                       const std::shared_ptr<TileStore> &store)
{
    if (layer.transform == Transform() && map.size() == canvas.size)
        return map;
    Snapshot alone;
    alone.canvas = canvas;
    alone.canvas.format = map.format();
    alone.canvas.profile = ColorProfile::forUntagged(map.format());
    Layer values;
    values.id = layer.id;
    values.pixels = TiledBuffer::fromImage(map, store);
    values.profile = alone.canvas.profile;
    values.transform = layer.transform;
    alone.stack.insert(0, values);
    CompositorSource source(alone, store);
    return source.read(canvas.rect());
}

} // namespace

Result<Image> fillMethods(const Snapshot &state, const std::shared_ptr<TileStore> &store,
                          ModelEnvironment &models, FillFigures &figures, const Progress &progress)
{
    Image all(state.canvas.size, CanvasMap::format);
    all.fill(0);
    for (int i = 0; i < state.stack.count(); ++i) {
        const Layer &layer = state.stack.at(i);
        if (layer.ai.operation != Inpaint::id() || !layer.isShown() || layer.mask.isNull())
            continue;
        figures.hasFills = true;
        const Progress part = progress.sub(double(i) / state.stack.count(),
                                           1.0 / state.stack.count());
        const auto map = mapOf(state.sourceBelow(i), layer.ai, store, models, part);
        if (!map)
            return map;
        const auto placed = onCanvas(*map, layer, state.canvas, store);
        if (!placed)
            return placed;
        const Image values = placed->converted(CanvasMap::format);
        for (int y = 0; y < all.height(); ++y) {
            const quint8 *in = values.constSamples<quint8>(y);
            quint8 *out = all.samples<quint8>(y);
            for (int x = 0; x < all.width(); ++x)
                out[x] = in[x] > 0 ? in[x] : out[x]; // the upper fill is what is seen
        }
    }
    constexpr int half = (Inpaint::classicalValue + 255) / 2;
    for (int y = 0; y < all.height(); ++y) {
        const quint8 *row = all.constSamples<quint8>(y);
        figures.filled += all.width() - std::count(row, row + all.width(), 0);
        figures.byNetwork +=
            std::count_if(row, row + all.width(), [](quint8 v) { return v > half; });
    }
    return all;
}

} // namespace heirloom

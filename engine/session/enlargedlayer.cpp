// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/enlargedlayer.h"

#include "operation/operationrecord.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString layerName(const UpscalePlan &plan)
{
    return plan.isLearned()
               ? QCoreApplication::translate("heirloom::EditorSession", "Enlarged with %1")
                     .arg(plan.modelName)
               : QCoreApplication::translate("heirloom::EditorSession", "Enlarged");
}

} // namespace

Layer enlargedLayer(const Snapshot &enlarged, const OperationRecord &record,
                    const UpscalePlan &plan, const TiledBuffer &pixels)
{
    Layer layer;
    layer.kind = LayerKind::Ai;
    layer.name = layerName(plan);
    layer.pixels = pixels;
    layer.profile = enlarged.canvas.profile;
    layer.ai.operation = record.operation;
    layer.ai.method = record.method;
    layer.ai.parameters = record.parameters;
    layer.ai.modelId = record.modelId;
    layer.ai.modelVersion = record.modelVersion;
    layer.ai.modelSha256 = record.modelSha256;
    layer.ai.record = recordToJson(record);
    layer.ai.madeFrom =
        FingerprintBuilder()
            .add(fingerprintBelow(enlarged.canvas, enlarged.stack, enlarged.stack.count()))
            .add(layer.ai.operation)
            .add(layer.ai.method)
            .add(layer.ai.parameters)
            .add(layer.ai.modelSha256)
            .result();
    return layer;
}

bool replacesWhatIsBelow(const Canvas &canvas)
{
    return canvas.format.hasAlpha();
}

void hideAll(LayerStack &stack)
{
    for (int i = 0; i < stack.count(); ++i) {
        Layer layer = stack.at(i);
        layer.visible = false;
        stack.replace(i, layer);
    }
}

} // namespace heirloom

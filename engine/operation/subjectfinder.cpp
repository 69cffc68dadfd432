// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/subjectfinder.h"

#include "image/cvbridge.h"
#include "operation/modelprovider.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace heirloom
{

namespace
{

std::optional<ModelPack> packOf(const OperationContext &context)
{
    if (!context.models)
        return {};
    for (const ModelPack &pack : context.models->packs(ModelTask::Cutout)) {
        if (pack.input.channels == u"RGB" && pack.input.fixedSize &&
            pack.output.meaning == ModelPack::Output::Meaning::Matte && pack.output.scale == 1 &&
            pack.extraInputs.empty())
            return pack;
    }
    return {};
}

/// Another size; one that is smaller holds the means of the larger one's pixels.
cv::Mat resized(const cv::Mat &plane, QSize size)
{
    const bool isSmaller = size.width() < plane.cols && size.height() < plane.rows;
    cv::Mat out;
    cv::resize(plane, out, {size.width(), size.height()}, 0, 0,
               isSmaller ? cv::INTER_AREA : cv::INTER_LINEAR);
    return out;
}

} // namespace

bool canFindSubject(const OperationContext &context)
{
    return packOf(context).has_value();
}

Result<Planes> subjectOf(const Planes &luminance, const OperationContext &context,
                         const Progress &progress)
{
    const auto pack = packOf(context);
    if (!pack)
        return fail(ErrorCode::ModelMissing, {QStringLiteral("cutout")});
    if (progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    const auto model = context.models->load(pack->id);
    if (!model)
        return fail(model.error());
    const QSize size = *pack->input.fixedSize;
    ModelInput input;
    input.image = Planes(3, size.width(), size.height());
    const cv::Mat grey = resized(toMat(luminance, 0), size);
    for (int c = 0; c < 3; ++c)
        copyFromMat(grey, input.image, c);
    RunControl control;
    control.progress = progress;
    control.budgetBytes = context.memoryBytes;
    const auto matte = answerOf(**model, input, control);
    if (!matte)
        return fail(matte.error());
    if (matte->size() != size || matte->channels != 1)
        return fail(ErrorCode::ModelFailed,
                    {pack->id, QStringLiteral("an answer of another shape")});
    if (!std::all_of(matte->values.begin(), matte->values.end(),
                     [](float v) { return std::isfinite(v); }))
        return fail(ErrorCode::ModelOutputBad, {pack->id, QStringLiteral("NaN")});
    Planes subject(1, luminance.width, luminance.height);
    copyFromMat(resized(toMat(*matte, 0), luminance.size()), subject, 0);
    for (float &value : subject.values)
        value = std::clamp(value, 0.0F, 1.0F);
    return subject;
}

} // namespace heirloom

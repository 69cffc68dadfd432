// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureoperation.h"

#include "operation/deartifact.h"
#include "operation/deblur.h"
#include "operation/denoise.h"
#include "operation/inpaint.h"
#include "operation/negative.h"
#include "operation/modelprovider.h"
#include "operation/scratches.h"
#include "operation/tone.h"
#include "operation/upscale.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

/// Source pixels that the classical kernels and the change of sizes around a network look at.
constexpr int KernelReach = 8;

const QString modelKey = QStringLiteral("model");

void nameModel(OperationPlan &plan, const OperationContext &context)
{
    if (!context.models)
        return;
    if (const auto pack = context.models->pack(plan.method)) {
        plan.modelId = pack->id;
        plan.modelVersion = pack->version.toString();
        plan.modelSha256 = QString::fromLatin1(pack->sha256);
    }
}

class UpscaleOperation : public PictureOperation
{
public:
    UpscaleOperation(std::unique_ptr<Upscale> upscale, QVariantMap parameters)
        : m_upscale(std::move(upscale))
        , m_parameters(std::move(parameters))
    {
    }
    Result<QVariantMap> settle(ImageSource &, const Progress &) override { return m_parameters; }
    QSize target() const override { return m_upscale->plan().target; }
    qint64 modelPixels() const override { return m_upscale->plan().modelPixels; }
    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override
    {
        return m_upscale->run(source, sink, progress);
    }
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override
    {
        return m_upscale->runRegion(source, region, centre, finished, progress);
    }

private:
    std::unique_ptr<Upscale> m_upscale;
    QVariantMap m_parameters;
};

template <typename Settings>
Result<OperationPlan> planned(const OperationPicture &picture, const QVariantMap &parameters,
                              const OperationContext &context,
                              Result<OperationPlan> (*plan)(const OperationPicture &,
                                                            const Settings &,
                                                            const OperationContext &))
{
    const auto settings = Settings::fromParameters(parameters);
    return settings ? plan(picture, *settings, context)
                    : Result<OperationPlan>(fail(settings.error()));
}

template <typename Settings, typename Create>
Result<std::unique_ptr<PictureOperation>> created(const QVariantMap &parameters, double strength,
                                                  const Create &create)
{
    auto settings = Settings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    settings->strength = strength;
    auto operation = create(*settings);
    if (!operation)
        return fail(operation.error());
    return std::unique_ptr<PictureOperation>(std::move(*operation));
}

Result<OperationPlan> planEnlarging(const OperationPicture &picture, const UpscaleSettings &settings,
                                    const OperationContext &context)
{
    const auto upscale =
        planUpscale(picture.size, picture.format, picture.icc, settings, context);
    if (!upscale)
        return fail(upscale.error());
    OperationPlan plan;
    plan.operation = Upscale::id();
    plan.parameters = settings.toParameters();
    plan.method = upscale->method;
    plan.target = upscale->target;
    if (upscale->isLearned()) {
        plan.modelName = upscale->modelName;
        nameModel(plan, context);
    }
    plan.parameters.insert(modelKey, upscale->isLearned() ? upscale->method : Upscale::twinId());
    plan.reach = upscale->halo + KernelReach;
    plan.warnings = upscale->warnings;
    return plan;
}

Error unknown(const QString &operation)
{
    return {ErrorCode::BadArgument,
            {operation, QCoreApplication::translate("heirloom::PictureOperation",
                                                    "an operation of this program")}};
}

} // namespace

Result<void> checkStrength(double strength)
{
    if (strength >= 0 && strength <= 100)
        return {};
    return fail(ErrorCode::BadArgument,
                {QString::number(strength),
                 QCoreApplication::translate("heirloom::PictureOperation",
                                             "a strength from 0 to 100")});
}

Result<OperationPlan> planOperation(const QString &operation, const OperationPicture &picture,
                                    const QVariantMap &parameters, const OperationContext &context)
{
    if (operation == Denoise::id())
        return planned<DenoiseSettings>(picture, parameters, context, planDenoise);
    if (operation == Deartifact::id())
        return planned<DeartifactSettings>(picture, parameters, context, planDeartifact);
    if (operation == Deblur::id())
        return planned<DeblurSettings>(picture, parameters, context, planDeblur);
    if (operation == Inpaint::id())
        return planned<InpaintSettings>(picture, parameters, context, planInpaint);
    if (operation == Scratches::id())
        return planned<ScratchesSettings>(picture, parameters, context, planScratches);
    if (operation == Tone::id())
        return planned<ToneSettings>(picture, parameters, context, planTone);
    if (operation == Negative::id())
        return planned<NegativeSettings>(picture, parameters, context, planNegative);
    if (operation == Upscale::id())
        return planned<UpscaleSettings>(picture, parameters, context, planEnlarging);
    return fail(unknown(operation));
}

Result<std::unique_ptr<PictureOperation>>
createOperation(const QString &operation, const OperationPicture &picture,
                const QVariantMap &parameters, double strength, const OperationContext &context)
{
    if (operation == Denoise::id()) {
        return created<DenoiseSettings>(parameters, strength, [&](const DenoiseSettings &s) {
            return Denoise::create(picture.size, picture.format, picture.icc, s, context);
        });
    }
    if (operation == Deartifact::id()) {
        return created<DeartifactSettings>(parameters, strength, [&](const DeartifactSettings &s) {
            return Deartifact::create(picture, s, context);
        });
    }
    if (operation == Deblur::id()) {
        return created<DeblurSettings>(parameters, strength, [&](const DeblurSettings &s) {
            return Deblur::create(picture, s, context);
        });
    }
    if (operation == Inpaint::id()) {
        return created<InpaintSettings>(parameters, strength, [&](const InpaintSettings &s) {
            return Inpaint::create(picture, s, context);
        });
    }
    if (operation == Scratches::id()) {
        return created<ScratchesSettings>(parameters, strength, [&](const ScratchesSettings &s) {
            return Scratches::create(picture, s, context);
        });
    }
    if (operation == Tone::id()) {
        return created<ToneSettings>(parameters, strength, [&](const ToneSettings &s) {
            return Tone::create(picture, s, context);
        });
    }
    if (operation == Negative::id()) {
        return created<NegativeSettings>(parameters, strength, [&](const NegativeSettings &s) {
            return Negative::create(picture, s, context);
        });
    }
    if (operation == Upscale::id()) {
        return created<UpscaleSettings>(
            parameters, strength,
            [&](const UpscaleSettings &s) -> Result<std::unique_ptr<PictureOperation>> {
                auto upscale = Upscale::create(picture.size, picture.format, picture.icc, s, context);
                if (!upscale)
                    return fail(upscale.error());
                return std::make_unique<UpscaleOperation>(std::move(*upscale), parameters);
            });
    }
    return fail(unknown(operation));
}

} // namespace heirloom

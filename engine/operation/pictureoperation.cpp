// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureoperation.h"

#include "operation/colorize.h"
#include "operation/deartifact.h"
#include "operation/deblur.h"
#include "operation/denoise.h"
#include "operation/fundus.h"
#include "operation/inpaint.h"
#include "operation/modelprovider.h"
#include "operation/negative.h"
#include "operation/scratches.h"
#include "operation/sharpen.h"
#include "operation/silvering.h"
#include "operation/texture.h"
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

Result<OperationPlan> planEnlarging(const OperationPicture &picture,
                                    const UpscaleSettings &settings,
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

Result<std::unique_ptr<PictureOperation>> createEnlarging(const OperationPicture &picture,
                                                          const QVariantMap &parameters,
                                                          double strength,
                                                          const OperationContext &context)
{
    auto settings = UpscaleSettings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    settings->strength = strength;
    auto upscale = Upscale::create(picture.size, picture.format, picture.icc, *settings, context);
    if (!upscale)
        return fail(upscale.error());
    return std::make_unique<UpscaleOperation>(std::move(*upscale), parameters);
}

/// An operation behind its id.
struct Entry {
    QString id;
    Result<OperationPlan> (*plan)(const OperationPicture &, const QVariantMap &,
                                  const OperationContext &);
    Result<std::unique_ptr<PictureOperation>> (*create)(const OperationPicture &,
                                                        const QVariantMap &, double strength,
                                                        const OperationContext &);
};

template <typename Settings, auto Plan>
Result<OperationPlan> planned(const OperationPicture &picture, const QVariantMap &parameters,
                              const OperationContext &context)
{
    const auto settings = Settings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    return Plan(picture, *settings, context);
}

template <typename Operation, typename Settings>
Result<std::unique_ptr<PictureOperation>> created(const OperationPicture &picture,
                                                  const QVariantMap &parameters, double strength,
                                                  const OperationContext &context)
{
    auto settings = Settings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    settings->strength = strength;
    auto operation = Operation::create(picture, *settings, context);
    if (!operation)
        return fail(operation.error());
    return std::unique_ptr<PictureOperation>(std::move(*operation));
}

template <typename Operation, typename Settings, auto Plan>
Entry entry()
{
    return {Operation::id(), planned<Settings, Plan>, created<Operation, Settings>};
}

Result<Entry> entryOf(const QString &operation)
{
    const Entry entries[] = {
        entry<Colorize, ColorizeSettings, planColorize>(),
        entry<Deartifact, DeartifactSettings, planDeartifact>(),
        entry<Deblur, DeblurSettings, planDeblur>(),
        entry<Denoise, DenoiseSettings, planDenoise>(),
        entry<Fundus, FundusSettings, planFundus>(),
        entry<Inpaint, InpaintSettings, planInpaint>(),
        entry<Negative, NegativeSettings, planNegative>(),
        entry<Scratches, ScratchesSettings, planScratches>(),
        entry<Sharpen, SharpenSettings, planSharpen>(),
        entry<Silvering, SilveringSettings, planSilvering>(),
        entry<Texture, TextureSettings, planTexture>(),
        entry<Tone, ToneSettings, planTone>(),
        {Upscale::id(), planned<UpscaleSettings, planEnlarging>, createEnlarging},
    };
    for (const Entry &known : entries) {
        if (known.id == operation)
            return known;
    }
    return fail(ErrorCode::BadArgument,
                {operation, QCoreApplication::translate("heirloom::PictureOperation",
                                                        "an operation of this program")});
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
    const auto known = entryOf(operation);
    return known ? known->plan(picture, parameters, context)
                 : Result<OperationPlan>(fail(known.error()));
}

Result<std::unique_ptr<PictureOperation>>
createOperation(const QString &operation, const OperationPicture &picture,
                const QVariantMap &parameters, double strength, const OperationContext &context)
{
    const auto known = entryOf(operation);
    if (!known)
        return fail(known.error());
    return known->create(picture, parameters, strength, context);
}

} // namespace heirloom

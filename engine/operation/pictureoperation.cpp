// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureoperation.h"

#include "operation/denoise.h"
#include "operation/modelprovider.h"
#include "operation/upscale.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

/// Source pixels that the classical kernels and the change of sizes around a network look at.
constexpr int KernelReach = 8;

const QString modelKey = QStringLiteral("model");

Result<void> checkPicture(const QString &operation)
{
    if (operation == Upscale::id() || operation == Denoise::id())
        return {};
    return fail(ErrorCode::BadArgument,
                {operation, QCoreApplication::translate("heirloom::PictureOperation",
                                                        "an operation of this program")});
}

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

} // namespace

Result<OperationPlan> planOperation(const QString &operation, const OperationPicture &picture,
                                    const QVariantMap &parameters, const OperationContext &context)
{
    if (auto known = checkPicture(operation); !known)
        return fail(known.error());
    if (operation == Denoise::id()) {
        const auto settings = DenoiseSettings::fromParameters(parameters);
        return settings ? planDenoise(picture, *settings, context)
                        : Result<OperationPlan>(fail(settings.error()));
    }
    const auto settings = UpscaleSettings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    const auto upscale =
        planUpscale(picture.size, picture.format, picture.icc, *settings, context);
    if (!upscale)
        return fail(upscale.error());
    OperationPlan plan;
    plan.operation = operation;
    plan.parameters = settings->toParameters();
    plan.method = upscale->method;
    plan.target = upscale->target;
    if (upscale->isLearned()) {
        plan.modelName = upscale->modelName;
        nameModel(plan, context);
    }
    plan.parameters.insert(modelKey,
                           upscale->isLearned() ? upscale->method : Upscale::twinId());
    plan.reach = upscale->halo + KernelReach;
    plan.warnings = upscale->warnings;
    return plan;
}

Result<std::unique_ptr<PictureOperation>>
createOperation(const QString &operation, const OperationPicture &picture,
                const QVariantMap &parameters, double strength, const OperationContext &context)
{
    if (auto known = checkPicture(operation); !known)
        return fail(known.error());
    if (operation == Denoise::id()) {
        auto settings = DenoiseSettings::fromParameters(parameters);
        if (!settings)
            return fail(settings.error());
        settings->strength = strength;
        auto denoise =
            Denoise::create(picture.size, picture.format, picture.icc, *settings, context);
        if (!denoise)
            return fail(denoise.error());
        return std::unique_ptr<PictureOperation>(std::move(*denoise));
    }
    auto settings = UpscaleSettings::fromParameters(parameters);
    if (!settings)
        return fail(settings.error());
    settings->strength = strength;
    auto upscale =
        Upscale::create(picture.size, picture.format, picture.icc, *settings, context);
    if (!upscale)
        return fail(upscale.error());
    return std::make_unique<UpscaleOperation>(std::move(*upscale), parameters);
}

} // namespace heirloom

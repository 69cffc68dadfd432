// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/modelprovider.h"

#include <functional>

namespace heirloom::test
{

/// A network of a few lines: every pixel becomes scale x scale equal ones. What it is given is
/// kept for the test to look at.
class ReplicatingModel : public Model
{
public:
    explicit ReplicatingModel(ModelPack pack)
        : m_pack(std::move(pack))
    {
    }

    const ModelPack &pack() const override { return m_pack; }

    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        ++runs;
        scalars = input.scalars;
        inputSize = input.image.size();
        stopSeen = [progress = control.progress] { return progress.stopRequested(); };
        if (beforeRun)
            beforeRun(runs);
        if (control.progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int s = m_pack.output.scale;
        const Planes &in = input.image;
        for (const float v : in.values) {
            lowest = std::min(lowest, v);
            highest = std::max(highest, v);
        }
        Planes out(in.channels, in.width * s, in.height * s);
        for (int c = 0; c < out.channels; ++c) {
            for (int y = 0; y < out.height; ++y) {
                for (int x = 0; x < out.width; ++x)
                    out.row(c, y)[x] = in.row(c, y / s)[x / s] + offset;
            }
        }
        return out;
    }

    std::function<void(int)> beforeRun;
    std::function<bool()> stopSeen; ///< for beforeRun: whether the run was asked to stop
    float offset = 0;
    int runs = 0;
    QMap<QString, double> scalars; ///< of the last run
    QSize inputSize;               ///< of the last run
    float lowest = 1, highest = 0;

private:
    ModelPack m_pack;
};

inline ModelPack scriptedPack(const QString &id, int tile = 16, int halo = 8)
{
    ModelPack pack;
    pack.id = id;
    pack.name = QStringLiteral("Scripted %1").arg(id);
    pack.version = QVersionNumber(1, 2, 3);
    pack.task = ModelTask::Upscale;
    pack.sha256 = QByteArray(64, 'a');
    pack.input.channels = QStringLiteral("RGB");
    pack.output.channels = QStringLiteral("RGB");
    pack.output.scale = 4;
    pack.memoryPerInputPixel = 1000;
    pack.bestTile = tile;
    pack.halo = halo;
    return pack;
}

/// Whose network takes for clean what it is given.
inline ModelPack denoisePack()
{
    ModelPack pack = scriptedPack(QStringLiteral("scripted"), 32, 8);
    pack.task = ModelTask::Denoise;
    pack.output.scale = 1;
    return pack;
}

/// Asks for room as long as something waits; who makes room lets one of it go first.
inline Progress urgentFor(int &waiting)
{
    Progress progress;
    progress.setYield([&waiting] { return waiting > 0; }, [&waiting] { --waiting; });
    return progress;
}

/// Packs and networks handed in by a test; a pack without a network fails to load as damaged.
class ScriptedProvider : public ModelProvider
{
public:
    std::shared_ptr<ReplicatingModel> add(const ModelPack &pack, bool canLoad = true)
    {
        m_packs.push_back(pack);
        auto model = canLoad ? std::make_shared<ReplicatingModel>(pack) : nullptr;
        m_models.insert(pack.id, model);
        return model;
    }

    void add(const std::shared_ptr<Model> &model)
    {
        m_packs.push_back(model->pack());
        m_models.insert(model->pack().id, model);
    }

    std::vector<ModelPack> packs(ModelTask task) const override
    {
        std::vector<ModelPack> chosen;
        for (const ModelPack &pack : m_packs) {
            if (pack.task == task)
                chosen.push_back(pack);
        }
        return chosen;
    }
    Result<ModelPack> pack(const QString &id) const override
    {
        for (const ModelPack &pack : m_packs) {
            if (pack.id == id)
                return pack;
        }
        return fail(ErrorCode::ModelMissing, {id});
    }
    Result<std::shared_ptr<Model>> load(const QString &id) override
    {
        ++loads;
        if (!m_models.contains(id))
            return fail(ErrorCode::ModelMissing, {id});
        if (!m_models.value(id))
            return fail(ErrorCode::ModelDamaged, {id, QStringLiteral("scripted")});
        return m_models.value(id);
    }

    int loads = 0;

private:
    std::vector<ModelPack> m_packs;
    QMap<QString, std::shared_ptr<Model>> m_models;
};

} // namespace heirloom::test

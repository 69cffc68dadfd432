// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "inference/model.h"
#include "inference/modelpack.h"

#include <memory>
#include <vector>

namespace heirloom
{

/// Where an operation gets networks from; handed in, implemented by the session over store, pool
/// and plugin, and by tests over scripted models.
class ModelProvider
{
public:
    virtual ~ModelProvider() = default;

    /// The packs of a task that may be used, without reading their files. Any thread.
    virtual std::vector<ModelPack> packs(ModelTask task) const = 0;
    /// Errors: ModelMissing, ModelDamaged, ModelRefused. Any thread.
    virtual Result<ModelPack> pack(const QString &id) const = 0;
    /// Loads what is not loaded. Errors: as pack(), and EngineMissing, ModelFailed. Engine thread.
    virtual Result<std::shared_ptr<Model>> load(const QString &id) = 0;
};

} // namespace heirloom

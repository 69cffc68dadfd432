// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

#include <functional>
#include <vector>

namespace heirloom::test
{

/// A pack for fake networks: RGB in and out, tile 32, halo 4, any size.
ModelPack fakePack(int scale = 1);

/// A network that follows a script: one entry for each call, then the usual result (each pixel
/// repeated scale x scale times). Counts its calls.
class FakeModel : public Model
{
public:
    using Step = std::function<Result<Planes>(const ModelInput &, RunControl &, const FakeModel &)>;

    explicit FakeModel(ModelPack pack = fakePack());

    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// What an undisturbed pass gives.
    Planes usual(const ModelInput &input) const;

    std::vector<Step> script; ///< null entries mean the usual result
    Step always;              ///< after the script; null: the usual result
    int calls = 0;
    std::vector<QSize> sizes; ///< of the inputs, in order

private:
    ModelPack m_pack;
};

/// Steps for scripts.
FakeModel::Step givesNan();
FakeModel::Step givesInfinity();
FakeModel::Step givesConstant(float value);
FakeModel::Step fails(ErrorCode code);
/// OutOfMemory above so many input pixels.
FakeModel::Step fitsOnly(qint64 pixels);

} // namespace heirloom::test

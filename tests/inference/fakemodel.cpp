// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/fakemodel.h"

#include <limits>

namespace heirloom::test
{

ModelPack fakePack(int scale)
{
    ModelPack pack;
    pack.id = QStringLiteral("fake");
    pack.version = QVersionNumber(1, 0, 0);
    pack.sha256 = QByteArray(64, 'a');
    pack.input.channels = pack.output.channels = QStringLiteral("RGB");
    pack.output.scale = scale;
    pack.memoryPerInputPixel = 100;
    pack.bestTile = 32;
    pack.halo = 4;
    return pack;
}

FakeModel::FakeModel(ModelPack pack)
    : m_pack(std::move(pack))
{
}

Planes FakeModel::usual(const ModelInput &input) const
{
    const int s = m_pack.output.scale;
    Planes out(input.image.channels, input.image.width * s, input.image.height * s);
    for (int c = 0; c < out.channels; ++c)
        for (int y = 0; y < out.height; ++y)
            for (int x = 0; x < out.width; ++x)
                out.row(c, y)[x] = input.image.row(c, y / s)[x / s];
    return out;
}

Result<Planes> FakeModel::run(const ModelInput &input, RunControl &control)
{
    const size_t call = size_t(calls++);
    sizes.push_back(input.image.size());
    const Step &step = call < script.size() ? script[call] : always;
    return step ? step(input, control, *this) : usual(input);
}

namespace
{

FakeModel::Step plants(float value)
{
    return
        [value](const ModelInput &input, RunControl &, const FakeModel &model) -> Result<Planes> {
            Planes out = model.usual(input);
            out.values[out.values.size() / 2] = value;
            return out;
        };
}

} // namespace

FakeModel::Step givesNan()
{
    return plants(std::numeric_limits<float>::quiet_NaN());
}

FakeModel::Step givesInfinity()
{
    return plants(-std::numeric_limits<float>::infinity());
}

FakeModel::Step givesConstant(float value)
{
    return
        [value](const ModelInput &input, RunControl &, const FakeModel &model) -> Result<Planes> {
            Planes out = model.usual(input);
            std::fill(out.values.begin(), out.values.end(), value);
            return out;
        };
}

FakeModel::Step fails(ErrorCode code)
{
    return [code](const ModelInput &, RunControl &, const FakeModel &) -> Result<Planes> {
        return fail(code, {QStringLiteral("fake"), QStringLiteral("as scripted")});
    };
}

FakeModel::Step fitsOnly(qint64 pixels)
{
    return
        [pixels](const ModelInput &input, RunControl &, const FakeModel &model) -> Result<Planes> {
            if (qint64(input.image.width) * input.image.height > pixels)
                return fail(ErrorCode::OutOfMemory, {QStringLiteral("fake"), QStringLiteral("1")});
            return model.usual(input);
        };
}

} // namespace heirloom::test

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"
#include "operation/piececomposer.h"

#include <functional>

namespace heirloom
{

/// What depends on a pixel's own colour alone, behind the door of a network, so that tiles, 16
/// bits, gamut and alpha are TiledRepair's. Used on one thread.
class PointPainter : public Model
{
public:
    explicit PointPainter(const QString &id)
    {
        m_pack.id = id;
        m_pack.task = ModelTask::Tone;
        m_pack.input.channels = QStringLiteral("RGB");
        m_pack.output.channels = QStringLiteral("RGB");
        m_pack.output.scale = 1;
        m_pack.bestTile = 512;
        m_pack.halo = PieceComposer::twinMargin; // pieces are put together with that much around
        m_pack.memoryPerInputPixel = 32;
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        if (control.progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        return paint(input.image);
    }

    /// Three planes in sRGB, 0..1, to three of the same size. Set before the first run.
    std::function<Planes(const Planes &)> paint;

private:
    ModelPack m_pack;
};

} // namespace heirloom

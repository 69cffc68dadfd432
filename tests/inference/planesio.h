// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/tiledrunner.h"

namespace heirloom::test
{

/// Planes as the source of a tiled run.
class PlanesSource : public TileSource
{
public:
    explicit PlanesSource(Planes p);
    QSize size() const override { return planes.size(); }
    Result<ModelInput> read(const QRect &r) override;

    Planes planes;
    int reads = 0;
    int failAt = -1; ///< the read that fails with InputDamaged
};

/// Planes as the sink of a tiled run; notes what arrived, how often and in which order.
class PlanesSink : public TileSink
{
public:
    explicit PlanesSink(QSize size);
    Result<void> write(const QRect &core, const QRect &covered, const Planes &values) override;
    Result<void> band(const QRect &rows) override;
    /// Every pixel came exactly once.
    bool isWhole() const;

    Planes planes;
    std::vector<int> counts;
    std::vector<QPoint> order;
    std::vector<QRect> bands;
    int writes = 0;
    int failAt = -1; ///< the write that fails with DiskFull
    int widestMargin = 0;
};

} // namespace heirloom::test

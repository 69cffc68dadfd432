// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/holefill.h"

#include <memory>

namespace heirloom
{

/// Name of the extra plane that says where a hole is left to the classical fill whatever lies
/// around (1), as in text.
inline const QString classicalPlane = QStringLiteral("classical");

/// Which pixels of holes a network is to fill: those that have texture or edges around them, the
/// more of it the smaller the share; smooth surroundings need none.
///
/// A pixel's need is the rms step between neighbouring known pixels within a few pixels of it, in
/// 8-bit steps of luminance, times how wide the holes are; where nothing is known that near, it
/// needs the network. input: as every fill takes it. percent: 0 (no pixel) to 100 (every pixel but
/// those of classicalPlane). 1 x W x H, 0..1, soft between the two; 0 outside of holes. Looks no
/// farther around a pixel than HoleMap::windowMargin(). Any thread.
Planes fillChoice(const ModelInput &input, double percent);

/// Fills by two methods, each where fillChoice() says so. The network runs only for pieces in which
/// it has a part. Engine thread.
class HybridFiller : public HoleFiller
{
public:
    HybridFiller(std::shared_ptr<Model> network, std::shared_ptr<Model> classical, double percent);
    QString runtime() const override { return m_network->runtime(); }

protected:
    Result<Planes> fill(const ModelInput &input, const Planes &holes, RunControl &control) override;

private:
    std::shared_ptr<Model> m_network;
    std::shared_ptr<Model> m_classical;
    double m_percent;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/canvasmap.h"
#include "document/compositor.h"

#include <array>

namespace heirloom
{

/// What was measured so far; complete when every pixel has been.
struct InventedDetailFigures {
    static constexpr int bands = 3; ///< details about 1 to 2, 2 to 4 and 4 to 8 pixels large

    bool hasAiLayers = false; ///< one at least is shown
    qint64 pixels = 0;
    qint64 noticeable = 0; ///< share of at least 10 %
    qint64 dominant = 0;   ///< share of at least 50 %: as much was added as had been there
    std::array<double, bands> addedSquares{}; ///< sums over all pixels, in 8-bit steps squared
    std::array<double, bands> thereSquares{};

    /// Mean amplitude in 8-bit steps (root of the mean square).
    double added(int band) const { return rms(addedSquares[size_t(band)]); }
    double there(int band) const { return rms(thereSquares[size_t(band)]); }

private:
    double rms(double squares) const;
};

/// What AI layers added: the composite compared with the one without its AI layers, by local
/// frequency. Both luminances (W3C Lum of the encoded values, times alpha, 0..255) are split into
/// three octaves by the "a trous" wavelet of a B3 spline (J.-L. Starck and F. Murtagh,
/// "Astronomical Image and Data Analysis", appendix A; beyond the canvas its edge is repeated). In
/// a window of 17 x 17 pixels with weights that fall to its edges (9 - |dx| times 9 - |dy|), as far
/// as it lies on the canvas, each octave of the result is explained as well as it can be by a times
/// that of the picture without, 0 <= a <= 1; what is left over was added, so that removing noise
/// invents nothing. With A the root mean square of what was added and T of what had been there,
/// over all three octaves in 8-bit steps, the share is A / (A + T + 2): the 2 steps are what nobody
/// sees. The values are the share, 255 = 100 %. One thread.
class InventedDetail : public CanvasMap
{
public:
    static constexpr int windowRadius = 8;
    static constexpr double unseen = 2;

    InventedDetail(const Snapshot &state, const std::shared_ptr<TileStore> &store);

    QSize size() const override { return m_size; }
    Image measure(const QRect &r) override;
    /// Null: a reduced picture has other frequencies.
    Image preliminary(int) override { return {}; }
    const InventedDetailFigures &figures() const { return m_figures; }

private:
    QSize m_size;
    CompositorSource m_with;
    CompositorSource m_without;
    InventedDetailFigures m_figures;
};

} // namespace heirloom

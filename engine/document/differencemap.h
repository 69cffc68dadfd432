// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/canvasmap.h"
#include "document/compositor.h"

#include <vector>

namespace heirloom
{

class Rendition;

/// What was counted so far; complete when every pixel has been measured.
struct DifferenceFigures {
    qint64 pixels = 0;
    qint64 differing = 0; ///< not the same to the last bit
    qint64 changed = 0;   ///< by at least one step of 8 bits (1/255)
    /// Pixels that no shown layer reaches: its mask is 0 there, or it has none and lies elsewhere.
    qint64 outside = 0;
    qint64 differingOutside = 0;
    double sum = 0;     ///< of all differences, in 8-bit steps
    double largest = 0; ///< 0..255

    double changedShare() const { return pixels ? double(changed) / double(pixels) : 0; }
    double mean() const { return pixels ? sum / double(pixels) : 0; }
    bool operator==(const DifferenceFigures &) const = default;
};

/// How far a state of a document is from its Original: for each canvas pixel the largest difference
/// of any channel (alpha too; colours do not count where both are transparent), in steps of 8 bits
/// whatever the depth. The Original is carried to the canvas as the compositor does it, with the
/// Lanczos twin where it is enlarged, and both are rounded to the canvas's depth first, so that
/// what is unchanged differs by exactly 0. The values are rounded up: 0 means equal to the last
/// bit, 1 to 255 are steps. One thread.
class DifferenceMap : public CanvasMap
{
public:
    DifferenceMap(const Snapshot &state, const std::shared_ptr<TileStore> &store);
    ~DifferenceMap() override;

    QSize size() const override { return m_state.canvas.size; }
    Image measure(const QRect &r) override;
    /// Of the reduced pictures, so what is finer than a pixel of theirs is missing.
    Image preliminary(int level) override;
    const DifferenceFigures &figures() const { return m_figures; }

private:
    /// Not 0 where a shown layer may have changed something.
    std::vector<quint8> reached(const QRect &r);

    Snapshot m_state;
    std::shared_ptr<TileStore> m_store;
    CompositorSource m_now;
    CompositorSource m_original;
    std::vector<std::unique_ptr<Rendition>> m_masks; ///< of the shown layers that have one
    QList<QRect> m_unmasked;                         ///< where the others lie
    DifferenceFigures m_figures;
};

} // namespace heirloom

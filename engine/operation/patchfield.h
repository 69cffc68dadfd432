// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "image/planes.h"

#include <QPoint>

#include <random>
#include <vector>

namespace heirloom
{

/// The nearest-neighbour field of one level of PatchFiller: for every patch that meets the hole the
/// whole patch that is most alike. Owns the level's picture, whose hole it fills by voting. One
/// thread.
class PatchField
{
public:
    static constexpr int radius = 3;

    /// picture: three channels, the hole guessed. unknown: 1 in the hole, row by row.
    PatchField(const Planes &picture, std::vector<quint8> unknown, quint32 seed);

    bool hasSources() const { return !m_sources.empty(); }
    /// From the next coarser level's field, or at random.
    void start(const PatchField *coarser);
    /// One sweep of propagation and random search, forwards or backwards by turns. False: stopped.
    bool improve(const Progress &progress);
    /// The hole's pixels become the mean of what patches say of them, those most alike counting
    /// most.
    void vote();
    /// The hole's pixels become those of the patch most alike that covers them, unmixed.
    void copyBest();

    Planes picture() const;

private:
    struct Target {
        QPoint at;
        QPoint from;
        float distance = 0;
        float confidence = 1; ///< less far inside the hole
    };

    bool isSource(QPoint p) const
    {
        return p.x() >= 0 && p.y() >= 0 && p.x() < m_width && p.y() < m_height &&
               m_isSource[size_t(p.y()) * m_width + p.x()];
    }
    const float *pixel(int x, int y) const { return &m_pixels[(size_t(y) * m_width + x) * 3]; }
    float distance(QPoint target, QPoint source, float most) const;
    void consider(Target &target, QPoint source) const;
    void measureAll();
    template <typename Use>
    void forHole(const Target &target, const Use &use) const;
    quint32 below(quint32 bound) { return quint32((quint64(m_random()) * bound) >> 32); }

    int m_width, m_height;
    std::vector<float> m_pixels; ///< red, green, blue by turns
    std::vector<quint8> m_unknown, m_isSource;
    std::vector<int> m_sources; ///< indices of pixels
    std::vector<int> m_targetAt; ///< index of a pixel's target; negative: none
    std::vector<Target> m_targets;
    std::mt19937 m_random;
    bool m_backwards = false;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/planes.h"

#include <QList>
#include <QRect>

#include <memory>

namespace heirloom
{

/// Finds upright faces that look into the camera: P. Viola, M. Jones, "Rapid Object Detection using
/// a Boosted Cascade of Simple Features", CVPR 2001, by OpenCV and the cascade it comes with.
/// Rather misses one than takes something else for a face. Used on one thread.
class FaceFinder
{
public:
    FaceFinder();
    ~FaceFinder();

    /// The calling thread's: reading the cascade takes as long as looking.
    static const FaceFinder &ofThread();
    /// OpenCV's cascade is installed. Without it nothing is found.
    static bool isInstalled();
    /// luminance: one plane, 0..1. Boxes in its pixels, from the brows to the chin, from the top of
    /// the picture down; faces of less than smallest pixels are not looked for.
    QList<QRect> find(const Planes &luminance) const;
    static constexpr int smallest = 22;
    /// In a picture made small: boxes in pixels of one of at most longestSide. Reads it once from
    /// top to bottom. Errors: the source's, Cancelled, Internal (a profile that does not fit).
    Result<QList<QRect>> find(ImageSource &source, const Progress &progress) const;
    static constexpr int longestSide = 640;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom

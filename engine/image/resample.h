// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imagesource.h"

#include <vector>

namespace heirloom
{

/// How one axis is resampled: target pixel X, of targetSize, has its centre at source position
/// (X + 0.5) * step + origin (pixel i covers i..i+1). step < 1 enlarges with the Lanczos kernel of
/// 3 lobes (6 taps; C. E. Duchon, "Lanczos Filtering in One and Two Dimensions", 1979); step > 1
/// reduces by exact area. Taps beyond the edge are left out and the rest is normalised. Whole-pixel
/// positions with step 1 copy. A value; any thread.
class ResampleAxis
{
public:
    ResampleAxis() = default;
    /// The whole axis.
    ResampleAxis(int sourceSize, int targetSize);
    ResampleAxis(int sourceSize, int targetSize, double step, double origin);

    int sourceSize() const { return m_sourceSize; }
    int targetSize() const { return m_targetSize; }
    int taps() const { return m_taps; }
    bool isIdentity() const { return m_identity; }
    /// First source pixel of a target pixel's taps; taps() weights follow, unused ones are 0 and
    /// first + taps() never passes the source's end (unless the source is shorter than that).
    int first(int target) const { return m_first[size_t(target)]; }
    const float *weights(int target) const { return &m_weights[size_t(target) * m_taps]; }

    /// The source pixels first..last that targets from..to (inclusive) need.
    std::pair<int, int> range(int from, int to) const;

private:
    int m_sourceSize = 0;
    int m_targetSize = 0;
    int m_taps = 0;
    bool m_identity = false;
    std::vector<int> m_first;
    std::vector<float> m_weights;
};

/// Resamples any part of a picture, separably, in float, colours weighted by alpha, rounded once.
/// The same target pixel gets the same value whatever part it is computed with. Immutable; any
/// thread.
class Resampler
{
public:
    Resampler(QSize source, QSize target);
    Resampler(ResampleAxis horizontal, ResampleAxis vertical);

    QSize sourceSize() const;
    QSize targetSize() const;
    /// The source pixels that a target rectangle needs.
    QRect sourceRect(const QRect &target) const;
    /// The target rectangle from pixels whose top left is at origin of the source and which cover
    /// sourceRect(target). The format stays.
    Image apply(const Image &pixels, QPoint origin, const QRect &target) const;

private:
    ResampleAxis m_horizontal;
    ResampleAxis m_vertical;
};

/// A whole picture: enlarged with Lanczos-3 or reduced by area, each axis by itself. Bands are
/// shared by threads (0: all cores); the result does not depend on their number.
Image resampled(const Image &source, QSize target, int threads = 1);

/// A source enlarged or reduced while it is read; holds a few rows only. Takes rectangles in the
/// order its own source takes them. source must outlive it.
class ResampledSource : public ImageSource
{
public:
    ResampledSource(ImageSource &source, QSize target);

    QSize size() const override { return m_resampler.targetSize(); }
    PixelFormat format() const override { return m_source.format(); }
    QByteArray icc() const override { return m_source.icc(); }
    bool isRandomAccess() const override { return m_source.isRandomAccess(); }
    Result<Image> read(const QRect &r) override;

private:
    ImageSource &m_source;
    Resampler m_resampler;
    Image m_rows;       ///< the last source rows, whole width, for sources that only go forward
    int m_firstRow = 0; ///< of m_rows
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/halfsize.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace heirloom
{

Planes atHalfSize(const Planes &image)
{
    Planes half(image.channels, image.width / 2, image.height / 2);
    for (int c = 0; c < image.channels; ++c) {
        cv::Mat reduced;
        cv::resize(toMat(image, c), reduced, cv::Size(half.width, half.height), 0, 0,
                   cv::INTER_AREA);
        copyFromMat(reduced, half, c);
    }
    return half;
}

Planes withHalfSizeChange(const Planes &image, const Planes &before, const Planes &after)
{
    Planes changed(image.channels, image.width, image.height);
    for (int c = 0; c < image.channels; ++c) {
        const cv::Mat change = toMat(after, c) - toMat(before, c);
        cv::Mat enlarged;
        cv::resize(change, enlarged, cv::Size(image.width, image.height), 0, 0, cv::INTER_CUBIC);
        enlarged += toMat(image, c);
        copyFromMat(enlarged, changed, c);
    }
    return changed;
}

} // namespace heirloom

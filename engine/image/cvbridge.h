// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "image/planes.h"

#include <opencv2/core/mat.hpp>

namespace heirloom
{

/// The only way between our pixels and OpenCV's. Channels keep their order (RGB, not BGR). Throws
/// cv::Exception only where OpenCV itself does (out of memory).

/// Reading: a cv::Mat over an Image's pixels and the Image that keeps them alive. Not to be
/// written: OpenCV knows nothing of copy on write.
class ConstMat
{
public:
    explicit ConstMat(const Image &image);
    const cv::Mat &mat() const { return m_mat; }

private:
    Image m_image;
    cv::Mat m_mat;
};

/// Writing: pixels of its own.
cv::Mat toMat(const Image &image);
/// 1 to 4 channels of CV_8U, CV_16U or CV_32F; two channels are grey and alpha.
Image fromMat(const cv::Mat &mat);

/// One plane as CV_32F, copied.
cv::Mat toMat(const Planes &planes, int channel);
void copyFromMat(const cv::Mat &mat, Planes &planes, int channel);

} // namespace heirloom

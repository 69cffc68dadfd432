// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/cvbridge.h"

#include <cstring>

namespace heirloom
{

namespace
{

int cvType(PixelFormat format)
{
    const int depth = format.depth == Depth::U8    ? CV_8U
                      : format.depth == Depth::U16 ? CV_16U
                                                   : CV_32F;
    return CV_MAKETYPE(depth, format.channelCount());
}

} // namespace

ConstMat::ConstMat(const Image &image)
    : m_image(image)
{
    if (!image.isNull()) {
        m_mat = cv::Mat(image.height(), image.width(), cvType(image.format()),
                        const_cast<std::byte *>(image.constRow(0)), size_t(image.bytesPerRow()));
    }
}

cv::Mat toMat(const Image &image)
{
    return ConstMat(image).mat().clone();
}

Image fromMat(const cv::Mat &mat)
{
    Depth depth = Depth::F32;
    if (mat.depth() == CV_8U)
        depth = Depth::U8;
    else if (mat.depth() == CV_16U)
        depth = Depth::U16;
    else if (mat.depth() != CV_32F)
        return {};
    if (mat.channels() < 1 || mat.channels() > 4)
        return {};
    Image out({mat.cols, mat.rows}, {Channels(mat.channels()), depth});
    for (int y = 0; y < out.height(); ++y)
        std::memcpy(out.row(y), mat.ptr(y), size_t(out.bytesPerRow()));
    return out;
}

cv::Mat toMat(const Planes &planes, int channel)
{
    cv::Mat mat(planes.height, planes.width, CV_32F);
    for (int y = 0; y < planes.height; ++y)
        std::memcpy(mat.ptr(y), planes.row(channel, y), size_t(planes.width) * sizeof(float));
    return mat;
}

void copyFromMat(const cv::Mat &mat, Planes &planes, int channel)
{
    CV_Assert(mat.type() == CV_32F && mat.cols == planes.width && mat.rows == planes.height);
    for (int y = 0; y < planes.height; ++y)
        std::memcpy(planes.row(channel, y), mat.ptr(y), size_t(planes.width) * sizeof(float));
}

} // namespace heirloom

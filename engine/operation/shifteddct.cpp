// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/shifteddct.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int Side = 8;
/// Blocks begin at every second pixel, both ways.
constexpr int Shift = 2;
/// Coefficients below this share of sigma are dropped; the best of a few on photographs.
constexpr float ThresholdPerSigma = 1.2F;

} // namespace

ModelPack ShiftedDct::description()
{
    ModelPack pack;
    pack.id = QStringLiteral("shifted-dct");
    pack.task = ModelTask::Denoise;
    pack.input.channels = QStringLiteral("RGB");
    pack.output.channels = QStringLiteral("RGB");
    pack.input.multipleOf = Shift; // so that tiles begin where the picture's own blocks may
    pack.output.scale = 1;
    pack.bestTile = 256;
    pack.halo = Side;
    pack.memoryPerInputPixel = 64;
    return pack;
}

ShiftedDct::ShiftedDct()
    : m_pack(description())
{
}

Result<Planes> ShiftedDct::run(const ModelInput &input, RunControl &control)
{
    const Planes &in = input.image;
    const float threshold =
        ThresholdPerSigma * float(input.scalars.value(QStringLiteral("sigma")));
    Planes out(in.channels, in.width, in.height);
    try {
        for (int c = 0; c < in.channels; ++c) {
            if (control.progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            cv::Mat padded;
            cv::copyMakeBorder(toMat(in, c), padded, Side, Side, Side, Side, cv::BORDER_REFLECT);
            cv::Mat sum = cv::Mat::zeros(padded.size(), CV_32F);
            cv::Mat count = cv::Mat::zeros(padded.size(), CV_32F);
            cv::Mat block;
            for (int y = 0; y + Side <= padded.rows; y += Shift) {
                for (int x = 0; x + Side <= padded.cols; x += Shift) {
                    const cv::Rect place(x, y, Side, Side);
                    cv::dct(padded(place), block);
                    const float mean = block.at<float>(0, 0);
                    // The unit is the block's own: an orthonormal transform keeps sigma.
                    for (int i = 0; i < Side * Side; ++i) {
                        float &v = block.ptr<float>()[i];
                        if (std::abs(v) < threshold)
                            v = 0;
                    }
                    block.at<float>(0, 0) = mean;
                    cv::idct(block, block);
                    sum(place) += block;
                    count(place) += 1;
                }
            }
            cv::divide(sum, count, sum);
            copyFromMat(sum(cv::Rect(Side, Side, in.width, in.height)), out, c);
        }
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    return out;
}

} // namespace heirloom

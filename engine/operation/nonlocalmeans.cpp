// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/nonlocalmeans.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/photo.hpp>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int TemplateSide = 7;
constexpr int SearchSide = 21;
/// Filter strength per sigma, for brightness and for colour; the best of a few on photographs with
/// known noise.
constexpr double LuminancePerSigma = 0.6;
constexpr double ColorPerSigma = 0.7;

} // namespace

ModelPack NonLocalMeans::description()
{
    ModelPack pack;
    pack.id = QStringLiteral("nlm");
    pack.task = ModelTask::Denoise;
    pack.input.channels = QStringLiteral("RGB");
    pack.output.channels = QStringLiteral("RGB");
    pack.output.scale = 1;
    pack.bestTile = 256;
    pack.halo = (TemplateSide + SearchSide) / 2 + 2;
    pack.memoryPerInputPixel = 64;
    return pack;
}

NonLocalMeans::NonLocalMeans()
    : m_pack(description())
{
}

Result<Planes> NonLocalMeans::run(const ModelInput &input, RunControl &control)
{
    const Planes &in = input.image;
    const double sigma = input.scalars.value(QStringLiteral("sigma")) * 255;
    cv::Mat before(in.height, in.width, CV_8UC3);
    for (int y = 0; y < in.height; ++y) {
        auto *row = before.ptr<uchar>(y);
        for (int c = 0; c < 3; ++c) {
            const float *from = in.row(c, y);
            for (int x = 0; x < in.width; ++x) // OpenCV's Lab is of blue, green, red
                row[3 * x + 2 - c] = uchar(std::clamp(from[x], 0.0F, 1.0F) * 255 + 0.5F);
        }
    }
    cv::Mat base, after;
    try {
        cv::fastNlMeansDenoisingColored(before, after, float(LuminancePerSigma * sigma),
                                        float(ColorPerSigma * sigma), TemplateSide, SearchSide);
        // Lab of 8 bits loses a step or two by itself; only what the filter did is to come out.
        cv::cvtColor(before, base, cv::COLOR_BGR2Lab);
        cv::cvtColor(base, base, cv::COLOR_Lab2BGR);
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    if (control.progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    Planes out(3, in.width, in.height);
    for (int y = 0; y < in.height; ++y) {
        const auto *a = base.ptr<uchar>(y);
        const auto *b = after.ptr<uchar>(y);
        for (int c = 0; c < 3; ++c) {
            const float *from = in.row(c, y);
            float *to = out.row(c, y);
            for (int x = 0; x < in.width; ++x)
                to[x] = from[x] + float(b[3 * x + 2 - c] - a[3 * x + 2 - c]) / 255;
        }
    }
    return out;
}

} // namespace heirloom

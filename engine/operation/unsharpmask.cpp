// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/unsharpmask.h"

#include "image/luma.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

int UnsharpMask::reachOf(double radius)
{
    return int(std::ceil(4 * radius));
}

UnsharpMask::UnsharpMask(double radius)
{
    m_pack.id = QStringLiteral("unsharp-mask");
    m_pack.task = ModelTask::Restore;
    m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
    m_pack.output.scale = 1;
    m_pack.memoryPerInputPixel = 48;
    m_pack.bestTile = 512;
    m_pack.halo = reachOf(radius) + 4;
}

Result<Planes> UnsharpMask::run(const ModelInput &input, RunControl &control)
{
    if (control.progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    const auto amount = float(input.scalars.value(QStringLiteral("amount")));
    const auto threshold = float(input.scalars.value(QStringLiteral("threshold")));
    const double radius = input.scalars.value(QStringLiteral("radius"));
    const Planes &in = input.image;
    Planes out(3, in.width, in.height);
    try {
        cv::Mat light(in.height, in.width, CV_32F), around;
        for (int y = 0; y < in.height; ++y) {
            auto *row = light.ptr<float>(y);
            for (int x = 0; x < in.width; ++x) {
                const float color[3] = {in.row(0, y)[x], in.row(1, y)[x], in.row(2, y)[x]};
                row[x] = lum(color);
            }
        }
        const int side = 2 * reachOf(radius) + 1;
        cv::GaussianBlur(light, around, {side, side}, radius, radius, cv::BORDER_REFLECT);
        for (int y = 0; y < in.height; ++y) {
            for (int x = 0; x < in.width; ++x) {
                const float color[3] = {in.row(0, y)[x], in.row(1, y)[x], in.row(2, y)[x]};
                const float detail = light.at<float>(y, x) - around.at<float>(y, x);
                const float beyond = std::max(std::abs(detail) - threshold, 0.0F);
                float sharp[3] = {color[0], color[1], color[2]};
                if (beyond > 0) {
                    const float wanted =
                        light.at<float>(y, x) + amount * std::copysign(beyond, detail);
                    setLum(color, std::clamp(wanted, 0.0F, 1.0F), sharp);
                }
                for (int c = 0; c < 3; ++c)
                    out.row(c, y)[x] = sharp[c];
            }
        }
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    return out;
}

} // namespace heirloom

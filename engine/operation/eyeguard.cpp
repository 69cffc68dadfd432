// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/eyeguard.h"

#include "image/cvbridge.h"
#include "operation/damagepieces.h"
#include "operation/facefinder.h"
#include "operation/piececomposer.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// Where eyes lie in a face's box and how large they are, shares of its sides.
constexpr double FromTheSide = 0.31, FromTheTop = 0.40, EyeWidth = 0.28, EyeHeight = 0.20;

Planes luminance(const cv::Mat &rgba, double scale)
{
    cv::Mat small, channel;
    cv::resize(rgba, small, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    small.convertTo(small, CV_32F, 1.0 / 255);
    Planes rgb(3, small.cols, small.rows);
    for (int c = 0; c < rgb.channels; ++c) {
        cv::extractChannel(small, channel, c);
        copyFromMat(channel, rgb, c);
    }
    return luminanceOf(rgb);
}

void clearWithin(const QRect &eye, Image &confidence)
{
    // A pixel more on each side tells what reaches beyond.
    const QRect r = eye.adjusted(-1, -1, 1, 1) & confidence.rect();
    const ConstMat whole(confidence);
    const cv::Mat window = whole.mat()(cv::Rect(r.x(), r.y(), r.width(), r.height()));
    cv::Mat labels;
    const int count = cv::connectedComponents(window >= possibleDamage, labels, 8, CV_32S);
    std::vector<char> reachesOut(size_t(count), 0);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            if (!eye.contains(r.left() + x, r.top() + y))
                reachesOut[size_t(labels.at<int>(y, x))] = 1;
        }
    }
    for (int y = 0; y < labels.rows; ++y) {
        quint8 *values = confidence.samples<quint8>(r.top() + y) + r.left();
        for (int x = 0; x < labels.cols; ++x) {
            const int label = labels.at<int>(y, x);
            if (label > 0 && !reachesOut[size_t(label)])
                values[x] = 0;
        }
    }
}

} // namespace

void leaveEyesAlone(Image &confidence, const Image &picture)
{
    if (cv::countNonZero(ConstMat(confidence).mat() >= possibleDamage) == 0)
        return; // looking for faces takes as long as a small picture's damage does
    const int longest = std::max(picture.width(), picture.height());
    const double scale = std::min(1.0, double(FaceFinder::longestSide) / longest);
    const auto faces = FaceFinder::ofThread().find(luminance(ConstMat(picture).mat(), scale));
    for (const QRect &face : faces) {
        for (const double across : {FromTheSide, 1 - FromTheSide}) {
            const QRectF eye((face.x() + (across - EyeWidth / 2) * face.width()) / scale,
                             (face.y() + (FromTheTop - EyeHeight / 2) * face.height()) / scale,
                             EyeWidth * face.width() / scale, EyeHeight * face.height() / scale);
            const QRect inside = eye.toAlignedRect() & confidence.rect();
            if (!inside.isEmpty())
                clearWithin(inside, confidence);
        }
    }
}

} // namespace heirloom

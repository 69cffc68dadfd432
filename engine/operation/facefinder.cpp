// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/facefinder.h"

#include "image/cvbridge.h"
#include "operation/piececomposer.h"

#include <QFile>

#include <opencv2/objdetect.hpp>

#include <algorithm>
#include <vector>

namespace heirloom
{

namespace
{

constexpr double Step = 1.1; ///< between the sizes that are looked for
constexpr int Alike = 4;     ///< so many of one place and size make a face

const QString cascadePath = QStringLiteral(HEIRLOOM_FACE_CASCADE);

} // namespace

struct FaceFinder::Private {
    mutable cv::CascadeClassifier cascade;
};

FaceFinder::FaceFinder()
    : d(std::make_unique<Private>())
{
    if (isInstalled())
        d->cascade.load(cascadePath.toStdString());
}

FaceFinder::~FaceFinder() = default;

const FaceFinder &FaceFinder::ofThread()
{
    thread_local const FaceFinder finder;
    return finder;
}

bool FaceFinder::isInstalled()
{
    return QFile::exists(cascadePath);
}

QList<QRect> FaceFinder::find(const Planes &luminance) const
{
    if (d->cascade.empty() || std::min(luminance.width, luminance.height) < smallest)
        return {};
    cv::Mat grey;
    toMat(luminance, 0).convertTo(grey, CV_8U, 255);
    std::vector<cv::Rect> found;
    d->cascade.detectMultiScale(grey, found, Step, Alike, 0, {smallest, smallest});
    QList<QRect> faces;
    for (const cv::Rect &face : found)
        faces += QRect(face.x, face.y, face.width, face.height);
    // Threads find them in any order.
    std::sort(faces.begin(), faces.end(), [](const QRect &a, const QRect &b) {
        return std::pair(a.y(), a.x()) < std::pair(b.y(), b.x());
    });
    return faces;
}

Result<QList<QRect>> FaceFinder::find(ImageSource &source, const Progress &progress) const
{
    const auto rgb = networkPicture(source, sizeBelow(source.size(), longestSide), progress);
    if (!rgb)
        return fail(rgb.error());
    return find(luminanceOf(*rgb));
}

} // namespace heirloom

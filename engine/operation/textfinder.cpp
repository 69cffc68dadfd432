// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/textfinder.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int ReadRows = 64;
constexpr int LongestSide = 1600;
constexpr int Kernel = 21;       ///< widest stroke, pixels
constexpr double Contrast = 28;  ///< of strokes, 8-bit steps
constexpr int LowestLetter = 6, HighestLetter = 60;
constexpr double WidestLetter = 2.5; ///< times its height
constexpr double LeastInk = 0.12, MostInk = 0.85; ///< of a letter's box
constexpr int FewestLetters = 5;

struct Letter {
    cv::Rect box;
    double stroke = 0; ///< width
};

std::vector<Letter> lettersOf(const cv::Mat &strokes)
{
    cv::Mat labels, pieces, centres, depth;
    const int count = cv::connectedComponentsWithStats(strokes, labels, pieces, centres, 8);
    cv::distanceTransform(strokes, depth, cv::DIST_L2, 3);
    std::vector<double> depths(size_t(count), 0);
    for (int y = 0; y < labels.rows; ++y) {
        const auto *label = labels.ptr<int>(y);
        const auto *d = depth.ptr<float>(y);
        for (int x = 0; x < labels.cols; ++x)
            depths[size_t(label[x])] += double(d[x]);
    }
    std::vector<Letter> letters;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(pieces.at<int>(i, cv::CC_STAT_LEFT), pieces.at<int>(i, cv::CC_STAT_TOP),
                           pieces.at<int>(i, cv::CC_STAT_WIDTH),
                           pieces.at<int>(i, cv::CC_STAT_HEIGHT));
        const double area = pieces.at<int>(i, cv::CC_STAT_AREA);
        const double ink = area / box.area();
        if (box.height < LowestLetter || box.height > HighestLetter ||
            box.width > WidestLetter * box.height || ink < LeastInk ||
            (ink > MostInk && box.width * 2 > box.height))
            continue;
        letters.push_back({box, 4 * depths[size_t(i)] / area});
    }
    return letters;
}

/// The one after the other in one line, in one hand.
bool follows(const Letter &a, const Letter &b)
{
    const double high = std::max(a.box.height, b.box.height);
    const double low = std::min(a.box.height, b.box.height);
    const int gap = b.box.x - a.box.br().x;
    const double lean = std::abs((a.box.y + a.box.br().y) - (b.box.y + b.box.br().y)) / 2.0;
    return high <= 2 * low && gap >= -low / 2 && gap <= 1.2 * high && lean <= high / 2 &&
           std::max(a.stroke, b.stroke) <= 2 * std::min(a.stroke, b.stroke);
}

void markLines(std::vector<Letter> letters, cv::Mat &text)
{
    std::ranges::sort(letters, {}, [](const Letter &l) { return l.box.x; });
    std::vector<size_t> line(letters.size());
    std::iota(line.begin(), line.end(), size_t(0));
    const auto top = [&line](size_t i) {
        while (line[i] != i)
            i = line[i] = line[line[i]];
        return i;
    };
    for (size_t i = 0; i < letters.size(); ++i) {
        for (size_t j = i + 1; j < letters.size(); ++j) {
            if (letters[j].box.x - letters[i].box.br().x > 2 * HighestLetter)
                break;
            if (follows(letters[i], letters[j]))
                line[top(j)] = top(i);
        }
    }
    std::vector<int> members(letters.size(), 0);
    for (size_t i = 0; i < letters.size(); ++i)
        ++members[top(i)];
    for (size_t i = 0; i < letters.size(); ++i) {
        if (members[top(i)] < FewestLetters)
            continue;
        const cv::Rect &box = letters[i].box; // with the gap to the next and what reaches below
        const int around = box.height / 2 + 1;
        text(cv::Rect(box.x - around, box.y - around, box.width + 2 * around,
                      box.height + 2 * around) &
             cv::Rect(0, 0, text.cols, text.rows)) = 255;
    }
}

Image textIn(const Image &grey)
{
    const ConstMat pixels(grey);
    const int side = std::max(grey.width(), grey.height());
    const double factor = std::min(1.0, double(LongestSide) / side);
    cv::Mat small = pixels.mat();
    if (factor < 1) {
        cv::resize(pixels.mat(), small,
                   cv::Size(std::max(1, int(grey.width() * factor)),
                            std::max(1, int(grey.height() * factor))),
                   0, 0, cv::INTER_AREA);
    }
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, cv::Size(Kernel, Kernel));
    cv::Mat text(small.size(), CV_8U, cv::Scalar(0));
    for (const int way : {cv::MORPH_BLACKHAT, cv::MORPH_TOPHAT}) {
        cv::Mat away;
        cv::morphologyEx(small, away, way, kernel);
        markLines(lettersOf(away > Contrast), text);
    }
    cv::Mat full;
    cv::resize(text, full, cv::Size(grey.width(), grey.height()), 0, 0, cv::INTER_NEAREST);
    Image mask(grey.size(), {Channels::Gray, Depth::U8});
    for (int y = 0; y < mask.height(); ++y)
        std::copy_n(full.ptr<quint8>(y), mask.width(), mask.samples<quint8>(y));
    return mask;
}

} // namespace

Result<Image> findText(ImageSource &source, const Progress &progress)
{
    Image grey(source.size(), {Channels::Gray, Depth::U8});
    for (int y = 0; y < grey.height(); y += ReadRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto band =
            source.read(QRect(0, y, grey.width(), std::min(ReadRows, grey.height() - y)));
        if (!band)
            return fail(band.error());
        grey.paste(band->converted(grey.format()), {0, y});
        progress.report(double(y) / grey.height());
    }
    try {
        return textIn(grey);
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::Internal, {QString::fromStdString(e.what())});
    }
}

} // namespace heirloom

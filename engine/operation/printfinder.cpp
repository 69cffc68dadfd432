// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/printfinder.h"

#include "image/cvbridge.h"

#include <QLineF>
#include <QRectF>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int LongestSide = 1600; ///< of the reduced picture
constexpr int ReadRows = 128;     ///< of the reduced picture
constexpr double SmallestDifference = 10; ///< from the bed, 8-bit steps
constexpr double SmallestShare = 0.01; ///< of the scan that a print covers
constexpr int SideSamples = 240;
constexpr double Search = 14; ///< reduced pixels around a side's first guess
constexpr double Straight = 0.01; ///< degrees that are not worth resampling

/// RGB floats, 0..255.
Result<cv::Mat> reduced(ImageSource &source, int factor, const Progress &progress)
{
    const QSize size = source.size();
    const cv::Size small((size.width() + factor - 1) / factor,
                         (size.height() + factor - 1) / factor);
    cv::Mat all(small, CV_32FC3);
    for (int top = 0; top < small.height; top += ReadRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int rows = std::min(ReadRows, small.height - top);
        const QRect wanted(0, top * factor, size.width(), rows * factor);
        const auto read = source.read(wanted & QRect(QPoint(0, 0), size));
        if (!read)
            return fail(read.error());
        const ConstMat pixels(read->converted({Channels::Rgb, Depth::F32}));
        cv::Mat wide, part;
        cv::copyMakeBorder(pixels.mat(), wide, 0, rows * factor - read->height(), 0,
                           small.width * factor - read->width(), cv::BORDER_REPLICATE);
        cv::resize(wide, part, {small.width, rows}, 0, 0, cv::INTER_AREA);
        cv::Mat(part * 255).copyTo(all.rowRange(top, top + rows));
        progress.report(double(top + rows) / small.height);
    }
    return all;
}

struct Bed {
    cv::Vec3f color;
    float tolerance = 0;
};

float median(std::vector<float> values)
{
    const auto middle = values.begin() + qsizetype(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The commonest colour of the outermost pixels, and how far they lie from it.
Bed bedOf(const cv::Mat &scan)
{
    std::array<std::vector<float>, 3> values;
    const int frame = std::max(1, std::min(scan.cols, scan.rows) / 150);
    for (int y = 0; y < scan.rows; ++y) {
        const bool all = y < frame || y >= scan.rows - frame;
        for (int x = 0; x < scan.cols; ++x) {
            if (all || x < frame || x >= scan.cols - frame) {
                for (int c = 0; c < 3; ++c)
                    values[size_t(c)].push_back(scan.at<cv::Vec3f>(y, x)[c]);
            }
        }
    }
    Bed bed;
    float spread = 0;
    for (int c = 0; c < 3; ++c) {
        std::vector<float> &v = values[size_t(c)];
        bed.color[c] = median(v);
        for (float &value : v)
            value = std::abs(value - bed.color[c]);
        spread = std::max(spread, median(v));
    }
    bed.tolerance = std::max(float(SmallestDifference), 6 * spread);
    return bed;
}

/// The largest difference of a channel from the bed.
cv::Mat differenceFrom(const cv::Mat &scan, const Bed &bed)
{
    cv::Mat difference;
    cv::absdiff(scan, cv::Scalar(bed.color[0], bed.color[1], bed.color[2]), difference);
    std::array<cv::Mat, 3> channels;
    cv::split(difference, channels.data());
    return cv::max(cv::max(channels[0], channels[1]), channels[2]);
}

float at(const cv::Mat &values, QPointF p)
{
    const double x = std::clamp(p.x() - 0.5, 0.0, values.cols - 1.0);
    const double y = std::clamp(p.y() - 0.5, 0.0, values.rows - 1.0);
    const int x0 = int(x), y0 = int(y);
    const int x1 = std::min(x0 + 1, values.cols - 1), y1 = std::min(y0 + 1, values.rows - 1);
    const float fx = float(x - x0), fy = float(y - y0);
    const auto *a = values.ptr<float>(y0);
    const auto *b = values.ptr<float>(y1);
    return (a[x0] * (1 - fx) + a[x1] * fx) * (1 - fy) + (b[x0] * (1 - fx) + b[x1] * fx) * fy;
}

/// A line through points most of which lie on it, direction (vx, vy) through (x, y).
std::optional<QLineF> lineThrough(std::vector<cv::Point2f> points)
{
    for (int round = 0; round < 4; ++round) {
        if (points.size() < SideSamples / 6)
            return {};
        cv::Vec4f line;
        cv::fitLine(points, line, cv::DIST_HUBER, 0, 0.01, 0.01);
        std::vector<float> distances;
        for (const cv::Point2f &p : points)
            distances.push_back(std::abs((p.x - line[2]) * line[1] - (p.y - line[3]) * line[0]));
        const float most = std::max(0.25F, 2.5F * median(distances));
        if (round == 3)
            return QLineF(line[2], line[3], line[2] + 1000 * line[0], line[3] + 1000 * line[1]);
        std::vector<cv::Point2f> kept;
        for (size_t i = 0; i < points.size(); ++i) {
            if (distances[i] <= most)
                kept.push_back(points[i]);
        }
        points = std::move(kept);
    }
    return {};
}

/// Where the print begins along one side, coming from outside.
QLineF refined(const cv::Mat &difference, float tolerance, QPointF from, QPointF to)
{
    const QLineF guess(from, to);
    const QPointF along = (to - from) / guess.length();
    const QPointF inward(-along.y(), along.x()); // corners go round clockwise
    std::vector<cv::Point2f> points;
    for (int i = 0; i < SideSamples; ++i) {
        const QPointF middle = from + (to - from) * (0.04 + 0.92 * i / (SideSamples - 1));
        float before = at(difference, middle - inward * Search);
        for (double d = -Search + 0.5; d <= Search; d += 0.5) {
            const float here = at(difference, middle + inward * d);
            // Half of the way to what lies a little further in.
            const float inside = std::max(at(difference, middle + inward * (d + 1.5)), here);
            const float level = std::max(tolerance, inside / 2);
            if (before < level && here >= level && inside > tolerance) {
                const double share = double(level - before) / std::max(1e-3F, here - before);
                const QPointF edge = middle + inward * (d - 0.5 + 0.5 * share);
                points.emplace_back(float(edge.x()), float(edge.y()));
                break;
            }
            before = here;
        }
    }
    return lineThrough(std::move(points)).value_or(guess);
}

double turned(const QLineF &line) // above -45 to 45
{
    double angle = std::atan2(line.dy(), line.dx()) * 180 / std::numbers::pi;
    while (angle > 45)
        angle -= 90;
    while (angle <= -45)
        angle += 90;
    return angle;
}

/// Corners from the top left one clockwise, as the print lies.
std::array<QPointF, 4> ordered(const cv::RotatedRect &box)
{
    const double angle = turned({0, 0, std::cos(box.angle * std::numbers::pi / 180),
                                 std::sin(box.angle * std::numbers::pi / 180)});
    const double radians = angle * std::numbers::pi / 180;
    const bool swapped = std::abs(std::remainder(box.angle - angle, 180)) > 45;
    const double w = (swapped ? box.size.height : box.size.width) / 2.0;
    const double h = (swapped ? box.size.width : box.size.height) / 2.0;
    const QPointF centre(box.center.x + 0.5, box.center.y + 0.5);
    const QPointF across(std::cos(radians) * w, std::sin(radians) * w);
    const QPointF down(-std::sin(radians) * h, std::cos(radians) * h);
    return {centre - across - down, centre + across - down, centre + across + down,
            centre - across + down};
}

FoundPrint refinedPrint(const cv::Mat &difference, float tolerance, const cv::RotatedRect &box)
{
    const std::array<QPointF, 4> corners = ordered(box);
    std::array<QLineF, 4> sides;
    for (size_t i = 0; i < 4; ++i)
        sides[i] = refined(difference, tolerance, corners[i], corners[(i + 1) % 4]);
    FoundPrint print;
    double angle = 0;
    double weight = 0;
    for (size_t i = 0; i < 4; ++i) {
        QPointF crossing = corners[i];
        if (sides[(i + 3) % 4].intersects(sides[i], &crossing) == QLineF::NoIntersection ||
            QLineF(crossing, corners[i]).length() > 2 * Search)
            crossing = corners[i];
        print.corners[i] = crossing;
        const double length = QLineF(corners[i], corners[(i + 1) % 4]).length();
        angle += turned(sides[i]) * length;
        weight += length;
    }
    print.angle = angle / weight;
    return print;
}

cv::Mat warped(const Image &scan, const cv::Matx23d &toScan, cv::Size size, int border)
{
    cv::Mat out;
    cv::warpAffine(ConstMat(scan).mat(), out, toScan, size, cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                   border);
    return out;
}

} // namespace

QSizeF FoundPrint::size() const
{
    const auto mean = [this](size_t a, size_t b, size_t c, size_t d) {
        return (QLineF(corners[a], corners[b]).length() + QLineF(corners[c], corners[d]).length()) /
               2;
    };
    return {mean(0, 1, 3, 2), mean(0, 3, 1, 2)};
}

QRectF FoundPrint::bounds() const
{
    QRectF r(corners[0], QSizeF(0, 0));
    for (const QPointF &p : corners) {
        r.setLeft(std::min(r.left(), p.x()));
        r.setRight(std::max(r.right(), p.x()));
        r.setTop(std::min(r.top(), p.y()));
        r.setBottom(std::max(r.bottom(), p.y()));
    }
    return r;
}

Result<QList<FoundPrint>> findPrints(ImageSource &source, const Progress &progress)
{
    const int longest = std::max(source.size().width(), source.size().height());
    const int factor = std::max(1, longest / LongestSide);
    const auto scan = reduced(source, factor, progress);
    if (!scan)
        return fail(scan.error());
    if (scan->cols < 32 || scan->rows < 32)
        return QList<FoundPrint>();
    const Bed bed = bedOf(*scan);
    const cv::Mat difference = differenceFrom(*scan, bed);
    cv::Mat print = difference > bed.tolerance;
    cv::morphologyEx(print, print, cv::MORPH_OPEN, cv::Mat::ones(3, 3, CV_8U));
    cv::morphologyEx(print, print, cv::MORPH_CLOSE, cv::Mat::ones(5, 5, CV_8U));
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(print, outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    QList<FoundPrint> prints;
    for (const std::vector<cv::Point> &outline : outlines) {
        const cv::RotatedRect box = cv::minAreaRect(outline);
        const double area = double(box.size.width) * box.size.height;
        if (area < SmallestShare * scan->total() ||
            std::min(box.size.width, box.size.height) < 16 ||
            cv::contourArea(outline) < 0.6 * area)
            continue;
        const cv::Rect r = cv::boundingRect(outline);
        if (r.x <= 1 && r.y <= 1 && r.br().x >= scan->cols - 1 && r.br().y >= scan->rows - 1)
            continue; // the print fills the scan: no bed
        FoundPrint found = refinedPrint(difference, bed.tolerance, box);
        for (QPointF &corner : found.corners)
            corner *= factor;
        prints += found;
    }
    std::sort(prints.begin(), prints.end(), [](const FoundPrint &a, const FoundPrint &b) {
        const QRectF p = a.bounds(), q = b.bounds();
        const bool sameRow = p.top() < q.center().y() && q.top() < p.center().y();
        return sameRow ? p.left() < q.left() : p.top() < q.top();
    });
    return prints;
}

Image printCutOut(const Image &scan, const FoundPrint &print)
{
    const QRectF exact = print.bounds();
    if (std::abs(print.angle) < Straight) {
        const QRect r(QPoint(int(std::lround(exact.left())), int(std::lround(exact.top()))),
                      QPoint(int(std::lround(exact.right())) - 1,
                             int(std::lround(exact.bottom())) - 1));
        return scan.copied(r);
    }
    const QSizeF size = print.size();
    const cv::Size target(std::max(1, int(std::lround(size.width()))),
                          std::max(1, int(std::lround(size.height()))));
    QPointF centre;
    for (const QPointF &corner : print.corners)
        centre += corner / 4;
    const double radians = print.angle * std::numbers::pi / 180;
    const double c = std::cos(radians), s = std::sin(radians);
    const double u = (target.width - 1) / 2.0, v = (target.height - 1) / 2.0;
    const cv::Matx23d toScan(c, -s, centre.x() - 0.5 - c * u + s * v, //
                             s, c, centre.y() - 0.5 - s * u - c * v);
    return fromMat(warped(scan, toScan, target, cv::BORDER_REPLICATE));
}

Image turnedBack(const Image &scan, double angle)
{
    if (std::abs(angle) < Straight)
        return scan;
    const double radians = angle * std::numbers::pi / 180;
    const double c = std::cos(radians), s = std::sin(radians);
    const int width = int(std::ceil(scan.width() * c + scan.height() * std::abs(s) - 1e-9));
    const int height = int(std::ceil(scan.height() * c + scan.width() * std::abs(s) - 1e-9));
    const double u = (width - 1) / 2.0, v = (height - 1) / 2.0;
    const cv::Matx23d toScan(c, -s, (scan.width() - 1) / 2.0 - c * u + s * v, //
                             s, c, (scan.height() - 1) / 2.0 - s * u - c * v);
    return fromMat(warped(scan, toScan, {width, height}, cv::BORDER_REPLICATE));
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/fundusfield.h"

#include "image/lab.h"
#include "image/luma.h"
#include "operation/tonecurves.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace heirloom
{

namespace
{

/// Of Otsu's threshold: parts of a field may be badly lit, outside of it there is no light at all.
constexpr double Dim = 0.2;
/// Outside of the field nothing is brighter on the mean, coded.
constexpr double Black = 0.12;
/// Cells in a row that make an edge: specks of dust are smaller.
constexpr int EdgeRun = 3;
constexpr int FewestEdges = 24;
constexpr int CircleRounds = 6;
/// Of the radius.
constexpr double OnCircle = 0.02;
constexpr double MostEdges = 0.75; ///< of all edges, those that have to lie on it
/// Of the cells inside and outside, the share that must be bright or dark; of all, that is outside.
constexpr double MostCells = 0.9;
constexpr double LeastOutside = 0.03;
/// The light is fitted this far out, in radii: the edge itself is soft.
constexpr double LightReach = 0.95;
constexpr int LightRounds = 5;
constexpr double StandsOut = 1.5; ///< standard deviations
/// Natural logarithm: light that falls by more is no vignetting.
constexpr double MostLight = 4;

struct Point {
    double x = 0, y = 0; ///< pixels
};

struct Circle {
    double x = 0, y = 0, radius = 0;
    double off(Point p) const { return std::hypot(p.x - x, p.y - y) - radius; }
};

/// Least squares of x x + y y + a x + b y + c (I. Kåsa, "A circle fitting procedure and its error
/// analysis", IEEE Trans. Instrumentation and Measurement, 1976).
std::optional<Circle> circleThrough(const std::vector<Point> &points)
{
    cv::Mat left(int(points.size()), 3, CV_64F), right(int(points.size()), 1, CV_64F), solution;
    for (int i = 0; i < left.rows; ++i) {
        const Point p = points[size_t(i)];
        left.at<double>(i, 0) = p.x;
        left.at<double>(i, 1) = p.y;
        left.at<double>(i, 2) = 1;
        right.at<double>(i) = -(p.x * p.x + p.y * p.y);
    }
    if (!cv::solve(left, right, solution, cv::DECOMP_SVD))
        return {};
    const double x = -solution.at<double>(0) / 2, y = -solution.at<double>(1) / 2;
    const double square = x * x + y * y - solution.at<double>(2);
    if (!(square > 0))
        return {};
    return Circle{x, y, std::sqrt(square)};
}

/// The circle that most edges lie on: what does not is left out, bit by bit.
std::optional<Circle> circleOf(std::vector<Point> edges)
{
    std::optional<Circle> circle;
    const auto fewest = std::max(double(FewestEdges), MostEdges * double(edges.size()));
    for (int round = 0; round < CircleRounds; ++round) {
        if (double(edges.size()) < fewest)
            return {};
        circle = circleThrough(edges);
        if (!circle)
            return {};
        std::vector<double> offs;
        for (const Point p : edges)
            offs.push_back(std::abs(circle->off(p)));
        std::ranges::sort(offs);
        const double most = std::max(OnCircle * circle->radius, 2 * offs[offs.size() / 2]);
        const auto removed = std::erase_if(
            edges, [&](Point p) { return std::abs(circle->off(p)) > most; });
        if (removed == 0)
            break;
    }
    double sum = 0;
    for (const Point p : edges)
        sum += circle->off(p) * circle->off(p);
    if (double(edges.size()) < fewest ||
        std::sqrt(sum / double(edges.size())) > OnCircle * circle->radius)
        return {};
    return circle;
}

/// The picture made small: the brightest of its colours, and how large a cell is.
class Cells
{
public:
    Cells(const Planes &rgb, QSize picture)
        : m_rgb(rgb)
        , m_bright(rgb.height, rgb.width, CV_32F)
        , m_width(double(picture.width()) / rgb.width)
        , m_height(double(picture.height()) / rgb.height)
    {
        for (int y = 0; y < rgb.height; ++y) {
            for (int x = 0; x < rgb.width; ++x)
                m_bright.at<float>(y, x) =
                    std::max({rgb.row(0, y)[x], rgb.row(1, y)[x], rgb.row(2, y)[x]});
        }
        cv::Mat coarse, ignored;
        m_bright.convertTo(coarse, CV_8U, 255);
        m_threshold = float(
            Dim * cv::threshold(coarse, ignored, 0, 255, cv::THRESH_OTSU) / 255);
    }

    bool isBright(int x, int y) const { return m_bright.at<float>(y, x) > m_threshold; }
    Point middle(int x, int y) const { return {(x + 0.5) * m_width, (y + 0.5) * m_height}; }
    double cellHeight() const { return m_height; }

    /// Where rows go from dark to bright for the first time and back for the last.
    std::vector<Point> edges() const
    {
        std::vector<Point> points;
        const int width = m_rgb.width;
        for (int y = 0; y < m_rgb.height; ++y) {
            const int first = firstRun(y, 0, 1), last = firstRun(y, width - 1, -1);
            if (first > 0)
                points.push_back(crossing(y, first - 1, first));
            if (last >= 0 && last < width - 1)
                points.push_back(crossing(y, last + 1, last));
        }
        return points;
    }

    double meanOfDark() const
    {
        cv::Mat dark = m_bright <= m_threshold;
        return cv::mean(m_bright, dark)[0];
    }

    double lightAt(int x, int y) const
    {
        const float light[3] = {srgbToLinear(m_rgb.row(0, y)[x]),
                                srgbToLinear(m_rgb.row(1, y)[x]),
                                srgbToLinear(m_rgb.row(2, y)[x])};
        return std::log(std::max(double(lum(light)), 1e-4));
    }

private:
    /// The first of EdgeRun bright cells in a row's direction; -1: none.
    int firstRun(int y, int from, int step) const
    {
        int run = 0;
        for (int x = from; x >= 0 && x < m_rgb.width; x += step) {
            run = isBright(x, y) ? run + 1 : 0;
            if (run == EdgeRun)
                return x - (EdgeRun - 1) * step;
        }
        return -1;
    }

    /// Between a dark cell and a bright one: where the threshold lies on the line between them.
    Point crossing(int y, int dark, int bright) const
    {
        const double a = double(m_bright.at<float>(y, dark));
        const double b = double(m_bright.at<float>(y, bright));
        Point p = middle(dark, y);
        p.x +=
            (bright - dark) * m_width * std::clamp((double(m_threshold) - a) / (b - a), 0.0, 1.0);
        return p;
    }

    const Planes &m_rgb;
    cv::Mat m_bright;
    double m_width, m_height;
    float m_threshold = 0;
};

/// Robust least squares of the logarithm of the light over the disc.
std::array<double, 5> lightOf(const Planes &rgb, const Cells &cells, const Circle &circle,
                              double top, double bottom)
{
    std::vector<std::array<double, 7>> rows; // 1, u, v, uu, uv, vv, the logarithm
    for (int y = 0; y < rgb.height; ++y) {
        for (int x = 0; x < rgb.width; ++x) {
            const Point p = cells.middle(x, y);
            const double u = (p.x - circle.x) / circle.radius;
            const double v = (p.y - circle.y) / circle.radius;
            if (std::hypot(u, v) < LightReach && p.y > top && p.y < bottom)
                rows.push_back({1, u, v, u * u, u * v, v * v, cells.lightAt(x, y)});
        }
    }
    cv::Mat solution = cv::Mat::zeros(6, 1, CV_64F);
    for (int round = 0; round < LightRounds && rows.size() > 60; ++round) {
        cv::Mat left(int(rows.size()), 6, CV_64F), right(int(rows.size()), 1, CV_64F);
        for (int i = 0; i < left.rows; ++i) {
            std::copy_n(rows[size_t(i)].data(), 6, left.ptr<double>(i));
            right.at<double>(i) = rows[size_t(i)][6];
        }
        cv::solve(left, right, solution, cv::DECOMP_NORMAL);
        const cv::Mat off = left * solution - right;
        const double deviation = cv::norm(off) / std::sqrt(double(off.rows));
        std::vector<std::array<double, 7>> kept;
        for (int i = 0; i < off.rows; ++i) {
            if (std::abs(off.at<double>(i)) <= StandsOut * deviation)
                kept.push_back(rows[size_t(i)]);
        }
        rows = std::move(kept);
    }
    std::array<double, 5> light{};
    for (int i = 0; i < 5; ++i)
        light[size_t(i)] = std::clamp(solution.at<double>(i + 1), -MostLight, MostLight);
    return light;
}

} // namespace

double FundusField::lightAt(double u, double v) const
{
    // The squares' mean over the disc is a quarter.
    return light[0] * u + light[1] * v + light[2] * (u * u - 0.25) + light[3] * u * v +
           light[4] * (v * v - 0.25);
}

QString FundusField::toText() const
{
    if (isEmpty())
        return QStringLiteral("none");
    QStringList numbers;
    for (const double value : {x, y, radius, top, bottom})
        numbers += QString::number(value, 'f', 5);
    for (const double value : light)
        numbers += QString::number(value, 'f', 4);
    return numbers.join(u' ');
}

Result<FundusField> FundusField::fromText(const QString &text)
{
    if (text == u"none")
        return FundusField();
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    std::array<double, 10> n{};
    bool good = words.size() == qsizetype(n.size());
    for (size_t i = 0; good && i < n.size(); ++i) {
        n[i] = words[qsizetype(i)].toDouble(&good);
        good = good && n[i] >= -100 && n[i] <= 100;
    }
    FundusField field{n[0], n[1], n[2], n[3], n[4], {}};
    std::copy_n(n.begin() + 5, 5, field.light.begin());
    if (good && field.radius > 0 && field.bottom > field.top &&
        std::ranges::all_of(field.light, [](double c) { return std::abs(c) <= MostLight; }))
        return field;
    return fail(ErrorCode::BadArgument,
                {text.left(40),
                 QCoreApplication::translate("heirloom::Fundus",
                                             "\"auto\", \"none\", or ten numbers of a round field "
                                             "and of the light on it")});
}

FundusField fundusOf(const Planes &rgb, QSize picture)
{
    const Cells cells(rgb, picture);
    if (cells.meanOfDark() > Black)
        return {};
    const auto circle = circleOf(cells.edges());
    if (!circle)
        return {};
    // Rows in which the disc is seen: it may be cut off.
    double top = picture.height(), bottom = 0;
    for (int y = 0; y < rgb.height; ++y) {
        int inside = 0, bright = 0;
        for (int x = 0; x < rgb.width; ++x) {
            if (circle->off(cells.middle(x, y)) < 0) {
                ++inside;
                bright += cells.isBright(x, y);
            }
        }
        if (inside > 0 && 2 * bright >= inside) {
            top = std::min(top, cells.middle(0, y).y);
            bottom = std::max(bottom, cells.middle(0, y).y);
        }
    }
    if (bottom <= top)
        return {};
    // Half a cell is not known; the disc's own end is no cut.
    const double cell = cells.cellHeight();
    const bool isCutAbove = top > cell && top - circle->y + circle->radius > 2 * cell;
    const bool isCutBelow = bottom < picture.height() - cell &&
                            circle->y + circle->radius - bottom > 2 * cell;
    top = isCutAbove ? top + cell / 2 : 0;
    bottom = isCutBelow ? bottom - cell / 2 : picture.height();

    int inside = 0, bright = 0, outside = 0, dark = 0;
    for (int y = 0; y < rgb.height; ++y) {
        for (int x = 0; x < rgb.width; ++x) {
            const Point p = cells.middle(x, y);
            if (circle->off(p) < 0 && p.y > top && p.y < bottom) {
                ++inside;
                bright += cells.isBright(x, y);
            } else {
                ++outside;
                dark += !cells.isBright(x, y);
            }
        }
    }
    if (bright < MostCells * inside || dark < MostCells * outside ||
        outside < LeastOutside * (inside + outside))
        return {};
    const double width = picture.width();
    return {circle->x / width, circle->y / width, circle->radius / width, top / width,
            bottom / width, lightOf(rgb, cells, *circle, top, bottom)};
}

Result<FundusField> findFundus(ImageSource &source, const Progress &progress)
{
    const auto thumbnail = toneThumbnail(source, progress);
    if (!thumbnail)
        return fail(thumbnail.error());
    return fundusOf(*thumbnail, source.size());
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/chromafield.h"

#include "image/cvbridge.h"
#include "operation/hintpropagation.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

/// Variance of luminance below which a slope is not to be trusted.
constexpr float Flat = 1e-3F;
constexpr int RowsAtATime = 16;
/// Of the subject: cells so much apart hardly count for one another.
constexpr float OtherSide = 0.3F;

/// A chroma as lines of the luminance around each pixel: slope * luminance + height.
struct Lines {
    cv::Mat slope, height;
};

cv::Mat around(const cv::Mat &plane)
{
    cv::Mat mean;
    cv::blur(plane, mean, {3, 3}, {-1, -1}, cv::BORDER_REFLECT_101);
    return mean;
}

/// Lines that meet each pixel's own chroma.
Lines linesOf(const cv::Mat &light, const cv::Mat &chroma)
{
    const cv::Mat meanLight = around(light);
    const cv::Mat meanChroma = around(chroma);
    const cv::Mat variance = around(light.mul(light)) - meanLight.mul(meanLight);
    const cv::Mat together = around(light.mul(chroma)) - meanLight.mul(meanChroma);
    Lines lines;
    lines.slope = around(together / (variance + Flat));
    lines.height = chroma - lines.slope.mul(light);
    return lines;
}

/// Cells made as large as the subject, each pixel from the cells around it that are as much of the
/// subject as it is (J. Kopf et al., "Joint Bilateral Upsampling", SIGGRAPH 2007).
cv::Mat enlargedWithin(const cv::Mat &cells, const Planes &subject)
{
    const Planes inside = cellMeans(subject);
    cv::Mat large(subject.height, subject.width, CV_32F);
    for (int y = 0; y < large.rows; ++y) {
        for (int x = 0; x < large.cols; ++x) {
            const double atX = (x + 0.5) / HintCell - 0.5;
            const double atY = (y + 0.5) / HintCell - 0.5;
            const int left = int(std::floor(atX));
            const int top = int(std::floor(atY));
            float sum = 0;
            float weights = 0;
            for (int cy = top; cy <= top + 1; ++cy) {
                for (int cx = left; cx <= left + 1; ++cx) {
                    const int inX = std::clamp(cx, 0, cells.cols - 1);
                    const int inY = std::clamp(cy, 0, cells.rows - 1);
                    const float apart =
                        (subject.row(0, y)[x] - inside.row(0, inY)[inX]) / OtherSide;
                    const float weight = float(1 - std::abs(atX - cx)) *
                                             float(1 - std::abs(atY - cy)) *
                                             std::exp(-apart * apart) +
                                         1e-6F;
                    sum += weight * cells.at<float>(inY, inX);
                    weights += weight;
                }
            }
            large.at<float>(y, x) = sum / weights;
        }
    }
    return large;
}

/// What makes a colour yellower, as chroma.
constexpr Chroma WarmDirection{-0.10F, 0.06F};
/// Chroma at which half of the warmth arrives.
constexpr float WarmHalf = 0.04F;

void season(cv::Mat &u, cv::Mat &v, const ColorTaste &taste)
{
    const auto saturation = float(taste.saturation / 100);
    const auto warmth = float(taste.warmth / 100);
    for (int y = 0; y < u.rows; ++y) {
        for (int x = 0; x < u.cols; ++x) {
            float &pu = u.at<float>(y, x);
            float &pv = v.at<float>(y, x);
            const float strength = std::hypot(pu, pv);
            const float warm = warmth * strength / (strength + WarmHalf);
            pu = saturation * pu + warm * WarmDirection.u;
            pv = saturation * pv + warm * WarmDirection.v;
        }
    }
}

template <typename T>
constexpr float white = std::is_floating_point_v<T> ? 1.0F : float(std::numeric_limits<T>::max());

template <typename T>
T rounded(float value)
{
    if constexpr (std::is_floating_point_v<T>)
        return value;
    else
        return T(int(std::clamp(value, 0.0F, 1.0F) * white<T> + 0.5F));
}

} // namespace

void joinChroma(float luminance, Chroma chroma, float *rgb)
{
    rgb[0] = luminance + chroma.v;
    rgb[1] = luminance - (0.3F * chroma.v + 0.11F * chroma.u) / 0.59F;
    rgb[2] = luminance + chroma.u;
    const float low = std::min({rgb[0], rgb[1], rgb[2]});
    const float high = std::max({rgb[0], rgb[1], rgb[2]});
    if (low < 0) {
        for (int c = 0; c < 3; ++c)
            rgb[c] = luminance + (rgb[c] - luminance) * luminance / (luminance - low);
    }
    if (high > 1) {
        for (int c = 0; c < 3; ++c)
            rgb[c] = luminance + (rgb[c] - luminance) * (1 - luminance) / (high - luminance);
    }
}

ChromaField::ChromaField(const ColorGuide &guide, const Planes &cells, const Planes &hints,
                         const LimitedChroma &limited, const ColorTaste &taste)
    : m_content(guide.content)
    , m_lines(size_t(guide.content.width()) * guide.content.height())
    , m_columns(columnsOf(guide.picture.width(), guide.content.width()))
    , m_rows(columnsOf(guide.picture.height(), guide.content.height()))
{
    const cv::Mat light = toMat(guide.luminance, 0);
    const cv::Mat cellLight = toMat(cellMeans(guide.luminance), 0);
    std::array<cv::Mat, 2> chroma;
    for (int c = 0; c < 2; ++c) {
        Lines lines = linesOf(cellLight, toMat(cells, c));
        if (guide.subject.channels > 0) {
            lines.slope = enlargedWithin(lines.slope, guide.subject);
            lines.height = enlargedWithin(lines.height, guide.subject);
        } else {
            cv::resize(lines.slope, lines.slope, light.size(), 0, 0, cv::INTER_LINEAR);
            cv::resize(lines.height, lines.height, light.size(), 0, 0, cv::INTER_LINEAR);
        }
        chroma[size_t(c)] = lines.slope.mul(light) + lines.height;
    }
    for (int c = 0; c < 2 && !limited.isEmpty(); ++c) {
        cv::Mat &all = chroma[size_t(c)];
        all += toMat(limited.where, 0).mul(toMat(limited.chroma, c) - all);
    }
    const auto isHint = [&](int x, int y) {
        return hints.row(2, y)[x] > 0 || hints.row(3, y)[x] > 0;
    };
    for (int y = 0; y < light.rows; ++y) {
        for (int x = 0; x < light.cols; ++x) {
            for (int c = 0; c < 2 && isHint(x, y); ++c)
                chroma[size_t(c)].at<float>(y, x) = hints.row(c, y)[x];
        }
    }
    season(chroma[0], chroma[1], taste);
    const Lines u = linesOf(light, chroma[0]);
    const Lines v = linesOf(light, chroma[1]);
    for (int y = 0; y < m_content.height(); ++y) {
        for (int x = 0; x < m_content.width(); ++x) {
            Line &line = m_lines[size_t(y) * size_t(m_content.width()) + size_t(x)];
            if (isHint(x, y))
                line = {0, chroma[0].at<float>(y, x), 0, chroma[1].at<float>(y, x)};
            else
                line = {u.slope.at<float>(y, x), u.height.at<float>(y, x), v.slope.at<float>(y, x),
                        v.height.at<float>(y, x)};
        }
    }
}

std::vector<ChromaField::Column> ChromaField::columnsOf(int picture, int content)
{
    std::vector<Column> columns(static_cast<size_t>(picture));
    const double scale = double(content) / picture;
    for (int i = 0; i < picture; ++i) {
        const double at = std::clamp((i + 0.5) * scale - 0.5, 0.0, content - 1.0);
        const int first = std::max(0, std::min(int(at), content - 2));
        columns[size_t(i)] = {first, content > 1 ? float(at - first) : 0.0F};
    }
    return columns;
}

/// The lines of a row of the picture at the small picture's columns; one more at the end.
std::vector<ChromaField::Line> ChromaField::lineRow(int y) const
{
    const Column &row = m_rows[size_t(y)];
    const auto width = size_t(m_content.width());
    const Line *above = &m_lines[size_t(row.first) * width];
    const Line *below = row.share > 0 ? above + width : above;
    const float down = row.share;
    const float up = 1 - down;
    std::vector<Line> lines(width + 1);
    for (size_t x = 0; x < width; ++x) {
        lines[x] = {
            up * above[x].slopeU + down * below[x].slopeU, up * above[x].u + down * below[x].u,
            up * above[x].slopeV + down * below[x].slopeV, up * above[x].v + down * below[x].v};
    }
    lines[width] = lines[width - 1];
    return lines;
}

template <typename T>
void ChromaField::paintRows(Image &pixels, QPoint place, double strength) const
{
    const int step = pixels.format().channelCount();
    constexpr float unit = 1 / white<T>;
    const auto opacity = float(strength);
    const auto paintRow = [&](int y, T *p) {
        const std::vector<Line> lines = lineRow(place.y() + y);
        for (int x = 0; x < pixels.width(); ++x, p += step) {
            const Column &column = m_columns[size_t(place.x() + x)];
            const Line &a = lines[size_t(column.first)];
            const Line &b = lines[size_t(column.first) + 1];
            const float right = column.share;
            const float left = 1 - right;
            const float was[3] = {float(p[0]) * unit, float(p[1]) * unit, float(p[2]) * unit};
            const float light = 0.3F * was[0] + 0.59F * was[1] + 0.11F * was[2];
            float rgb[3];
            joinChroma(light,
                       {(left * a.slopeU + right * b.slopeU) * light + left * a.u + right * b.u,
                        (left * a.slopeV + right * b.slopeV) * light + left * a.v + right * b.v},
                       rgb);
            for (int c = 0; c < 3; ++c) {
                const T whole = rounded<T>(rgb[c]);
                // As a layer of that opacity is composed.
                p[c] = opacity < 1
                           ? rounded<T>((1 - opacity) * was[c] + opacity * (float(whole) * unit))
                           : whole;
            }
        }
    };
    const int bands = (pixels.height() + RowsAtATime - 1) / RowsAtATime;
    std::byte *const data = pixels.row(0); // its own from here on: threads must not detach it
    cv::parallel_for_({0, bands}, [&](const cv::Range &range) {
        for (int y = range.start * RowsAtATime;
             y < std::min(range.end * RowsAtATime, pixels.height()); ++y)
            paintRow(y, reinterpret_cast<T *>(data + pixels.bytesPerRow() * y));
    });
}

void ChromaField::paint(Image &pixels, QPoint place, double strength) const
{
    if (pixels.isNull())
        return;
    switch (pixels.format().depth) {
    case Depth::U8:
        return paintRows<quint8>(pixels, place, strength);
    case Depth::U16:
        return paintRows<quint16>(pixels, place, strength);
    case Depth::F32:
        return paintRows<float>(pixels, place, strength);
    }
}

void ChromaField::paint(Planes &rgb, QPoint place) const
{
    Image pixels(rgb.size(), {Channels::Rgb, Depth::F32});
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < rgb.height; ++y) {
            for (int x = 0; x < rgb.width; ++x)
                pixels.samples<float>(y)[3 * x + c] = rgb.row(c, y)[x];
        }
    }
    paint(pixels, place, 1);
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < rgb.height; ++y) {
            for (int x = 0; x < rgb.width; ++x)
                rgb.row(c, y)[x] = pixels.constSamples<float>(y)[3 * x + c];
        }
    }
}

} // namespace heirloom

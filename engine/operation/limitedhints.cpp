// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/limitedhints.h"

#include "image/cvbridge.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// How far apart (of the longest side) two places are that differ by all of the luminance.
constexpr float LightAway = 1.0F;
/// Keeps a hint's own place finite; a share of the longest side, squared.
constexpr float Nearest = 1e-5F;
constexpr int SubPixelBits = 4;

/// A place that a hint speaks of.
struct Voice {
    float x, y, light;
    const ColorHint *hint;
};

/// How much of each pixel of the guide a region covers.
cv::Mat coverage(const ColorGuide &guide, const QList<QPolygonF> &region)
{
    std::vector<std::vector<cv::Point>> lines;
    constexpr double fine = 1 << SubPixelBits;
    for (const QPolygonF &line : region) {
        std::vector<cv::Point> points;
        // OpenCV's whole numbers are the centres of pixels.
        for (const QPointF &p : line)
            points.emplace_back(int(std::lround((p.x() * guide.scaleX() - 0.5) * fine)),
                                int(std::lround((p.y() * guide.scaleY() - 0.5) * fine)));
        lines.push_back(std::move(points));
    }
    cv::Mat covered = cv::Mat::zeros(guide.luminance.height, guide.luminance.width, CV_8U);
    cv::fillPoly(covered, lines, cv::Scalar(255), cv::LINE_AA, SubPixelBits);
    cv::Mat shares;
    covered.convertTo(shares, CV_32F, 1.0 / 255);
    return shares;
}

std::vector<Voice> voicesOf(const ColorGuide &guide, const std::vector<const ColorHint *> &hints)
{
    std::vector<Voice> voices;
    for (const ColorHint *hint : hints) {
        for (const QPointF &p : hint->path) {
            const int x = std::clamp(int(p.x() * guide.scaleX()), 0, guide.content.width() - 1);
            const int y = std::clamp(int(p.y() * guide.scaleY()), 0, guide.content.height() - 1);
            voices.push_back({float(x), float(y), guide.luminance.row(0, y)[x], hint});
        }
    }
    return voices;
}

Chroma said(const Voice &voice, float light)
{
    return voice.hint->kind == ColorHint::Kind::KeepGrey ? Chroma()
                                                         : chromaOver(voice.hint->color, light);
}

Chroma between(const std::vector<Voice> &voices, float x, float y, float light, float side)
{
    Chroma sum;
    float weights = 0;
    for (const Voice &voice : voices) {
        const float right = (voice.x - x) / side;
        const float down = (voice.y - y) / side;
        const float lighter = LightAway * (voice.light - light);
        const float weight = 1 / (right * right + down * down + lighter * lighter + Nearest);
        const Chroma one = said(voice, light);
        sum.u += weight * one.u;
        sum.v += weight * one.v;
        weights += weight;
    }
    return {sum.u / weights, sum.v / weights};
}

} // namespace

LimitedChroma limitedChroma(const ColorGuide &guide, const ColorHints &hints)
{
    std::vector<std::vector<const ColorHint *>> groups;
    for (const ColorHint &hint : hints.all) {
        if (hint.hidden || hint.region.isEmpty() || hint.path.isEmpty())
            continue;
        const auto group = std::find_if(groups.begin(), groups.end(), [&](const auto &other) {
            return other.front()->region == hint.region;
        });
        if (group == groups.end())
            groups.push_back({&hint});
        else
            group->push_back(&hint);
    }
    LimitedChroma limited;
    if (groups.empty())
        return limited;
    const int width = guide.luminance.width;
    const int height = guide.luminance.height;
    const auto side = float(std::max(guide.content.width(), guide.content.height()));
    limited.where = Planes(1, width, height);
    limited.chroma = Planes(2, width, height);
    for (const auto &group : groups) {
        const cv::Mat inside = coverage(guide, group.front()->region);
        const std::vector<Voice> voices = voicesOf(guide, group);
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const float share = inside.at<float>(y, x);
                if (share <= 0)
                    continue;
                const Chroma chroma =
                    between(voices, float(x), float(y), guide.luminance.row(0, y)[x], side);
                float &where = limited.where.row(0, y)[x];
                const float all = where + share * (1 - where);
                const float mix = share / all;
                float &u = limited.chroma.row(0, y)[x];
                float &v = limited.chroma.row(1, y)[x];
                u += mix * (chroma.u - u);
                v += mix * (chroma.v - v);
                where = all;
            }
        }
    }
    return limited;
}

QList<QPolygonF> outlineOf(const Image &mask, qsizetype mostPoints)
{
    cv::Mat shown = cv::Mat::zeros(mask.height() + 2, mask.width() + 2, CV_8U);
    for (int y = 0; y < mask.height(); ++y) {
        const quint8 *row = mask.constSamples<quint8>(y);
        for (int x = 0; x < mask.width(); ++x)
            shown.at<quint8>(y + 1, x + 1) = row[x] >= 128 ? 255 : 0;
    }
    std::vector<std::vector<cv::Point>> lines;
    cv::findContours(shown, lines, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
    // Coarser until it fits.
    for (double off = 0.8;; off *= 1.5) {
        QList<QPolygonF> outline;
        qsizetype points = 0;
        for (const auto &line : lines) {
            std::vector<cv::Point> simple;
            cv::approxPolyDP(line, simple, off, true);
            if (simple.size() < 3)
                continue; // a speck
            QPolygonF polygon;
            for (const cv::Point &p : simple) // the padding, and a pixel's centre
                polygon << QPointF(p.x - 0.5, p.y - 0.5);
            points += polygon.size();
            outline += polygon;
        }
        if (points <= mostPoints)
            return outline;
    }
}

} // namespace heirloom

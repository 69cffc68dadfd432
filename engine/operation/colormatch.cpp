// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colormatch.h"

#include "image/cvbridge.h"
#include "operation/chromafield.h"
#include "operation/hintpropagation.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

/// Parts along the longest side, each of which gets a hint.
constexpr int Parts = 6;
/// How many places of the reference are thought of for one.
constexpr size_t Candidates = 60;
/// Of textures and heights in the picture beside luminance, all 0..1.
constexpr float TextureWeight = 2;
constexpr float HeightWeight = 0.15F;
/// How much a likelihood e times as large makes up for, in that distance.
constexpr float LikelihoodWeight = 0.03F;
/// A flat picture is not stretched into another one.
constexpr double LeastGain = 0.5;
constexpr double MostGain = 2;
/// Colours of places that are nearer to one another (chroma) are averaged.
constexpr float Alike = 0.08F;
constexpr float GreyBelow = 0.02F; ///< mean chroma of a reference that has no colours
constexpr double RadiusShare = 1.0 / 100;

struct Place {
    float light, texture, height;
    Chroma chroma; ///< of a reference
};

/// Standard deviation around each cell.
cv::Mat textureOf(const cv::Mat &light)
{
    cv::Mat mean;
    cv::Mat square;
    cv::blur(light, mean, {5, 5}, {-1, -1}, cv::BORDER_REFLECT_101);
    cv::blur(light.mul(light), square, {5, 5}, {-1, -1}, cv::BORDER_REFLECT_101);
    cv::Mat spread = cv::max(square - mean.mul(mean), 0);
    cv::sqrt(spread, spread);
    return spread;
}

std::vector<Place> placesOf(const QImage &picture)
{
    const int longest = std::max({1, picture.width(), picture.height()});
    const double scale = double(ColorGuide::longestSide) / HintCell / longest;
    const QImage small =
        picture
            .scaled(std::max(1, int(picture.width() * scale)),
                    std::max(1, int(picture.height() * scale)), Qt::IgnoreAspectRatio,
                    Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGB32);
    cv::Mat light(small.height(), small.width(), CV_32F);
    std::vector<Place> places;
    for (int y = 0; y < small.height(); ++y) {
        for (int x = 0; x < small.width(); ++x) {
            const QColor c = small.pixelColor(x, y);
            const float lum = 0.3F * c.redF() + 0.59F * c.greenF() + 0.11F * c.blueF();
            light.at<float>(y, x) = lum;
            places.push_back({lum, 0, float(y) / float(small.height()),
                              {c.blueF() - lum, c.redF() - lum}});
        }
    }
    const cv::Mat texture = textureOf(light);
    for (size_t i = 0; i < places.size(); ++i)
        places[i].texture = texture.at<float>(int(i) / light.cols, int(i) % light.cols);
    return places;
}

/// Brings the reference's luminances to the picture's mean and spread, as the paper does.
void remap(std::vector<Place> &places, const cv::Mat &light)
{
    cv::Scalar mean;
    cv::Scalar spread;
    cv::meanStdDev(light, mean, spread);
    double sum = 0;
    double squares = 0;
    for (const Place &p : places) {
        sum += double(p.light);
        squares += double(p.light) * double(p.light);
    }
    const double count = double(places.size());
    const double own = std::sqrt(std::max(squares / count - sum / count * (sum / count), 1e-6));
    const auto gain = float(std::clamp(spread[0] / own, LeastGain, MostGain));
    for (Place &p : places) {
        p.light = gain * (p.light - float(sum / count)) + float(mean[0]);
        p.texture *= gain;
    }
}

float likelihood(const ColorAnswer &answer, const ColorBins &bins, Chroma chroma, int x, int y)
{
    if (answer.likely.channels == 0)
        return 1;
    size_t nearest = 0;
    float least = std::numeric_limits<float>::max();
    for (size_t b = 0; b < bins.size(); ++b) {
        const float away = std::hypot(bins[b][0] - chroma.u, bins[b][1] - chroma.v);
        if (away < least) {
            least = away;
            nearest = b;
        }
    }
    return std::max(answer.likely.row(int(nearest), y)[x], 1e-4F);
}

Chroma colorFor(const Place &wanted, const std::vector<Place> &places, const ColorAnswer &answer,
                const ColorBins &bins, int x, int y)
{
    std::vector<std::pair<float, const Place *>> near;
    near.reserve(places.size());
    for (const Place &p : places) {
        near.emplace_back(std::abs(p.light - wanted.light) +
                              TextureWeight * std::abs(p.texture - wanted.texture) +
                              HeightWeight * std::abs(p.height - wanted.height),
                          &p);
    }
    const size_t count = std::min(Candidates, near.size());
    const auto isNearer = [](const auto &a, const auto &b) { return a.first < b.first; };
    std::partial_sort(near.begin(), near.begin() + qsizetype(count), near.end(), isNearer);
    near.resize(count);
    for (auto &[away, place] : near)
        away -= LikelihoodWeight * std::log(likelihood(answer, bins, place->chroma, x, y));
    const Chroma best = std::min_element(near.begin(), near.end(), isNearer)->second->chroma;
    Chroma sum;
    float alike = 0;
    for (const auto &[away, place] : near) {
        if (std::hypot(place->chroma.u - best.u, place->chroma.v - best.v) < Alike) {
            sum.u += place->chroma.u;
            sum.v += place->chroma.v;
            ++alike;
        }
    }
    return {sum.u / alike, sum.v / alike};
}

QRgb joined(float light, Chroma chroma)
{
    float rgb[3];
    joinChroma(light, chroma, rgb);
    const auto byte = [](float v) { return int(std::lround(std::clamp(v, 0.0F, 1.0F) * 255)); };
    return qRgb(byte(rgb[0]), byte(rgb[1]), byte(rgb[2]));
}

} // namespace

QList<ColorHint> matchedHints(const ColorGuide &guide, const ColorAnswer &answer,
                              const ColorBins &bins, const QImage &reference)
{
    QList<ColorHint> hints;
    if (reference.isNull())
        return hints;
    std::vector<Place> places = placesOf(reference);
    double colour = 0;
    for (const Place &p : places)
        colour += double(std::hypot(p.chroma.u, p.chroma.v));
    if (colour < double(GreyBelow) * double(places.size()))
        return hints;
    const int width = std::max(1, guide.content.width() / HintCell);
    const int height = std::max(1, guide.content.height() / HintCell);
    const cv::Mat light =
        toMat(cellMeans(guide.luminance), 0)(cv::Rect(0, 0, width, height)).clone();
    const cv::Mat texture = textureOf(light);
    remap(places, light);
    const int side = std::max(1, std::max(width, height) / Parts);
    for (int top = 0; top < height; top += side) {
        for (int left = 0; left < width; left += side) {
            // The calmest cell says most of what the part is.
            cv::Point at;
            const cv::Rect part(left, top, std::min(side, width - left),
                                std::min(side, height - top));
            cv::minMaxLoc(texture(part), nullptr, nullptr, &at);
            at += part.tl();
            const Place wanted{light.at<float>(at), texture.at<float>(at),
                               float(at.y) / float(height), {}};
            ColorHint hint;
            hint.path = {QPointF((at.x + 0.5) * HintCell / guide.scaleX(),
                                 (at.y + 0.5) * HintCell / guide.scaleY())};
            hint.radius =
                RadiusShare * std::max(guide.picture.width(), guide.picture.height());
            hint.color =
                joined(wanted.light, colorFor(wanted, places, answer, bins, at.x, at.y));
            hint.known = false;
            hints += hint;
        }
    }
    return hints;
}

} // namespace heirloom

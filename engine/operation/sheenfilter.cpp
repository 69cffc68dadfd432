// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/sheenfilter.h"

#include "image/lab.h"
#include "image/luma.h"
#include "operation/tonecurves.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// Greys (coded) between which the print's tint is taken, and below which a sheen may lie.
constexpr double TintFrom = 0.4, TintTo = 0.97;
constexpr double FullShadow = 0.4, NoShadow = 0.6;
/// Of all pixels.
constexpr double FewestTinted = 0.02;
constexpr double FewestBluish = 0.01;
/// Coded, 0..1: of blue less red; how far nine tenths of a print stay with its tint.
constexpr double OneTint = 0.04;
constexpr double Bluish = 0.04;
/// Of the bluish, the share as far off to the other side that is still no other colour.
constexpr double MostReddish = 0.1;
/// Of the bluish, the bluest, under which the print is black and nothing but sheen is seen.
constexpr double Bluest = 0.9;
constexpr double Smoothing = 1.5; ///< pixels
constexpr int Rounds = 16;
constexpr int TableSteps = 1024;
/// Of what is seen; less may be the scanner's.
constexpr double FaintestBlueness = 0.15;

double quantile(std::vector<double> values, double share)
{
    const auto at = values.begin() + qsizetype(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// Least squares of v (paper + silver (1 - v)) to what a channel differs from grey.
SilverSheen::Tint fitted(const std::vector<std::array<double, 2>> &greysAndDifferences)
{
    double aa = 0, ab = 0, bb = 0, ad = 0, bd = 0;
    for (const auto &[v, difference] : greysAndDifferences) {
        const double a = v, b = v * (1 - v);
        aa += a * a;
        ab += a * b;
        bb += b * b;
        ad += a * difference;
        bd += b * difference;
    }
    const double determinant = aa * bb - ab * ab;
    if (determinant <= 1e-9 * aa * bb) // one grey only
        return {aa > 0 ? ad / aa : 0, 0};
    return {(ad * bb - bd * ab) / determinant, (bd * aa - ad * ab) / determinant};
}

std::array<float, 3> linearAt(const Planes &rgb, size_t i)
{
    return {srgbToLinear(rgb.plane(0)[i]), srgbToLinear(rgb.plane(1)[i]),
            srgbToLinear(rgb.plane(2)[i])};
}

} // namespace

QString SilverSheen::toText() const
{
    if (isEmpty())
        return QStringLiteral("none");
    QStringList numbers;
    for (const double value : {red.paper, red.silver, blue.paper, blue.silver, color[0], color[1],
                               color[2]})
        numbers += QString::number(value, 'f', 4);
    return numbers.join(u' ');
}

Result<SilverSheen> SilverSheen::fromText(const QString &text)
{
    if (text == u"none")
        return SilverSheen();
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    std::array<double, 7> n{};
    bool good = words.size() == qsizetype(n.size());
    for (size_t i = 0; good && i < n.size(); ++i) {
        n[i] = words[qsizetype(i)].toDouble(&good);
        good = good && n[i] >= -4 && n[i] <= 4;
    }
    const SilverSheen sheen{{n[0], n[1]}, {n[2], n[3]}, {n[4], n[5], n[6]}};
    if (good && sheen.blueness() >= leastBlueness * 0.99 && sheen.blueness() <= mostBlueness * 1.01)
        return sheen;
    return fail(ErrorCode::BadArgument,
                {text.left(40), QCoreApplication::translate(
                                    "heirloom::Silvering",
                                    "\"auto\", \"none\", or seven numbers of a bluish sheen")});
}

SilverSheen sheenOf(const Planes &rgb)
{
    const size_t count = rgb.planeSize();
    std::vector<double> greys(count);
    std::vector<std::array<double, 2>> reds, blues;
    for (size_t i = 0; i < count; ++i) {
        const auto light = linearAt(rgb, i);
        const double v = greys[i] = double(linearToSrgb(lum(light.data())));
        if (v >= TintFrom && v <= TintTo) {
            reds.push_back({v, double(rgb.plane(0)[i]) - v});
            blues.push_back({v, double(rgb.plane(2)[i]) - v});
        }
    }
    if (double(reds.size()) < FewestTinted * double(count))
        return {};
    SilverSheen sheen;
    sheen.red = fitted(reds);
    sheen.blue = fitted(blues);
    sheen.color = {1, 1, 1};

    const auto bluerThanPrint = [&](size_t i) {
        return double(rgb.plane(2)[i] - rgb.plane(0)[i]) -
               (sheen.blue.at(greys[i]) - sheen.red.at(greys[i]));
    };
    std::vector<double> off;
    std::vector<size_t> bluish;
    size_t reddish = 0;
    for (size_t i = 0; i < count; ++i) {
        const double bluer = bluerThanPrint(i);
        if (greys[i] >= TintFrom && greys[i] <= TintTo) {
            const double greener = double(rgb.plane(1)[i]) - greys[i];
            off.push_back(std::abs(bluer) + std::abs(greener));
        }
        if (greys[i] < FullShadow) {
            if (bluer > Bluish)
                bluish.push_back(i);
            reddish += bluer < -Bluish;
        }
    }
    if (quantile(std::move(off), 0.9) > OneTint ||
        double(bluish.size()) < FewestBluish * double(count) ||
        double(reddish) > MostReddish * double(bluish.size()))
        return {};

    const auto blueness = [&](size_t i) {
        const auto light = linearAt(rgb, i);
        return double(light[2] - light[0]) / std::max(double(lum(light.data())), 1e-4);
    };
    std::vector<double> all;
    for (const size_t i : bluish)
        all.push_back(blueness(i));
    const double enough = quantile(std::move(all), Bluest);
    std::array<double, 3> sum{};
    for (const size_t i : bluish) {
        if (blueness(i) < enough)
            continue;
        const auto light = linearAt(rgb, i);
        for (size_t c = 0; c < 3; ++c)
            sum[c] += double(light[c]);
    }
    const float total[3] = {float(sum[0]), float(sum[1]), float(sum[2])};
    for (size_t c = 0; c < 3; ++c)
        sheen.color[c] = sum[c] / double(lum(total));
    const double seen = sheen.blueness();
    if (seen < FaintestBlueness || seen > SilverSheen::mostBlueness)
        return {};
    for (double &value : sheen.color)
        value = 1 + (value - 1) * std::max(1.0, SilverSheen::leastBlueness / seen);
    return sheen;
}

Result<SilverSheen> findSheen(ImageSource &source, const Progress &progress)
{
    if (source.format().isGray())
        return SilverSheen();
    const auto thumbnail = toneThumbnail(source, progress);
    if (!thumbnail)
        return fail(thumbnail.error());
    return sheenOf(*thumbnail);
}

SheenFilter::SheenFilter()
{
    m_pack.id = QStringLiteral("sheen");
    m_pack.task = ModelTask::Tone;
    m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
    m_pack.output.scale = 1;
    m_pack.memoryPerInputPixel = 48;
    m_pack.bestTile = 512;
    m_pack.halo = reach + 4;
}

void SheenFilter::set(const SilverSheen &sheen)
{
    m_sheen = sheen;
    m_differences.clear();
    for (int i = 0; i <= TableSteps + 1; ++i) {
        const double root = double(i) / TableSteps;
        const double v = double(linearToSrgb(float(root * root)));
        m_differences.push_back(double(srgbToLinear(float(sheen.blue.at(v)))) -
                                double(srgbToLinear(float(sheen.red.at(v)))));
    }
}

/// Linear blue less linear red of the print where its light is so much.
double SheenFilter::tintDifference(double light) const
{
    const double place = std::sqrt(std::clamp(light, 0.0, 1.0)) * TableSteps;
    const auto at = size_t(place);
    const double share = place - double(at);
    return m_differences[at] * (1 - share) + m_differences[at + 1] * share;
}

Result<Planes> SheenFilter::run(const ModelInput &input, RunControl &control)
{
    if (control.progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    const Planes &in = input.image;
    if (m_sheen.isEmpty())
        return in;
    const double amount = input.scalars.value(QStringLiteral("amount"));
    Planes out(3, in.width, in.height);
    try {
        cv::Mat mirrored(in.height, in.width, CV_32F);
        for (int y = 0; y < in.height; ++y) {
            auto *row = mirrored.ptr<float>(y);
            for (int x = 0; x < in.width; ++x) {
                const auto light = linearAt(in, size_t(y) * size_t(in.width) + size_t(x));
                const double all = std::max(0.0, double(lum(light.data())));
                double sheen = 0;
                for (int i = 0; i < Rounds; ++i) {
                    const double print = std::clamp(all - sheen, 0.0, all);
                    sheen = (double(light[2] - light[0]) - tintDifference(print)) /
                            m_sheen.blueness();
                }
                const double v = double(linearToSrgb(float(all)));
                const double shadow =
                    std::clamp((NoShadow - v) / (NoShadow - FullShadow), 0.0, 1.0);
                row[x] = float(shadow * std::clamp(sheen, -all, all));
            }
        }
        cv::GaussianBlur(mirrored, mirrored, {2 * reach + 1, 2 * reach + 1}, Smoothing, Smoothing,
                         cv::BORDER_REFLECT);
        for (int y = 0; y < in.height; ++y) {
            for (int x = 0; x < in.width; ++x) {
                const size_t at = size_t(y) * size_t(in.width) + size_t(x);
                const auto light = linearAt(in, at);
                const double sheen = amount * std::max(0.0F, mirrored.at<float>(y, x));
                for (size_t c = 0; c < 3; ++c) {
                    out.plane(int(c))[at] =
                        sheen > 0 ? linearToSrgb(float(std::max(
                                        0.0, double(light[c]) - sheen * m_sheen.color[c])))
                                  : in.plane(int(c))[at];
                }
            }
        }
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    return out;
}

} // namespace heirloom

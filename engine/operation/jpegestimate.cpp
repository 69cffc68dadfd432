// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/jpegestimate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int Side = 8;
constexpr int BandRows = 64;
constexpr int MostBands = 12;
/// Blocks of which the coefficients are looked at.
constexpr size_t MostBlocks = 6000;
constexpr int SmallestSide = 24;

/// Low frequencies (row, column) that photographs fill, with their luminance steps at quality 50
/// (ITU-T T.81, table K.1).
struct Frequency {
    int row, column, step;
};
constexpr std::array frequencies = {
    Frequency{0, 1, 11}, Frequency{1, 0, 12}, Frequency{1, 1, 12}, Frequency{0, 2, 10},
    Frequency{2, 0, 14}, Frequency{1, 2, 14}, Frequency{2, 1, 13}, Frequency{2, 2, 16},
    Frequency{0, 3, 16}, Frequency{3, 0, 14}};

/// From here on the steps are too small for rounded pixels to show.
constexpr int finestQuality = 92;
/// How well coefficients have to sit on multiples, 0 (anyhow) to 1 (exactly).
constexpr double convincing = 0.4;
/// Finer tables whose steps divide the true ones fit as well; the coarsest of the good ones is it.
constexpr double nearlyBest = 0.97;
/// Coefficients that tell: those that are not zero.
constexpr int FewestCoefficients = 150;

int stepAt(int step, int quality)
{
    const int scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
    return std::clamp((step * scale + 50) / 100, 1, 255);
}

/// Luminance as JPEG has it, 0..255.
cv::Mat luminance(const Image &band)
{
    const Image deep = band.converted(band.format().withDepth(Depth::F32));
    const int step = deep.format().channelCount();
    const bool gray = deep.format().isGray();
    cv::Mat out(deep.height(), deep.width(), CV_32F);
    for (int y = 0; y < deep.height(); ++y) {
        const float *in = deep.constSamples<float>(y);
        auto *to = out.ptr<float>(y);
        for (int x = 0; x < deep.width(); ++x, in += step)
            to[x] = 255 * (gray ? in[0] : 0.299F * in[0] + 0.587F * in[1] + 0.114F * in[2]);
    }
    return out;
}

/// Of eight phases, the one at which neighbouring columns (rows) differ most.
class Phase
{
public:
    void add(int position, double difference) { m_sums[size_t(position % Side)] += difference; }
    int best() const
    {
        return int(std::max_element(m_sums.begin(), m_sums.end()) - m_sums.begin());
    }

private:
    std::array<double, Side> m_sums{};
};

using Coefficients = std::array<std::vector<float>, frequencies.size()>;

/// How well the coefficients fit a quality's table; negative: too few to tell.
double fit(const Coefficients &coefficients, int quality)
{
    double sum = 0;
    int count = 0;
    for (size_t f = 0; f < frequencies.size(); ++f) {
        const int step = stepAt(frequencies[f].step, quality);
        if (step < 2)
            continue;
        for (const float v : coefficients[f]) {
            if (std::abs(v) < 0.6F * float(step))
                continue;
            sum += std::cos(2 * std::numbers::pi * double(v) / step);
            ++count;
        }
    }
    return count < FewestCoefficients ? -1 : sum / count;
}

/// A band of the picture's luminance, and the row it begins at.
using Bands = std::vector<std::pair<int, cv::Mat>>;

/// Of blocks that begin at origin and every eight pixels from there.
Coefficients coefficientsOf(const Bands &bands, QPoint origin)
{
    size_t available = 0;
    for (const auto &[top, light] : bands)
        available += size_t(light.rows / Side) * size_t(light.cols / Side);
    const size_t stride = std::max<size_t>(1, available / MostBlocks);
    Coefficients coefficients;
    size_t number = 0;
    for (const auto &[top, light] : bands) {
        const int start = ((origin.y() - top) % Side + Side) % Side;
        for (int y = start; y + Side <= light.rows; y += Side) {
            for (int x = origin.x(); x + Side <= light.cols; x += Side) {
                if (number++ % stride != 0)
                    continue;
                cv::Mat block;
                cv::dct(light(cv::Rect(x, y, Side, Side)), block);
                for (size_t f = 0; f < frequencies.size(); ++f)
                    coefficients[f].push_back(
                        block.at<float>(frequencies[f].row, frequencies[f].column));
            }
        }
    }
    return coefficients;
}

std::optional<int> qualityOf(const Coefficients &coefficients)
{
    std::array<double, finestQuality + 1> fits{};
    double best = 0;
    for (int quality = 1; quality <= finestQuality; ++quality) {
        fits[size_t(quality)] = fit(coefficients, quality);
        best = std::max(best, fits[size_t(quality)]);
    }
    if (best < convincing)
        return {};
    const auto good = std::find_if(fits.begin() + 1, fits.end(),
                                   [best](double f) { return f >= nearlyBest * best; });
    return int(good - fits.begin());
}

} // namespace

Result<std::optional<int>> estimateJpegQuality(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < SmallestSide)
        return std::optional<int>();
    const int rows = std::min(BandRows, size.height());
    const int bands = std::clamp(size.height() / BandRows, 1, MostBands);
    Bands read;
    Phase across, down;
    for (int i = 0; i < bands; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int top = int(qint64(size.height() - rows) * i / std::max(1, bands - 1));
        const auto band = source.read(QRect(0, top, size.width(), rows));
        if (!band)
            return fail(band.error());
        const cv::Mat light = luminance(*band);
        for (int y = 0; y < light.rows; ++y) {
            const auto *p = light.ptr<float>(y);
            const auto *above = y > 0 ? light.ptr<float>(y - 1) : nullptr;
            for (int x = 1; x + 1 < light.cols; ++x) {
                // A step between blocks stands out from the slopes on its both sides.
                if (x > 1)
                    across.add(x, std::min(8.0, double(std::abs(p[x] - p[x - 1]))) -
                                      std::min(8.0, double(std::abs(p[x - 1] - p[x - 2])) / 2 +
                                                        double(std::abs(p[x + 1] - p[x])) / 2));
                if (above)
                    down.add(top + y, std::min(8.0, double(std::abs(p[x] - above[x]))));
            }
        }
        read.emplace_back(top, light);
    }
    progress.report(1);
    // Most pictures were never cropped; where a crop's blocks begin shows only at coarse steps.
    for (const QPoint &origin : {QPoint(0, 0), QPoint(across.best(), down.best()),
                                 QPoint(0, down.best()), QPoint(across.best(), 0)}) {
        if (const auto quality = qualityOf(coefficientsOf(read, origin)))
            return quality;
    }
    return std::optional<int>();
}

} // namespace heirloom

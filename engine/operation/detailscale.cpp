// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/detailscale.h"

#include "operation/patchplaces.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int Patch = 128;
constexpr int MostAcross = 8;
constexpr int MostDown = 8;
constexpr int Rings = 32; ///< between no frequency and 0.5 cycles a pixel
/// Rings that always hold the picture and never its noise: what its line is drawn through.
constexpr int LineBegin = 2, LineEnd = 6;
/// Of the line, in power: a contrast of a seventh.
constexpr double Lost = 0.02;
/// Of the noise's power, what differs from place to place by itself.
constexpr double Uneven = 0.15;

/// Places in which the noise is looked at: a part of a patch.
constexpr int Place = 32;
constexpr int PlaceRings = Place / 2;
/// Rings by which calm places are told: below those that noise is read from.
constexpr int CalmBegin = 1, CalmEnd = 4;
constexpr double Calm = 0.1; ///< share of the places
constexpr int FewestCalm = 4, FewestPlaces = 20;
/// Mean values beyond which noise is cut off or compressed.
constexpr double Darkest = 0.1, Brightest = 0.9;
/// Of the mean of a ring's power, the median.
constexpr double MedianShare = 0.98;

/// Smallest side of a reduced picture, per cent.
constexpr int SmallestPercent = 20;
/// The last rings end by themselves in any picture: 0.44 of 0.5 is as sharp as pictures get.
constexpr double Sharp = 0.44;

using Profile = std::array<double, Rings>;

double frequency(int ring)
{
    return (ring + 0.5) / (2 * Rings);
}

cv::Mat windowOf(int side)
{
    cv::Mat window;
    cv::createHanningWindow(window, cv::Size(side, side), CV_32F);
    return window;
}

/// Mean power by rings of a square piece, for each unit of its window's.
template <size_t Count>
std::array<double, Count> powerOf(const cv::Mat &piece, const cv::Mat &window)
{
    cv::Mat windowed = (piece - cv::mean(piece)[0]).mul(window);
    cv::Mat spectrum;
    cv::dft(windowed, spectrum, cv::DFT_COMPLEX_OUTPUT);
    const int side = piece.rows;
    std::array<double, Count> sum{};
    std::array<int, Count> count{};
    for (int y = 0; y < side; ++y) {
        const double fy = double(std::min(y, side - y)) / side;
        const auto *row = spectrum.ptr<cv::Vec2f>(y);
        for (int x = 0; x <= side / 2; ++x) {
            const double fx = double(x) / side;
            const auto ring = size_t(std::sqrt(fx * fx + fy * fy) * 2 * double(Count));
            if (ring >= Count)
                continue;
            sum[ring] += double(row[x][0]) * row[x][0] + double(row[x][1]) * row[x][1];
            ++count[ring];
        }
    }
    const double unit = window.dot(window);
    for (size_t ring = 0; ring < Count; ++ring)
        sum[ring] /= unit * std::max(1, count[ring]);
    return sum;
}

/// What is gathered of a picture's patches.
class Spectrum
{
public:
    void add(const cv::Mat &patch)
    {
        const Profile power = powerOf<Rings>(patch, m_window);
        for (size_t ring = 0; ring < Rings; ++ring)
            m_power[ring] += power[ring];
        ++m_patches;
        for (int y = 0; y < Patch; y += Place) {
            for (int x = 0; x < Patch; x += Place) {
                const cv::Mat place = patch(cv::Rect(x, y, Place, Place));
                const double mean = cv::mean(place)[0];
                if (mean > Darkest && mean < Brightest)
                    m_places.push_back(powerOf<PlaceRings>(place, m_placeWindow));
            }
        }
    }

    DetailScale detail() const
    {
        Profile power = m_power;
        for (double &p : power)
            p /= std::max(1, m_patches);
        std::array<double, LineEnd - LineBegin> fits{};
        for (int ring = LineBegin; ring < LineEnd; ++ring)
            fits[size_t(ring - LineBegin)] =
                power[size_t(ring)] * frequency(ring) * frequency(ring);
        std::ranges::sort(fits);
        const double line = (fits[1] + fits[2]) / 2;
        if (line <= 0)
            return {};
        const Profile noise = noisePower();
        for (int ring = LineEnd; ring < Rings; ++ring) {
            const double above = power[size_t(ring)] - noise[size_t(ring)];
            const double lost = Lost * line / (frequency(ring) * frequency(ring));
            const double hidden = Uneven * noise[size_t(ring)];
            if (above < std::max(lost, hidden))
                return {frequency(ring), hidden > lost};
        }
        return {};
    }

private:
    /// Of the noise alone, by the picture's rings; none where too little can be told.
    Profile noisePower() const
    {
        Profile noise{};
        if (m_places.size() < FewestPlaces)
            return noise;
        std::vector<std::pair<double, size_t>> calm;
        for (size_t i = 0; i < m_places.size(); ++i) {
            double coarse = 0;
            for (size_t ring = CalmBegin; ring < CalmEnd; ++ring)
                coarse += m_places[i][ring];
            calm.emplace_back(coarse, i);
        }
        const auto count = size_t(std::max(FewestCalm, int(Calm * double(calm.size()))));
        std::ranges::nth_element(calm, calm.begin() + std::ptrdiff_t(count) - 1);
        std::array<double, PlaceRings> places{};
        std::vector<double> values(count);
        for (size_t ring = 0; ring < PlaceRings; ++ring) {
            for (size_t i = 0; i < count; ++i)
                values[i] = m_places[calm[i].second][ring];
            const auto middle = values.begin() + std::ptrdiff_t(count / 2);
            std::ranges::nth_element(values, middle);
            places[ring] = *middle / MedianShare;
        }
        for (int ring = 0; ring < Rings; ++ring) {
            const double at = std::clamp(frequency(ring) * 2 * PlaceRings - 0.5, 0.0,
                                         double(PlaceRings - 1));
            const auto left = std::min(size_t(at), size_t(PlaceRings - 2));
            noise[size_t(ring)] = std::lerp(places[left], places[left + 1], at - double(left));
        }
        return noise;
    }

    cv::Mat m_window = windowOf(Patch);
    cv::Mat m_placeWindow = windowOf(Place);
    Profile m_power{};
    int m_patches = 0;
    std::vector<std::array<double, PlaceRings>> m_places;
};

} // namespace

double DetailScale::share() const
{
    return std::min(1.0, 4 * cutoff * cutoff);
}

double DetailScale::blurSigma() const
{
    if (cutoff >= Sharp || isHidden)
        return 0;
    return std::sqrt(-std::log(Lost)) / (2 * std::numbers::pi * cutoff);
}

int DetailScale::percent() const
{
    if (cutoff >= Sharp)
        return 100;
    return std::max(SmallestPercent, int(std::lround(2 * cutoff * 100)));
}

QSize sizeAtDetail(QSize size, double percent)
{
    const auto reduced = [percent](int side) {
        return std::clamp(int(std::lround(side * percent / 100)), 1, side);
    };
    return {reduced(size.width()), reduced(size.height())};
}

QString detailText(QSize size, double percent)
{
    const QSize reduced = sizeAtDetail(size, percent);
    if (reduced == size)
        return {};
    const auto megapixels = [](QSize s) { return double(s.width()) * s.height() / 1e6; };
    return QCoreApplication::translate("heirloom::DetailScale",
                                       "Worked at %1 of %2 megapixels: there is no finer detail.")
        .arg(megapixels(reduced), 0, 'f', 1)
        .arg(megapixels(size), 0, 'f', 1);
}

Result<DetailScale> measureDetail(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < Patch)
        return DetailScale{};
    Spectrum spectrum;
    const std::vector<int> tops = patchPlaces(size.height(), Patch, MostDown);
    for (size_t i = 0; i < tops.size(); ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        auto band = source.read(QRect(0, tops[i], size.width(), Patch));
        if (!band)
            return fail(band.error());
        const Image grey = band->converted({Channels::Gray, Depth::F32});
        for (const int left : patchPlaces(size.width(), Patch, MostAcross)) {
            cv::Mat patch(Patch, Patch, CV_32F);
            for (int y = 0; y < Patch; ++y)
                std::copy_n(grey.constSamples<float>(y) + left, Patch, patch.ptr<float>(y));
            spectrum.add(patch);
        }
        progress.report(double(i + 1) / double(tops.size()));
    }
    return spectrum.detail();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/powerspectrum.h"

#include "operation/patchplaces.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int Patch = PowerSpectrum::Patch;
constexpr int Rings = PowerSpectrum::Rings;
using Profile = PowerSpectrum::Profile;
constexpr int MostAcross = 8;
constexpr int MostDown = 8;
/// Rings that the picture's line is drawn through.
constexpr int LineBegin = 2, LineEnd = 6;
/// Rings that tell sharp patches, and of those one in so many.
constexpr int FineBegin = 8, FineEnd = 16;
constexpr size_t Sharpest = 5;
constexpr double Least = 1e-9;

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
class Gathering
{
public:
    void add(const cv::Mat &patch)
    {
        m_patches.push_back(powerOf<Rings>(patch, m_window));
        for (int y = 0; y < Patch; y += Place) {
            for (int x = 0; x < Patch; x += Place) {
                const cv::Mat place = patch(cv::Rect(x, y, Place, Place));
                const double mean = cv::mean(place)[0];
                if (mean > Darkest && mean < Brightest)
                    m_places.push_back(powerOf<PlaceRings>(place, m_placeWindow));
            }
        }
    }

    PowerSpectrum spectrum() const
    {
        PowerSpectrum found;
        found.noise = noisePower();
        found.power = meanOf(m_patches);
        std::vector<std::pair<double, size_t>> order;
        for (size_t i = 0; i < m_patches.size(); ++i)
            order.emplace_back(-sharpness(m_patches[i], found.noise), i);
        std::ranges::sort(order);
        std::vector<Profile> sharp;
        for (size_t i = 0; i < std::max<size_t>(1, order.size() / Sharpest); ++i)
            sharp.push_back(m_patches[order[i].second]);
        found.sharpest = meanOf(sharp);
        return found;
    }

private:
    static Profile meanOf(const std::vector<Profile> &profiles)
    {
        Profile sum{};
        for (const Profile &profile : profiles)
            std::ranges::transform(sum, profile, sum.begin(), std::plus());
        for (double &value : sum)
            value /= double(profiles.size());
        return sum;
    }

    static double sharpness(const Profile &power, const Profile &noise)
    {
        const double fine = PowerSpectrum::mean(power, FineBegin, FineEnd) -
                            PowerSpectrum::mean(noise, FineBegin, FineEnd);
        return std::max(fine, 0.0) / (PowerSpectrum::mean(power, LineBegin, LineEnd) + Least);
    }

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
            const double at = std::clamp(PowerSpectrum::frequency(ring) * 2 * PlaceRings - 0.5, 0.0,
                                         double(PlaceRings - 1));
            const auto left = std::min(size_t(at), size_t(PlaceRings - 2));
            noise[size_t(ring)] = std::lerp(places[left], places[left + 1], at - double(left));
        }
        return noise;
    }

    cv::Mat m_window = windowOf(Patch);
    cv::Mat m_placeWindow = windowOf(Place);
    std::vector<Profile> m_patches;
    std::vector<std::array<double, PlaceRings>> m_places;
};

} // namespace

double PowerSpectrum::line(const Profile &power)
{
    std::array<double, LineEnd - LineBegin> fits{};
    for (int ring = LineBegin; ring < LineEnd; ++ring)
        fits[size_t(ring - LineBegin)] = power[size_t(ring)] * frequency(ring) * frequency(ring);
    std::ranges::sort(fits);
    return (fits[1] + fits[2]) / 2;
}

double PowerSpectrum::mean(const Profile &profile, int begin, int end)
{
    return std::accumulate(profile.begin() + begin, profile.begin() + end, 0.0) / (end - begin);
}

Result<std::optional<PowerSpectrum>> measureSpectrum(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < Patch)
        return std::optional<PowerSpectrum>();
    Gathering gathered;
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
            gathered.add(patch);
        }
        progress.report(double(i + 1) / double(tops.size()));
    }
    return std::optional<PowerSpectrum>(gathered.spectrum());
}

} // namespace heirloom

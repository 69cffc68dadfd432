// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/texturefinder.h"

#include "operation/patchplaces.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heirloom
{

namespace
{

using Wave = PeriodicTexture::Wave;

constexpr int Patch = 128;
constexpr int MostAcross = 8, MostDown = 8;
constexpr int FewestPatches = 4;
/// Patches without anything in them say nothing of a texture (8-bit steps).
constexpr double EmptyPatch = 1;
constexpr double Darkest = 1e-3; ///< power under which differences are none

/// Reduced so many times, period by period: a patch holds eight of the longest.
constexpr std::array Reductions = {1, 2, 4};
constexpr double LongestInPatch = 16; ///< pixels of the reduced picture

/// Half a side of the surroundings of a peak, in bins.
constexpr int Around = 6;
/// Share of the patches in which a peak may be weaker than it is said to be.
constexpr double Weaker = 0.4;
/// Natural logarithm of power over the surroundings': clean photographs stay under 1.7, along the
/// axes under 2.7.
constexpr double Evident = 2.5, EvidentOnAxis = 3.5;
/// Once a texture is there: what else belongs to it.
constexpr double Further = 1.8;
constexpr double AxisBins = 1.5;
/// The last frequencies are the demosaicking's.
constexpr double Finest = 0.47;
constexpr double DifferentAngle = 15; ///< degrees

struct Peak {
    Wave wave; ///< cycles a pixel of the reduced picture
    double prominence = 0;
    double power = 0; ///< mean over the patches
    bool onAxis = false;
};

/// The spectra of one channel's patches, the zero frequency in the middle.
class Spectra
{
public:
    Spectra()
        : m_sum(cv::Mat::zeros(Patch, Patch, CV_32F))
    {
        cv::createHanningWindow(m_window, cv::Size(Patch, Patch), CV_32F);
    }

    /// patch: 8-bit steps.
    void add(const cv::Mat &patch)
    {
        cv::Scalar mean, deviation;
        cv::meanStdDev(patch, mean, deviation);
        if (deviation[0] < EmptyPatch)
            return;
        const cv::Mat windowed = (patch - mean[0]).mul(m_window);
        cv::Mat spectrum;
        cv::dft(windowed, spectrum, cv::DFT_COMPLEX_OUTPUT);
        cv::Mat power(Patch, Patch, CV_32F);
        for (int y = 0; y < Patch; ++y) {
            const auto *in = spectrum.ptr<cv::Vec2f>(y);
            auto *out = power.ptr<float>((y + Patch / 2) % Patch);
            for (int x = 0; x < Patch; ++x)
                out[(x + Patch / 2) % Patch] = in[x].dot(in[x]);
        }
        m_sum += power;
        cv::Mat logarithm, wrapped, surroundings;
        cv::log(power + Darkest, logarithm);
        cv::copyMakeBorder(logarithm, wrapped, Around, Around, Around, Around, cv::BORDER_WRAP);
        cv::blur(wrapped, surroundings, {2 * Around + 1, 2 * Around + 1});
        m_prominences.push_back(logarithm -
                                surroundings(cv::Rect(Around, Around, Patch, Patch)));
    }

    std::vector<Peak> peaks() const
    {
        std::vector<Peak> result;
        if (int(m_prominences.size()) < FewestPatches)
            return result;
        const cv::Mat usual = usualProminence();
        cv::Mat highest;
        cv::dilate(usual, highest, cv::Mat::ones(5, 5, CV_8U));
        const int middle = Patch / 2;
        for (int y = middle; y < Patch - 1; ++y) {
            for (int x = 1; x < Patch - 1; ++x) {
                const float value = usual.at<float>(y, x);
                const bool known = y == middle && x <= middle; // its twin is
                const double fx = double(x - middle) / Patch, fy = double(y - middle) / Patch;
                if (known || value < highest.at<float>(y, x) || value < Further ||
                    std::hypot(fx, fy) < 1 / LongestInPatch ||
                    std::max(std::abs(fx), fy) > Finest)
                    continue;
                result.push_back({{fx + offset(usual, x, y, 1, 0) / Patch,
                                   fy + offset(usual, x, y, 0, 1) / Patch},
                                  value,
                                  double(m_sum.at<float>(y, x)) / double(m_prominences.size()),
                                  std::min(std::abs(fx), fy) * Patch <= AxisBins});
            }
        }
        return result;
    }

    /// Variance of a wave whose peak has this power.
    double varianceOf(double power) const
    {
        const double gain = cv::sum(m_window)[0];
        return 2 * power / (gain * gain);
    }

private:
    cv::Mat usualProminence() const
    {
        cv::Mat usual(Patch, Patch, CV_32F);
        std::vector<float> values(m_prominences.size());
        const auto at = values.begin() + qsizetype(Weaker * double(values.size() - 1));
        for (int y = 0; y < Patch; ++y) {
            for (int x = 0; x < Patch; ++x) {
                for (size_t i = 0; i < values.size(); ++i)
                    values[i] = m_prominences[i].at<float>(y, x);
                std::nth_element(values.begin(), at, values.end());
                usual.at<float>(y, x) = *at;
            }
        }
        return usual;
    }

    /// Where between bins the top of a parabola through a peak lies, along one direction.
    static double offset(const cv::Mat &map, int x, int y, int dx, int dy)
    {
        const double before = map.at<float>(y - dy, x - dx);
        const double here = map.at<float>(y, x);
        const double after = map.at<float>(y + dy, x + dx);
        const double bend = before - 2 * here + after;
        return bend < 0 ? std::clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
    }

    cv::Mat m_window, m_sum;
    std::vector<cv::Mat> m_prominences;
};

bool isEvident(const Peak &peak)
{
    return peak.prominence >= (peak.onAxis ? EvidentOnAxis : Evident);
}

bool isTexture(const std::vector<Peak> &peaks)
{
    for (const Peak &a : peaks) {
        if (!isEvident(a) || a.onAxis)
            continue;
        for (const Peak &b : peaks) {
            const double cosine = std::abs(a.wave.x * b.wave.x + a.wave.y * b.wave.y) /
                                  (a.wave.frequency() * b.wave.frequency());
            if (isEvident(b) && cosine < std::cos(DifferentAngle * std::numbers::pi / 180))
                return true;
        }
    }
    return false;
}

/// A band of the picture, its planes in 8-bit steps, reduced.
std::vector<cv::Mat> planesOf(const Image &band, int reduction)
{
    const int channels = band.format().channelCount();
    std::vector<cv::Mat> planes;
    for (int c = 0; c < channels; ++c) {
        cv::Mat plane(band.height(), band.width(), CV_32F);
        for (int y = 0; y < band.height(); ++y) {
            const float *in = band.constSamples<float>(y) + c;
            auto *out = plane.ptr<float>(y);
            for (int x = 0; x < band.width(); ++x)
                out[x] = in[qsizetype(x) * channels] * 255;
        }
        if (reduction > 1) { // finer waves must not come back as coarse ones
            cv::GaussianBlur(plane, plane, {0, 0}, 0.5 * reduction);
            cv::resize(plane, plane, {band.width() / reduction, band.height() / reduction}, 0, 0,
                       cv::INTER_AREA);
        }
        planes.push_back(plane);
    }
    return planes;
}

/// Of a picture reduced so many times: of grey one, else three.
Result<std::vector<Spectra>> spectraOf(ImageSource &source, int reduction,
                                       const Progress &progress)
{
    const QSize size = source.size();
    const bool grey = source.format().isGray();
    std::vector<Spectra> spectra(grey ? 1 : 3);
    const int side = Patch * reduction;
    const std::vector<int> tops = patchPlaces(size.height(), side, MostDown);
    for (size_t i = 0; i < tops.size(); ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto read = source.read(QRect(0, tops[i], size.width(), side));
        if (!read)
            return fail(read.error());
        const auto planes = planesOf(
            read->converted({grey ? Channels::Gray : Channels::Rgb, Depth::F32}), reduction);
        for (const int left : patchPlaces(planes[0].cols, Patch, MostAcross)) {
            for (size_t c = 0; c < planes.size(); ++c)
                spectra[c].add(planes[c](cv::Rect(left, 0, Patch, Patch)));
        }
        progress.report(double(i + 1) / double(tops.size()));
    }
    return spectra;
}

} // namespace

// ---- the texture -------------------------------------------------------------------------------

double PeriodicTexture::Wave::frequency() const
{
    return std::hypot(x, y);
}

bool PeriodicTexture::isEmpty() const
{
    return std::ranges::all_of(channels, [](const auto &waves) { return waves.empty(); });
}

double PeriodicTexture::period() const
{
    double longest = 0;
    for (const auto &waves : channels) {
        for (const Wave &wave : waves)
            longest = std::max(longest, 1 / wave.frequency());
    }
    return longest;
}

QString PeriodicTexture::toText() const
{
    if (isEmpty())
        return QStringLiteral("none");
    QStringList parts;
    for (const auto &waves : channels) {
        QStringList numbers;
        for (const Wave &wave : waves)
            numbers << QString::number(wave.x, 'f', 5) << QString::number(wave.y, 'f', 5);
        parts += numbers.join(u' ');
    }
    return parts.join(QStringLiteral("; "));
}

Result<PeriodicTexture> PeriodicTexture::fromText(const QString &text)
{
    PeriodicTexture texture;
    if (text == u"none")
        return texture;
    const QStringList parts = text.split(u';');
    bool good = parts.size() == 3;
    for (qsizetype c = 0; good && c < 3; ++c) {
        const QStringList numbers = parts[c].split(u' ', Qt::SkipEmptyParts);
        good = numbers.size() % 2 == 0 && numbers.size() <= 2 * mostWaves;
        for (qsizetype i = 0; good && i < numbers.size(); i += 2) {
            bool isX = false, isY = false;
            const Wave wave{numbers[i].toDouble(&isX), numbers[i + 1].toDouble(&isY)};
            good = isX && isY && std::abs(wave.x) <= 0.5 && std::abs(wave.y) <= 0.5 &&
                   wave.frequency() >= 0.9 / longestPeriod;
            texture.channels[size_t(c)].push_back(wave);
        }
    }
    if (good && !texture.isEmpty())
        return texture;
    return fail(ErrorCode::BadArgument,
                {text.left(40), QCoreApplication::translate(
                                    "heirloom::Texture",
                                    "\"auto\", \"none\", or three lists, with ; between them, of "
                                    "waves in cycles a pixel, across and down")});
}

Result<PeriodicTexture> findTexture(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    PeriodicTexture texture;
    std::array<double, 3> variances{};
    for (size_t i = 0; i < Reductions.size(); ++i) {
        const int reduction = Reductions[i];
        if (std::min(size.width(), size.height()) < Patch * reduction)
            break;
        const auto spectra =
            spectraOf(source, reduction, progress.sub(double(i) / Reductions.size(),
                                                      1.0 / Reductions.size()));
        if (!spectra)
            return fail(spectra.error());
        std::vector<std::vector<Peak>> peaks;
        for (const Spectra &channel : *spectra)
            peaks.push_back(channel.peaks());
        if (std::ranges::none_of(peaks, isTexture))
            continue;
        for (size_t c = 0; c < 3; ++c) {
            const size_t from = std::min(c, peaks.size() - 1);
            auto &waves = texture.channels[c];
            std::ranges::sort(peaks[from], std::ranges::greater(), &Peak::prominence);
            for (const Peak &peak : peaks[from]) {
                // What is finer was seen before, in a picture less reduced.
                const bool known = reduction > 1 && peak.wave.frequency() >= 2 / LongestInPatch;
                if (known || (peak.onAxis && !isEvident(peak)) ||
                    waves.size() == PeriodicTexture::mostWaves)
                    continue;
                waves.push_back({peak.wave.x / reduction, peak.wave.y / reduction});
                variances[c] += (*spectra)[from].varianceOf(peak.power);
            }
        }
    }
    for (const double variance : variances)
        texture.contrast += std::sqrt(variance) / 3;
    progress.report(1);
    return texture;
}

} // namespace heirloom

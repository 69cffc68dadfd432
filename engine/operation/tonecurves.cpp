// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/tonecurves.h"

#include "image/cvbridge.h"
#include "image/lab.h"
#include "operation/piececomposer.h"

#include <QCoreApplication>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int Side = 128;
constexpr int Band = 64;
constexpr double Clipped = 0.005;
/// A flat picture has no levels to spread.
constexpr float SmallestSpan = 0.04F;

const QString identityText = QStringLiteral("identity");

/// The cells of the small picture that a row or column of the large one lies in, and how much.
struct Share {
    int cell = 0;
    float first = 1; ///< in cell; the rest in the next one
};

std::vector<Share> sharesOf(int length)
{
    std::vector<Share> shares(static_cast<size_t>(length));
    const double scale = double(Side) / length;
    for (int i = 0; i < length; ++i) {
        const double from = i * scale;
        const double to = from + scale;
        const int cell = std::min(int(from), Side - 1);
        const bool splits = to > cell + 1 && cell + 1 < Side;
        shares[size_t(i)] = {cell, splits ? float((cell + 1 - from) / scale) : 1.0F};
    }
    return shares;
}

/// Evenly spread over a length.
int samplePosition(int index, int length)
{
    return int(qint64(2 * index + 1) * length / (2 * Side));
}

/// Copies the sampled pixels of rows from top on; next: the first of the samples' rows that are
/// still missing.
void takeSamples(const Planes &rgb, int top, QSize picture, int &next, Planes &samples)
{
    for (; next < Side && samplePosition(next, picture.height()) < top + rgb.height; ++next) {
        const int y = samplePosition(next, picture.height()) - top;
        for (int c = 0; c < 3; ++c) {
            for (int x = 0; x < Side; ++x)
                samples.row(c, next)[x] = rgb.row(c, y)[samplePosition(x, picture.width())];
        }
    }
}

} // namespace

ToneCurves ToneCurves::identity()
{
    ToneCurves curves;
    for (auto &channel : curves.channels) {
        for (int i = 0; i < points; ++i)
            channel[size_t(i)] = float(i) / (points - 1);
    }
    return curves;
}

float ToneCurves::at(int channel, float value) const
{
    const float place = std::clamp(value, 0.0F, 1.0F) * (points - 1);
    const int node = std::min(int(place), points - 2);
    const auto &c = channels[size_t(channel)];
    const float low = c[size_t(node)];
    return std::clamp(low + (place - float(node)) * (c[size_t(node) + 1] - low), 0.0F, 1.0F);
}

Planes ToneCurves::applied(const Planes &rgb) const
{
    Planes out(3, rgb.width, rgb.height);
    for (int c = 0; c < 3; ++c) {
        std::transform(rgb.plane(c), rgb.plane(c) + rgb.planeSize(), out.plane(c),
                       [&](float v) { return at(c, v); });
    }
    return out;
}

QString ToneCurves::toText() const
{
    if (*this == identity())
        return identityText;
    QStringList numbers;
    for (const auto &channel : channels) {
        for (const float value : channel)
            numbers += QString::number(double(value), 'f', 4);
    }
    return numbers.join(u' ');
}

Result<ToneCurves> ToneCurves::fromText(const QString &text)
{
    if (text == identityText)
        return identity();
    const QStringList numbers = text.split(u' ', Qt::SkipEmptyParts);
    bool good = numbers.size() == 3 * points;
    ToneCurves curves;
    for (int i = 0; good && i < numbers.size(); ++i) {
        const double value = numbers[i].toDouble(&good);
        good = good && std::isfinite(value) && value >= -4 && value <= 4;
        curves.channels[size_t(i / points)][size_t(i % points)] = float(value);
    }
    if (!good) {
        return fail(ErrorCode::BadArgument,
                    {text.left(40), QCoreApplication::translate(
                                        "heirloom::Tone", "\"auto\", \"identity\" or %1 numbers")
                                        .arg(3 * points)});
    }
    return curves;
}

Result<Planes> toneThumbnail(ImageSource &source, const Progress &progress, Planes *samples)
{
    const QSize size = source.size();
    const auto composer =
        PieceComposer::create(size, size, source.format(), source.icc(), 1, 1);
    if (!composer)
        return fail(composer.error());
    Planes small(3, Side, Side);
    int nextSample = 0;
    if (samples)
        *samples = Planes(3, Side, Side);
    if (size.width() < Side || size.height() < Side) {
        const auto whole = source.read(QRect(QPoint(0, 0), size));
        if (!whole)
            return fail(whole.error());
        const Planes rgb = composer->networkInput(*whole);
        for (int c = 0; c < 3; ++c) {
            cv::Mat scaled;
            cv::resize(toMat(rgb, c), scaled, {Side, Side}, 0, 0, cv::INTER_AREA);
            copyFromMat(scaled, small, c);
        }
        if (samples)
            takeSamples(rgb, 0, size, nextSample, *samples);
        return small;
    }
    const std::vector<Share> columns = sharesOf(size.width());
    const std::vector<Share> rows = sharesOf(size.height());
    for (int top = 0; top < size.height(); top += Band) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int height = std::min(Band, size.height() - top);
        const auto band = source.read(QRect(0, top, size.width(), height));
        if (!band)
            return fail(band.error());
        const Planes rgb = composer->networkInput(*band);
        if (samples)
            takeSamples(rgb, top, size, nextSample, *samples);
        for (int c = 0; c < 3; ++c) {
            for (int y = 0; y < height; ++y) {
                std::array<float, Side + 1> sums{};
                const float *values = rgb.row(c, y);
                for (int x = 0; x < size.width(); ++x) {
                    const Share &share = columns[size_t(x)];
                    sums[size_t(share.cell)] += values[x] * share.first;
                    sums[size_t(share.cell) + 1] += values[x] * (1 - share.first);
                }
                const Share &share = rows[size_t(top + y)];
                for (int x = 0; x < Side; ++x) {
                    small.row(c, share.cell)[x] += sums[size_t(x)] * share.first;
                    if (share.first < 1)
                        small.row(c, share.cell + 1)[x] += sums[size_t(x)] * (1 - share.first);
                }
            }
        }
        progress.report(double(top + height) / size.height());
    }
    const float cell = float(double(size.width()) * size.height() / (Side * Side));
    for (float &value : small.values)
        value /= cell;
    return small;
}

ToneCurves autoLevels(const Planes &rgb)
{
    ToneCurves curves = ToneCurves::identity();
    for (int c = 0; c < 3; ++c) {
        std::vector<float> values(rgb.plane(c), rgb.plane(c) + rgb.planeSize());
        const auto quantile = [&](double share) {
            const auto at = values.begin() + qsizetype(share * double(values.size() - 1));
            std::nth_element(values.begin(), at, values.end());
            return *at;
        };
        const float low = quantile(Clipped);
        const float span = quantile(1 - Clipped) - low;
        if (span < SmallestSpan)
            continue;
        for (int i = 0; i < ToneCurves::points; ++i)
            curves.channels[size_t(c)][size_t(i)] =
                std::clamp((float(i) / (ToneCurves::points - 1) - low) / span, -4.0F, 4.0F);
    }
    return curves;
}

double meanChroma(const Planes &rgb)
{
    const Planes lab = labFromSrgb(rgb);
    double sum = 0;
    for (size_t i = 0; i < lab.planeSize(); ++i)
        sum += std::hypot(double(lab.plane(1)[i]), double(lab.plane(2)[i]));
    return sum / double(lab.planeSize());
}

double meanChange(const ToneCurves &curves, const Planes &rgb)
{
    const Planes before = labFromSrgb(rgb);
    const Planes after = labFromSrgb(curves.applied(rgb));
    double sum = 0;
    for (size_t i = 0; i < before.planeSize(); ++i) {
        double squares = 0;
        for (int c = 0; c < 3; ++c) {
            const double d = double(before.plane(c)[i]) - double(after.plane(c)[i]);
            squares += d * d;
        }
        sum += std::sqrt(squares);
    }
    return sum / double(before.planeSize());
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace heirloom::test
{

double sampleAt(const Image &image, int x, int y, int channel)
{
    const qsizetype i = qsizetype(x) * image.format().channelCount() + channel;
    switch (image.format().depth) {
    case Depth::U8:
        return image.constSamples<quint8>(y)[i] / 255.0;
    case Depth::U16:
        return image.constSamples<quint16>(y)[i] / 65535.0;
    case Depth::F32:
        return double(image.constSamples<float>(y)[i]);
    }
    return 0;
}

namespace
{

bool comparable(const Image &a, const Image &b)
{
    return a.size() == b.size() && a.format().channels == b.format().channels && !a.isNull();
}

template <typename F>
void eachDifference(const Image &a, const Image &b, F &&f)
{
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            for (int c = 0; c < a.format().channelCount(); ++c)
                f(std::abs(sampleAt(a, x, y, c) - sampleAt(b, x, y, c)));
        }
    }
}

} // namespace

double psnr(const Image &a, const Image &b)
{
    if (!comparable(a, b))
        return -1;
    double sum = 0;
    eachDifference(a, b, [&](double d) { sum += d * d; });
    const double count = double(a.width()) * a.height() * a.format().channelCount();
    return sum > 0 ? 10 * std::log10(count / sum) : std::numeric_limits<double>::infinity();
}

double maxDifference(const Image &a, const Image &b)
{
    if (!comparable(a, b))
        return 255;
    double most = 0;
    eachDifference(a, b, [&](double d) { most = std::max(most, d); });
    return most * 255;
}

} // namespace heirloom::test

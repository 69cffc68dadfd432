// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/blemishes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace heirloom::test
{

namespace
{

/// -1..1 on a lattice, joined smoothly.
class ValueNoise
{
public:
    explicit ValueNoise(quint32 seed)
    {
        std::mt19937 random(seed);
        for (float &v : m_values)
            v = float(random() / 2147483647.5 - 1);
    }
    double at(double x, double y) const
    {
        const double left = std::floor(x), top = std::floor(y);
        const double fx = smooth(x - left), fy = smooth(y - top);
        const auto value = [&](int dx, int dy) {
            return double(m_values[size_t(((int(top) + dy) & 63) * 64 + ((int(left) + dx) & 63))]);
        };
        return (value(0, 0) * (1 - fx) + value(1, 0) * fx) * (1 - fy) +
               (value(0, 1) * (1 - fx) + value(1, 1) * fx) * fy;
    }

private:
    static double smooth(double t) { return t * t * (3 - 2 * t); }
    std::array<float, 64 * 64> m_values;
};

double lumaAt(const Image &image, int x, int y)
{
    const int colors = image.format().colorCount();
    const quint8 *p = image.constSamples<quint8>(y) + qsizetype(x) * image.format().channelCount();
    return colors == 1 ? p[0] : 0.3 * p[0] + 0.59 * p[1] + 0.11 * p[2];
}

/// How much neighbours differ inside the mask, as a variance.
double roughness(const Image &image, const Image &mask)
{
    double sum = 0;
    int count = 0;
    for (int y = 1; y < image.height(); ++y) {
        for (int x = 1; x < image.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] == 0)
                continue;
            const double across = lumaAt(image, x, y) - lumaAt(image, x - 1, y);
            const double down = lumaAt(image, x, y) - lumaAt(image, x, y - 1);
            sum += across * across + down * down;
            ++count;
        }
    }
    return sum / std::max(1, count) + 0.1;
}

} // namespace

Image texturePicture(Texture texture, QSize size, quint32 seed)
{
    std::mt19937 random(seed * 977 + quint32(texture));
    std::normal_distribution<double> normal;
    const auto unit = [&] { return random() / 4294967295.0; };
    const ValueNoise wide(random()), middle(random()), fine(random());
    const double angle = unit() * 0.6 - 0.3;
    const double period = 5 + 5 * unit();
    const double tone = 0.85 + 0.3 * unit();
    Image image(size, {Channels::Rgb, Depth::U8});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const double u = x * std::cos(angle) - y * std::sin(angle);
            const double v = x * std::sin(angle) + y * std::cos(angle);
            std::array<double, 3> color{};
            double grain = 0;
            switch (texture) {
            case Texture::Skin: {
                const double light = 0.08 * wide.at(x / 90.0, y / 90.0) +
                                     0.025 * middle.at(x / 14.0, y / 14.0);
                const double pore = std::min(0.0, fine.at(x / 3.0, y / 3.0) + 0.45) * 0.07;
                color = {0.78 * tone + light + pore, 0.60 * tone + 0.9 * light + pore,
                         0.50 * tone + 0.8 * light + pore};
                grain = 0.008;
                break;
            }
            case Texture::Sky: {
                const double slope = 0.25 * v / size.height();
                const double cloud = 0.05 * wide.at(x / 70.0, y / 40.0) +
                                     0.015 * middle.at(x / 20.0, y / 12.0);
                color = {0.40 + slope + cloud, 0.55 + 0.8 * slope + cloud, 0.80 + 0.4 * slope};
                grain = 0.006;
                break;
            }
            case Texture::Fabric: {
                const double warp = 0.6 * wide.at(x / 60.0, y / 60.0);
                const double threads = std::sin(2 * M_PI * u / period + warp) *
                                       std::sin(2 * M_PI * v / (period * 1.2) - warp);
                const double light = 0.08 * wide.at(x / 80.0 + 7, y / 80.0);
                const double weave = 0.13 * threads + light;
                color = {0.45 * tone + weave, 0.38 * tone + weave, 0.35 * tone + 0.9 * weave};
                grain = 0.012;
                break;
            }
            }
            const double common = normal(random) * grain;
            for (int c = 0; c < 3; ++c) {
                const double value = color[size_t(c)] + common + 0.4 * grain * normal(random);
                image.samples<quint8>(y)[3 * x + c] =
                    quint8(std::lround(std::clamp(value, 0.0, 1.0) * 255));
            }
        }
    }
    return image;
}

Image blemishMask(QSize size, QPoint centre, double radius, quint32 seed)
{
    std::mt19937 random(seed);
    std::array<double, 3> wave{}, phase{};
    for (size_t i = 0; i < 3; ++i) {
        wave[i] = 0.18 * random() / 4294967295.0;
        phase[i] = 6.28 * random() / 4294967295.0;
    }
    Image mask(size, {Channels::Gray, Depth::U8});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const double a = std::atan2(y - centre.y(), x - centre.x());
            double r = radius;
            for (size_t i = 0; i < 3; ++i)
                r += radius * wave[i] * std::sin(double(i + 1) * a + phase[i]);
            mask.samples<quint8>(y)[x] = std::hypot(x - centre.x(), y - centre.y()) < r ? 255 : 0;
        }
    }
    return mask;
}

Image blemished(const Image &picture, const Image &mask, quint32 seed)
{
    Image out = picture;
    const int channels = picture.format().channelCount();
    const bool isLight = seed % 2;
    for (int y = 2; y < picture.height() - 2; ++y) {
        for (int x = 2; x < picture.width() - 2; ++x) {
            bool isInner = true;
            for (int i = -2; i <= 2; ++i)
                isInner = isInner && mask.constSamples<quint8>(y + i)[x] &&
                          mask.constSamples<quint8>(y)[x + i];
            if (!isInner)
                continue;
            for (int c = 0; c < picture.format().colorCount(); ++c) {
                quint8 &v = out.samples<quint8>(y)[channels * x + c];
                v = quint8(isLight ? 200 + v / 5 : v / 3);
            }
        }
    }
    return out;
}

Distance distance(const Image &a, const Image &b, const Image &mask)
{
    const int channels = a.format().channelCount();
    const int colors = a.format().colorCount();
    constexpr int reach = 5;
    double square = 0, soft = 0;
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] == 0)
                continue;
            for (int c = 0; c < colors; ++c) {
                const auto difference = [&](int px, int py) {
                    const qsizetype i = qsizetype(px) * channels + c;
                    return double(a.constSamples<quint8>(py)[i]) -
                           double(b.constSamples<quint8>(py)[i]);
                };
                double sum = 0, weights = 0;
                for (int dy = -reach; dy <= reach; ++dy) {
                    for (int dx = -reach; dx <= reach; ++dx) {
                        if (!a.rect().contains(x + dx, y + dy))
                            continue;
                        const double w = std::exp(-(dx * dx + dy * dy) / 8.0);
                        sum += w * difference(x + dx, y + dy);
                        weights += w;
                    }
                }
                square += difference(x, y) * difference(x, y);
                soft += sum / weights * (sum / weights);
                ++count;
            }
        }
    }
    return {std::sqrt(square / std::max(1, count)), std::sqrt(soft / std::max(1, count)),
            std::abs(std::log(roughness(a, mask) / roughness(b, mask)))};
}

} // namespace heirloom::test

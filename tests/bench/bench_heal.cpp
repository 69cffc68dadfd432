// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long the retouching algorithms take on one thread: a spot of 100 pixels healed by texture of
// its own choice, and the gradient-domain clone alone, up to a megapixel.
#include "paint/blemishes.h"
#include "paint/seamlessclone.h"
#include "paint/spotheal.h"
#include "paint/spotsource.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace heirloom;

namespace
{

/// Median of several runs, in ms.
template <typename F>
double median(F &&run)
{
    std::vector<double> times;
    for (int i = 0; i < 7; ++i) {
        QElapsedTimer timer;
        timer.start();
        run();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

Image disc(QSize size, double radius)
{
    return test::blemishMask(size, QRect(QPoint(0, 0), size).center(), radius, 1);
}

void spot(const char *name, test::Texture texture, int diameter)
{
    const QRect area = spotSurroundings(QRect(2000, 2000, diameter, diameter), {6000, 4000});
    const Image mask = disc(area.size(), diameter / 2.0);
    const Image picture = test::blemished(test::texturePicture(texture, area.size(), 1), mask, 1)
                              .converted({Channels::Rgb, Depth::F32});
    std::printf("%-7s %4d px spot: search %6.1f ms, whole heal %6.1f ms\n", name, diameter,
                median([&] { findSpotSources(picture, mask); }),
                median([&] { spotHealed(picture, mask); }));
}

void clone(int diameter)
{
    const QSize size(diameter + 20, diameter + 20);
    const auto f32 = [](const Image &image) { return image.converted({Channels::Rgb, Depth::F32}); };
    const Image target = f32(test::texturePicture(test::Texture::Skin, size, 1));
    const Image source = f32(test::texturePicture(test::Texture::Sky, size, 2));
    const Image mask = disc(size, diameter / 2.0);
    std::printf("seamless clone of %4d px: %7.1f ms\n", diameter,
                median([&] { seamlesslyCloned(target, source, mask); }));
}

} // namespace

int main()
{
    for (const int diameter : {30, 100, 300}) {
        spot("skin", test::Texture::Skin, diameter);
        spot("fabric", test::Texture::Fabric, diameter);
    }
    for (const int diameter : {100, 300, 1000})
        clone(diameter);
}

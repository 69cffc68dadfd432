// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/skinhints.h"

#include "operation/hintpropagation.h"
#include "operation/nearesthint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// CIELAB's hue is 55 to 60 degrees at any luminance, its chroma 17 to 25: yellower and weaker than
/// what people like best on a screen (51 degrees, 25: S.-H. Chen et al., "The Effect of Chromatic
/// and Lightness Components for Preferred Skin Color Reproduction on a Display", Journal of Imaging
/// Science and Technology 2013), as measured skin is. Faces on training photos: 40 degrees, 22.
constexpr Chroma Usual{-0.11F, 0.105F};
/// Of luminance, at both ends, in which it fades to grey.
constexpr float Room = 0.15F;
/// Where skin is bare on nearly all faces: the middles of the forehead, the cheeks and the nose, in
/// widths of the face's box.
constexpr std::array<std::array<double, 2>, 4> Places = {
    {{0.5, 0.17}, {0.27, 0.62}, {0.73, 0.62}, {0.5, 0.55}}};
constexpr double Patch = 0.1; ///< side, in widths of the box
/// Around a patch, in widths of the box: a hint there is for the skin, one elsewhere for lips or
/// eyes.
constexpr double Around = 0.05;
/// Of luminance: patches further from the middle one are hair, glasses or a shadow; pixels further
/// from the patches get less.
constexpr float Alike = 0.15F;
constexpr float Falls = 0.2F;
/// Distances from the box's middle in widths of it: skin up to here, none from there on.
constexpr double Inner = 0.45;
constexpr double Outer = 0.8;
/// What the network makes of it counts up to here: neck, ears and hands; and where the way
/// (nearesthint.h) is not so long that e times less is left: the wall behind a head lies beyond an
/// edge.
constexpr double NearInner = 1.5;
constexpr double NearOuter = 3;
constexpr float NearWay = 0.5F;

float falling(double distance, double from, double to)
{
    return float(std::clamp((to - distance) / (to - from), 0.0, 1.0));
}

bool isSaid(const Planes &hints, const QRect &place)
{
    for (int y = place.top(); y <= place.bottom(); ++y) {
        for (int x = place.left(); x <= place.right(); ++x) {
            if (hints.row(2, y)[x] > 0 || hints.row(3, y)[x] > 0)
                return true;
        }
    }
    return false;
}

float meanOf(const Planes &plane, const QRect &place)
{
    double sum = 0;
    for (int y = place.top(); y <= place.bottom(); ++y) {
        for (int x = place.left(); x <= place.right(); ++x)
            sum += double(plane.row(0, y)[x]);
    }
    return float(sum / (double(place.width()) * place.height()));
}

/// Patches of the face as light as most of it, with their luminance.
std::vector<std::pair<QRect, float>> patchesOf(const ColorGuide &guide, const QRectF &face)
{
    std::vector<std::pair<QRect, float>> all;
    const double side = std::max(2.0, Patch * face.width());
    for (const auto &[x, y] : Places) {
        const QRect place = QRectF(face.x() + x * face.width() - side / 2,
                                   face.y() + y * face.height() - side / 2, side, side)
                                .toAlignedRect() &
                            QRect(QPoint(0, 0), guide.content);
        if (!place.isEmpty())
            all.emplace_back(place, meanOf(guide.luminance, place));
    }
    if (all.empty())
        return all;
    std::sort(all.begin(), all.end(),
              [](const auto &a, const auto &b) { return a.second < b.second; });
    const float middle = all[all.size() / 2].second;
    std::erase_if(all,
                  [&](const auto &patch) { return std::abs(patch.second - middle) > Alike; });
    return all;
}

} // namespace

Chroma skinChroma(float luminance)
{
    const float room = std::min({1.0F, luminance / Room, (1 - luminance) / Room});
    return {room * Usual.u, room * Usual.v};
}

QList<QRectF> unsaidFaces(const ColorGuide &guide, const Planes &hints)
{
    QList<QRectF> unsaid;
    const QRect content(QPoint(0, 0), guide.content);
    for (const QRectF &face : guide.faces) {
        const auto patches = patchesOf(guide, face);
        const int around = std::max(1, int(Around * face.width()));
        const bool isKnown =
            std::any_of(patches.begin(), patches.end(), [&](const auto &patch) {
                return isSaid(hints,
                              patch.first.adjusted(-around, -around, around, around) & content);
            });
        if (!patches.empty() && !isKnown)
            unsaid += face;
    }
    return unsaid;
}

SkinHints skinHints(const ColorGuide &guide, const QList<QRectF> &faces)
{
    SkinHints skin;
    if (faces.isEmpty())
        return skin;
    skin.faces = faces;
    const Planes light = cellMeans(guide.luminance);
    skin.hints = Planes(4, guide.luminance.width, guide.luminance.height);
    skin.chroma = Planes(2, light.width, light.height);
    skin.share = Planes(1, light.width, light.height);
    skin.nearby = Planes(1, light.width, light.height);
    for (size_t i = 0; i < light.planeSize(); ++i) {
        const Chroma chroma = skinChroma(light.plane(0)[i]);
        skin.chroma.plane(0)[i] = chroma.u;
        skin.chroma.plane(1)[i] = chroma.v;
    }
    const int longest = std::max(guide.content.width(), guide.content.height());
    for (const QRectF &face : faces) {
        const auto patches = patchesOf(guide, face);
        skin.width = std::max(skin.width, float(face.width() / longest));
        float low = 1;
        float high = 0;
        for (const auto &[place, lum] : patches) {
            low = std::min(low, lum);
            high = std::max(high, lum);
            for (int y = place.top(); y <= place.bottom(); ++y) {
                for (int x = place.left(); x <= place.right(); ++x) {
                    const Chroma chroma = skinChroma(guide.luminance.row(0, y)[x]);
                    skin.hints.row(0, y)[x] = chroma.u;
                    skin.hints.row(1, y)[x] = chroma.v;
                    skin.hints.row(2, y)[x] = 1;
                }
            }
        }
        for (int y = 0; y < light.height; ++y) {
            for (int x = 0; x < light.width; ++x) {
                const double away = std::hypot((x + 0.5) * HintCell - face.center().x(),
                                               (y + 0.5) * HintCell - face.center().y()) /
                                    face.width();
                const float lum = light.row(0, y)[x];
                const float off = std::max({low - lum, lum - high, 0.0F}) / Falls;
                float &share = skin.share.row(0, y)[x];
                share = std::max(share, falling(away, Inner, Outer) * std::exp(-off * off));
                float &nearby = skin.nearby.row(0, y)[x];
                nearby = std::max(nearby, falling(away, NearInner, NearOuter));
            }
        }
    }
    const Planes ways = nearestHint(guide.luminance, skin.hints).distance;
    for (size_t i = 0; i < ways.planeSize(); ++i) {
        const float way = ways.plane(0)[i] / NearWay;
        skin.nearby.plane(0)[i] *= std::exp(-way * way);
    }
    return skin;
}

} // namespace heirloom

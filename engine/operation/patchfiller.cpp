// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/patchfiller.h"

#include "operation/patchfield.h"

#include <QCoreApplication>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace heirloom
{

namespace
{

constexpr quint32 Seed = 20091;
/// Halved until the deepest pixel of the hole is no farther inside than this.
constexpr double CoarsestDepth = 3;
/// Rounds of searching and voting: where nothing is known yet, then where the coarser level told
/// most, and where the picture is largest.
constexpr int FirstRounds = 12, LaterRounds = 5, LastRounds = 3;
constexpr int Sweeps = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Inpaint", text);
}

double depthOf(const HoleLevel &level)
{
    const cv::Mat hole(level.values.height, level.values.width, CV_8U,
                       const_cast<quint8 *>(level.unknown.data()));
    cv::Mat depth;
    cv::distanceTransform(hole, depth, cv::DIST_L2, cv::DIST_MASK_3);
    double deepest = 0;
    cv::minMaxLoc(depth, nullptr, &deepest);
    return deepest;
}

std::vector<HoleLevel> levelsOf(HoleLevel whole)
{
    const double depth = depthOf(whole);
    std::vector<HoleLevel> levels{std::move(whole)};
    for (double d = depth; d > CoarsestDepth; d /= 2) {
        HoleLevel half = halved(levels.back());
        if (!PatchField(half.values, half.unknown, Seed).hasSources())
            break;
        levels.push_back(std::move(half));
    }
    return levels;
}

} // namespace

PatchFiller::PatchFiller()
    : HoleFiller(id(), 150)
{
}

Result<Planes> PatchFiller::fill(const ModelInput &input, const Planes &holes, RunControl &control)
{
    std::vector<quint8> unknown = unknownOf(holes);
    if (std::find(unknown.begin(), unknown.end(), 1) == unknown.end())
        return input.image;
    std::vector<HoleLevel> levels = levelsOf({input.image, std::move(unknown)});
    std::optional<PatchField> coarser;
    for (size_t i = levels.size(); i-- > 0;) {
        HoleLevel &level = levels[i];
        if (coarser) {
            interpolate(level, levels[i + 1]);
        } else {
            Planes missing(1, level.values.width, level.values.height);
            std::copy(level.unknown.begin(), level.unknown.end(), missing.values.begin());
            fillHoles(level.values, missing, ClassicalFill::Membrane);
        }
        PatchField field(level.values, level.unknown, Seed + quint32(i));
        if (!field.hasSources()) {
            return fail(ErrorCode::BadArgument,
                        {tr("a mask that leaves no place of %1 x %1 pixels whole around a hole")
                             .arg(2 * PatchField::radius + 1),
                         tr("a smaller mask, or the method membrane")});
        }
        field.start(coarser ? &*coarser : nullptr);
        const int rounds = !coarser ? FirstRounds : i > 0 ? LaterRounds : LastRounds;
        for (int round = 0; round < rounds; ++round) {
            for (int sweep = 0; sweep < Sweeps; ++sweep) {
                if (!field.improve(control.progress))
                    return fail(ErrorCode::Cancelled);
            }
            if (i == 0 && round + 1 == rounds)
                field.copyBest();
            else
                field.vote();
        }
        level.values = field.picture();
        coarser = std::move(field);
    }
    return std::move(levels.front().values);
}

} // namespace heirloom

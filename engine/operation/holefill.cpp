// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/holefill.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/photo.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace heirloom
{

namespace
{

constexpr double TeleaRadius = 3, NavierStokesRadius = 8;
/// Rounds of relaxation on each level, and how far each goes.
constexpr int Sweeps = 20;
constexpr float Relaxation = 1.5F;
constexpr int SmallestLevel = 8;

/// Sigmas (8-bit steps) of the denoiser's rounds; the best of a few on training photographs:
/// across a scratch structure has to be joined, in a wide hole the membrane is closer already. Two
/// rounds across a scratch: a third adds 0.3 dB and half of the time.
constexpr std::array narrowRounds = {60.0, 25.0};
constexpr std::array wideRounds = {40.0, 30.0, 20.0, 10.0};
constexpr double narrowHalfWidth = 8;
/// Part of the key of cached tiles: counted up when fills by networks change.
const QByteArray networkWay = ":fill-2";
/// How much of a round's change is taken; the last one is taken as it is.
constexpr float OverRelaxation = 2;

/// Each missing value towards the mean of its four neighbours, in two colours of a chessboard.
void relax(HoleLevel &level)
{
    const int width = level.values.width;
    const int height = level.values.height;
    struct Neighbours {
        size_t at, left, right, above, below;
    };
    std::array<std::vector<Neighbours>, 2> colors;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const size_t at = size_t(y) * width + x;
            if (level.unknown[at]) {
                colors[(x + y) & 1].push_back({at, x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
                                               y > 0 ? at - width : at,
                                               y + 1 < height ? at + width : at});
            }
        }
    }
    for (int sweep = 0; sweep < Sweeps; ++sweep) {
        for (const auto &color : colors) {
            for (int c = 0; c < level.values.channels; ++c) {
                float *p = level.values.plane(c);
                for (const Neighbours &n : color) {
                    const float mean = (p[n.left] + p[n.right] + p[n.above] + p[n.below]) / 4;
                    p[n.at] += Relaxation * (mean - p[n.at]);
                }
            }
        }
    }
}

void membrane(Planes &picture, const std::vector<quint8> &unknown)
{
    std::vector<HoleLevel> levels{{std::move(picture), unknown}};
    const auto hasHoles = [](const HoleLevel &level) {
        return std::find(level.unknown.begin(), level.unknown.end(), 1) != level.unknown.end();
    };
    while (hasHoles(levels.back()) &&
           std::max(levels.back().values.width, levels.back().values.height) > SmallestLevel)
        levels.push_back(halved(levels.back()));
    HoleLevel &top = levels.back();
    for (int c = 0; c < top.values.channels; ++c) {
        double sum = 0;
        int count = 0;
        for (size_t i = 0; i < top.unknown.size(); ++i) {
            if (!top.unknown[i]) {
                sum += top.values.plane(c)[i];
                ++count;
            }
        }
        const float mean = count > 0 ? float(sum / count) : 0.5F;
        for (size_t i = 0; i < top.unknown.size(); ++i) {
            if (top.unknown[i])
                top.values.plane(c)[i] = mean;
        }
    }
    relax(top);
    for (size_t i = levels.size() - 1; i-- > 0;) {
        interpolate(levels[i], levels[i + 1]);
        relax(levels[i]);
    }
    picture = std::move(levels.front().values);
}

/// OpenCV's fills, channel by channel in float, so that 16 bits come through.
void marched(Planes &picture, const std::vector<quint8> &unknown, ClassicalFill fill)
{
    if (std::find(unknown.begin(), unknown.end(), 0) == unknown.end()) {
        std::fill(picture.values.begin(), picture.values.end(), 0.5F);
        return;
    }
    const cv::Mat mask(picture.height, picture.width, CV_8U, const_cast<quint8 *>(unknown.data()));
    const bool telea = fill == ClassicalFill::Telea;
    for (int c = 0; c < picture.channels; ++c) {
        cv::Mat filled;
        cv::inpaint(toMat(picture, c) * 255, mask, filled, telea ? TeleaRadius : NavierStokesRadius,
                    telea ? cv::INPAINT_TELEA : cv::INPAINT_NS);
        // OpenCV's Telea adds half a step for rounding, in float as well.
        const float rounding = telea ? 0.5F : 0.0F;
        float *out = picture.plane(c);
        for (int y = 0; y < picture.height; ++y) {
            for (int x = 0; x < picture.width; ++x) {
                const size_t at = size_t(y) * picture.width + x;
                if (unknown[at])
                    out[at] = std::clamp((filled.at<float>(y, x) - rounding) / 255, 0.0F, 1.0F);
            }
        }
    }
}

bool isGrey(const Planes &picture, const std::vector<quint8> &unknown)
{
    for (size_t i = 0; i < unknown.size(); ++i) {
        if (!unknown[i] && (picture.plane(0)[i] != picture.plane(1)[i] ||
                            picture.plane(0)[i] != picture.plane(2)[i]))
            return false;
    }
    return true;
}

ModelPack classicalPack(const QString &id, qint64 memoryPerInputPixel)
{
    ModelPack pack;
    pack.id = id;
    pack.input.channels = pack.output.channels = QStringLiteral("RGB");
    pack.output.scale = 1;
    pack.memoryPerInputPixel = memoryPerInputPixel;
    pack.bestTile = 256;
    return pack;
}

} // namespace

// ---- holes -------------------------------------------------------------------------------------

std::vector<quint8> unknownOf(const Planes &mask)
{
    std::vector<quint8> unknown(mask.planeSize());
    std::transform(mask.values.begin(), mask.values.begin() + qsizetype(mask.planeSize()),
                   unknown.begin(), [](float v) { return quint8(v > 0.5F); });
    return unknown;
}

HoleLevel halved(const HoleLevel &fine)
{
    const int width = (fine.values.width + 1) / 2;
    const int height = (fine.values.height + 1) / 2;
    HoleLevel coarse{Planes(fine.values.channels, width, height), {}};
    coarse.unknown.resize(coarse.values.planeSize());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::array<size_t, 4> known{};
            int count = 0;
            for (int v = 2 * y; v < std::min(2 * y + 2, fine.values.height); ++v) {
                for (int u = 2 * x; u < std::min(2 * x + 2, fine.values.width); ++u) {
                    const size_t at = size_t(v) * fine.values.width + u;
                    if (!fine.unknown[at])
                        known[count++] = at;
                }
            }
            const size_t to = size_t(y) * width + x;
            coarse.unknown[to] = count == 0;
            for (int c = 0; c < fine.values.channels && count > 0; ++c) {
                float sum = 0;
                for (int i = 0; i < count; ++i)
                    sum += fine.values.plane(c)[known[i]];
                coarse.values.plane(c)[to] = sum / float(count);
            }
        }
    }
    return coarse;
}

void interpolate(HoleLevel &fine, const HoleLevel &coarse)
{
    const int width = fine.values.width;
    const int w = coarse.values.width;
    const int h = coarse.values.height;
    for (int y = 0; y < fine.values.height; ++y) {
        const float v = std::clamp((float(y) - 0.5F) / 2, 0.0F, float(h - 1));
        const int v0 = int(v);
        const int v1 = std::min(v0 + 1, h - 1);
        for (int x = 0; x < width; ++x) {
            if (!fine.unknown[size_t(y) * width + x])
                continue;
            const float u = std::clamp((float(x) - 0.5F) / 2, 0.0F, float(w - 1));
            const int u0 = int(u);
            const int u1 = std::min(u0 + 1, w - 1);
            for (int c = 0; c < fine.values.channels; ++c) {
                const float *a = coarse.values.row(c, v0);
                const float *b = coarse.values.row(c, v1);
                const float top = a[u0] + (u - float(u0)) * (a[u1] - a[u0]);
                const float bottom = b[u0] + (u - float(u0)) * (b[u1] - b[u0]);
                fine.values.row(c, y)[x] = top + (v - float(v0)) * (bottom - top);
            }
        }
    }
}

QString classicalFillName(ClassicalFill fill)
{
    switch (fill) {
    case ClassicalFill::Telea:
        return QStringLiteral("telea");
    case ClassicalFill::NavierStokes:
        return QStringLiteral("navier-stokes");
    case ClassicalFill::Membrane:
        break;
    }
    return QStringLiteral("membrane");
}

std::optional<ClassicalFill> classicalFillNamed(const QString &name)
{
    for (const ClassicalFill fill :
         {ClassicalFill::Membrane, ClassicalFill::Telea, ClassicalFill::NavierStokes}) {
        if (classicalFillName(fill) == name)
            return fill;
    }
    return {};
}

void fillHoles(Planes &picture, const Planes &mask, ClassicalFill fill)
{
    const std::vector<quint8> unknown = unknownOf(mask);
    if (fill == ClassicalFill::Membrane)
        membrane(picture, unknown);
    else
        marched(picture, unknown, fill);
}

// ---- behind the door of a network --------------------------------------------------------------

HoleFiller::HoleFiller(const QString &id, qint64 memoryPerInputPixel)
    : HoleFiller(classicalPack(id, memoryPerInputPixel), {})
{
}

HoleFiller::HoleFiller(const ModelPack &network, const QByteArray &way)
    : m_pack(network)
{
    using Kind = ModelPack::ExtraInput::Kind;
    m_pack.task = ModelTask::Inpaint;
    m_pack.sha256 += way;
    m_pack.extraInputs = {{holePlane, Kind::Plane, QStringLiteral("A"), 0, 1, 0, {}},
                          {holeHalfWidth, Kind::Scalar, {}, 0, 1e6, 0, {}}};
}

Result<Planes> HoleFiller::run(const ModelInput &input, RunControl &control)
{
    const auto holes = input.planes.constFind(holePlane);
    if (holes == input.planes.constEnd() || holes->size() != input.image.size())
        return fail(ErrorCode::Internal,
                    {m_pack.id + QStringLiteral(": no mask of the picture's size")});
    try {
        return fill(input, *holes, control);
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
}

// ---- classical ---------------------------------------------------------------------------------

ClassicalFiller::ClassicalFiller(ClassicalFill fill)
    : HoleFiller(classicalFillName(fill), 100)
    , m_fill(fill)
{
}

Result<Planes> ClassicalFiller::fill(const ModelInput &input, const Planes &holes,
                                     RunControl &control)
{
    Planes filled = input.image;
    fillHoles(filled, holes, m_fill);
    if (control.progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    return filled;
}

// ---- learned -----------------------------------------------------------------------------------

DenoiserFiller::DenoiserFiller(std::shared_ptr<Model> denoiser)
    : HoleFiller(denoiser->pack(), networkWay)
    , m_denoiser(std::move(denoiser))
{
}

int DenoiserFiller::mostRounds()
{
    return int(std::max(narrowRounds.size(), wideRounds.size()));
}

Result<Planes> DenoiserFiller::fill(const ModelInput &input, const Planes &holes,
                                    RunControl &control)
{
    const std::vector<quint8> unknown = unknownOf(holes);
    const bool grey = isGrey(input.image, unknown);
    ModelInput round;
    round.image = input.image;
    membrane(round.image, unknown);
    Planes &guess = round.image;
    const bool narrow = input.scalars.value(holeHalfWidth) <= narrowHalfWidth;
    const std::span<const double> sigmas =
        narrow ? std::span<const double>(narrowRounds) : std::span<const double>(wideRounds);
    const ModelPack::ExtraInput *range = m_denoiser->pack().extraInput(QStringLiteral("sigma"));
    for (size_t i = 0; i < sigmas.size(); ++i) {
        const double sigma = std::min(sigmas[i] / 255, range ? range->maximum : 1.0);
        round.scalars = {{QStringLiteral("sigma"), sigma}};
        const auto denoised = m_denoiser->run(round, control);
        if (!denoised)
            return fail(denoised.error());
        if (denoised->values.size() != guess.values.size())
            return fail(ErrorCode::ModelOutputBad, {pack().id, QStringLiteral("size")});
        const float step = i + 1 < sigmas.size() ? OverRelaxation : 1;
        for (size_t at = 0; at < unknown.size(); ++at) {
            if (!unknown[at])
                continue;
            std::array<float, 3> next{};
            for (int c = 0; c < 3; ++c) {
                const float now = guess.plane(c)[at];
                next[c] = std::clamp(now + step * (denoised->plane(c)[at] - now), 0.0F, 1.0F);
            }
            if (grey)
                next.fill((next[0] + next[1] + next[2]) / 3);
            for (int c = 0; c < 3; ++c)
                guess.plane(c)[at] = next[c];
        }
    }
    return std::move(guess);
}

NetworkFiller::NetworkFiller(std::shared_ptr<Model> network)
    : HoleFiller(network->pack(), networkWay)
    , m_network(std::move(network))
{
}

Result<Planes> NetworkFiller::fill(const ModelInput &input, const Planes &holes,
                                   RunControl &control)
{
    ModelInput filled;
    filled.image = input.image;
    filled.planes = {{holePlane, holes}};
    fillHoles(filled.image, holes, ClassicalFill::Telea);
    auto done = m_network->run(filled, control);
    const std::vector<quint8> unknown = unknownOf(holes);
    if (done && done->channels == 3 && isGrey(input.image, unknown)) {
        for (size_t at = 0; at < unknown.size(); ++at) {
            const float mean = (done->plane(0)[at] + done->plane(1)[at] + done->plane(2)[at]) / 3;
            for (int c = 0; c < 3; ++c)
                done->plane(c)[at] = mean;
        }
    }
    return done;
}

} // namespace heirloom

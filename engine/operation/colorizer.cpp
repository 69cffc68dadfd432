// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorizer.h"

#include "image/cvbridge.h"
#include "inference/modelpack.h"
#include "operation/chromafield.h"
#include "operation/hintpropagation.h"
#include "operation/nearesthint.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

namespace heirloom
{

namespace
{

/// Of the propagation in the answer at a hint; further off it has less. Chosen on the twelve Kodak
/// pictures with 1, 10 and 100 hints.
constexpr float TwinShare = 0.5F;
/// Of the nearest hint at the hint itself, and how much less where the propagation reaches, too:
/// among many hints the network knows more. Chosen on Kodak with 100 hints.
constexpr float NearShare = 0.95F;
constexpr float Dense = 0.25F;
/// The distance (NearestHint) at which e times less is left of it; and the one at which e times
/// less is left of what hints change in the network's answer. On eight training photos with
/// GrabCut's subjects, as long as no hint knew of the subject, against the propagation alone: one
/// hint amid a subject gives 42 % of it (18 %) at least half of the change, beside it 0.029 of
/// chroma change (0.070); ten hints lose 0.2 dB, a hundred win 0.1. A longer Reach fills a subject
/// better (1: 66 %), and tints what is around it, too (0.047).
constexpr float Reach = 0.6F;
constexpr float Far = 1;
/// Of the usual colour of skin in the answer where a face surely shows skin.
constexpr float SkinShare = 0.6F;
/// How far from a hint e times less is left of it where skin is found, in widths of the face.
constexpr float OnSkin = 0.12F;
/// The propagation's own chroma is taken where its reach is this and more.
constexpr float Trusted = 0.05F;
/// How far one standard deviation of a variant tilts the logarithm of a bin's probability, per unit
/// of chroma. The strongest whose colours stay below those of photographs (mean chroma 0.10 of
/// 0.11 on 40 training photos; 4: 0.13, 9: 0.29).
constexpr float Tilt = 3;
/// A variant's own wishes: for all of the picture, and for each of these many parts of a side.
constexpr int TiltParts = 4;
constexpr float PartTilt = 0.6F;
/// Suggestions that are nearer to one another (chroma) are one.
constexpr float Alike = 0.1F;

const QString hintsName = QStringLiteral("hints");
const QString propagatedName = QStringLiteral("propagated");

/// Each cell's value for all its pixels.
Planes repeated(const Planes &cells)
{
    Planes out(cells.channels, cells.width * HintCell, cells.height * HintCell);
    for (int c = 0; c < cells.channels; ++c) {
        for (int y = 0; y < out.height; ++y) {
            for (int x = 0; x < out.width; ++x)
                out.row(c, y)[x] = cells.row(c, y / HintCell)[x / HintCell];
        }
    }
    return out;
}

/// Hints with those of skin where a person said nothing.
Planes together(const Planes &hints, const SkinHints &skin)
{
    Planes all = hints;
    for (size_t i = 0; !skin.isEmpty() && i < all.planeSize(); ++i) {
        if (all.plane(2)[i] > 0 || all.plane(3)[i] > 0)
            continue;
        for (int c = 0; c < all.channels; ++c)
            all.plane(c)[i] = skin.hints.plane(c)[i];
    }
    return all;
}

/// What the twin says: the propagation without its fading.
Planes unfaded(const Planes &propagated)
{
    Planes chroma(2, propagated.width, propagated.height);
    for (size_t i = 0; i < chroma.planeSize(); ++i) {
        const float reach = std::max(propagated.plane(2)[i], 1e-3F);
        chroma.plane(0)[i] = propagated.plane(0)[i] / reach;
        chroma.plane(1)[i] = propagated.plane(1)[i] / reach;
    }
    return chroma;
}

/// What a cell's chroma is mixed from, each 0..1.
struct CellShares {
    float hinted;     ///< hints' colours, not the network's
    float propagated; ///< of those: the propagation's, not the nearest hint's
    float told;       ///< of the network's: the answer to hints and skin, not that to neither
    float skin;       ///< the usual colour of skin, in place of the network's
};

CellShares sharesOf(size_t cell, const Planes &propagated, const NearestHint &nearest,
                    const Planes &subject, const SkinHints &skin)
{
    // Beyond the subject's edge a hint counts little, however alike the luminance is.
    const float alike =
        subject.channels == 0
            ? 1
            : 1 - std::abs(subject.plane(0)[cell] - nearest.subject.plane(0)[cell]);
    const auto within = [](float way, float reach) {
        return std::exp(-way * way / (reach * reach));
    };
    const float reach = std::clamp(propagated.plane(2)[cell], 0.0F, 1.0F);
    const float near = alike * reach;
    const float away = nearest.distance.plane(0)[cell];
    CellShares shares{};
    shares.hinted = std::max(TwinShare * near, (NearShare - Dense * near) * within(away, Reach));
    shares.propagated = std::min(1.0F, reach / Trusted);
    shares.told = alike * within(away, Far);
    if (skin.isEmpty())
        return shares;
    // On a face of which nothing is said skin is surer than a hint for something else.
    const float onFace = skin.share.plane(0)[cell];
    shares.hinted *= std::max(
        1 - onFace, within(nearest.length.plane(0)[cell], OnSkin * skin.width));
    shares.told = std::max(shares.told, skin.nearby.plane(0)[cell]);
    shares.skin = SkinShare * onFace;
    return shares;
}

/// A normal deviate from bits that are the same everywhere, unlike std::normal_distribution's.
float normal(std::mt19937_64 &random)
{
    double sum = 0;
    for (int i = 0; i < 12; ++i)
        sum += double(random() >> 11) / double(1ULL << 53);
    return float(sum - 6);
}

/// A plane of slowly changing deviates.
cv::Mat wishes(std::mt19937_64 &random, int width, int height)
{
    const float whole = normal(random);
    cv::Mat parts(TiltParts, TiltParts, CV_32F);
    for (int y = 0; y < TiltParts; ++y) {
        for (int x = 0; x < TiltParts; ++x)
            parts.at<float>(y, x) = whole + PartTilt * normal(random);
    }
    cv::Mat plane;
    cv::resize(parts, plane, {width, height}, 0, 0, cv::INTER_CUBIC);
    return plane;
}

} // namespace

Colorizer::Colorizer(std::shared_ptr<Model> network, qint64 memoryBytes)
    : m_network(std::move(network))
    , m_memoryBytes(memoryBytes)
{
}

bool Colorizer::fits(const ModelPack &pack)
{
    const auto *hints = pack.extraInput(hintsName);
    const auto *propagated = pack.extraInput(propagatedName);
    return pack.task == ModelTask::Colorize && pack.input.channels == u"L" && hints &&
           hints->channels.size() == 4 && propagated && propagated->channels.size() == 3 &&
           pack.output.meaning == ModelPack::Output::Meaning::Chroma && pack.output.scale == 1 &&
           ColorGuide::multiple % pack.input.multipleOf == 0;
}

Result<ColorAnswer> Colorizer::answer(const ColorGuide &guide, const Planes &hints,
                                      const SkinHints &skin, const Progress &progress,
                                      const ColorAnswer &plain) const
{
    if (progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    const Planes propagated = propagatedHints(guide.luminance, hints);
    ColorAnswer answer{unfaded(propagated), {}, 0};
    if (!m_network)
        return answer;
    using Clock = std::chrono::steady_clock;
    const auto begun = Clock::now();
    RunControl control;
    control.progress = progress;
    control.budgetBytes = m_memoryBytes;
    const Planes told = together(hints, skin);
    const Planes spread =
        skin.isEmpty() ? propagated : propagatedHints(guide.luminance, told);
    Interruptions interruptions;
    const auto said = answerOf(
        *m_network, {guide.luminance, {{hintsName, told}, {propagatedName, repeated(spread)}}, {}},
        control, &interruptions);
    if (!said)
        return fail(said.error());
    const ModelPack &pack = m_network->pack();
    const int bins = int(pack.output.bins.size());
    if (said->size() != guide.luminance.size() || said->channels != bins + 2)
        return fail(ErrorCode::ModelFailed,
                    {pack.id, QStringLiteral("an answer of another shape")});
    if (!std::all_of(said->values.begin(), said->values.end(),
                     [](float v) { return std::isfinite(v); }))
        return fail(ErrorCode::ModelOutputBad, {pack.id, QStringLiteral("NaN")});
    const Planes cells = cellMeans(*said);
    const NearestHint nearest = nearestHint(guide.luminance, hints, guide.subject);
    const Planes subject = guide.subject.channels > 0 ? cellMeans(guide.subject) : Planes();
    for (size_t i = 0; i < cells.planeSize(); ++i) {
        const CellShares share = sharesOf(i, propagated, nearest, subject, skin);
        for (int c = 0; c < 2; ++c) {
            float &chroma = answer.chroma.plane(c)[i];
            const float hinted =
                share.propagated * chroma + (1 - share.propagated) * nearest.chroma.plane(c)[i];
            float net = std::clamp(cells.plane(c)[i], -1.0F, 1.0F);
            if (plain.chroma.size() == answer.chroma.size())
                net = share.told * net + (1 - share.told) * plain.chroma.plane(c)[i];
            if (share.skin > 0)
                net = share.skin * skin.chroma.plane(c)[i] + (1 - share.skin) * net;
            chroma = share.hinted * hinted + (1 - share.hinted) * net;
        }
    }
    answer.likely = Planes(bins, cells.width, cells.height);
    std::copy(cells.plane(2), cells.plane(2) + answer.likely.values.size(),
              answer.likely.values.begin());
    answer.inferenceSeconds =
        std::chrono::duration<double>(Clock::now() - begun).count() - interruptions.seconds;
    return answer;
}

ColorAnswer variantOf(const ColorAnswer &answer, const ColorBins &bins, const Planes &reach,
                      int number, quint64 seed)
{
    if (number == 0 || answer.likely.channels == 0)
        return answer;
    ColorAnswer variant = answer;
    std::mt19937_64 random(seed * 1000003 + quint64(number));
    const int width = answer.likely.width;
    const int height = answer.likely.height;
    const cv::Mat wishU = wishes(random, width, height);
    const cv::Mat wishV = wishes(random, width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double before[2] = {};
            double after[2] = {};
            double sum = 0;
            double tilted = 0;
            for (size_t b = 0; b < bins.size(); ++b) {
                const double p = double(answer.likely.row(int(b), y)[x]);
                const double q = p * std::exp(double(Tilt * (wishU.at<float>(y, x) * bins[b][0] +
                                                             wishV.at<float>(y, x) * bins[b][1])));
                sum += p;
                tilted += q;
                for (size_t c = 0; c < 2; ++c) {
                    before[c] += p * double(bins[b][c]);
                    after[c] += q * double(bins[b][c]);
                }
            }
            const double free = 1 - double(std::clamp(reach.row(2, y)[x], 0.0F, 1.0F));
            for (size_t c = 0; c < 2 && sum > 0 && tilted > 0; ++c)
                variant.chroma.row(int(c), y)[x] +=
                    float(free * (after[c] / tilted - before[c] / sum));
        }
    }
    return variant;
}

Planes uncertainty(const ColorAnswer &answer)
{
    const Planes &likely = answer.likely;
    Planes unsure(1, likely.width, likely.height);
    const double most = std::log(std::max(2, likely.channels));
    for (size_t i = 0; i < unsure.planeSize() && likely.channels > 0; ++i) {
        double entropy = 0;
        for (int b = 0; b < likely.channels; ++b) {
            const double p = double(likely.plane(b)[i]);
            entropy -= p > 0 ? p * std::log(p) : 0;
        }
        unsure.plane(0)[i] = float(std::clamp(entropy / most, 0.0, 1.0));
    }
    return unsure;
}

std::vector<ColorSuggestion> suggestions(const ColorGuide &guide, const ColorAnswer &answer,
                                         const ColorBins &bins, QPointF place, int count)
{
    std::vector<ColorSuggestion> found;
    if (answer.likely.channels == 0)
        return found;
    const int x = std::clamp(int(place.x() * guide.scaleX()), 0, guide.content.width() - 1);
    const int y = std::clamp(int(place.y() * guide.scaleY()), 0, guide.content.height() - 1);
    const float light = guide.luminance.row(0, y)[x];
    std::vector<size_t> order(bins.size());
    for (size_t b = 0; b < bins.size(); ++b)
        order[b] = b;
    const auto likelihood = [&](size_t b) {
        return answer.likely.row(int(b), y / HintCell)[x / HintCell];
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return likelihood(a) > likelihood(b); });
    std::vector<std::array<float, 2>> taken;
    for (const size_t b : order) {
        float rgb[3];
        joinChroma(light, {bins[b][0], bins[b][1]}, rgb);
        const std::array<float, 2> shown{rgb[2] - light, rgb[0] - light};
        const bool isNew = std::none_of(taken.begin(), taken.end(), [&](const auto &other) {
            return std::hypot(other[0] - shown[0], other[1] - shown[1]) < Alike;
        });
        if (!isNew)
            continue;
        taken.push_back(shown);
        const auto byte = [](float v) { return int(std::lround(std::clamp(v, 0.0F, 1.0F) * 255)); };
        found.push_back({qRgb(byte(rgb[0]), byte(rgb[1]), byte(rgb[2])), likelihood(b)});
        if (int(found.size()) == count)
            break;
    }
    return found;
}

} // namespace heirloom

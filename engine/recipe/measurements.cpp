// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/measurements.h"

#include "image/lab.h"
#include "operation/blurestimate.h"
#include "operation/damagefinder.h"
#include "operation/facefinder.h"
#include "operation/jpegestimate.h"
#include "operation/noiseestimate.h"
#include "operation/powerspectrum.h"
#include "operation/tone.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

/// Rows of which tones are taken: enough for shares of a thousandth, quick in any picture.
constexpr int ToneRows = 256;
constexpr int ToneColumns = 1024;
constexpr int Bins = 1024;

/// How sure damage has to be to be counted.
constexpr double sureDamage = 0.95;
/// Damage is looked for in a picture of at most so many pixels: seconds instead of half a minute,
/// and what would need more to be seen does not cover much.
constexpr double EnoughPixels = 3e6;

/// The bin below which a share of all values lies, as 0..1.
double quantile(const std::array<qint64, Bins> &counts, qint64 total, double share)
{
    qint64 sum = 0;
    for (int bin = 0; bin < Bins; ++bin) {
        sum += counts[size_t(bin)];
        if (double(sum) >= share * double(total))
            return (bin + 0.5) / Bins;
    }
    return 1;
}

Result<void> measureTones(ImageSource &source, Measurements &m, const Progress &progress)
{
    const QSize size = source.size();
    const int rows = std::min(ToneRows, size.height());
    const int columns = std::min(ToneColumns, size.width());
    std::array<qint64, Bins> counts{};
    double chroma = 0;
    std::array<double, 2> mean{};
    for (int i = 0; i < rows; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int y = int((qint64(i) * 2 + 1) * size.height() / (2 * rows));
        const auto read = source.read(QRect(0, y, size.width(), 1));
        if (!read)
            return fail(read.error());
        const Image row = read->converted({Channels::Rgb, Depth::F32});
        const float *samples = row.constSamples<float>(0);
        for (int j = 0; j < columns; ++j) {
            const qint64 x = (qint64(j) * 2 + 1) * size.width() / (2 * columns);
            const RgbColor c{samples[3 * x], samples[3 * x + 1], samples[3 * x + 2]};
            const double light = 0.3 * c.r + 0.59 * c.g + 0.11 * c.b;
            ++counts[size_t(std::clamp(int(light * Bins), 0, Bins - 1))];
            const Lab lab = labFromSrgb(c);
            chroma += std::hypot(double(lab.a), double(lab.b));
            mean[0] += double(lab.a);
            mean[1] += double(lab.b);
        }
        progress.report(double(i + 1) / rows);
    }
    const qint64 total = qint64(rows) * columns;
    m.chroma = chroma / double(total);
    m.cast = std::hypot(mean[0], mean[1]) / double(total);
    m.darkest = quantile(counts, total, 0.001);
    m.brightest = quantile(counts, total, 0.999);
    return {};
}

Result<std::optional<double>> damageShare(ImageSource &source, const DetailScale &detail,
                                          const OperationContext &context, const Progress &progress)
{
    const auto finder = loadDamageFinder({}, context);
    if (!finder)
        return fail(finder.error());
    if (!finder->network) // the classical finder takes too much of a good picture for damage
        return std::optional<double>();
    const QSize size = source.size();
    const double enough = 100 * std::sqrt(EnoughPixels / (double(size.width()) * size.height()));
    const double percent = std::min(double(detail.percent()), enough);
    auto map = findDamage(source, finder->network.get(), {percent, context}, progress);
    if (!map)
        return fail(map.error());
    map->size = map->confidence.size(); // a share needs no mask of the picture's size
    const Image mask = damageMask(*map, sureDamage, DamageKind::All);
    qint64 damaged = 0;
    for (int y = 0; y < mask.height(); ++y) {
        const quint8 *row = mask.constSamples<quint8>(y);
        damaged += mask.width() - std::count(row, row + mask.width(), quint8(0));
    }
    return std::optional<double>(double(damaged) / (double(mask.width()) * mask.height()));
}

} // namespace

QJsonObject Measurements::toJson() const
{
    QJsonObject json{
        {QStringLiteral("width"), size.width()},
        {QStringLiteral("height"), size.height()},
        {QStringLiteral("noise_sigma"), sigma},
        {QStringLiteral("grain_sigma"), grain},
        {QStringLiteral("detail_cutoff"), detail.cutoff},
        {QStringLiteral("detail_megapixels"), detailMegapixels()},
        {QStringLiteral("megapixels"), megapixels()},
        {QStringLiteral("blur_sigma"), blur},
        {QStringLiteral("texture_period"), texture.period()},
        {QStringLiteral("mean_chroma"), chroma},
        {QStringLiteral("mean_cast"), cast},
        {QStringLiteral("grey"), isGrey()},
        {QStringLiteral("faces"), faces},
        {QStringLiteral("darkest"), darkest},
        {QStringLiteral("brightest"), brightest},
    };
    if (damage)
        json[QStringLiteral("damage_share")] = *damage;
    if (fading)
        json[QStringLiteral("fading")] = *fading;
    if (jpegQuality)
        json[QStringLiteral("jpeg_quality")] = *jpegQuality;
    return json;
}

Result<Measurements> measure(ImageSource &source, const OperationContext &context,
                             const Progress &whole)
{
    Measurements m;
    const bool hasModels = context.models;
    const Progress progress = whole.sub(0, hasModels ? 0.5 : 1);
    m.size = source.size();
    const auto noise = estimateNoise(source, progress.sub(0, 0.2));
    if (!noise)
        return fail(noise.error());
    m.sigma = noise->sigma;
    m.grain = noise->grain;
    const auto quality = estimateJpegQuality(source, progress.sub(0.2, 0.2));
    if (!quality)
        return fail(quality.error());
    m.jpegQuality = *quality;
    const auto spectrum = measureSpectrum(source, progress.sub(0.4, 0.3));
    if (!spectrum)
        return fail(spectrum.error());
    if (*spectrum) {
        m.blur = blurOf(**spectrum, m.sigma);
        m.detail = detailOf(**spectrum);
    }
    const auto texture = findTexture(source, progress.sub(0.7, 0.15));
    if (!texture)
        return fail(texture.error());
    m.texture = *texture;
    const auto faces = FaceFinder::ofThread().find(source, progress.sub(0.85, 0.05));
    if (!faces)
        return fail(faces.error());
    m.faces = int(faces->size());
    if (auto tones = measureTones(source, m, progress.sub(0.9, 0.1)); !tones)
        return fail(tones.error());
    if (!hasModels)
        return m;
    const auto damage = damageShare(source, m.detail, context, whole.sub(0.5, 0.45));
    if (!damage)
        return fail(damage.error());
    m.damage = *damage;
    const auto fading = measureFading(source, context, whole.sub(0.95, 0.05));
    if (!fading)
        return fail(fading.error());
    m.fading = *fading;
    return m;
}

} // namespace heirloom

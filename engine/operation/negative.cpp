// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/negative.h"

#include "image/lab.h"
#include "operation/tonecurves.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

using Film = NegativeSettings::Film;
using Light = std::array<double, 3>; ///< linear, 1 = the scanner's own

const QString filmKey = QStringLiteral("film");
const QString baseKey = QStringLiteral("base");
const QString rangeKey = QStringLiteral("range");
const QString gammaKey = QStringLiteral("gamma");
const QString autoValue = QStringLiteral("auto");
const QStringList filmNames{autoValue, QStringLiteral("colour"), QStringLiteral("bw"),
                            QStringLiteral("slide")};

/// Share of a scan that its least dense part takes up at the least.
constexpr double BaseShare = 0.004;
/// Of the small picture, the share that may be brighter than white.
constexpr double WhiteShare = 0.001;
/// As far as one dye's gamma may be below the others', so that the whitest becomes neutral; more
/// would be the scene's colour.
constexpr double Unlike = 0.02;
/// Brighter than this in every channel is no film but a hole beside it, unless it is everywhere.
constexpr double HoleLight = 0.96;
constexpr double MostHoles = 0.3;
/// Red to blue of the light through an orange mask, at the least.
constexpr double Orange = 1.6;
/// Lab's chroma under which a picture counts as one of silver.
constexpr double SilverChroma = 8;
constexpr double LeastLight = 1e-5;
constexpr int TableSteps = 4096;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Negative", text);
}

double linearOf(double coded)
{
    return double(srgbToLinear(float(coded)));
}

Light lightAt(const Planes &rgb, size_t i)
{
    Light light;
    for (size_t c = 0; c < 3; ++c)
        light[c] = std::max(linearOf(double(rgb.plane(int(c))[i])), LeastLight);
    return light;
}

double densityOf(const Light &light)
{
    return -std::log10(light[0] * light[1] * light[2]) / 3;
}

template <typename Values>
double quantile(Values values, double share)
{
    const auto at = values.begin() + qsizetype(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The film's pixels; holes and what is half in one left out, where that is little.
std::vector<Light> filmOf(const Planes &rgb)
{
    constexpr int near = 2;
    const auto isHole = [&](int x, int y) {
        const auto [w, h] = std::pair(rgb.width, rgb.height);
        for (int j = std::max(0, y - near); j <= std::min(h - 1, y + near); ++j) {
            for (int i = std::max(0, x - near); i <= std::min(w - 1, x + near); ++i) {
                const Light light = lightAt(rgb, size_t(j) * size_t(w) + size_t(i));
                if (*std::min_element(light.begin(), light.end()) >= HoleLight)
                    return true;
            }
        }
        return false;
    };
    std::vector<Light> all, film;
    for (int y = 0; y < rgb.height; ++y) {
        for (int x = 0; x < rgb.width; ++x) {
            all.push_back(lightAt(rgb, size_t(y) * size_t(rgb.width) + size_t(x)));
            if (!isHole(x, y))
                film.push_back(all.back());
        }
    }
    return double(film.size()) >= (1 - MostHoles) * double(all.size()) ? film : all;
}

/// The middle of the least dense pixels.
Light leastDense(std::vector<Light> film)
{
    const auto count = std::max<qsizetype>(1, qsizetype(BaseShare * double(film.size())));
    std::nth_element(film.begin(), film.begin() + count - 1, film.end(),
                     [](const Light &a, const Light &b) { return densityOf(a) < densityOf(b); });
    Light base{};
    for (size_t c = 0; c < 3; ++c) {
        std::vector<double> values;
        std::transform(film.begin(), film.begin() + count, std::back_inserter(values),
                       [c](const Light &light) { return light[c]; });
        base[c] = quantile(values, 0.5);
    }
    return base;
}

double greyOf(const Light &light)
{
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
}

/// What becomes white: the densest, and of a colour negative each dye's own where it is near.
std::array<double, 3> rangeOf(const std::vector<Light> &film, const Light &base, Film kind)
{
    std::array<std::vector<double>, 3> densities;
    std::vector<double> densest;
    for (const Light &light : film) {
        double most = 0;
        for (size_t c = 0; c < 3; ++c) {
            const double through = kind == Film::BlackAndWhite ? greyOf(light) : light[c];
            densities[c].push_back(std::log10(base[c] / std::max(through, LeastLight)));
            most = std::max(most, densities[c].back());
        }
        densest.push_back(most);
    }
    const double white = quantile(std::move(densest), 1 - WhiteShare);
    std::array<double, 3> own{};
    for (size_t c = 0; c < 3; ++c)
        own[c] = kind == Film::Color ? quantile(std::move(densities[c]), 1 - WhiteShare) : white;
    const double most = std::ranges::max(own);
    std::array<double, 3> range{};
    for (size_t c = 0; c < 3; ++c) {
        const double share = most > 0 ? std::clamp(own[c] / most, 1 - Unlike, 1.0) : 1;
        range[c] = std::clamp(std::round(white * share * 1e4) / 1e4,
                              NegativeSettings::smallestRange, NegativeSettings::largestRange);
    }
    return range;
}

/// Linear light of the positive. range: the largest of the dyes'; own: this one's.
double developed(double light, double base, double range, double own,
                 const NegativeSettings &settings)
{
    const double density =
        std::max(0.0, std::log10(base / std::max(light, LeastLight))) * range / own;
    if (settings.film == Film::Slide) {
        const double black = std::pow(10, -range);
        return (std::pow(10, -density) - black) / (1 - black);
    }
    const auto exposure = [&](double d) { return std::pow(10, d / settings.gamma) - 1; };
    return exposure(density) / exposure(range);
}

/// developed() from coded to coded.
std::vector<float> tableOf(size_t dye, const NegativeSettings &settings)
{
    const double base = std::max(linearOf((*settings.base)[dye] / 255), LeastLight);
    const double range = std::ranges::max(*settings.range);
    const double own = (*settings.range)[dye];
    std::vector<float> table;
    for (int i = 0; i <= TableSteps; ++i) {
        const double light = linearOf(double(i) / TableSteps);
        const double positive = developed(light, base, range, own, settings);
        table.push_back(linearToSrgb(float(std::clamp(positive, 0.0, 1.0))));
    }
    return table;
}

float lookedUp(const std::vector<float> &table, float value)
{
    const float place = std::clamp(value, 0.0F, 1.0F) * TableSteps;
    const int at = std::min(int(place), TableSteps - 1);
    const float low = table[size_t(at)];
    return low + (place - float(at)) * (table[size_t(at) + 1] - low);
}

RepairMethods methods()
{
    RepairMethods methods;
    methods.operation = Negative::id();
    methods.twin = Negative::twinId();
    methods.task = ModelTask::Tone;
    return methods;
}

Error wrong(const QString &given, const QString &allowed)
{
    return {ErrorCode::BadArgument, {given, allowed}};
}

/// A number between two, or nothing.
std::optional<double> numberIn(const QVariant &value, double least, double most)
{
    bool good = false;
    const double number = value.toDouble(&good);
    return good && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

/// Three of them, with blanks or commas between, or nothing.
std::optional<std::array<double, 3>> threeIn(const QString &text, double least, double most)
{
    static const QRegularExpression between(QStringLiteral("[ ,]+"));
    const QStringList numbers = text.split(between, Qt::SkipEmptyParts);
    if (numbers.size() != 3)
        return {};
    std::array<double, 3> values{};
    for (size_t i = 0; i < 3; ++i) {
        const auto value = numberIn(numbers[qsizetype(i)], least, most);
        if (!value)
            return {};
        values[i] = *value;
    }
    return values;
}

} // namespace

// ---- settings ----------------------------------------------------------------------------------

QVariantMap NegativeSettings::toParameters() const
{
    const auto text = [](const std::optional<std::array<double, 3>> &values, int digits) {
        if (!values)
            return autoValue;
        QStringList numbers;
        for (const double value : *values)
            numbers += QString::number(value, 'f', digits);
        return numbers.join(u' ');
    };
    return {{filmKey, filmNames[int(film)]},
            {baseKey, text(base, 2)},
            {rangeKey, text(range, 4)},
            {gammaKey, gamma}};
}

Result<NegativeSettings> NegativeSettings::fromParameters(const QVariantMap &parameters)
{
    NegativeSettings settings;
    const QString film = parameters.value(filmKey, autoValue).toString();
    const auto index = filmNames.indexOf(film);
    if (index < 0)
        return fail(wrong(film, tr("auto, colour, bw or slide")));
    settings.film = Film(index);
    const QString base = parameters.value(baseKey, autoValue).toString();
    if (base != autoValue) {
        settings.base = threeIn(base, 1, 255);
        if (!settings.base)
            return fail(wrong(base, tr("auto, or red, green and blue from 1 to 255")));
    }
    const QString range = parameters.value(rangeKey, autoValue).toString();
    if (range != autoValue) {
        if (const auto all = numberIn(range, smallestRange, largestRange))
            settings.range = {*all, *all, *all};
        else
            settings.range = threeIn(range, smallestRange, largestRange);
        if (!settings.range)
            return fail(wrong(range, tr("auto, or a density from %1 to %2, one for all or three")
                                         .arg(smallestRange)
                                         .arg(largestRange)));
    }
    const QVariant gamma = parameters.value(gammaKey, settings.gamma);
    const auto slope = numberIn(gamma, smallestGamma, largestGamma);
    if (!slope)
        return fail(wrong(gamma.toString(),
                          tr("a number from %1 to %2").arg(smallestGamma).arg(largestGamma)));
    settings.gamma = *slope;
    return settings;
}

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planNegative(const OperationPicture &picture,
                                   const NegativeSettings &settings,
                                   const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    auto plan = planRepair(picture, Negative::twinId(), methods(), context);
    if (!plan)
        return fail(plan.error());
    plan->parameters = settings.toParameters();
    const bool known = settings.film != Film::Auto && settings.base && settings.range;
    plan->reach = known ? 0 : -1; // what is to be found comes from everywhere
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

Negative::Negative(RepairParts parts, std::shared_ptr<PointPainter> painter,
                   NegativeSettings settings)
    : TiledRepair(std::move(parts), painter)
    , m_painter(std::move(painter))
    , m_settings(std::move(settings))
{
    if (isSettled())
        prepare();
}

Result<std::unique_ptr<Negative>> Negative::create(const OperationPicture &picture,
                                                   const NegativeSettings &settings,
                                                   const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    auto parts = partsFor(picture, twinId(), settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Negative>(
        new Negative(std::move(*parts),
                     std::make_shared<PointPainter>(QStringLiteral("negative")), settings));
}

bool Negative::isSettled() const
{
    return m_settings.film != Film::Auto && m_settings.base && m_settings.range;
}

Result<QVariantMap> Negative::settle(ImageSource &source, const Progress &progress)
{
    if (isSettled())
        return m_settings.toParameters();
    Planes samples;
    const auto thumbnail = toneThumbnail(source, progress, &samples);
    if (!thumbnail)
        return fail(thumbnail.error());
    const std::vector<Light> film = filmOf(*thumbnail);

    Light base = leastDense(film);
    if (m_settings.base) {
        for (size_t c = 0; c < 3; ++c)
            base[c] = std::max(linearOf((*m_settings.base)[c] / 255), LeastLight);
    }
    if (m_settings.film == Film::Auto) {
        if (base[0] > base[1] && base[1] > base[2] && base[0] >= Orange * base[2])
            m_settings.film = Film::Color;
        else if (meanChroma(*thumbnail) < SilverChroma)
            m_settings.film = Film::BlackAndWhite;
        else
            return fail(wrong(autoValue, tr("colour, bw or slide: there is neither an orange mask "
                                            "nor a silver picture, so the film has to be named")));
    }
    if (m_settings.film != Film::Color && !m_settings.base) {
        // Silver and slides have no mask: what tints them is the scan's light, or the scene.
        const double clear = m_settings.film == Film::BlackAndWhite
                                 ? greyOf(base)
                                 : *std::max_element(base.begin(), base.end());
        base = {clear, clear, clear};
    }
    std::array<double, 3> coded{};
    for (size_t c = 0; c < 3; ++c) // as files keep them
        coded[c] = std::round(double(linearToSrgb(float(base[c]))) * 255 * 100) / 100;
    m_settings.base = coded;

    if (!m_settings.range) {
        // Of single pixels: small lights are lost in means.
        m_settings.range = rangeOf(filmOf(samples), base, m_settings.film);
    }
    prepare();
    return m_settings.toParameters();
}

void Negative::prepare()
{
    std::array<std::vector<float>, 3> tables;
    for (size_t c = 0; c < 3; ++c)
        tables[c] = tableOf(c, m_settings);
    const bool isSilver = m_settings.film == Film::BlackAndWhite;
    m_painter->paint = [tables = std::move(tables), isSilver](const Planes &rgb) {
        Planes out(3, rgb.width, rgb.height);
        for (size_t i = 0; i < rgb.planeSize(); ++i) {
            const float grey = isSilver ? linearToSrgb(float(greyOf(lightAt(rgb, i)))) : 0;
            for (int c = 0; c < 3; ++c)
                out.plane(c)[i] =
                    lookedUp(tables[size_t(isSilver ? 1 : c)], isSilver ? grey : rgb.plane(c)[i]);
        }
        return out;
    };
}

QList<Parameter> Negative::parameters()
{
    return {
        {filmKey, tr("Film"), autoValue, {}, {}, filmNames, {}},
        {baseKey, tr("Film base"), autoValue, {}, {}, {}, {}},
        {rangeKey, tr("Density range"), autoValue, {}, {}, {}, {}},
        {gammaKey,
         tr("Gamma"),
         0.6,
         NegativeSettings::smallestGamma,
         NegativeSettings::largestGamma,
         {},
         {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom

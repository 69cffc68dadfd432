// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/resample.h"
#include "operation/damagedpicture.h"
#include "operation/damagefeatures.h"
#include "operation/pictureends.h"
#include "operation/scratches.h"
#include "operation/scriptedmodels.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <random>
#include <utility>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

struct Done {
    Image image, mask;
    OperationRecord record;
};

std::optional<Done> repaired(const Image &image, const ScratchesSettings &settings = {},
                             const OperationContext &context = {})
{
    auto made = Scratches::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    WholeSource source(image);
    if (!(*made)->settle(source, {}))
        return {};
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!record || sink.next != image.height())
        return {};
    return Done{sink.image, (*made)->mask(), *record};
}

qint64 marked(const Image &mask)
{
    return countIn(mask, mask.rect(), 255);
}

DamageMap mapOf(QSize size, const QList<QRect> &sure, quint8 value)
{
    return {size, 100, maskOf(size, sure, value), {}};
}

/// As fine as pixels can be: patches of many tones, none nearly white.
Image textured(QSize size)
{
    std::mt19937 random(3);
    Image image(size, Rgb8);
    image.fill(0.5);
    for (int i = 0; i < size.width() * size.height() / 12; ++i) {
        const int side =
            1 + int(std::min(40.0, 2.0 / std::sqrt(1e-3 + (random() % 1000) / 1000.0)));
        const int left = int(random() % unsigned(size.width()));
        const int top = int(random() % unsigned(size.height()));
        const auto tone = quint8(40 + random() % 150);
        for (int y = top; y < std::min(size.height(), top + side); ++y)
            std::fill_n(image.samples<quint8>(y) + 3 * left,
                        3 * std::min(side, size.width() - left), tone);
    }
    return image;
}

/// A network that takes what is nearly white for damage, and counts how often it was asked.
class WhiteFinder : public Model
{
public:
    explicit WhiteFinder(ModelPack pack)
        : m_pack(std::move(pack))
    {
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &) override
    {
        ++runs;
        Planes out(1, input.image.width, input.image.height);
        for (int y = 0; y < out.height; ++y) {
            for (int x = 0; x < out.width; ++x)
                out.row(0, y)[x] = input.image.row(1, y)[x] > 0.9F ? 0.95F : 0.02F;
        }
        return out;
    }
    int runs = 0;

private:
    ModelPack m_pack;
};

/// That network, installed; without it the pack fails to load.
class FinderProvider : public ModelProvider
{
public:
    explicit FinderProvider(bool canLoad = true)
        : m_pack(scriptedPack(QStringLiteral("white"), 64, 8))
    {
        m_pack.task = ModelTask::Scratch;
        m_pack.output.scale = 1;
        m_pack.output.channels = QStringLiteral("A");
        m_pack.output.meaning = ModelPack::Output::Meaning::Mask;
        if (canLoad)
            network = std::make_shared<WhiteFinder>(m_pack);
    }
    std::vector<ModelPack> packs(ModelTask task) const override
    {
        return task == m_pack.task ? std::vector{m_pack} : std::vector<ModelPack>();
    }
    Result<ModelPack> pack(const QString &id) const override
    {
        return id == m_pack.id ? Result<ModelPack>(m_pack) : fail(ErrorCode::ModelMissing, {id});
    }
    Result<std::shared_ptr<Model>> load(const QString &id) override
    {
        if (!network)
            return fail(ErrorCode::ModelDamaged, {id, QStringLiteral("scripted")});
        return std::shared_ptr<Model>(network);
    }
    std::shared_ptr<WhiteFinder> network;

private:
    ModelPack m_pack;
};

} // namespace

class TestScratches : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scratchIsFoundAndFilled_data();
    void scratchIsFoundAndFilled();
    void nothingOutsideTheMaskChanges();
    void pictureWithoutDamageIsLeftExactlyAsItIs();
    void smallestAndPlainPictures();
    void transparentPixelsAreNoDamage();
    void tilesDoNotShow();
    void regionGivesTheSameBytesAsTheWhole();
    void linesAndDustAreToldApart();
    void weakPiecesNeedACertainCore();
    void installedNetworkFindsAndIsNamed();
    void networkThatDoesNotLoadIsReplacedAndSaid();
    void softPicturesAreSearchedAtTheirDetailScale();
    void networkKeepsToTileAndMemory();
    void cancellingEnds();
    void moreUrgentWorkGoesFirst();
    void wrongValuesAreRefused();
    void parametersComeBack();
};

void TestScratches::scratchIsFoundAndFilled_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("depth");
    QTest::newRow("rgb 8") << int(Channels::Rgb) << int(Depth::U8);
    QTest::newRow("rgba 16") << int(Channels::Rgba) << int(Depth::U16);
    QTest::newRow("grey 8") << int(Channels::Gray) << int(Depth::U8);
    QTest::newRow("grey 16") << int(Channels::Gray) << int(Depth::U16);
}

void TestScratches::scratchIsFoundAndFilled()
{
    QFETCH(int, channels);
    QFETCH(int, depth);
    const PixelFormat format{Channels(channels), Depth(depth)};
    const Image clean = calm({300, 260}, format);
    const Image bad = scratched(clean, 100, 0.31, 1);
    const auto done = repaired(bad);
    QVERIFY(done);
    int missed = 0, lines = 0;
    double worst = 0;
    const Image before = clean.converted({Channels::Gray, Depth::U8});
    const Image after = done->image.converted({Channels::Gray, Depth::U8});
    for (int y = 0; y < bad.height(); ++y) {
        const int x = int(std::lround(100 + 0.31 * y));
        ++lines;
        missed += done->mask.constSamples<quint8>(y)[x] == 0;
        if (done->mask.constSamples<quint8>(y)[x])
            worst = std::max(worst, double(std::abs(before.constSamples<quint8>(y)[x] -
                                                    after.constSamples<quint8>(y)[x])));
    }
    QVERIFY2(missed * 20 <= lines, qPrintable(QString::number(missed)));
    QVERIFY2(worst < 40, qPrintable(QString::number(worst)));
    QVERIFY(marked(done->mask) < 260 * 9);
    QCOMPARE(done->record.operation, Scratches::id());
    QCOMPARE(done->record.method, Scratches::twinId());
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
}

void TestScratches::nothingOutsideTheMaskChanges()
{
    const Image bad = scratched(calm({200, 180}, Rgb8), 80, 0.2, 1);
    const auto done = repaired(bad);
    QVERIFY(done);
    QVERIFY(done->image != bad);
    for (int y = 0; y < bad.height(); ++y) {
        for (int x = 0; x < bad.width(); ++x) {
            if (done->mask.constSamples<quint8>(y)[x] == 0)
                QVERIFY(!std::memcmp(bad.constRow(y) + 3 * x, done->image.constRow(y) + 3 * x, 3));
        }
    }
}

void TestScratches::pictureWithoutDamageIsLeftExactlyAsItIs()
{
    const Image clean = calm({300, 260}, Rgb8);
    const auto done = repaired(clean);
    QVERIFY(done);
    QCOMPARE(marked(done->mask), 0);
    QVERIFY(done->image == clean);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.warnings.size(), 3); // no network, and pixels without detail
    QVERIFY(done->record.warnings.last().contains(QStringLiteral("nothing was changed")));
}

void TestScratches::smallestAndPlainPictures()
{
    for (const QSize size : {QSize(1, 1), QSize(1, 40), QSize(5, 3), QSize(64, 64)}) {
        for (const double light : {0.0, 255.0}) {
            Image image(size, Rgb8);
            image.fill(light);
            const auto done = repaired(image);
            QVERIFY(done);
            QVERIFY(done->image == image);
        }
    }
}

void TestScratches::transparentPixelsAreNoDamage()
{
    Image bad = scratched(calm({200, 180}, {Channels::Rgba, Depth::U8}), 80, 0.2, 1);
    for (int y = 0; y < 90; ++y) {
        for (int x = 0; x < 200; ++x)
            bad.samples<quint8>(y)[4 * x + 3] = 0;
    }
    const auto done = repaired(bad);
    QVERIFY(done);
    QCOMPARE(marked(done->mask.copied(QRect(0, 0, 200, 90))), 0);
    QVERIFY(marked(done->mask) > 60);
}

/// A picture of several tiles and the same as a part of a larger one: where neither sees an edge
/// the answer is the same.
void TestScratches::tilesDoNotShow()
{
    const Image large = scratched(calm({1800, 480}, Rgb8), 700, 0.31, 1);
    const Image part = large.copied(QRect(400, 0, 800, 480));
    WholeSource whole(large), cut(part);
    const auto a = findDamage(whole, nullptr);
    const auto b = findDamage(cut, nullptr);
    QVERIFY(a && b);
    QCOMPARE(a->percent, b->percent);
    QVERIFY(marked(damageMask(*a, 0.5, DamageKind::All)) > 400);
    for (int y = 0; y < 480; ++y) {
        for (int x = damageReach; x < 800 - damageReach; ++x)
            QVERIFY(std::abs(a->confidence.constSamples<quint8>(y)[400 + x] -
                             b->confidence.constSamples<quint8>(y)[x]) <= 2);
    }
}

void TestScratches::regionGivesTheSameBytesAsTheWhole()
{
    const Image bad = scratched(calm({320, 300}, Rgb8), 100, 0.3, 1);
    const auto whole = repaired(bad);
    QVERIFY(whole);
    auto made = Scratches::create({bad.size(), bad.format(), {}}, {}, {});
    QVERIFY(made);
    WholeSource source(bad);
    QVERIFY((*made)->settle(source, {}));
    int pieces = 0;
    const QRect region(60, 100, 120, 40);
    const auto record = (*made)->runRegion(source, region, region.center(),
                                           [&](const QRect &r, const Image &pixels) {
                                               ++pieces;
                                               QVERIFY(pixels == whole->image.copied(r));
                                           },
                                           {});
    QVERIFY(record);
    QVERIFY(pieces > 0);
}

void TestScratches::linesAndDustAreToldApart()
{
    const DamageMap map = mapOf({100, 100}, {{10, 5, 3, 80}, {50, 50, 4, 4}, {80, 10, 1, 2}}, 255);
    const Image lines = damageMask(map, 0.5, DamageKind::Lines);
    const Image dust = damageMask(map, 0.5, DamageKind::Dust);
    const Image all = damageMask(map, 0.5, DamageKind::All);
    QCOMPARE(marked(lines), 240);
    QCOMPARE(marked(dust), 16);
    QCOMPARE(marked(all), 256); // two pixels alone are noise
}

void TestScratches::weakPiecesNeedACertainCore()
{
    DamageMap map = mapOf({60, 60}, {{10, 5, 3, 40}, {40, 5, 3, 40}}, 90);
    map.confidence.samples<quint8>(20)[11] = 200;
    const Image mask = damageMask(map, 0.5, DamageKind::All);
    QCOMPARE(marked(mask), 120);
    QCOMPARE(int(mask.constSamples<quint8>(10)[11]), 255);
    QCOMPARE(marked(damageMask(map, 0.9, DamageKind::All)), 0);
    DamageMap enlarged = map; // a pixel of confidence for four of the picture
    enlarged.percent = 50;
    enlarged.size = {120, 120};
    QCOMPARE(marked(damageMask(enlarged, 0.5, DamageKind::All)), 480);
}

void TestScratches::installedNetworkFindsAndIsNamed()
{
    Image bad = scratched(calm({300, 260}, {Channels::Rgba, Depth::U8}), 100, 0.31, 1);
    for (int y = 0; y < 40; ++y) {
        for (int x = 0; x < 300; ++x)
            bad.samples<quint8>(y)[4 * x + 3] = 0;
    }
    FinderProvider provider;
    OperationContext context;
    context.models = &provider;
    const auto done = repaired(bad, {}, context);
    QVERIFY(done);
    QVERIFY(provider.network->runs >= 20); // in tiles
    QCOMPARE(done->record.parameters.value(QStringLiteral("finder")).toString(),
             QStringLiteral("white"));
    QCOMPARE(done->record.parameters.value(QStringLiteral("finder_version")).toString(),
             QStringLiteral("1.2.3"));
    for (int y = 0; y < bad.height(); ++y) {
        for (int x = 0; x < bad.width(); ++x) {
            const quint8 *p = bad.constSamples<quint8>(y) + 4 * x;
            QCOMPARE(done->mask.constSamples<quint8>(y)[x] > 0, p[3] > 0 && p[1] > 229);
        }
    }
    // Asked for by name, the classical finder works.
    ScratchesSettings classical;
    classical.finder = classicalDamageFinder();
    provider.network->runs = 0;
    const auto again = repaired(bad, classical, context);
    QVERIFY(again);
    QCOMPARE(provider.network->runs, 0);
    QCOMPARE(again->record.parameters.value(QStringLiteral("finder")).toString(),
             classicalDamageFinder());
    QVERIFY(!again->record.parameters.contains(QStringLiteral("finder_version")));
}

void TestScratches::networkThatDoesNotLoadIsReplacedAndSaid()
{
    const Image bad = scratched(calm({300, 260}, Rgb8), 100, 0.31, 1);
    FinderProvider provider(false);
    OperationContext context;
    context.models = &provider;
    const auto done = repaired(bad, {}, context);
    QVERIFY(done);
    QCOMPARE(done->record.parameters.value(QStringLiteral("finder")).toString(),
             classicalDamageFinder());
    QVERIFY(!done->record.parameters.contains(QStringLiteral("finder_version")));
    QVERIFY2(done->record.warnings.first().contains(QStringLiteral("Instead, lines and spots")),
             qPrintable(done->record.warnings.join(u'\n')));
    ScratchesSettings named;
    named.finder = QStringLiteral("white");
    QVERIFY(!repaired(bad, named, context));
    named.finder = QStringLiteral("nothing");
    QVERIFY(!Scratches::create({bad.size(), Rgb8, {}}, named, context));
}

/// Many more pixels than detail, and grain as fine as the pixels: what is marked is what the
/// picture it was enlarged from has, and the scale, once settled, is not measured again.
void TestScratches::softPicturesAreSearchedAtTheirDetailScale()
{
    const Image sharp = scratched(textured({240, 180}), 70, 0.3, 3.5);
    Image large = resampled(sharp, sharp.size() * 4);
    std::mt19937 random(2);
    std::normal_distribution<double> grain(0, 4);
    for (int y = 0; y < large.height(); ++y) {
        quint8 *row = large.samples<quint8>(y);
        for (int x = 0; x < 3 * large.width(); ++x)
            row[x] = quint8(std::clamp(row[x] + grain(random), 0.0, 255.0));
    }
    FinderProvider provider;
    OperationContext context;
    context.models = &provider;
    const auto small = repaired(sharp, {}, context);
    const auto done = repaired(large, {}, context);
    QVERIFY(small && done);
    QCOMPARE(small->record.parameters.value(QStringLiteral("scale")).toDouble(), 100.0);
    const double percent = done->record.parameters.value(QStringLiteral("scale")).toDouble();
    QVERIFY2(percent >= 25 && percent <= 45, qPrintable(QString::number(percent)));
    QVERIFY2(done->record.warnings.join(u' ').contains(QStringLiteral("of 0.7 megapixels")),
             qPrintable(done->record.warnings.join(u'\n')));
    const double ratio = double(marked(done->mask)) / double(marked(small->mask)) / 16;
    QVERIFY2(std::abs(ratio - 1) < 0.25, qPrintable(QString::number(ratio)));
    ScratchesSettings settled;
    settled.scale = percent;
    QCOMPARE(ScratchesSettings::fromParameters(settled.toParameters())->scale, settled.scale);
    const auto again = repaired(large, settled, context);
    QVERIFY(again);
    QVERIFY(again->image == done->image);
    settled.scale = 100;
    const auto full = repaired(large, settled, context);
    QVERIFY(full);
    QVERIFY(!(full->mask == done->mask));
}

void TestScratches::networkKeepsToTileAndMemory()
{
    const Image bad = scratched(calm({300, 260}, Rgb8), 100, 0.31, 1);
    FinderProvider provider;
    OperationContext context;
    context.models = &provider;
    const auto usual = repaired(bad, {}, context);
    const int runs = std::exchange(provider.network->runs, 0);
    context.tile = 32;
    const auto tiled = repaired(bad, {}, context);
    QVERIFY(usual && tiled);
    QVERIFY(provider.network->runs > 2 * runs);
    QVERIFY(tiled->mask == usual->mask);
    provider.network->runs = 0;
    context.tile = 0;
    context.memoryBytes = 1000 * 48 * 48; // a tile of 32 with its halo
    const auto limited = repaired(bad, {}, context);
    QVERIFY(limited);
    QVERIFY(provider.network->runs > 2 * runs);
    QVERIFY(limited->mask == usual->mask);
}

void TestScratches::cancellingEnds()
{
    std::stop_source stop;
    stop.request_stop();
    WholeSource source(calm({100, 100}, Rgb8));
    const auto map = findDamage(source, nullptr, {}, Progress(stop.get_token(), {}));
    QVERIFY(!map);
    QCOMPARE(map.error().code, ErrorCode::Cancelled);
}

void TestScratches::moreUrgentWorkGoesFirst()
{
    WholeSource source(scratched(calm({200, 160}, Rgb8), 90, 0.1, 1.5));
    const auto usual = findDamage(source, nullptr);
    int waiting = 3, let = 0;
    Progress progress;
    progress.setYield([&] { return waiting > 0; },
                      [&] {
                          --waiting;
                          ++let;
                      });
    const auto found = findDamage(source, nullptr, {}, progress);
    QVERIFY(usual && found);
    QCOMPARE(let, 3); // inside of the only tile
    QVERIFY(found->confidence == usual->confidence);
}

void TestScratches::wrongValuesAreRefused()
{
    const QList<QVariantMap> wrong{{{QStringLiteral("threshold"), 1.5}},
                                   {{QStringLiteral("threshold"), QStringLiteral("much")}},
                                   {{QStringLiteral("kind"), QStringLiteral("cats")}},
                                   {{QStringLiteral("method"), QStringLiteral("magic")}}};
    for (const QVariantMap &parameters : wrong) {
        const auto settings = ScratchesSettings::fromParameters(parameters);
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::BadArgument);
    }
    ScratchesSettings settings;
    settings.strength = 101;
    QVERIFY(!Scratches::create({QSize(4, 4), Rgb8, {}}, settings, {}));
}

void TestScratches::parametersComeBack()
{
    ScratchesSettings settings;
    settings.threshold = 0.25;
    settings.kind = DamageKind::Dust;
    settings.fill.method = QStringLiteral("telea");
    QVERIFY(*ScratchesSettings::fromParameters(settings.toParameters()) == settings);
    QVERIFY(*ScratchesSettings::fromParameters({}) == ScratchesSettings());
}

QTEST_GUILESS_MAIN(TestScratches)
#include "tst_scratches.moc"

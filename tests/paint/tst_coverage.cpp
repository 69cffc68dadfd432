// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/coverage.h"
#include "paint/coveragerange.h"
#include "paint/coverageshape.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat gray{Channels::Gray, Depth::U8};

std::shared_ptr<TileStore> store()
{
    static const auto one = TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR));
    return one;
}

quint8 at(const Image &image, int x, int y)
{
    return image.constSamples<quint8>(y)[x];
}

/// Blots with soft edges and some lonely pixels.
Image blots(QSize size, quint32 seed)
{
    std::mt19937 random(seed);
    Image image(size, gray);
    image.fill(0);
    for (int i = 0; i < 5; ++i) {
        const int cx = int(random() % quint32(size.width()));
        const int cy = int(random() % quint32(size.height()));
        const double r = 1 + random() % 14;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const double v = std::clamp(r - std::hypot(x - cx, y - cy), 0.0, 1.0);
                quint8 &to = image.samples<quint8>(y)[x];
                to = std::max(to, quint8(std::lround(v * 255)));
            }
        }
    }
    for (int i = 0; i < 4; ++i) {
        const auto value = quint8(random());
        quint8 *row = image.samples<quint8>(int(random() % quint32(size.height())));
        row[random() % quint32(size.width())] = value;
    }
    return image;
}

/// Each pixel against every other.
Image plainMoved(const Image &in, double radius, bool shrinks)
{
    Image out = in;
    for (int y = 0; y < in.height(); ++y) {
        for (int x = 0; x < in.width(); ++x) {
            double nearest = -1;
            for (int v = 0; v < in.height(); ++v) {
                for (int u = 0; u < in.width(); ++u) {
                    if ((at(in, u, v) >= 128) == shrinks)
                        continue;
                    const double d = double(u - x) * (u - x) + double(v - y) * (v - y);
                    if (nearest < 0 || d < nearest)
                        nearest = d;
                }
            }
            if (nearest < 0)
                continue;
            const int cover =
                int(std::lround(std::clamp(radius + 0.5 - std::sqrt(nearest), 0.0, 1.0) * 255));
            quint8 &to = out.samples<quint8>(y)[x];
            to = quint8(shrinks ? std::min<int>(to, 255 - cover) : std::max<int>(to, cover));
        }
    }
    return out;
}

} // namespace

/// Grow, shrink, feather, density, combining, ranges and shapes against plain loops.
class TestCoverage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growAndShrinkAreWhatEveryPairOfPixelsSays_data();
    void growAndShrinkAreWhatEveryPairOfPixelsSays();
    void theEdgeOfTheCanvasIsNoEdgeOfTheShape();
    void featherIsTheGaussianToTheByte_data();
    void featherIsTheGaussianToTheByte();
    void theFeatherKernelIsAGaussianThatSumsToOne();
    void longOnesStopWhenAsked();
    void densityMovesTowardsEverything();
    void twoAreCombinedValueByValue();
    void tilesThatStayAreShared();
    void rangesFadeEvenly();
    void rangesOfAPictureAreThoseOfItsPixels();
    void shapesCoverByArea();
    void shapesWithoutSmoothingGoByThePixelsCentre();
};

void TestCoverage::growAndShrinkAreWhatEveryPairOfPixelsSays_data()
{
    QTest::addColumn<double>("radius");
    QTest::addColumn<quint32>("seed");
    for (const double radius : {1.0, 1.5, 3.0, 7.0, 25.0, 400.0}) {
        for (quint32 seed = 1; seed <= 3; ++seed)
            QTest::addRow("%g, picture %u", radius, seed) << radius << seed;
    }
}

void TestCoverage::growAndShrinkAreWhatEveryPairOfPixelsSays()
{
    QFETCH(double, radius);
    QFETCH(quint32, seed);
    const Image in = blots({70, 45}, seed);
    const TiledBuffer buffer = TiledBuffer::fromImage(in, store());
    const auto larger = grown(buffer, radius);
    QVERIFY(larger);
    QVERIFY(larger->toImage() == plainMoved(in, radius, false));
    const auto smaller = shrunk(buffer, radius);
    QVERIFY(smaller);
    QVERIFY(smaller->toImage() == plainMoved(in, radius, true));
}

void TestCoverage::theEdgeOfTheCanvasIsNoEdgeOfTheShape()
{
    TiledBuffer all({300, 40}, gray, store());
    all.fill(all.rect(), {std::byte{255}});
    QVERIFY(*shrunk(all, 10) == all);
    QVERIFY(*feathered(all, 10) == all);
}

void TestCoverage::featherIsTheGaussianToTheByte_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {0.1, 0.7, 2.0, 5.5, 40.0})
        QTest::addRow("%g", sigma) << sigma;
}

void TestCoverage::featherIsTheGaussianToTheByte()
{
    QFETCH(double, sigma);
    const QSize size(90, 61);
    const Image in = blots(size, 7);
    const auto kernel = featherKernel(sigma);
    const int reach = int(kernel.size()) - 1;
    const auto clamped = [](int v, int end) { return std::clamp(v, 0, end - 1); };
    Image wanted(size, gray);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            quint64 sum = quint64(1) << 23;
            for (int dy = -reach; dy <= reach; ++dy) {
                quint64 row = 128;
                for (int dx = -reach; dx <= reach; ++dx)
                    row += quint64(kernel[size_t(std::abs(dx))]) *
                           at(in, clamped(x + dx, size.width()), clamped(y + dy, size.height()));
                sum += kernel[size_t(std::abs(dy))] * (row >> 8);
            }
            wanted.samples<quint8>(y)[x] = quint8(sum >> 24);
        }
    }
    const auto soft = feathered(TiledBuffer::fromImage(in, store()), sigma);
    QVERIFY(soft);
    QVERIFY(soft->toImage() == wanted);
}

void TestCoverage::theFeatherKernelIsAGaussianThatSumsToOne()
{
    for (const double sigma : {0.1, 0.5, 1.0, 3.0, 20.0, 250.0}) {
        const auto kernel = featherKernel(sigma);
        quint64 sum = kernel[0];
        for (size_t i = 1; i < kernel.size(); ++i)
            sum += 2 * quint64(kernel[i]);
        QCOMPARE(sum, quint64(65536));
        for (size_t i = 1; i < kernel.size(); ++i) {
            const double ratio = std::exp(-0.5 * double(i * i) / (sigma * sigma));
            QVERIFY(std::abs(kernel[i] - kernel[0] * ratio) <= 2 + 0.02 * kernel[0]);
        }
    }
}

void TestCoverage::longOnesStopWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const Progress stopped(stop.get_token(), {});
    const TiledBuffer buffer = TiledBuffer::fromImage(blots({70, 45}, 1), store());
    for (const auto &result : {grown(buffer, 4, stopped), shrunk(buffer, 4, stopped),
                               feathered(buffer, 4, stopped)}) {
        QVERIFY(!result);
        QVERIFY(result.error().isCancelled());
    }
}

void TestCoverage::densityMovesTowardsEverything()
{
    const Image in = gradientPicture({300, 20}, gray);
    const TiledBuffer buffer = TiledBuffer::fromImage(in, store());
    QVERIFY(withDensity(buffer, 1) == buffer);
    for (const double density : {0.0, 0.3, 0.75}) {
        const Image out = withDensity(buffer, density).toImage();
        for (int y = 0; y < 20; ++y) {
            for (int x = 0; x < 300; ++x)
                QCOMPARE(int(at(out, x, y)),
                         255 - int(std::lround((255 - at(in, x, y)) * density)));
        }
    }
    const TiledBuffer none({600, 20}, gray, store());
    const TiledBuffer half = withDensity(none, 0.5);
    QVERIFY(half.constantPixel({0, 0}));
    QCOMPARE(int(half.read({599, 19, 1, 1}).constSamples<quint8>(0)[0]), 127);
}

void TestCoverage::twoAreCombinedValueByValue()
{
    const QSize size(530, 300);
    TiledBuffer a({size}, gray, store()), b({size}, gray, store());
    a.write({100, 20}, noisePicture({300, 260}, gray, 1));
    b.write({240, 0}, noisePicture({280, 200}, gray, 2));
    b.fill({0, 0, 256, 256}, {std::byte{255}});
    const Image x = a.toImage(), y = b.toImage();
    QVERIFY(combined(a, b, CoverageMode::Replace) == b);
    for (const CoverageMode mode :
         {CoverageMode::Add, CoverageMode::Subtract, CoverageMode::Intersect}) {
        const Image out = combined(a, b, mode).toImage();
        for (int row = 0; row < size.height(); ++row) {
            for (int column = 0; column < size.width(); ++column) {
                const int p = at(x, column, row), q = at(y, column, row);
                const int wanted = mode == CoverageMode::Add        ? std::max(p, q)
                                   : mode == CoverageMode::Subtract ? std::min(p, 255 - q)
                                                                    : std::min(p, q);
                if (at(out, column, row) != wanted)
                    QCOMPARE(int(at(out, column, row)), wanted);
            }
        }
    }
}

void TestCoverage::tilesThatStayAreShared()
{
    TiledBuffer a({900, 300}, gray, store()), b({900, 300}, gray, store());
    a.write({0, 0}, noisePicture({900, 300}, gray, 1));
    b.write({600, 10}, noisePicture({20, 20}, gray, 2));
    QCOMPARE(combined(a, b, CoverageMode::Add).changedTiles(a), std::vector<QPoint>{QPoint(2, 0)});
    TiledBuffer dot({900, 300}, gray, store());
    dot.fill({100, 100, 9, 9}, {std::byte{255}});
    QCOMPARE(grown(dot, 5)->changedTiles(dot), std::vector<QPoint>{QPoint(0, 0)});
    QCOMPARE(coveredRect(dot), QRect(100, 100, 9, 9));
    QVERIFY(coveredRect(TiledBuffer({900, 300}, gray, store())).isEmpty());
}

void TestCoverage::rangesFadeEvenly()
{
    const LuminanceRange range{100, 150, 9};
    QCOMPARE(int(coverageOf(range, 100)), 255);
    QCOMPARE(int(coverageOf(range, 150)), 255);
    QCOMPARE(int(coverageOf(range, 155)), int(std::lround(255 * 0.5)));
    QCOMPARE(int(coverageOf(range, 91)), int(std::lround(255 * 0.1)));
    QCOMPARE(int(coverageOf(range, 90)), 0);
    QCOMPARE(int(coverageOf(range, 160)), 0);
    QCOMPARE(int(coverageOf(LuminanceRange{100, 150, 0}, 151)), 0);
    const ColorRange color{{10, 20, 30}, 5, 0};
    QCOMPARE(int(coverageOf(color, 15, 15, 35)), 255);
    QCOMPARE(int(coverageOf(color, 15, 15, 36)), 0);
}

class PlainSource : public ImageSource
{
public:
    explicit PlainSource(Image image)
        : m_image(std::move(image))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return {}; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override { return m_image.copied(r); }

private:
    Image m_image;
};

void TestCoverage::rangesOfAPictureAreThoseOfItsPixels()
{
    for (const PixelFormat format : {PixelFormat{Channels::Rgb, Depth::U8},
                                     PixelFormat{Channels::Rgba, Depth::U16},
                                     PixelFormat{Channels::Gray, Depth::U8}}) {
        const Image picture = photoPicture({270, 300}, format);
        const Image lum = picture.converted(gray);
        const Image rgb = picture.converted({Channels::Rgb, Depth::U8});
        PlainSource source(picture);
        const LuminanceRange tones{60, 140, 20};
        const ColorRange color{{120, 90, 80}, 40, 10};
        const auto byTone = rangeCoverage(source, tones, store());
        const auto byColor = rangeCoverage(source, color, store());
        QVERIFY(byTone && byColor);
        const Image a = byTone->toImage(), b = byColor->toImage();
        for (int y = 0; y < 300; ++y) {
            for (int x = 0; x < 270; ++x) {
                const quint8 *c = rgb.constSamples<quint8>(y) + 3 * x;
                if (at(a, x, y) != coverageOf(tones, at(lum, x, y)) ||
                    at(b, x, y) != coverageOf(color, c[0], c[1], c[2]))
                    QFAIL(qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            }
        }
    }
}

void TestCoverage::shapesCoverByArea()
{
    const QPainterPath path = ellipsePath(QRectF(230.3, 240.7, 60, 41));
    const Image out = coverageOf(path, true, {320, 320}, store()).toImage();
    // 16 x 16 points a pixel.
    for (int y = 230; y < 290; ++y) {
        for (int x = 225; x < 295; ++x) {
            int in = 0;
            for (int i = 0; i < 256; ++i) {
                const double px = (x + (i % 16 + 0.5) / 16 - 260.3) / 30;
                const double py = (y + (i / 16 + 0.5) / 16 - 261.2) / 20.5;
                in += px * px + py * py <= 1;
            }
            QVERIFY2(std::abs(at(out, x, y) - in * 255 / 256) <= 8,
                     qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
        }
    }
}

void TestCoverage::shapesWithoutSmoothingGoByThePixelsCentre()
{
    QPainterPath path;
    path.addPolygon(QPolygonF{{10.2, 5.3}, {300.7, 40.1}, {150.4, 310.6}});
    path.closeSubpath();
    const Image out = coverageOf(path, false, {320, 320}, store()).toImage();
    int wrong = 0;
    for (int y = 0; y < 320; ++y) {
        for (int x = 0; x < 320; ++x) {
            const bool in = path.contains(QPointF(x + 0.5, y + 0.5));
            QVERIFY(at(out, x, y) == 0 || at(out, x, y) == 255);
            wrong += (at(out, x, y) == 255) != in;
        }
    }
    QVERIFY2(wrong <= 12, qPrintable(QString::number(wrong))); // on the very edge
    QVERIFY(coverageOf(QRect(300, 310, 50, 50), {320, 320}, store()).read({300, 310, 20, 10}) ==
            [] {
                Image all({20, 10}, gray);
                all.fill(255);
                return all;
            }());
}

QTEST_GUILESS_MAIN(TestCoverage)
#include "tst_coverage.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/inventeddetail.h"
#include "document/layers.h"
#include "image/resample.h"

#include <QtTest>

using namespace heirloom;

namespace
{

Snapshot withResult(const Image &original, const Image &result,
                    const std::shared_ptr<TileStore> &store)
{
    Snapshot state;
    state.canvas = canvasOf(original.size(), original.format());
    Layer below = layerOf(1, original, store);
    below.kind = LayerKind::Original;
    state.stack.insert(0, below);
    Layer above = layerOf(2, result, store);
    above.kind = LayerKind::Ai;
    state.stack.insert(1, above);
    return state;
}

Image addNoise(const Image &image, int amplitude, const QRect &where, std::mt19937 &random)
{
    Image out = image;
    const int channels = image.format().channelCount();
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            const int n = int(random() % unsigned(2 * amplitude + 1)) - amplitude;
            for (int c = 0; c < image.format().colorCount(); ++c) {
                auto &v = out.samples<quint8>(y)[x * channels + c];
                v = quint8(std::clamp(int(v) + n, 0, 255));
            }
        }
    }
    return out;
}

/// The definition in inventeddetail.h, pixel by pixel in double.
struct Plain {
    using Plane = std::vector<double>;
    int width, height;
    Plane share;
    InventedDetailFigures figures;

    double at(const Plane &p, int x, int y) const
    {
        return p[size_t(std::clamp(y, 0, height - 1)) * width + std::clamp(x, 0, width - 1)];
    }
    static Plane luminance(const Image &image)
    {
        Plane plane;
        const PixelFormat f = image.format();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const auto v = [&](int c) { return unitSample(image, x, y, c); };
                const double lum = f.isGray() ? v(0) : 0.3 * v(0) + 0.59 * v(1) + 0.11 * v(2);
                plane.push_back(255 * lum * (f.hasAlpha() ? v(f.channelCount() - 1) : 1));
            }
        }
        return plane;
    }
    Plane smooth(const Plane &p, int distance) const
    {
        static constexpr double weights[] = {1, 4, 6, 4, 1};
        Plane out(p.size());
        // Repeating the edge of a smoothed row is not repeating it of the picture: down, then
        // across, as the definition's separable wavelet does.
        Plane down(p.size());
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                for (int k = -2; k <= 2; ++k)
                    down[size_t(y) * width + x] += weights[k + 2] / 16 * at(p, x, y + k * distance);
            }
        }
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                for (int k = -2; k <= 2; ++k)
                    out[size_t(y) * width + x] +=
                        weights[k + 2] / 16 * at(down, x + k * distance, y);
            }
        }
        return out;
    }

    Plain(const Image &with, const Image &without)
        : width(with.width())
        , height(with.height())
    {
        Plane w = luminance(with), n = luminance(without);
        Plane added(w.size()), there(w.size());
        for (int band = 0; band < 3; ++band) {
            const Plane sw = smooth(w, 1 << band), sn = smooth(n, 1 << band);
            for (int y = 0; y < height; ++y) {
                for (int x = 0; x < width; ++x) {
                    double ww = 0, wn = 0, nn = 0;
                    double count = 0;
                    for (int v = std::max(0, y - 8); v <= std::min(height - 1, y + 8); ++v) {
                        for (int u = std::max(0, x - 8); u <= std::min(width - 1, x + 8); ++u) {
                            const size_t i = size_t(v) * width + u;
                            const double a = w[i] - sw[i], b = n[i] - sn[i];
                            const double weight = (9 - std::abs(u - x)) * (9 - std::abs(v - y));
                            ww += weight * a * a;
                            wn += weight * a * b;
                            nn += weight * b * b;
                            count += weight;
                        }
                    }
                    const double k = nn > 0 ? std::clamp(wn / nn, 0.0, 1.0) : 0;
                    const double rest = std::max(0.0, ww - 2 * k * wn + k * k * nn) / count;
                    added[size_t(y) * width + x] += rest;
                    there[size_t(y) * width + x] += nn / count;
                    figures.addedSquares[size_t(band)] += rest;
                    figures.thereSquares[size_t(band)] += nn / count;
                }
            }
            w = sw;
            n = sn;
        }
        for (size_t i = 0; i < added.size(); ++i) {
            const double a = std::sqrt(added[i]), t = std::sqrt(there[i]);
            share.push_back(a / (a + t + 2));
            ++figures.pixels;
            figures.noticeable += share.back() >= 0.1;
            figures.dominant += share.back() >= 0.5;
        }
    }
};

void compare(const InventedDetailFigures &a, const InventedDetailFigures &b)
{
    QCOMPARE(a.pixels, b.pixels);
    QVERIFY(std::abs(a.noticeable - b.noticeable) <= 4); // the border itself, in floats
    QVERIFY(std::abs(a.dominant - b.dominant) <= 4);
    for (int band = 0; band < InventedDetailFigures::bands; ++band) {
        QVERIFY(std::abs(a.added(band) - b.added(band)) < 1e-3);
        QVERIFY(std::abs(a.there(band) - b.there(band)) < 1e-3);
    }
}

double meanOf(const Image &values, const QRect &r)
{
    double sum = 0;
    for (int y = r.top(); y <= r.bottom(); ++y) {
        for (int x = r.left(); x <= r.right(); ++x)
            sum += values.constSamples<quint8>(y)[x];
    }
    return sum / (double(r.width()) * r.height());
}

} // namespace

class TestInventedDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThePlainReference_data();
    void equalsThePlainReference();
    void enlargedCanvasIsComparedWithTheLanczosTwin();
    void withoutShownAiLayersNothingIsInvented();
    void unchangedResultInventsNothing();
    void removingNoiseInventsNextToNothing();
    void textureOnASmoothPlaceIsFoundThere();
    void octavesTellTheSizeOfTheDetail();
    void bandsGiveTheSameAsTheWhole();

private:
    std::shared_ptr<TileStore> m_store = newStore();
};

void TestInventedDetail::equalsThePlainReference_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(allFormats().size()); ++i) {
        if (allFormats()[size_t(i)].depth != Depth::F32)
            QTest::newRow(formatName(allFormats()[size_t(i)]).constData()) << i;
    }
}

void TestInventedDetail::equalsThePlainReference()
{
    QFETCH(int, index);
    const PixelFormat format = allFormats()[size_t(index)];
    std::mt19937 random(5);
    const QSize size(61, 47);
    Image original = smoothImage(size, format);
    original.paste(randomImage({20, 20}, format, random), {30, 20});
    Image result = smoothImage(size, format);
    result.paste(randomImage({25, 18}, format, random), {5, 9});
    if (format.hasAlpha()) { // a result stands in the place of what is below, alpha too
        original = original.converted(format.withAlpha(false)).converted(format);
    }
    Snapshot state = withResult(original, result, m_store);
    const Plain plain(result, original);
    InventedDetail map(state, m_store);
    const Image values = map.measure(state.canvas.rect());
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const double meant = plain.share[size_t(y) * size.width() + x] * 255;
            QVERIFY(std::abs(values.constSamples<quint8>(y)[x] - meant) < 0.6);
        }
    }
    compare(map.figures(), plain.figures);
    QVERIFY(map.figures().dominant > 100);
}

void TestInventedDetail::enlargedCanvasIsComparedWithTheLanczosTwin()
{
    std::mt19937 random(6);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    const Image original = randomImage({40, 30}, rgb, random);
    const Image twin = resampled(original, {80, 60});
    const Image result = addNoise(twin, 60, QRect(0, 0, 80, 60), random);
    Snapshot state = withResult(original, result, m_store);
    Layer layer = state.stack.take(1);
    state = state.scaledTo({80, 60});
    state.stack.insert(1, layer);
    const Plain plain(result, twin);
    InventedDetail map(state, m_store);
    map.measure(state.canvas.rect());
    compare(map.figures(), plain.figures);
}

void TestInventedDetail::withoutShownAiLayersNothingIsInvented()
{
    std::mt19937 random(7);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    Snapshot state = withResult(smoothImage({50, 40}, rgb), randomImage({50, 40}, rgb, random),
                                m_store);
    Layer layer = state.stack.at(1);
    layer.visible = false;
    state.stack.replace(1, layer);
    layer.id = LayerId(3);
    layer.visible = true;
    layer.kind = LayerKind::Pixel; // painted by hand: changed, not invented
    state.stack.insert(2, layer);
    InventedDetail map(state, m_store);
    QCOMPARE(meanOf(map.measure(state.canvas.rect()), state.canvas.rect()), 0.0);
    QVERIFY(!map.figures().hasAiLayers);
    QCOMPARE(map.figures().noticeable, 0);
}

void TestInventedDetail::unchangedResultInventsNothing()
{
    std::mt19937 random(8);
    const Image image = randomImage({50, 40}, {Channels::Rgb, Depth::U8}, random);
    InventedDetail map(withResult(image, image, m_store), m_store);
    QCOMPARE(meanOf(map.measure(image.rect()), image.rect()), 0.0);
    QVERIFY(map.figures().hasAiLayers);
    QCOMPARE(map.figures().added(0), 0.0);
    QVERIFY(map.figures().there(0) > 10);
}

void TestInventedDetail::removingNoiseInventsNextToNothing()
{
    std::mt19937 random(9);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    const Image clean = smoothImage({120, 90}, rgb);
    const Image noisy = addNoise(clean, 25, clean.rect(), random);
    InventedDetail removed(withResult(noisy, clean, m_store), m_store);
    const double taken = meanOf(removed.measure(clean.rect()), clean.rect());
    InventedDetail put(withResult(clean, noisy, m_store), m_store);
    const double given = meanOf(put.measure(clean.rect()), clean.rect());
    QVERIFY2(taken < 13, qPrintable(QString::number(taken)));
    QVERIFY2(given > 150, qPrintable(QString::number(given)));
}

void TestInventedDetail::textureOnASmoothPlaceIsFoundThere()
{
    std::mt19937 random(10);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    const Image clean = smoothImage({300, 280}, rgb);
    const QRect place(200, 210, 60, 50);
    InventedDetail map(withResult(clean, addNoise(clean, 20, place, random), m_store), m_store);
    const Image values = map.measure(clean.rect());
    QVERIFY(meanOf(values, place) > 120);
    QCOMPARE(meanOf(values, QRect(0, 0, 150, 150)), 0.0);
    // Half a window beyond the place, and nowhere else.
    const qint64 area = (60 + 2 * 22) * (50 + 2 * 22);
    QVERIFY(map.figures().noticeable > 60 * 50 && map.figures().noticeable < area);
}

void TestInventedDetail::octavesTellTheSizeOfTheDetail()
{
    Image flat({128, 128}, {Channels::Gray, Depth::U8});
    flat.fill(128);
    const auto stripes = [&](int wide) {
        Image image = flat;
        for (int y = 0; y < 128; ++y) {
            for (int x = 0; x < 128; ++x)
                image.samples<quint8>(y)[x] = (x / wide) % 2 ? 148 : 108;
        }
        return image;
    };
    int strongest[2];
    for (int i = 0; i < 2; ++i) {
        InventedDetail map(withResult(flat, stripes(i ? 6 : 1), m_store), m_store);
        map.measure(flat.rect());
        const auto &figures = map.figures();
        strongest[i] = 0;
        for (int band = 1; band < InventedDetailFigures::bands; ++band) {
            if (figures.added(band) > figures.added(strongest[i]))
                strongest[i] = band;
        }
    }
    QCOMPARE(strongest[0], 0);
    QCOMPARE(strongest[1], 2);
}

void TestInventedDetail::bandsGiveTheSameAsTheWhole()
{
    std::mt19937 random(11);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    const QSize size(270, 300);
    const Snapshot state =
        withResult(smoothImage(size, rgb), randomImage(size, rgb, random), m_store);
    InventedDetail whole(state, m_store), banded(state, m_store);
    const Image values = whole.measure(state.canvas.rect());
    Image joined(size, values.format());
    for (const QRect &band :
         {QRect(0, 256, 270, 44), QRect(0, 0, 270, 100), QRect(0, 100, 270, 156)})
        joined.paste(banded.measure(band), band.topLeft());
    QVERIFY(joined == values);
    QCOMPARE(banded.figures().dominant, whole.figures().dominant);
}

QTEST_APPLESS_MAIN(TestInventedDetail)
#include "tst_inventeddetail.moc"

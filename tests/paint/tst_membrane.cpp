// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/membrane.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;

namespace
{

constexpr float tolerance = 1e-5F;

MembraneCell at(const Image &cells, QPoint p)
{
    return cells.rect().contains(p) ? MembraneCell(cells.constSamples<quint8>(p.y())[p.x()])
                                    : MembraneCell::Beyond;
}

/// Each inside pixel set to what its neighbours say, one after the other, until nothing moves.
Image plainMembrane(const Image &values, const Image &cells, const Image &load)
{
    const int channels = values.format().channelCount();
    const int width = values.width();
    std::vector<double> v(size_t(width) * size_t(values.height()) * size_t(channels));
    const auto value = [&](QPoint p, int c) -> double & {
        return v[(size_t(p.y()) * size_t(width) + size_t(p.x())) * size_t(channels) + size_t(c)];
    };
    for (int y = 0; y < values.height(); ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c)
                value({x, y}, c) = double(values.constSamples<float>(y)[x * channels + c]);
        }
    }
    for (double moved = 1; moved > 1e-10;) {
        moved = 0;
        for (int y = 0; y < values.height(); ++y) {
            for (int x = 0; x < width; ++x) {
                const QPoint p(x, y);
                if (at(cells, p) != MembraneCell::Inside)
                    continue;
                for (int c = 0; c < channels; ++c) {
                    double sum = load.isNull()
                                     ? 0
                                     : double(load.constSamples<float>(y)[x * channels + c]);
                    int count = 0;
                    for (const QPoint q : {p + QPoint(1, 0), p - QPoint(1, 0), p + QPoint(0, 1),
                                           p - QPoint(0, 1)}) {
                        if (at(cells, q) == MembraneCell::Beyond)
                            continue;
                        sum += value(q, c);
                        ++count;
                    }
                    if (count == 0)
                        continue;
                    moved = std::max(moved, std::abs(sum / count - value(p, c)));
                    value(p, c) = sum / count;
                }
            }
        }
    }
    Image out = values;
    for (int y = 0; y < values.height(); ++y) {
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < channels; ++c)
                out.samples<float>(y)[x * channels + c] = float(value({x, y}, c));
        }
    }
    return out;
}

/// Blobs inside, borders around them, a few holes beyond; the picture's edge runs through some.
Image blobs(QSize size, quint32 seed)
{
    std::mt19937 random(seed);
    Image cells(size, {Channels::Gray, Depth::U8});
    cells.fill(double(MembraneCell::Border));
    for (int blob = 0; blob < 5; ++blob) {
        const QPoint centre(int(random() % unsigned(size.width())),
                            int(random() % unsigned(size.height())));
        const int radius = 2 + int(random() % 12);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (std::hypot(x - centre.x(), y - centre.y()) < radius)
                    cells.samples<quint8>(y)[x] = quint8(MembraneCell::Inside);
            }
        }
    }
    for (int i = 0; i < 30; ++i)
        cells.samples<quint8>(int(random() % unsigned(size.height())))[random() %
                                                                       unsigned(size.width())] =
            quint8(MembraneCell::Beyond);
    return cells;
}

double largestDifference(const Image &a, const Image &b)
{
    double most = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (qsizetype i = 0; i < a.bytesPerRow() / 4; ++i)
            most = std::max(most, double(std::abs(a.constSamples<float>(y)[i] -
                                                  b.constSamples<float>(y)[i])));
    }
    return most;
}

} // namespace

class TestMembrane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThePlainSolution_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<quint32>("seed");
        for (int channels = 1; channels <= 4; ++channels) {
            for (quint32 seed = 1; seed <= 4; ++seed)
                QTest::addRow("%d channels, seed %u", channels, seed) << channels << seed;
        }
    }
    void equalsThePlainSolution()
    {
        QFETCH(int, channels);
        QFETCH(quint32, seed);
        const QSize size(61, 47);
        const Image cells = blobs(size, seed);
        Image values = test::noisePicture(size, {Channels(channels), Depth::F32}, seed);
        const Image expected = plainMembrane(values, cells, {});
        solveMembrane(values, cells, {}, tolerance);
        QVERIFY2(largestDifference(values, expected) < 5 * double(tolerance),
                 qPrintable(QString::number(largestDifference(values, expected))));
    }

    void carriesALoad()
    {
        const QSize size(40, 33);
        const Image cells = blobs(size, 7);
        Image values = test::noisePicture(size, {Channels::Rgb, Depth::F32}, 3);
        Image load = test::noisePicture(size, {Channels::Rgb, Depth::F32}, 4);
        const Image expected = plainMembrane(values, cells, load);
        solveMembrane(values, cells, load, tolerance);
        QVERIFY(largestDifference(values, expected) < 5 * double(tolerance));
    }

    /// A slope is its own membrane, whatever the size and however little of a box is inside.
    void keepsASlope()
    {
        const QSize size(700, 500);
        Image cells(size, {Channels::Gray, Depth::U8});
        cells.fill(double(MembraneCell::Border));
        for (int y = 1; y < size.height() - 1; ++y) {
            for (int x = 1; x < size.width() - 1; ++x) {
                if (std::abs(x - y) < 40 || std::hypot(x - 500, y - 150) < 120)
                    cells.samples<quint8>(y)[x] = quint8(MembraneCell::Inside);
            }
        }
        const Image slope = test::gradientPicture(size, {Channels::Rgb, Depth::F32});
        Image values = slope;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (at(cells, {x, y}) == MembraneCell::Inside)
                    std::fill_n(values.samples<float>(y) + 3 * x, 3, 0.0F);
            }
        }
        solveMembrane(values, cells, {}, tolerance);
        QVERIFY(largestDifference(values, slope) < 2e-4);
    }

    /// Large enough to be taken from smaller ones, with a border of slopes and grain; a corner of
    /// the picture is inside.
    void aWideOneIsNearTheExact()
    {
        const QSize size(420, 380);
        Image cells(size, {Channels::Gray, Depth::U8});
        cells.fill(double(MembraneCell::Border));
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (std::hypot(x - 230, y - 190) < 150 || std::hypot(x, y) < 130 ||
                    (y > 100 && y < 112))
                    cells.samples<quint8>(y)[x] = quint8(MembraneCell::Inside);
            }
        }
        Image values = test::gradientPicture(size, {Channels::Rgb, Depth::F32});
        const Image noise = test::noisePicture(size, values.format(), 2);
        for (int y = 0; y < size.height(); ++y) {
            for (int i = 0; i < 3 * size.width(); ++i)
                values.samples<float>(y)[i] += 0.1F * noise.constSamples<float>(y)[i];
        }
        Image exact = values;
        solveMembrane(exact, cells, {}, tolerance);
        solveWideMembrane(values, cells, tolerance);
        QVERIFY2(largestDifference(values, exact) < 0.01,
                 qPrintable(QString::number(largestDifference(values, exact))));
    }

    void leavesUnfastenedPiecesAlone()
    {
        Image cells({20, 20}, {Channels::Gray, Depth::U8});
        cells.fill(double(MembraneCell::Inside));
        Image values({20, 20}, {Channels::Gray, Depth::F32});
        values.fill(0.25);
        solveMembrane(values, cells, {}, tolerance);
        QCOMPARE(values.constSamples<float>(10)[10], 0.25F);
        QCOMPARE(values.constSamples<float>(0)[0], 0.25F);
    }

    void keepsWhatIsNotInside()
    {
        const QSize size(50, 50);
        const Image cells = blobs(size, 9);
        const Image before = test::noisePicture(size, {Channels::Rgba, Depth::F32}, 5);
        Image values = before;
        solveMembrane(values, cells, {}, tolerance);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (at(cells, {x, y}) != MembraneCell::Inside)
                    QVERIFY(std::equal(before.constSamples<float>(y) + 4 * x,
                                       before.constSamples<float>(y) + 4 * x + 4,
                                       values.constSamples<float>(y) + 4 * x));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestMembrane)
#include "tst_membrane.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/holefill.h"
#include "operation/patchfiller.h"

#include <QRect>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <stop_token>

using namespace heirloom;

namespace
{

using Value = std::function<float(int x, int y, int c)>;

Planes pictureOf(QSize size, const Value &value)
{
    Planes picture(3, size.width(), size.height());
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                picture.row(c, y)[x] = value(x, y, c);
        }
    }
    return picture;
}

/// What lies in the hole is white, so that whoever looks there is found out.
ModelInput withHole(const Planes &picture, const QRect &hole)
{
    ModelInput input;
    input.image = picture;
    Planes mask(1, picture.width, picture.height);
    for (int y = hole.top(); y <= hole.bottom(); ++y) {
        std::fill_n(mask.row(0, y) + hole.left(), hole.width(), 1.0F);
        for (int c = 0; c < 3; ++c)
            std::fill_n(input.image.row(c, y) + hole.left(), hole.width(), 1.0F);
    }
    input.planes = {{holePlane, mask}};
    return input;
}

Result<Planes> filled(const ModelInput &input, const Progress &progress = {})
{
    PatchFiller filler;
    RunControl control;
    control.progress = progress;
    return filler.run(input, control);
}

double errorIn(const Planes &a, const Planes &b, const QRect &place)
{
    double sum = 0;
    for (int c = 0; c < 3; ++c) {
        for (int y = place.top(); y <= place.bottom(); ++y) {
            for (int x = place.left(); x <= place.right(); ++x)
                sum += std::pow(a.row(c, y)[x] - b.row(c, y)[x], 2);
        }
    }
    return std::sqrt(sum / (3.0 * place.width() * place.height()));
}

double deviationIn(const Planes &a, const QRect &place)
{
    double sum = 0, squares = 0;
    for (int y = place.top(); y <= place.bottom(); ++y) {
        for (int x = place.left(); x <= place.right(); ++x) {
            sum += a.row(1, y)[x];
            squares += std::pow(a.row(1, y)[x], 2);
        }
    }
    const double count = double(place.width()) * place.height();
    return std::sqrt(squares / count - std::pow(sum / count, 2));
}

Planes pebbles(QSize size)
{
    std::mt19937 random(5);
    std::vector<float> shades(size_t(size.width()) * size_t(size.height()));
    for (float &shade : shades)
        shade = float(random() % 1000) / 1000;
    return pictureOf(size, [&](int x, int y, int c) {
        const int px = x / 3, py = y / 3;
        return 0.2F + 0.5F * shades[size_t(py) * size_t(size.width()) + size_t(px)] +
               0.05F * float(c);
    });
}

} // namespace

class TestPatchFiller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stripesGoOnThroughTheHole_data();
    void stripesGoOnThroughTheHole();
    void textureKeepsItsContrast();
    void edgeBetweenTwoTexturesGoesOn();
    void sameInputGivesTheSamePixels();
    void whatLiesInTheHoleDoesNotMatter();
    void knownPixelsAndGreyStay();
    void holesAtThePicturesEdgesAreFilled_data();
    void holesAtThePicturesEdgesAreFilled();
    void noWholePatchIsSaid();
    void noHoleChangesNothing();
    void stopsWhenAsked();
};

void TestPatchFiller::stripesGoOnThroughTheHole_data()
{
    QTest::addColumn<double>("across");
    QTest::addColumn<double>("down");
    QTest::newRow("upright") << 0.6 << 0.0;
    QTest::newRow("level") << 0.0 << 0.6;
    QTest::newRow("slanting") << 0.45 << 0.3;
}

void TestPatchFiller::stripesGoOnThroughTheHole()
{
    QFETCH(double, across);
    QFETCH(double, down);
    const QRect hole(60, 55, 36, 32);
    const Planes clean = pictureOf({160, 150}, [&](int x, int y, int c) {
        return 0.5F + 0.3F * float(std::sin(across * x + down * y + 0.2 * c));
    });
    const ModelInput input = withHole(clean, hole);
    const auto done = filled(input);
    QVERIFY(done);
    Planes telea = input.image;
    fillHoles(telea, input.planes.value(holePlane), ClassicalFill::Telea);
    QVERIFY2(errorIn(*done, clean, hole) < 0.04,
             qPrintable(QString::number(errorIn(*done, clean, hole))));
    QVERIFY(errorIn(*done, clean, hole) < errorIn(telea, clean, hole) / 3);
}

void TestPatchFiller::textureKeepsItsContrast()
{
    const Planes clean = pebbles({150, 150});
    const QRect hole(50, 50, 48, 48);
    const QRect middle = hole.adjusted(8, 8, -8, -8);
    const ModelInput input = withHole(clean, hole);
    const auto done = filled(input);
    QVERIFY(done);
    const double ratio = deviationIn(*done, middle) / deviationIn(clean, middle);
    QVERIFY2(ratio > 0.7 && ratio < 1.3, qPrintable(QString::number(ratio)));
    Planes smooth = input.image;
    fillHoles(smooth, input.planes.value(holePlane), ClassicalFill::Membrane);
    QVERIFY(deviationIn(smooth, middle) < 0.3 * deviationIn(clean, middle));
}

void TestPatchFiller::edgeBetweenTwoTexturesGoesOn()
{
    const QRect hole(56, 56, 30, 30);
    const Planes clean = pictureOf({140, 140}, [](int x, int y, int) {
        return x < 70 ? 0.15F + 0.1F * float((y / 4) % 2) : 0.75F + 0.1F * float((x / 4) % 2);
    });
    const auto done = filled(withHole(clean, hole));
    QVERIFY(done);
    int wrong = 0;
    for (int y = hole.top(); y <= hole.bottom(); ++y) {
        for (int x = hole.left(); x <= hole.right(); ++x)
            wrong += (done->row(0, y)[x] > 0.5F) != (x >= 70);
    }
    QVERIFY2(wrong < hole.width() * hole.height() / 20, qPrintable(QString::number(wrong)));
}

void TestPatchFiller::sameInputGivesTheSamePixels()
{
    const ModelInput input = withHole(pebbles({120, 110}), {40, 40, 30, 30});
    PatchFiller one;
    RunControl control;
    const auto first = one.run(input, control);
    const auto second = one.run(input, control);
    const auto other = filled(input);
    QVERIFY(first && second && other);
    QVERIFY(*first == *second);
    QVERIFY(*first == *other);
}

void TestPatchFiller::whatLiesInTheHoleDoesNotMatter()
{
    const QRect hole(40, 40, 30, 30);
    const ModelInput input = withHole(pebbles({120, 110}), hole);
    ModelInput other = input;
    for (int y = hole.top(); y <= hole.bottom(); ++y)
        std::fill_n(other.image.row(0, y) + hole.left(), hole.width(), 0.01F * float(y));
    const auto a = filled(input);
    const auto b = filled(other);
    QVERIFY(a && b);
    QVERIFY(*a == *b);
}

void TestPatchFiller::knownPixelsAndGreyStay()
{
    const QRect hole(40, 40, 30, 30);
    Planes grey = pebbles({120, 110});
    for (int c = 1; c < 3; ++c)
        std::copy_n(grey.plane(0), grey.planeSize(), grey.plane(c));
    const auto done = filled(withHole(grey, hole));
    QVERIFY(done);
    for (int y = 0; y < grey.height; ++y) {
        for (int x = 0; x < grey.width; ++x) {
            QCOMPARE(done->row(1, y)[x], done->row(0, y)[x]);
            QCOMPARE(done->row(2, y)[x], done->row(0, y)[x]);
            if (!hole.contains(x, y))
                QCOMPARE(done->row(0, y)[x], grey.row(0, y)[x]);
        }
    }
}

void TestPatchFiller::holesAtThePicturesEdgesAreFilled_data()
{
    QTest::addColumn<QRect>("hole");
    QTest::newRow("corner") << QRect(0, 0, 30, 25);
    QTest::newRow("other corner") << QRect(90, 80, 30, 30);
    QTest::newRow("side") << QRect(0, 0, 12, 110);
    QTest::newRow("across") << QRect(0, 50, 120, 10);
    QTest::newRow("one pixel") << QRect(119, 109, 1, 1);
}

void TestPatchFiller::holesAtThePicturesEdgesAreFilled()
{
    QFETCH(QRect, hole);
    const Planes clean = pebbles({120, 110});
    const auto done = filled(withHole(clean, hole));
    QVERIFY(done);
    for (int c = 0; c < 3; ++c) {
        for (int y = hole.top(); y <= hole.bottom(); ++y) {
            for (int x = hole.left(); x <= hole.right(); ++x) {
                const float v = done->row(c, y)[x]; // the hole's own white is not among them
                QVERIFY2(v >= 0.19F && v <= 0.81F, qPrintable(QString::number(v)));
            }
        }
    }
}

void TestPatchFiller::noWholePatchIsSaid()
{
    const auto done = filled(withHole(pebbles({12, 12}), {3, 3, 6, 6}));
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::BadArgument);
    QVERIFY(!filled(withHole(pebbles({3, 2}), {1, 0, 1, 1})));
}

void TestPatchFiller::noHoleChangesNothing()
{
    const Planes clean = pebbles({40, 30});
    const auto done = filled(withHole(clean, {}));
    QVERIFY(done);
    QVERIFY(*done == clean);
}

void TestPatchFiller::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto done =
        filled(withHole(pebbles({120, 110}), {40, 40, 30, 30}), Progress(stop.get_token(), {}));
    QVERIFY(!done);
    QVERIFY(done.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestPatchFiller)
#include "tst_patchfiller.moc"

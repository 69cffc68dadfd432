// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/hintpropagation.h"

#include <QElapsedTimer>
#include <QtTest>

#include <cmath>

using namespace heirloom;

namespace
{

void setSquare(Planes &hints, int left, int top, int side, float u, float v)
{
    for (int y = top; y < top + side; ++y) {
        for (int x = left; x < left + side; ++x) {
            hints.row(0, y)[x] = u;
            hints.row(1, y)[x] = v;
            hints.row(2, y)[x] = 1;
        }
    }
}

void setGrey(Planes &hints, int left, int top, int side)
{
    for (int y = top; y < top + side; ++y)
        std::fill_n(&hints.row(3, y)[left], side, 1.0F);
}

/// Waves, and a bright disc on them.
Planes wavesAndDisc(int width, int height, QPoint centre, int radius)
{
    Planes light(1, width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const int dx = x - centre.x();
            const int dy = y - centre.y();
            light.row(0, y)[x] = 0.5F +
                                 0.25F * std::sin(float(x) * 0.05F) * std::cos(float(y) * 0.07F) +
                                 (dx * dx + dy * dy < radius * radius ? 0.2F : -0.1F);
        }
    }
    return light;
}

/// The same system, written down whole in double precision and solved by elimination.
std::vector<double> solvedDirectly(const Planes &light, const Planes &share, const Planes &target)
{
    const int w = light.width;
    const int h = light.height;
    const auto reflected = [](int i, int n) { return i < 0 ? -i : i >= n ? 2 * n - 2 - i : i; };
    const auto spread = [&](int x, int y) {
        double sum = 0;
        double squares = 0;
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const double v = light.row(0, reflected(y + dy, h))[reflected(x + dx, w)];
                sum += v / 9;
                squares += v * v / 9;
            }
        }
        return std::sqrt(std::max(squares - sum * sum, 0.0) * 0.6 + 2e-5);
    };
    const int n = w * h;
    std::vector<std::vector<double>> rows(size_t(n), std::vector<double>(size_t(n) + 1));
    for (int y = 0; y < h; ++y) {
        for (int x = 0; x < w; ++x) {
            std::vector<double> &row = rows[size_t(y * w + x)];
            double degree = 0;
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    const int x2 = x + dx;
                    const int y2 = y + dy;
                    if ((dx == 0 && dy == 0) || x2 < 0 || y2 < 0 || x2 >= w || y2 >= h)
                        continue;
                    const double step = double(light.row(0, y)[x]) - double(light.row(0, y2)[x2]);
                    const double weight =
                        std::exp(-step * step / (spread(x, y) * spread(x2, y2))) + 1e-5;
                    row[size_t(y2 * w + x2)] -= weight;
                    degree += weight;
                }
            }
            const double hold = 20 * double(share.row(0, y)[x]);
            row[size_t(y * w + x)] = degree * (1 + 2e-3 + hold);
            row[size_t(n)] = degree * hold * double(target.row(0, y)[x]);
        }
    }
    for (size_t i = 0; i < size_t(n); ++i) { // symmetric and positive definite: no pivoting
        for (size_t j = i + 1; j < size_t(n); ++j) {
            const double factor = rows[j][i] / rows[i][i];
            for (size_t k = i; factor != 0 && k <= size_t(n); ++k)
                rows[j][k] -= factor * rows[i][k];
        }
    }
    std::vector<double> x(static_cast<size_t>(n));
    for (size_t i = size_t(n); i-- > 0;) {
        double sum = rows[i][size_t(n)];
        for (size_t k = i + 1; k < size_t(n); ++k)
            sum -= rows[i][k] * x[k];
        x[i] = sum / rows[i][i];
    }
    return x;
}

} // namespace

class TestHintPropagation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void solvesItsSystem();
    void agreesWithTheTrainingsPropagation();
    void nothingComesOfNoHints();
    void colourStopsAtAnEdge();
    void greyHoldsColourOff();
    void isQuick();
};

void TestHintPropagation::solvesItsSystem()
{
    const Planes light = wavesAndDisc(56, 48, {30, 20}, 12);
    Planes hints(4, 56, 48);
    setSquare(hints, 28, 18, 6, -0.2F, 0.3F);
    setSquare(hints, 2, 40, 5, 0.25F, -0.1F);
    setGrey(hints, 48, 4, 7);
    const Planes found = propagatedHints(light, hints, 300);
    QCOMPARE(found.size(), QSize(14, 12));
    Planes said(3, 56, 48);
    for (size_t i = 0; i < hints.planeSize(); ++i) {
        said.plane(0)[i] = hints.plane(0)[i] * hints.plane(2)[i];
        said.plane(1)[i] = std::max(hints.plane(2)[i], hints.plane(3)[i]);
    }
    const Planes cells = cellMeans(said);
    Planes share(1, cells.width, cells.height);
    Planes target(1, cells.width, cells.height);
    Planes one(1, cells.width, cells.height);
    for (size_t i = 0; i < cells.planeSize(); ++i) {
        share.plane(0)[i] = cells.plane(1)[i];
        target.plane(0)[i] = cells.plane(1)[i] > 0 ? cells.plane(0)[i] / cells.plane(1)[i] : 0;
        one.plane(0)[i] = cells.plane(1)[i] > 0;
    }
    const std::vector<double> blue = solvedDirectly(cellMeans(light), share, target);
    const std::vector<double> reach = solvedDirectly(cellMeans(light), share, one);
    for (size_t i = 0; i < cells.planeSize(); ++i) {
        QVERIFY2(std::abs(found.plane(0)[i] - blue[i]) < 1e-3,
                 qPrintable(
                     QStringLiteral("%1: %2, not %3").arg(i).arg(found.plane(0)[i]).arg(blue[i])));
        QVERIFY2(std::abs(found.plane(2)[i] - reach[i]) < 1e-3,
                 qPrintable(
                     QStringLiteral("%1: %2, not %3").arg(i).arg(found.plane(2)[i]).arg(reach[i])));
    }
}

void TestHintPropagation::agreesWithTheTrainingsPropagation()
{
    const Planes light = wavesAndDisc(256, 160, {150, 70}, 40);
    Planes hints(4, 256, 160);
    setSquare(hints, 147, 66, 6, -0.2F, 0.3F);
    setSquare(hints, 20, 20, 6, 0.25F, -0.1F);
    setSquare(hints, 230, 140, 9, 0.05F, 0.15F);
    setGrey(hints, 60, 100, 12);
    const Planes found = propagatedHints(light, hints);
    QCOMPARE(found.size(), QSize(64, 40));
    struct Place {
        int y, x;
        float values[3];
    };
    // hints.propagate() of models/training/hints.py on the same planes.
    constexpr Place places[] = {
        {0, 0, {0.15533F, -0.06131F, 0.63709F}},   {5, 5, {0.24873F, -0.09949F, 0.99524F}},
        {17, 37, {-0.19932F, 0.29903F, 0.99681F}}, {25, 15, {0.00018F, -0.00005F, 0.99563F}},
        {37, 60, {0.04254F, 0.13198F, 0.86551F}},  {20, 30, {-0.06185F, 0.10406F, 0.45409F}},
        {39, 63, {0.03536F, 0.11477F, 0.73192F}},  {10, 50, {-0.00735F, 0.02793F, 0.16519F}}};
    for (const Place &place : places) {
        for (int c = 0; c < 3; ++c) {
            const float value = found.row(c, place.y)[place.x];
            QVERIFY2(std::abs(value - place.values[c]) < 1e-3F,
                     qPrintable(QStringLiteral("%1, %2: %3, not %4")
                                    .arg(place.y)
                                    .arg(place.x)
                                    .arg(value)
                                    .arg(place.values[c])));
        }
    }
}

void TestHintPropagation::nothingComesOfNoHints()
{
    const Planes found = propagatedHints(wavesAndDisc(64, 32, {30, 20}, 12), Planes(4, 64, 32));
    QCOMPARE(found, Planes(3, 16, 8));
}

void TestHintPropagation::colourStopsAtAnEdge()
{
    Planes light(1, 128, 64);
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 128; ++x)
            light.row(0, y)[x] = x < 64 ? 0.3F : 0.7F;
    }
    Planes hints(4, 128, 64);
    setSquare(hints, 30, 30, 6, 0, 0.4F);
    const Planes found = propagatedHints(light, hints);
    QVERIFY(found.row(1, 8)[14] > 0.1F);
    QVERIFY(found.row(1, 8)[17] < 0.2F * found.row(1, 8)[14]);
}

void TestHintPropagation::greyHoldsColourOff()
{
    Planes light(1, 64, 64);
    std::fill(light.values.begin(), light.values.end(), 0.5F);
    Planes hints(4, 64, 64);
    setSquare(hints, 4, 4, 6, 0.4F, 0.4F);
    const float before = propagatedHints(light, hints).row(0, 12)[12];
    setGrey(hints, 44, 44, 8);
    const Planes found = propagatedHints(light, hints);
    QVERIFY(found.row(0, 12)[12] < 0.05F * before);
    QVERIFY(found.row(2, 12)[12] > 0.9F);
}

void TestHintPropagation::isQuick()
{
    const Planes light = wavesAndDisc(320, 224, {150, 70}, 40);
    Planes hints(4, 320, 224);
    for (int i = 0; i < 100; ++i)
        setSquare(hints, (i * 37) % 310, (i * 91) % 214, 6, 0.01F * float(i % 30), -0.1F);
    qint64 best = 1000000;
    for (int i = 0; i < 5; ++i) {
        QElapsedTimer timer;
        timer.start();
        QVERIFY(propagatedHints(light, hints).values[0] < 1);
        best = std::min(best, timer.nsecsElapsed() / 1000);
    }
    qInfo("%lld us", static_cast<long long>(best));
    QVERIFY(best < 50000);
}

QTEST_GUILESS_MAIN(TestHintPropagation)
#include "tst_hintpropagation.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/compositor.h"
#include "document/layers.h"

#include <QtTest>

#include <numbers>

using namespace heirloom;

namespace
{

/// A 3x3 map of points by its nine numbers, turned round by cofactors: no QTransform.
struct Map {
    double m[3][3];

    explicit Map(const QTransform &t)
        : m{{t.m11(), t.m21(), t.m31()}, {t.m12(), t.m22(), t.m32()}, {t.m13(), t.m23(), t.m33()}}
    {
    }
    Map inverted() const
    {
        Map out(*this);
        double det = 0;
        for (int r = 0; r < 3; ++r) {
            for (int c = 0; c < 3; ++c) {
                const int r1 = (r + 1) % 3, r2 = (r + 2) % 3, c1 = (c + 1) % 3, c2 = (c + 2) % 3;
                out.m[c][r] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
            }
        }
        for (int c = 0; c < 3; ++c)
            det += m[0][c] * out.m[c][0];
        for (auto &row : out.m) {
            for (double &v : row)
                v /= det;
        }
        return out;
    }
    std::array<double, 3> operator()(double x, double y) const
    {
        std::array<double, 3> p{};
        for (size_t r = 0; r < 3; ++r)
            p[r] = m[r][0] * x + m[r][1] * y + m[r][2];
        return {p[0] / p[2], p[1] / p[2], p[2]};
    }
};

double lanczos3(double x)
{
    if (std::abs(x) < 1e-12)
        return 1;
    if (std::abs(x) >= 3)
        return 0;
    const double p = std::numbers::pi * x;
    return 3 * std::sin(p) * std::sin(p / 3) / (p * p);
}

/// Colours and alpha (last, always there) at a place of the picture between its pixels; what lies
/// beyond is transparent. Straight from the definition, in double.
std::array<double, 4> interpolated(const Image &image, double x, double y, int colors)
{
    const bool alpha = image.format().hasAlpha();
    const double cx = x - 0.5, cy = y - 0.5;
    const int fx = int(std::floor(cx)), fy = int(std::floor(cy));
    double weights = 0;
    std::array<double, 4> sum{};
    for (int v = fy - 2; v <= fy + 3; ++v) {
        for (int u = fx - 2; u <= fx + 3; ++u) {
            const double w = lanczos3(cx - u) * lanczos3(cy - v);
            weights += w;
            if (!image.rect().contains(u, v))
                continue;
            const double a = alpha ? unitSample(image, u, v, colors) : 1;
            for (int c = 0; c < colors; ++c)
                sum[size_t(c)] += w * a * unitSample(image, u, v, c);
            sum[3] += w * a;
        }
    }
    for (int c = 0; c < colors; ++c)
        sum[size_t(c)] = sum[3] > 1e-6 ? sum[size_t(c)] / sum[3] : 0;
    sum[3] = std::clamp(sum[3] / weights, 0.0, 1.0);
    return sum;
}

const PixelFormat formats[] = {{Channels::Gray, Depth::U8},      {Channels::Gray, Depth::U16},
                               {Channels::GrayAlpha, Depth::U8}, {Channels::GrayAlpha, Depth::U16},
                               {Channels::Rgb, Depth::U8},       {Channels::Rgb, Depth::U16},
                               {Channels::Rgba, Depth::U8},      {Channels::Rgba, Depth::U16}};

Transform projective(const QPolygonF &from, const QPolygonF &to)
{
    QTransform map;
    QTransform::quadToQuad(from, to, map);
    return *Transform::fromQTransform(map);
}

} // namespace

/// Layers that are turned, enlarged and put into perspective, against Lanczos-3 by its formula.
class TestPlacement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheFormula_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<Transform>("transform");
        const QRectF picture(0, 0, 60, 50);
        const std::pair<const char *, Transform> places[] = {
            {"turned", Transform::rotation(23, {30, 25}).then(Transform::translation(10, 8))},
            {"turned and enlarged", Transform::rotation(-71, {30, 25})
                                        .then(Transform::scaling(1.7, 1.3))
                                        .then(Transform::translation(-4, 6))},
            {"sheared", *Transform::fromQTransform(QTransform(1.1, 0.2, -0.3, 1.4, 22, 3))},
            {"mirrored and enlarged",
             *Transform::fromQTransform(QTransform(-1.5, 0, 0, 1.25, 95, 2))},
            {"between pixels", Transform::translation(3.4, 5.7)},
            {"enlarged", Transform::scaling(2, 1.5)},
            {"perspective",
             projective(QPolygonF(QList<QPointF>{{0, 0}, {60, 0}, {60, 50}, {0, 50}}),
                        QPolygonF(QList<QPointF>{{10, 5}, {88, 12}, {95, 80}, {3, 70}}))},
        };
        for (int f = 0; f < int(std::size(formats)); ++f) {
            for (const auto &[name, place] : places)
                QTest::addRow("%s, %s", name, formatName(formats[f]).constData()) << f << place;
        }
    }
    void equalsTheFormula()
    {
        QFETCH(int, format);
        QFETCH(Transform, transform);
        const PixelFormat own = formats[format];
        const bool deep = own.depth == Depth::U16;
        const QSize size(60, 50);
        std::mt19937 random(11);
        // Noise in 8 bits; in 16 the engine's table of weights is told apart by it.
        const Image image = deep ? smoothImage(size, own) : randomImage(size, own, random);
        const auto store = newStore();
        const QSize canvas(100, 90);
        Snapshot snapshot;
        snapshot.canvas = canvasOf(canvas, own.withAlpha(true));
        Layer layer = layerOf(1, image, store);
        layer.transform = transform;
        snapshot.stack.insert(0, layer);
        Compositor compositor(store);
        compositor.setState(snapshot);
        const Image got = compositor.render(snapshot.canvas.rect());

        const Map back = Map(transform.toQTransform()).inverted();
        const int colors = own.colorCount();
        // Along an axis-parallel edge the picture ends at once instead of fading.
        const bool upright = transform.kind() == Transform::Kind::Scale;
        const double inside = deep ? 4.0 / 65535 : 1.3 / 255;
        // Weights are known to 1/1024 of a pixel, which shows at steep edges.
        const double atEdges = std::max(inside, 1.2 / 1024);
        int seen = 0;
        for (int y = 0; y < canvas.height(); ++y) {
            for (int x = 0; x < canvas.width(); ++x) {
                const auto p = back(x + 0.5, y + 0.5);
                const bool inner = QRectF(3.5, 3.5, 53, 43).contains(p[0], p[1]);
                if (upright && !inner)
                    continue;
                const double allowed = inner ? inside : atEdges;
                const auto wanted = interpolated(image, p[0], p[1], colors);
                const double alpha = unitSample(got, x, y, colors);
                seen += inner;
                QVERIFY2(std::abs(alpha - wanted[3]) <= allowed,
                         qPrintable(QStringLiteral("alpha %1 for %2 at %3, %4")
                                        .arg(alpha).arg(wanted[3]).arg(x).arg(y)));
                for (int c = 0; c < colors && wanted[3] > 0.05; ++c) {
                    const double colour =
                        std::clamp(wanted[size_t(c)], 0.0, 1.0);
                    const double worst =
                        std::abs(unitSample(got, x, y, c) - colour) * wanted[3];
                    QVERIFY2(worst <= allowed,
                             qPrintable(QStringLiteral("%1 steps at %2, %3")
                                            .arg(worst * (deep ? 65535 : 255)).arg(x).arg(y)));
                }
            }
        }
        QVERIFY(seen > 500);
    }

    void reducedLayerShowsItsMeans_data()
    {
        QTest::addColumn<double>("scale");
        QTest::addColumn<double>("degrees");
        for (const double scale : {0.8, 0.5, 0.3, 0.11}) {
            for (const double degrees : {0.0, 17.0})
                QTest::addRow("%.2f, %.0f degrees", scale, degrees) << scale << degrees;
        }
    }
    void reducedLayerShowsItsMeans()
    {
        QFETCH(double, scale);
        QFETCH(double, degrees);
        for (const PixelFormat own : formats) {
            const QSize size(600, 400);
            const auto store = newStore();
            Snapshot snapshot;
            snapshot.canvas = canvasOf({500, 400}, own.withAlpha(true));
            Layer layer = layerOf(1, smoothImage(size, own.withAlpha(false)), store);
            layer.transform = Transform::scaling(scale, scale)
                                  .then(Transform::rotation(degrees, {0, 0}))
                                  .then(Transform::translation(120, 10));
            snapshot.stack.insert(0, layer);
            Compositor compositor(store);
            compositor.setState(snapshot);
            const Image got = compositor.render(snapshot.canvas.rect());
            const Map back = Map(layer.transform.toQTransform()).inverted();
            for (int y = 0; y < 400; y += 3) {
                for (int x = 0; x < 500; x += 3) {
                    // The mean over what the pixel covers, by 5 x 5 points of the formula.
                    double sum = 0;
                    bool inside = true;
                    for (int i = 0; i < 25; ++i) {
                        const auto p = back(x + (i % 5 + 0.5) / 5, y + (i / 5 + 0.5) / 5);
                        const double margin = 4 / scale;
                        inside = inside && QRectF(margin, margin, 600 - 2 * margin,
                                                  400 - 2 * margin).contains(p[0], p[1]);
                        sum += smoothValue(p[0] - 0.5, p[1] - 0.5, 0) / 25;
                    }
                    if (!inside)
                        continue;
                    QVERIFY2(std::abs(unitSample(got, x, y, 0) - sum) <= 2.0 / 255,
                             qPrintable(QString::number(
                                 255 * std::abs(unitSample(got, x, y, 0) - sum))));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestPlacement)
#include "tst_placement.moc"

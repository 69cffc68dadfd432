// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/randomimage.h"
#include "image/resample.h"

#include <QtTest>

using namespace heirloom;

namespace
{

double sinc(double x)
{
    return x == 0 ? 1 : std::sin(M_PI * x) / (M_PI * x);
}

/// The weight of source pixel i for target pixel t, straight from the definition.
double plainWeight(int i, int t, int source, int target)
{
    const double step = double(source) / target;
    if (source == target)
        return i == t ? 1 : 0;
    if (step > 1) {
        const double from = std::max(t * step, double(i));
        const double to = std::min((t + 1) * step, double(i + 1));
        return std::max(0.0, to - from);
    }
    const double x = i + 0.5 - (t + 0.5) * step;
    return std::abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0;
}

/// Every target pixel from every source pixel, in double.
Image plainResampled(const Image &source, QSize target)
{
    const PixelFormat format = source.format();
    const int channels = format.channelCount();
    Image out(target, format.withDepth(Depth::F32));
    for (int ty = 0; ty < target.height(); ++ty) {
        for (int tx = 0; tx < target.width(); ++tx) {
            std::vector<double> sums(size_t(channels), 0.0);
            double weights = 0;
            for (int y = 0; y < source.height(); ++y) {
                const double wy = plainWeight(y, ty, source.height(), target.height());
                if (wy == 0)
                    continue;
                for (int x = 0; x < source.width(); ++x) {
                    const double w = wy * plainWeight(x, tx, source.width(), target.width());
                    const double alpha =
                        format.hasAlpha() ? unitSample(source, x, y, channels - 1) : 1;
                    for (int c = 0; c < channels; ++c) {
                        const bool isAlpha = format.hasAlpha() && c == channels - 1;
                        sums[size_t(c)] +=
                            w * (isAlpha ? alpha : alpha * unitSample(source, x, y, c));
                    }
                    weights += w;
                }
            }
            const double alpha = format.hasAlpha() ? sums.back() / weights : 1;
            for (int c = 0; c < channels; ++c) {
                double v = sums[size_t(c)] / weights;
                if (format.hasAlpha() && c < channels - 1)
                    v = alpha > 1e-6 ? v / alpha : 0;
                if (format.depth != Depth::F32)
                    v = std::clamp(v, 0.0, 1.0);
                out.samples<float>(ty)[tx * channels + c] = float(v);
            }
        }
    }
    return out;
}

/// A source that only goes forward, once.
class ForwardSource : public ImageSource
{
public:
    explicit ForwardSource(Image image)
        : m_image(std::move(image))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return {}; }
    bool isRandomAccess() const override { return false; }
    Result<Image> read(const QRect &r) override
    {
        if (r.top() < m_next)
            return fail(ErrorCode::Internal, {QStringLiteral("went back")});
        m_next = r.bottom() + 1;
        return m_image.copied(r);
    }

private:
    Image m_image;
    int m_next = 0;
};

} // namespace

class TestResampler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThePlainReference_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::addColumn<QSize>("target");
        for (const PixelFormat format : allFormats()) {
            for (const QSize target : {QSize(52, 36), QSize(40, 9), QSize(6, 4), QSize(13, 18),
                                       QSize(5, 27), QSize(1, 1), QSize(29, 20)}) {
                QTest::addRow("%s to %dx%d", formatName(format).constData(), target.width(),
                              target.height())
                    << format << target;
            }
        }
    }
    void equalsThePlainReference()
    {
        QFETCH(PixelFormat, format);
        QFETCH(QSize, target);
        std::mt19937 random(7);
        Image source = randomImage({13, 9}, format, random);
        if (format.hasAlpha()) {
            // Alpha sums near 0 divide by almost nothing under Lanczos: keep it away from there.
            const Image opaque = source.converted(format.withAlpha(false)).converted(format);
            for (int y = 0; y < source.height(); ++y) {
                for (int x = 0; x < source.width(); ++x) {
                    if ((x / 4 + y) % 3)
                        source.paste(opaque.copied(QRect(x, y, 1, 1)), {x, y});
                }
            }
        }
        const Image got = resampled(source, target);
        const Image wanted = plainResampled(source, target);
        QCOMPARE(got.format(), format);
        QCOMPARE(got.size(), target);
        const double step = format.depth == Depth::U8    ? 0.5 / 255
                            : format.depth == Depth::U16 ? 0.5 / 65535
                                                         : 0;
        double worst = 0;
        for (int y = 0; y < target.height(); ++y) {
            for (int x = 0; x < target.width(); ++x) {
                const int channels = format.channelCount();
                const double alpha = format.hasAlpha() ? unitSample(wanted, x, y, channels - 1) : 1;
                for (int c = 0; c < channels; ++c) {
                    if (format.hasAlpha() && c < channels - 1 && alpha < 0.05)
                        continue;
                    worst = std::max(
                        worst, std::abs(unitSample(got, x, y, c) - unitSample(wanted, x, y, c)) *
                                   (c < channels - 1 ? alpha : 1));
                }
            }
        }
        QVERIFY2(worst <= step + 4e-6, qPrintable(QString::number(worst)));
    }

    void everyPartEqualsTheWhole()
    {
        std::mt19937 random(11);
        for (const PixelFormat format : allFormats()) {
            for (const QSize target : {QSize(160, 120), QSize(17, 11)}) {
                const Image source = randomImage({40, 30}, format, random);
                const Image whole = resampled(source, target);
                const Resampler resampler(source.size(), target);
                for (int i = 0; i < 12; ++i) {
                    const int x = int(random() % quint32(target.width()));
                    const int y = int(random() % quint32(target.height()));
                    const QRect part(x, y, 1 + int(random() % quint32(target.width() - x)),
                                     1 + int(random() % quint32(target.height() - y)));
                    const QRect need = resampler.sourceRect(part);
                    QVERIFY(source.rect().contains(need));
                    QCOMPARE(resampler.apply(source.copied(need), need.topLeft(), part),
                             whole.copied(part));
                }
            }
        }
    }

    void threadsDoNotChangeTheResult()
    {
        std::mt19937 random(3);
        const Image source = randomImage({90, 110}, {Channels::Rgb, Depth::U8}, random);
        QCOMPARE(resampled(source, {360, 440}, 5), resampled(source, {360, 440}, 1));
    }

    void constantStaysConstant()
    {
        for (const PixelFormat format : allFormats()) {
            const double value = format.depth == Depth::F32 ? 0.25 : 200;
            Image source({31, 17}, format);
            source.fill(value);
            for (const QSize target : {QSize(124, 68), QSize(47, 40), QSize(10, 7)}) {
                Image wanted(target, format);
                wanted.fill(value);
                QVERIFY(largestDifference(resampled(source, target), wanted) <=
                        (format.depth == Depth::F32 ? 1e-6 : 0));
            }
        }
    }

    void transparentColoursDoNotLeak()
    {
        Image source({8, 8}, {Channels::Rgba, Depth::U8});
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x) {
                quint8 *p = source.samples<quint8>(y) + x * 4;
                const bool left = x < 4;
                p[0] = left ? 10 : 255; // bright where nothing is seen
                p[1] = p[2] = p[0];
                p[3] = left ? 255 : 0;
            }
        }
        const Image out = resampled(source, {4, 4});
        for (int x = 0; x < 2; ++x)
            QCOMPARE(int(out.constSamples<quint8>(1)[x * 4]), 10);
        const Image large = resampled(source, {32, 32});
        for (int x = 0; x < 32; ++x) {
            const quint8 *p = large.constSamples<quint8>(9) + x * 4;
            if (p[3] > 0)
                QVERIFY(std::abs(int(p[0]) - 10) <= 1);
        }
    }

    void streamedSourceEqualsTheWhole()
    {
        std::mt19937 random(5);
        const Image source = randomImage({37, 150}, {Channels::Rgb, Depth::U16}, random);
        for (const QSize target : {QSize(148, 600), QSize(20, 31), QSize(37, 301)}) {
            const Image whole = resampled(source, target);
            ForwardSource forward(source);
            ResampledSource stream(forward, target);
            for (int y = 0; y < target.height();) {
                const int height = std::min(1 + int(random() % 40), target.height() - y);
                const auto rows = stream.read(QRect(0, y, target.width(), height));
                QVERIFY(rows);
                QCOMPARE(*rows, whole.copied(QRect(0, y, target.width(), height)));
                y += height;
            }
        }
    }

    void shiftedAxisTakesNeighbouringPixels()
    {
        std::mt19937 random(2);
        const Image source = randomImage({20, 20}, {Channels::Gray, Depth::U8}, random);
        const Resampler shift(ResampleAxis(20, 15, 1, 5), ResampleAxis(20, 20));
        QCOMPARE(shift.apply(source, {0, 0}, QRect(0, 0, 15, 20)),
                 source.copied(QRect(5, 0, 15, 20)));
    }
};

QTEST_APPLESS_MAIN(TestResampler)
#include "tst_resampler.moc"

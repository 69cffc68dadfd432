// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/floodselect.h"
#include "support/testpictures.h"

#include <QtTest>

#include <deque>
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

/// Says how much of it was read.
class CountingSource : public ImageSource
{
public:
    explicit CountingSource(Image image)
        : m_image(std::move(image))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return {}; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override
    {
        if (fails)
            return fail(ErrorCode::Internal, {QStringLiteral("a tile")});
        reads += r.width() > 1;
        return m_image.copied(r);
    }
    int reads = 0;
    bool fails = false;

private:
    Image m_image;
};

/// Pixel by pixel.
Image plain(const Image &picture, QPoint seed, const FloodOptions &options)
{
    const PixelFormat format = picture.format().withDepth(Depth::U8);
    const Image in = picture.converted(format);
    const int channels = format.channelCount();
    const auto alike = [&](int x, int y) {
        const quint8 *a = in.constSamples<quint8>(y) + x * channels;
        const quint8 *b = in.constSamples<quint8>(seed.y()) + seed.x() * channels;
        for (int c = 0; c < channels; ++c) {
            if (std::abs(a[c] - b[c]) > options.tolerance)
                return false;
        }
        return true;
    };
    Image out(in.size(), gray);
    out.fill(0);
    const auto value = [&out](int x, int y) -> quint8 & { return out.samples<quint8>(y)[x]; };
    std::deque<QPoint> open{seed};
    while (options.contiguous && !open.empty()) {
        const QPoint p = open.front();
        open.pop_front();
        if (!out.rect().contains(p) || value(p.x(), p.y()) || !alike(p.x(), p.y()))
            continue;
        value(p.x(), p.y()) = 255;
        for (const QPoint by : {QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)})
            open.push_back(p + by);
    }
    for (int y = 0; y < in.height() && !options.contiguous; ++y) {
        for (int x = 0; x < in.width(); ++x)
            value(x, y) = alike(x, y) ? 255 : 0;
    }
    if (!options.smooth)
        return out;
    Image soft(in.size(), gray);
    for (int y = 0; y < in.height(); ++y) {
        for (int x = 0; x < in.width(); ++x) {
            int sum = 8;
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx)
                    sum += value(std::clamp(x + dx, 0, in.width() - 1),
                                 std::clamp(y + dy, 0, in.height() - 1)) *
                           (dx ? 1 : 2) * (dy ? 1 : 2);
            }
            soft.samples<quint8>(y)[x] = quint8(sum / 16);
        }
    }
    return soft;
}

} // namespace

class TestFloodSelect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatAPlainFillTakes_data();
    void takesWhatAPlainFillTakes();
    void readsOnlyTheTilesItReaches();
    void errorsOfThePictureAndAStopComeBack();
};

void TestFloodSelect::takesWhatAPlainFillTakes_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<bool>("sixteen");
    QTest::addColumn<int>("tolerance");
    QTest::addColumn<bool>("contiguous");
    QTest::addColumn<bool>("smooth");
    for (const int channels : {1, 3, 4}) {
        for (const int tolerance : {0, 12, 60, 255}) {
            for (const bool contiguous : {true, false})
                QTest::addRow("%d channels, %d, %s", channels, tolerance,
                              contiguous ? "contiguous" : "all")
                    << channels << (channels == 4) << tolerance << contiguous << (tolerance == 12);
        }
    }
}

void TestFloodSelect::takesWhatAPlainFillTakes()
{
    QFETCH(int, channels);
    QFETCH(bool, sixteen);
    QFETCH(int, tolerance);
    QFETCH(bool, contiguous);
    QFETCH(bool, smooth);
    const Image picture = photoPicture(
        {560, 300}, {Channels(channels), sixteen ? Depth::U16 : Depth::U8}, quint32(channels));
    std::mt19937 random(5);
    for (int i = 0; i < 4; ++i) {
        const QPoint seed(int(random() % 560), int(random() % 300));
        const FloodOptions options{tolerance, contiguous, smooth};
        CountingSource source(picture);
        const auto taken = floodCoverage(source, seed, options, store());
        QVERIFY(taken);
        QVERIFY(taken->toImage() == plain(picture, seed, options));
    }
}

void TestFloodSelect::readsOnlyTheTilesItReaches()
{
    Image picture({1200, 1200}, {Channels::Rgb, Depth::U8});
    picture.fill(200);
    Image square({50, 50}, picture.format());
    square.fill(10);
    picture.paste(square, {600, 600});
    CountingSource source(picture);
    QVERIFY(floodCoverage(source, {610, 610}, {}, store()));
    QCOMPARE(source.reads, 1);
}

void TestFloodSelect::errorsOfThePictureAndAStopComeBack()
{
    CountingSource source(photoPicture({300, 300}, {Channels::Rgb, Depth::U8}));
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = floodCoverage(source, {5, 5}, {}, store(), Progress(stop.get_token(), {}));
    QVERIFY(!stopped && stopped.error().isCancelled());
    source.fails = true;
    const auto broken = floodCoverage(source, {5, 5}, {}, store());
    QVERIFY(!broken);
    QCOMPARE(broken.error().code, ErrorCode::Internal);
}

QTEST_GUILESS_MAIN(TestFloodSelect)
#include "tst_floodselect.moc"

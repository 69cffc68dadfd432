// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/blemishes.h"
#include "paint/spotheal.h"
#include "paint/spotsource.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"

#include <QImage>
#include <QtTest>

using namespace heirloom;
using test::Texture;

namespace
{

constexpr int blemishes = 50;
constexpr QSize size(220, 200);
constexpr QPoint middle(110, 100);

Image healed(const Image &picture, const Image &mask)
{
    const PixelFormat format = picture.format();
    return spotHealed(picture.converted(format.withDepth(Depth::F32)), mask).converted(format);
}

Image disc(QPoint centre, double radius)
{
    return test::blemishMask(size, centre, radius, 3);
}

struct Mean {
    test::Distance sum;
    int count = 0;
    void add(const test::Distance &d)
    {
        sum.rms += d.rms;
        sum.soft += d.soft;
        sum.texture += d.texture;
        ++count;
    }
    test::Distance value() const
    {
        return {sum.rms / count, sum.soft / count, sum.texture / count};
    }
};

void leavesTheOutside(const Image &before, const Image &after, const Image &mask)
{
    const int bytes = before.format().bytesPerPixel();
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] == 0)
                QVERIFY(std::equal(before.constRow(y) + x * bytes,
                                   before.constRow(y) + (x + 1) * bytes,
                                   after.constRow(y) + x * bytes));
        }
    }
}

void print(const char *name, const Mean &ours, const Mean &theirs)
{
    const auto a = ours.value(), b = theirs.value();
    qInfo("%-8s  rms %5.2f (Telea %5.2f)  light %5.2f (%5.2f)  texture %5.2f (%5.2f)", name, a.rms,
          b.rms, a.soft, b.soft, a.texture, b.texture);
}

} // namespace

class TestSpotHeal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCloserToTheCleanPictureThanTelea()
    {
        Mean ours, theirs;
        for (const Texture texture : {Texture::Skin, Texture::Sky, Texture::Fabric}) {
            Mean oursHere, theirsHere;
            for (int i = int(texture); i < blemishes; i += 3) {
                const auto seed = quint32(i + 1);
                const Image clean = test::texturePicture(texture, size, seed);
                const Image mask = test::blemishMask(size, middle, 5 + i % 17, seed);
                const Image spoilt = test::blemished(clean, mask, seed);
                const auto mine = test::distance(healed(spoilt, mask), clean, mask);
                const auto other = test::distance(test::telea(spoilt, mask), clean, mask);
                for (Mean *mean : {&ours, &oursHere})
                    mean->add(mine);
                for (Mean *mean : {&theirs, &theirsHere})
                    mean->add(other);
            }
            print(texture == Texture::Skin ? "skin" : texture == Texture::Sky ? "sky" : "fabric",
                  oursHere, theirsHere);
        }
        print("all", ours, theirs);
        QCOMPARE(ours.count, blemishes);
        QVERIFY(ours.value().rms < theirs.value().rms);
        QVERIFY(ours.value().soft < theirs.value().soft);
        QVERIFY(ours.value().texture < 0.5 * theirs.value().texture);
    }

    void worksInEveryFormat_data()
    {
        QTest::addColumn<Channels>("channels");
        QTest::addColumn<Depth>("depth");
        for (const auto channels :
             {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba}) {
            for (const auto depth : {Depth::U8, Depth::U16})
                QTest::addRow("%d channels, depth %d", int(channels), int(depth))
                    << channels << depth;
        }
    }
    void worksInEveryFormat()
    {
        QFETCH(Channels, channels);
        QFETCH(Depth, depth);
        const PixelFormat format{channels, depth};
        const Image clean = test::texturePicture(Texture::Fabric, size, 4);
        const Image mask = disc(middle, 14);
        const Image spoilt = test::blemished(clean, mask, 1).converted(format);
        const Image reference = clean.converted(format);
        const Image result = healed(spoilt, mask);
        const double before = test::psnr(spoilt, reference);
        QVERIFY(test::psnr(result, reference) > before + 12);
        leavesTheOutside(spoilt, result, mask);
    }

    /// At edges and corners of the picture, where there is no ring all around.
    void worksAtThePicturesEdges_data()
    {
        QTest::addColumn<QPoint>("centre");
        QTest::newRow("left") << QPoint(2, 90);
        QTest::newRow("bottom") << QPoint(100, 198);
        QTest::newRow("corner") << QPoint(217, 3);
    }
    void worksAtThePicturesEdges()
    {
        QFETCH(QPoint, centre);
        const Image clean = test::texturePicture(Texture::Sky, size, 6);
        const Image mask = disc(centre, 12);
        Image spoilt = clean;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (mask.constSamples<quint8>(y)[x])
                    std::fill_n(spoilt.samples<quint8>(y) + 3 * x, 3, quint8(0));
            }
        }
        const Image result = healed(spoilt, mask);
        QVERIFY(test::distance(result, clean, mask).rms < 8);
        leavesTheOutside(spoilt, result, mask);
    }

    /// The same thing stands beside the spot, at the best distance: it is not copied.
    void doesNotCopyAnotherBlemish()
    {
        const Image clean = test::texturePicture(Texture::Skin, size, 3);
        const Image mask = disc(middle, 9);
        Image spoilt = test::blemished(clean, mask, 2);
        for (const QPoint other : {QPoint(82, 100), QPoint(138, 100), QPoint(110, 72),
                                   QPoint(110, 128), QPoint(82, 72), QPoint(138, 128)})
            spoilt = test::blemished(spoilt, disc(other, 9), 2);
        QVERIFY(test::distance(healed(spoilt, mask), clean, mask).soft < 5);
    }

    /// Where half of the surroundings are rough and half are smooth, a spot in either gets its own.
    void smoothStaysSmoothAndRoughStaysRough()
    {
        Image clean = test::texturePicture(Texture::Sky, size, 2);
        clean.paste(test::texturePicture(Texture::Fabric, {110, 200}, 2), {110, 0});
        for (const int x : {60, 160}) {
            const Image mask = disc({x, 100}, 10);
            const Image result = healed(test::blemished(clean, mask, 1), mask);
            QVERIFY(test::distance(result, clean, mask).texture < 0.35);
        }
    }

    void aLongScratchIsHealedInPieces()
    {
        const Image clean = test::texturePicture(Texture::Fabric, size, 9);
        Image mask(size, {Channels::Gray, Depth::U8});
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                mask.samples<quint8>(y)[x] =
                    std::abs(x - y - 10) < 5 && y > 20 && y < 180 ? 255 : 0;
        }
        const Image spoilt = test::blemished(clean, mask, 1);
        QVERIFY(findSpotSources(spoilt.converted({Channels::Rgb, Depth::F32}), mask).size() > 3);
        const Image result = healed(spoilt, mask);
        const auto mine = test::distance(result, clean, mask);
        const auto other = test::distance(test::telea(spoilt, mask), clean, mask);
        QVERIFY(mine.rms < other.rms);
        QVERIFY(mine.texture < other.texture);
        leavesTheOutside(spoilt, result, mask);
    }

    void nothingToTakeFromLeavesThePictureAlone()
    {
        const Image picture = test::noisePicture({40, 30}, {Channels::Rgb, Depth::F32}, 1);
        Image mask(picture.size(), {Channels::Gray, Depth::U8});
        mask.fill(255);
        QVERIFY(findSpotSources(picture, mask).empty());
        QVERIFY(spotHealed(picture, mask) == picture);
        mask.fill(0);
        QVERIFY(spotHealed(picture, mask) == picture);
    }

    /// Sources lie in the picture and hold nothing of the mask.
    void sourcesAreClean()
    {
        for (quint32 seed = 1; seed < 6; ++seed) {
            const Image picture = test::texturePicture(Texture::Skin, size, seed)
                                      .converted({Channels::Rgb, Depth::F32});
            const Image mask = test::blemishMask(size, {30, 100}, 20, seed);
            for (const SpotSource &source : findSpotSources(picture, mask)) {
                for (int y = 0; y < size.height(); ++y) {
                    for (int x = 0; x < size.width(); ++x) {
                        if (!mask.constSamples<quint8>(y)[x] || !source.cell.contains(x, y))
                            continue;
                        const QPoint q = source.place({x, y});
                        QVERIFY(picture.rect().contains(q));
                        QVERIFY(mask.constSamples<quint8>(q.y())[q.x()] == 0);
                    }
                }
            }
        }
    }

    void onRealFaces()
    {
        const QStringList files = test::sharedFiles(QStringLiteral("photos/faces"));
        if (files.isEmpty())
            QSKIP("no photographs here");
        Mean ours, theirs;
        quint32 seed = 1;
        for (const QString &file : files) {
            const QImage photo = QImage(file).convertToFormat(QImage::Format_RGB888);
            for (int i = 0; i < 2; ++i, ++seed) {
                std::mt19937 random(seed);
                if (photo.width() < size.width() || photo.height() < size.height())
                    continue;
                const QPoint at(int(random() % unsigned(photo.width() - size.width() + 1)),
                                int(random() % unsigned(photo.height() - size.height() + 1)));
                Image clean(size, {Channels::Rgb, Depth::U8});
                for (int y = 0; y < size.height(); ++y)
                    std::copy_n(photo.constScanLine(at.y() + y) + 3 * at.x(), 3 * size.width(),
                                clean.samples<quint8>(y));
                const Image mask = test::blemishMask(size, middle, 4 + seed % 9, seed);
                const Image spoilt = test::blemished(clean, mask, seed);
                ours.add(test::distance(healed(spoilt, mask), clean, mask));
                theirs.add(test::distance(test::telea(spoilt, mask), clean, mask));
            }
        }
        print("faces", ours, theirs);
        QVERIFY(ours.value().rms < 1.25 * theirs.value().rms);
        QVERIFY(ours.value().texture < 0.6 * theirs.value().texture);
    }
};

QTEST_APPLESS_MAIN(TestSpotHeal)
#include "tst_spotheal.moc"

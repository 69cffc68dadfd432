// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/cvbridge.h"
#include "image/qtbridge.h"
#include "image/randomimage.h"

#include <QtTest>

using namespace heirloom;

class TestBridges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qImageAndBack()
    {
        std::mt19937 random(1);
        for (const PixelFormat format : allFormats()) {
            if (format.depth == Depth::F32)
                continue;
            const Image image = randomImage({21, 13}, format, random);
            const Image back = fromQImage(toQImage(image));
            // Qt knows no grey with alpha: it comes back as RGBA.
            const PixelFormat wanted =
                format.channels == Channels::GrayAlpha ? format.asRgb() : format;
            QCOMPARE(back, image.converted(wanted));
        }
    }

    void qImageOutlivesTheImage()
    {
        std::mt19937 random(2);
        auto image =
            std::make_unique<Image>(randomImage({9, 9}, {Channels::Rgb, Depth::U8}, random));
        const QImage view = toQImage(*image);
        const QRgb before = view.pixel(4, 4);
        image->fill(0);
        image.reset();
        QCOMPARE(view.pixel(4, 4), before);
    }

    void screenImageShowsTheSamePixels()
    {
        std::mt19937 random(3);
        for (const PixelFormat format : allFormats()) {
            const Image image = randomImage({30, 20}, format, random);
            const QImage screen = toScreenImage(image);
            const Image eight = image.converted({Channels::Rgba, Depth::U8});
            for (int y = 0; y < 20; ++y) {
                for (int x = 0; x < 30; ++x) {
                    const quint8 *p = eight.constSamples<quint8>(y) + x * 4;
                    const QRgb got = reinterpret_cast<const QRgb *>(screen.constScanLine(y))[x];
                    QCOMPARE(qAlpha(got), int(p[3]));
                    QVERIFY(std::abs(qRed(got) - p[0] * p[3] / 255.0) <= 0.5001);
                    QVERIFY(std::abs(qBlue(got) - p[2] * p[3] / 255.0) <= 0.5001);
                }
            }
        }
    }

    void palettesAndOtherLayoutsAreRead()
    {
        QImage indexed(5, 4, QImage::Format_Indexed8);
        indexed.setColorTable({qRgb(1, 2, 3), qRgb(200, 100, 50)});
        indexed.fill(1);
        const Image image = fromQImage(indexed);
        QCOMPARE(image.format(), (PixelFormat{Channels::Rgb, Depth::U8}));
        QCOMPARE(int(image.constSamples<quint8>(3)[4 * 3]), 200);
    }

    void matOfAnImageIsReadOnlyInSpirit()
    {
        std::mt19937 random(4);
        for (const PixelFormat format : allFormats()) {
            const Image image = randomImage({17, 11}, format, random);
            const ConstMat view(image);
            QCOMPARE(static_cast<const void *>(view.mat().data),
                     static_cast<const void *>(image.constRow(0)));
            cv::Mat own = toMat(image);
            QVERIFY(own.data != view.mat().data);
            QCOMPARE(fromMat(own), image);
            const Image before = image.copied(image.rect());
            own.setTo(cv::Scalar::all(0));
            QCOMPARE(image, before);
        }
    }

    void planesGoThere()
    {
        Planes planes(2, 6, 5);
        for (size_t i = 0; i < planes.values.size(); ++i)
            planes.values[i] = float(i);
        const cv::Mat mat = toMat(planes, 1);
        QCOMPARE(mat.at<float>(2, 3), planes.row(1, 2)[3]);
        Planes copy(2, 6, 5);
        copyFromMat(mat, copy, 0);
        QVERIFY(std::equal(copy.plane(0), copy.plane(0) + 30, planes.plane(1)));
    }
};

QTEST_APPLESS_MAIN(TestBridges)
#include "tst_bridges.moc"

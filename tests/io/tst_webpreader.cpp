// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"

#include <webp/encode.h>
#include <webp/mux.h>

using namespace heirloom;
using namespace heirloom::test;

class TestWebpReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lossyLooksLikeTheOriginal()
    {
        const Image picture = photoPicture(QSize(160, 120), {Channels::Rgba, Depth::U8});
        WriteSpec spec = specFor(picture, FileFormat::WebP);
        spec.quality = 90;
        const Opened back = opened(encoded(picture, spec));
        QVERIFY(!back.error);
        QVERIFY(back.info.decodesWhole);
        const PixelFormat rgb{Channels::Rgb, Depth::U8};
        const double db = psnr(back.image.converted(rgb), picture.converted(rgb));
        QVERIFY2(db > 28, qPrintable(QString::number(db)));
    }

    void truncatedWebpNamesTheFirstMissingRow_data()
    {
        QTest::addColumn<int>("quality");
        QTest::newRow("lossy") << 90;
        QTest::newRow("lossless") << 100;
    }
    void truncatedWebpNamesTheFirstMissingRow()
    {
        QFETCH(int, quality);
        const Image picture = noisePicture(QSize(200, 300), {Channels::Rgb, Depth::U8}, 2);
        WriteSpec spec = specFor(picture, FileFormat::WebP);
        spec.quality = quality;
        const QByteArray bytes = encoded(picture, spec);
        const Image whole = opened(bytes).image;
        const Opened back = opened(bytes.left(bytes.size() * 2 / 3));
        QVERIFY(!back.error);
        const qint64 row = back.noticeNumber(Notice::Kind::MissingRows);
        QVERIFY2(row > 60 && row < 250, qPrintable(QString::number(row)));
        const QRect good(0, 0, 200, int(row) - 1);
        QVERIFY(back.image.copied(good) == whole.copied(good));
        QCOMPARE(int(back.image.constSamples<quint8>(299)[0]), 128);
    }

    void everyTruncationIsAPictureOrASentence()
    {
        const QByteArray bytes =
            encoded(noisePicture(QSize(50, 40), {Channels::Rgba, Depth::U8}), FileFormat::WebP);
        for (qsizetype n = 0; n < bytes.size(); n += 37) {
            const Opened back = opened(bytes.left(n));
            QVERIFY(!back.error || !errorSentence(*back.error).isEmpty());
        }
    }

    void firstFrameOfAnAnimationIsRead()
    {
        WebPAnimEncoderOptions options;
        WebPAnimEncoderOptionsInit(&options);
        WebPAnimEncoder *encoder = WebPAnimEncoderNew(32, 24, &options);
        const Image first = gradientPicture(QSize(32, 24), {Channels::Rgb, Depth::U8});
        const Image second = noisePicture(QSize(32, 24), {Channels::Rgb, Depth::U8});
        WebPConfig config;
        WebPConfigInit(&config);
        WebPConfigLosslessPreset(&config, 1);
        int time = 0;
        for (const Image *image : {&first, &second}) {
            WebPPicture p;
            WebPPictureInit(&p);
            p.use_argb = 1;
            p.width = 32;
            p.height = 24;
            WebPPictureImportRGB(&p, image->constSamples<quint8>(0), 96);
            WebPAnimEncoderAdd(encoder, &p, time, &config);
            WebPPictureFree(&p);
            time += 100;
        }
        WebPAnimEncoderAdd(encoder, nullptr, time, nullptr);
        WebPData data;
        WebPDataInit(&data);
        WebPAnimEncoderAssemble(encoder, &data);
        const Opened back =
            opened(QByteArray(reinterpret_cast<const char *>(data.bytes), qsizetype(data.size)));
        WebPDataClear(&data);
        WebPAnimEncoderDelete(encoder);
        QVERIFY(!back.error);
        QCOMPARE(back.noticeNumber(Notice::Kind::MorePages), 2);
        QVERIFY(back.image.converted(first.format()) == first);
    }

    void memoryIsCheckedFirst()
    {
        ReadLimits little;
        little.memoryBytes = 10000;
        const QByteArray bytes =
            encoded(noisePicture(QSize(100, 100), {Channels::Rgb, Depth::U8}), FileFormat::WebP);
        QCOMPARE(opened(bytes, little).code(), ErrorCode::TooMuchMemory);
    }

    void pictureThatLooksLikeADrawingIsAPicture()
    {
        const QString path = sharedFile(QStringLiteral("corpus/vips_looks-like-svg.webp"));
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        QCOMPARE(openedFile(path).image.size(), QSize(256, 256));
    }
};

QTEST_GUILESS_MAIN(TestWebpReader)
#include "tst_webpreader.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <QtEndian>

#include <zlib.h>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

QByteArray chunk(const char *type, const QByteArray &data)
{
    QByteArray out(4, '\0');
    qToBigEndian(quint32(data.size()), out.data());
    const QByteArray body = QByteArray(type, 4) + data;
    QByteArray sum(4, '\0');
    qToBigEndian(
        quint32(crc32(0, reinterpret_cast<const Bytef *>(body.constData()), uInt(body.size()))),
        sum.data());
    return out + body + sum;
}

QByteArray header(quint32 width, quint32 height, int depth, int type, int interlace = 0)
{
    QByteArray data(13, '\0');
    qToBigEndian(width, data.data());
    qToBigEndian(height, data.data() + 4);
    data[8] = char(depth);
    data[9] = char(type);
    data[12] = char(interlace);
    return QByteArray("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", data);
}

/// rows: each with its filter byte.
QByteArray pixels(const QByteArray &rows)
{
    return chunk("IDAT", qCompress(rows).mid(4)) + chunk("IEND", {});
}

/// The bytes of a PNG with Adam7 passes, 8-bit grey; every row unfiltered.
QByteArray interlaced(const Image &picture)
{
    const int x0[] = {0, 4, 0, 2, 0, 1, 0}, dx[] = {8, 8, 4, 4, 2, 2, 1};
    const int y0[] = {0, 0, 4, 0, 2, 0, 1}, dy[] = {8, 8, 8, 4, 4, 2, 2};
    QByteArray rows;
    for (int p = 0; p < 7; ++p) {
        for (int y = y0[p]; y < picture.height() && x0[p] < picture.width(); y += dy[p]) {
            rows += '\0';
            for (int x = x0[p]; x < picture.width(); x += dx[p])
                rows += char(picture.constSamples<quint8>(y)[x]);
        }
    }
    return header(quint32(picture.width()), quint32(picture.height()), 8, 0, 1) + pixels(rows);
}

} // namespace

class TestPngReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallGreyDepthsFillTheRange_data()
    {
        QTest::addColumn<int>("bits");
        QTest::newRow("1") << 1;
        QTest::newRow("2") << 2;
        QTest::newRow("4") << 4;
    }
    void smallGreyDepthsFillTheRange()
    {
        QFETCH(int, bits);
        const int levels = 1 << bits;
        QByteArray row(1 + (levels * bits + 7) / 8, '\0');
        for (int v = 0; v < levels; ++v) {
            const int bit = v * bits;
            row[1 + bit / 8] = char(quint8(row[1 + bit / 8]) | v << (8 - bits - bit % 8));
        }
        const Opened back = opened(header(quint32(levels), 1, bits, 0) + pixels(row));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format, (PixelFormat{Channels::Gray, Depth::U8}));
        QCOMPARE(back.info.sourceBits, bits);
        for (int v = 0; v < levels; ++v)
            QCOMPARE(int(back.image.constSamples<quint8>(0)[v]), v * 255 / (levels - 1));
    }

    void paletteWithTransparencyBecomesRgba()
    {
        const QByteArray palette = QByteArray::fromHex("ff000000ff000000ff");
        const QByteArray alpha = QByteArray::fromHex("0080");
        const Opened back = opened(header(3, 1, 8, 3) + chunk("PLTE", palette) +
                                   chunk("tRNS", alpha) + pixels(QByteArray::fromHex("00000102")));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format, (PixelFormat{Channels::Rgba, Depth::U8}));
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(back.image.constRow(0)), 12).toHex(),
                 QByteArray("ff00000000ff00800000ffff"));
    }

    void transparentColourBecomesAlpha()
    {
        const Opened back = opened(header(2, 1, 8, 0) + chunk("tRNS", QByteArray::fromHex("0010")) +
                                   pixels(QByteArray::fromHex("001020")));
        QCOMPARE(back.info.format, (PixelFormat{Channels::GrayAlpha, Depth::U8}));
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(back.image.constRow(0)), 4).toHex(),
                 QByteArray("100020ff"));
    }

    void interlacedEqualsPlain()
    {
        const Image picture = noisePicture(QSize(37, 21), {Channels::Gray, Depth::U8}, 2);
        const Opened back = opened(interlaced(picture));
        QVERIFY(!back.error);
        QVERIFY(back.info.decodesWhole);
        QVERIFY(back.image == picture);
        const Opened plain = opened(encoded(picture, FileFormat::Png));
        QVERIFY(!plain.info.decodesWhole);
        QVERIFY(plain.image == picture);
    }

    void truncatedInterlacedIsCoarseAndSaid()
    {
        const Image picture = gradientPicture(QSize(256, 256), {Channels::Gray, Depth::U8});
        const QByteArray bytes = interlaced(picture);
        const Opened back = opened(bytes.left(bytes.size() / 2));
        QVERIFY(!back.error);
        QCOMPARE(back.noticeCount(Notice::Kind::Other), 1);
        QVERIFY2(maxDifference(back.image, picture) < 16,
                 qPrintable(QString::number(maxDifference(back.image, picture))));
    }

    void truncatedPngNamesTheFirstMissingRow()
    {
        const Image picture = noisePicture(QSize(200, 300), {Channels::Rgb, Depth::U8}, 4);
        const QByteArray bytes = encoded(picture, FileFormat::Png);
        const Opened back = opened(bytes.left(bytes.size() * 2 / 3));
        QVERIFY(!back.error);
        const qint64 row = back.noticeNumber(Notice::Kind::MissingRows);
        QVERIFY2(row > 150 && row < 210, qPrintable(QString::number(row)));
        const QRect good(0, 0, 200, int(row));
        QVERIFY(back.image.copied(good) == picture.copied(good));
        for (int y = int(row); y < 300; ++y) {
            for (int i = 0; i < 600; ++i)
                QCOMPARE(int(back.image.constSamples<quint8>(y)[i]), 128);
        }
    }

    void everyTruncationIsAPictureOrASentence()
    {
        const Image picture = noisePicture(QSize(40, 30), {Channels::Rgba, Depth::U16}, 4);
        const QByteArray bytes = encoded(picture, FileFormat::Png);
        for (qsizetype n = 0; n < bytes.size(); n += 97) {
            const Opened back = opened(bytes.left(n));
            if (back.error)
                QVERIFY(!errorSentence(*back.error).isEmpty());
            else
                QVERIFY(back.noticeCount(Notice::Kind::MissingRows) == 1 || back.image == picture);
        }
    }

    void wrongChecksumIsSaidAndShown()
    {
        QByteArray bytes = header(2, 2, 8, 0) + pixels(QByteArray::fromHex("000102000304"));
        const qsizetype at = bytes.indexOf("IEND") - 5; // last byte of the IDAT's sum
        bytes[at] = char(bytes[at] ^ 1);
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        QCOMPARE(back.noticeCount(Notice::Kind::Other), 1);
        QCOMPARE(int(back.image.constSamples<quint8>(1)[1]), 4);
    }

    void hugeSidesAreRefusedFromTheHeader()
    {
        QCOMPARE(opened(header(100000, 100000, 8, 2)).code(), ErrorCode::SideTooLong);
        QCOMPARE(opened(header(20000, 20000, 8, 2)).code(), ErrorCode::TooManyPixels);
        QCOMPARE(opened(header(0, 5, 8, 2)).code(), ErrorCode::InputDamaged);
        ReadLimits little;
        little.memoryBytes = 1000;
        const Image picture = noisePicture(QSize(100, 100), {Channels::Gray, Depth::U8});
        QCOMPARE(opened(interlaced(picture), little).code(), ErrorCode::TooMuchMemory);
        QVERIFY(!opened(encoded(picture, FileFormat::Png), little).error); // streams
    }

    void gammaWithoutProfileBecomesOne()
    {
        QByteArray gamma(4, '\0');
        qToBigEndian(quint32(100000), gamma.data());
        const Opened linear =
            opened(header(1, 1, 8, 2) + chunk("gAMA", gamma) + pixels(QByteArray(4, '\0')));
        QVERIFY(!linear.error);
        QVERIFY(!linear.info.icc.isEmpty());
        QCOMPARE(linear.noticeCount(Notice::Kind::Untagged), 0);
        qToBigEndian(quint32(45455), gamma.data());
        const Opened usual =
            opened(header(1, 1, 8, 2) + chunk("gAMA", gamma) + pixels(QByteArray(4, '\0')));
        QVERIFY(usual.info.icc.isEmpty());
        const Opened said = opened(header(1, 1, 8, 2) + chunk("sRGB", QByteArray(1, '\0')) +
                                   pixels(QByteArray(4, '\0')));
        QCOMPARE(said.noticeCount(Notice::Kind::Untagged), 0);
        const Opened nothing = opened(header(1, 1, 8, 2) + pixels(QByteArray(4, '\0')));
        QCOMPARE(nothing.noticeCount(Notice::Kind::Untagged), 1);
    }

    void badProfileIsIgnoredAndSaid()
    {
        const Image picture = gradientPicture(QSize(8, 8), {Channels::Rgb, Depth::U8});
        for (const QByteArray &icc : {QByteArray(300, 'x'), grayProfile(), cmykProfile()}) {
            for (const FileFormat file :
                 {FileFormat::Png, FileFormat::Jpeg, FileFormat::Tiff, FileFormat::WebP}) {
                WriteSpec spec = specFor(picture, file);
                spec.icc = icc;
                const Opened back = opened(encoded(picture, spec));
                QVERIFY(!back.error);
                QVERIFY(back.info.icc.isEmpty());
                QVERIFY2(back.noticeCount(Notice::Kind::ProfileIgnored) == 1,
                         qPrintable(fileFormatName(file) + QString::number(icc.size())));
            }
        }
    }

    void suiteLooksAsItShould_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("x");
        QTest::addColumn<int>("y");
        QTest::addColumn<QList<int>>("samples");
        // From PngSuite's description and other decoders.
        QTest::newRow("basn0g16") << "suite_basn0g16.png" << 0 << 0 << QList<int>{0};
        QTest::newRow("s01n3p01") << "suite_s01n3p01.png" << 0 << 0 << QList<int>{0, 0, 255};
    }
    void suiteLooksAsItShould()
    {
        QFETCH(QString, file);
        QFETCH(int, x);
        QFETCH(int, y);
        QFETCH(QList<int>, samples);
        const QString path = sharedFile(QStringLiteral("corpus/") + file);
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        const Opened back = openedFile(path);
        QVERIFY(!back.error);
        for (int c = 0; c < samples.size(); ++c)
            QCOMPARE(std::lround(sampleAt(back.image, x, y, c) * 255), long(samples[c]));
    }

    void interlacedSuiteEqualsItsPlainTwin_data()
    {
        QTest::addColumn<QString>("interlacedFile");
        QTest::addColumn<QString>("plainFile");
        QTest::newRow("rgb16") << "suite_basi2c16.png"
                               << "suite_basn2c16.png";
        QTest::newRow("greyalpha16") << "suite_basi4a16.png"
                                     << "suite_basn4a16.png";
        QTest::newRow("rgba16") << "suite_basi6a16.png"
                                << "suite_basn6a16.png";
    }
    void interlacedSuiteEqualsItsPlainTwin()
    {
        QFETCH(QString, interlacedFile);
        QFETCH(QString, plainFile);
        const QString a = sharedFile(QStringLiteral("corpus/") + interlacedFile);
        const QString b = sharedFile(QStringLiteral("corpus/") + plainFile);
        if (a.isEmpty() || b.isEmpty())
            QSKIP("no evaluation files here");
        QVERIFY(openedFile(a).image == openedFile(b).image);
    }
};

QTEST_GUILESS_MAIN(TestPngReader)
#include "tst_pngreader.moc"

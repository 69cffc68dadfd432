// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <QImage>
#include <QtEndian>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

void put(QByteArray &out, quint32 value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out += char(value >> (8 * i) & 255);
}

struct BmpOptions {
    int headerSize = 40;
    int bits = 24;
    quint32 compression = 0;
    bool topDown = false;
    QByteArray palette; ///< as stored
    QList<quint32> masks;
    QByteArray icc;
};

/// pixels: the rows as stored.
QByteArray bmp(QSize size, const BmpOptions &o, const QByteArray &pixels)
{
    QByteArray header;
    put(header, quint32(o.headerSize), 4);
    if (o.headerSize == 12) {
        put(header, quint32(size.width()), 2);
        put(header, quint32(size.height()), 2);
        put(header, 1, 2);
        put(header, quint32(o.bits), 2);
    } else {
        put(header, quint32(size.width()), 4);
        put(header, quint32(o.topDown ? -size.height() : size.height()), 4);
        put(header, 1, 2);
        put(header, quint32(o.bits), 2);
        put(header, o.compression, 4);
        put(header, quint32(pixels.size()), 4);
        put(header, 11811, 4);
        put(header, 11811, 4);
        put(header, o.headerSize == 12 ? 0 : quint32(o.palette.size() / 4), 4);
        put(header, 0, 4);
        for (const quint32 mask : o.masks)
            put(header, mask, 4);
        if (o.headerSize > 40)
            header += QByteArray(o.headerSize - header.size(), '\0');
    }
    const qsizetype offset = 14 + header.size() + o.palette.size();
    if (o.headerSize == 124) {
        qToLittleEndian(o.icc.isEmpty() ? quint32(0x73524742) : quint32(0x4D424544),
                        header.data() + 56);
        qToLittleEndian(quint32(offset - 14 + pixels.size()), header.data() + 112);
        qToLittleEndian(quint32(o.icc.size()), header.data() + 116);
    }
    QByteArray out("BM");
    put(out, quint32(offset + pixels.size()), 4);
    put(out, 0, 4);
    put(out, quint32(offset), 4);
    return out + header + o.palette + pixels + o.icc;
}

QByteArray rowOf(const Image &image, int y)
{
    return QByteArray(reinterpret_cast<const char *>(image.constRow(y)), image.bytesPerRow());
}

} // namespace

class TestBmpReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qtsFilesAreReadAlike_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("24") << int(QImage::Format_RGB888);
        QTest::newRow("8") << int(QImage::Format_Grayscale8);
        QTest::newRow("1") << int(QImage::Format_Mono);
    }
    void qtsFilesAreReadAlike()
    {
        QFETCH(int, format);
        QImage image(37, 21, QImage::Format_RGB888);
        const Image noise = noisePicture(QSize(37, 21), {Channels::Rgb, Depth::U8});
        for (int y = 0; y < 21; ++y)
            std::memcpy(image.scanLine(y), noise.constRow(y), 37 * 3);
        image = image.convertToFormat(QImage::Format(format));
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        QVERIFY(image.save(&buffer, "BMP"));
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        const QImage expected = image.convertToFormat(QImage::Format_RGB888);
        const Image rgb = back.image.converted({Channels::Rgb, Depth::U8});
        for (int y = 0; y < 21; ++y)
            QCOMPARE(rowOf(rgb, y),
                     QByteArray(reinterpret_cast<const char *>(expected.constScanLine(y)), 37 * 3));
    }

    void topDownAndBottomUpAreUpright()
    {
        const QByteArray red = QByteArray::fromHex("0000ff00");
        const QByteArray blue = QByteArray::fromHex("ff000000");
        for (const bool topDown : {false, true}) {
            BmpOptions o;
            o.topDown = topDown;
            const Opened back = opened(bmp(QSize(1, 2), o, topDown ? red + blue : blue + red));
            QVERIFY(!back.error);
            QCOMPARE(rowOf(back.image, 0).toHex(), QByteArray("ff0000"));
            QCOMPARE(rowOf(back.image, 1).toHex(), QByteArray("0000ff"));
            QVERIFY(std::abs(back.info.resolution.x - 300) < 0.01);
        }
    }

    void palettesOfEveryHeader()
    {
        for (const int headerSize : {12, 40, 108, 124}) {
            for (const int bits : {1, 4, 8}) {
                BmpOptions o;
                o.headerSize = headerSize;
                o.bits = bits;
                for (int i = 0; i < 1 << bits; ++i) {
                    o.palette +=
                        QByteArray(1, char(i)) + QByteArray(1, char(2 * i)) + char(255 - i);
                    if (headerSize != 12)
                        o.palette += '\0';
                }
                // Two pixels, index 1 and 0.
                const QByteArray row = bits == 1   ? QByteArray::fromHex("80000000")
                                       : bits == 4 ? QByteArray::fromHex("10000000")
                                                   : QByteArray::fromHex("01000000");
                const Opened back = opened(bmp(QSize(2, 1), o, row));
                QVERIFY(!back.error);
                QCOMPARE(rowOf(back.image, 0).toHex(), QByteArray("fe0201ff0000"));
            }
        }
    }

    void bitFieldsAreScaled()
    {
        BmpOptions o;
        o.bits = 16;
        const Opened plain = opened(bmp(QSize(2, 1), o, QByteArray::fromHex("007c1f00")));
        QCOMPARE(rowOf(plain.image, 0).toHex(), QByteArray("ff00000000ff"));
        o.compression = 3;
        o.masks = {0xF800, 0x07E0, 0x001F};
        const Opened fields = opened(bmp(QSize(2, 1), o, QByteArray::fromHex("e0071080")));
        QCOMPARE(rowOf(fields.image, 0).toHex(), QByteArray("00ff00840084"));
        o.headerSize = 108;
        o.bits = 32;
        o.masks = {0xFF0000, 0xFF00, 0xFF, 0xFF000000};
        const Opened alpha = opened(bmp(QSize(1, 1), o, QByteArray::fromHex("03020180")));
        QCOMPARE(alpha.info.format.channels, Channels::Rgba);
        QCOMPARE(rowOf(alpha.image, 0).toHex(), QByteArray("01020380"));
        // Without a mask the fourth byte means nothing.
        BmpOptions rgbx;
        rgbx.bits = 32;
        const Opened x = opened(bmp(QSize(1, 1), rgbx, QByteArray::fromHex("03020100")));
        QCOMPARE(x.info.format.channels, Channels::Rgb);
    }

    void runLengthsAreDecoded()
    {
        BmpOptions o;
        o.bits = 8;
        o.compression = 1;
        for (int i = 0; i < 256; ++i)
            o.palette += QByteArray(3, char(i)) + '\0';
        // Bottom row 3 x 05, literal 1 2 3; then a step to the right by 2, one 9; end.
        const QByteArray runs = QByteArray::fromHex("0305"
                                                    "000301020300"
                                                    "0000"
                                                    "00020200"
                                                    "0109"
                                                    "0000"
                                                    "0001");
        const Opened back = opened(bmp(QSize(6, 2), o, runs));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format.channels, Channels::Gray);
        QCOMPARE(rowOf(back.image, 1).toHex(), QByteArray("050505010203"));
        QCOMPARE(rowOf(back.image, 0).toHex(), QByteArray("000009000000"));
        o.bits = 4;
        o.compression = 2;
        o.palette = o.palette.left(64);
        const Opened four = opened(bmp(QSize(5, 1), o,
                                       QByteArray::fromHex("0312"
                                                           "000034005600"
                                                           "0001")
                                               .left(2) +
                                           QByteArray::fromHex("0003"
                                                               "4560"
                                                               "0001")));
        QVERIFY(!four.error);
        QCOMPARE(rowOf(four.image, 0).toHex(), QByteArray("0102010405"));
    }

    void embeddedProfileIsKept()
    {
        BmpOptions o;
        o.headerSize = 124;
        o.icc = wideGamutProfile();
        const Opened back = opened(bmp(QSize(1, 1), o, QByteArray(4, '\0')));
        QVERIFY(!back.error);
        QCOMPARE(back.info.icc, o.icc);
    }

    void truncatedFilesSayWhichEndIsMissing()
    {
        BmpOptions o;
        const QByteArray bytes = bmp(QSize(10, 20), o, QByteArray(32 * 20, '\x40'));
        const Opened upper = opened(bytes.left(bytes.size() / 2));
        QVERIFY(!upper.error);
        QCOMPARE(upper.noticeCount(Notice::Kind::Other), 1);
        QCOMPARE(int(upper.image.constSamples<quint8>(19)[0]), 0x40);
        QCOMPARE(int(upper.image.constSamples<quint8>(0)[0]), 128);
        o.topDown = true;
        const QByteArray down = bmp(QSize(10, 20), o, QByteArray(32 * 20, '\x40'));
        const Opened lower = opened(down.left(54 + 32 * 7 + 3));
        QCOMPARE(lower.noticeNumber(Notice::Kind::MissingRows), 7);
    }

    void nonsenseIsRefused()
    {
        BmpOptions o;
        QCOMPARE(opened(bmp(QSize(3000000, 2000000), o, QByteArray(4, '\0'))).code(),
                 ErrorCode::SideTooLong);
        o.bits = 7;
        QCOMPARE(opened(bmp(QSize(1, 1), o, QByteArray(4, '\0'))).code(),
                 ErrorCode::VariantNotRead);
        o.bits = 24;
        o.compression = 4;
        QCOMPARE(opened(bmp(QSize(1, 1), o, QByteArray(4, '\0'))).code(),
                 ErrorCode::VariantNotRead);
    }

    void everyChangedByteIsAPictureOrASentence()
    {
        BmpOptions o;
        o.bits = 8;
        o.compression = 1;
        for (int i = 0; i < 256; ++i)
            o.palette += QByteArray(3, char(i)) + '\0';
        const QByteArray bytes =
            bmp(QSize(6, 2), o, QByteArray::fromHex("030500030102030000000001"));
        for (int i = 2; i < 54; ++i) {
            for (const int v : {0, 1, 127, 128, 255}) {
                QByteArray changed = bytes;
                changed[i] = char(v);
                const Opened back = opened(changed);
                QVERIFY(!back.error || !errorSentence(*back.error).isEmpty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestBmpReader)
#include "tst_bmpreader.moc"

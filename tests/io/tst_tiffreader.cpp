// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/failingdevice.h"
#include "support/processmemory.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <QTemporaryDir>

#include <cmath>
#include <tiffio.h>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// What a test file is like; samples are given unpacked, one number each.
struct TiffOptions {
    int bits = 8;
    int samples = 3;
    int photometric = PHOTOMETRIC_RGB;
    int compression = COMPRESSION_NONE;
    int sampleFormat = SAMPLEFORMAT_UINT;
    bool planes = false;
    bool tiles = false;
    int rowsPerStrip = 16;
    int orientation = 0;
    QList<quint16> extra;
    QByteArray icc;
    const char *mode = "wl";
    std::vector<quint16> palette; ///< red, green, blue after one another
    bool predictor = false;
};

/// Packs samples most significant bit first, rows padded to bytes; 16 and 32 bits native.
QByteArray packed(const std::vector<double> &values, int bits, int sampleFormat)
{
    QByteArray out;
    if (sampleFormat == SAMPLEFORMAT_IEEEFP && bits == 32) {
        for (const double v : values) {
            const float f = float(v);
            out.append(reinterpret_cast<const char *>(&f), 4);
        }
    } else if (bits == 16) {
        for (const double v : values) {
            const quint16 s = quint16(qint64(v));
            out.append(reinterpret_cast<const char *>(&s), 2);
        }
    } else if (bits == 32) {
        for (const double v : values) {
            const quint32 s = quint32(v);
            out.append(reinterpret_cast<const char *>(&s), 4);
        }
    } else {
        quint64 held = 0;
        int holds = 0;
        for (const double v : values) {
            held = held << bits | (quint64(qint64(v)) & ((1u << bits) - 1));
            holds += bits;
            while (holds >= 8) {
                holds -= 8;
                out += char(held >> holds & 255);
            }
        }
        if (holds > 0)
            out += char(held << (8 - holds) & 255);
    }
    return out;
}

/// value(x, y, sample) is what the file shall hold.
template <typename F>
QByteArray tiffBytes(QSize size, const TiffOptions &o, F &&value)
{
    QTemporaryDir dir;
    const QByteArray path = QFile::encodeName(dir.filePath(QStringLiteral("a.tif")));
    TIFF *t = TIFFOpen(path.constData(), o.mode);
    TIFFSetField(t, TIFFTAG_IMAGEWIDTH, quint32(size.width()));
    TIFFSetField(t, TIFFTAG_IMAGELENGTH, quint32(size.height()));
    TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, o.bits);
    TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, o.samples);
    TIFFSetField(t, TIFFTAG_SAMPLEFORMAT, o.sampleFormat);
    TIFFSetField(t, TIFFTAG_PHOTOMETRIC, o.photometric);
    TIFFSetField(t, TIFFTAG_COMPRESSION, o.compression);
    TIFFSetField(t, TIFFTAG_PLANARCONFIG, o.planes ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    TIFFSetField(t, TIFFTAG_RESOLUTIONUNIT, RESUNIT_CENTIMETER);
    TIFFSetField(t, TIFFTAG_XRESOLUTION, 100.0);
    TIFFSetField(t, TIFFTAG_YRESOLUTION, 100.0);
    if (o.predictor)
        TIFFSetField(t, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    if (o.orientation)
        TIFFSetField(t, TIFFTAG_ORIENTATION, o.orientation);
    if (!o.extra.isEmpty())
        TIFFSetField(t, TIFFTAG_EXTRASAMPLES, int(o.extra.size()), o.extra.constData());
    if (!o.icc.isEmpty())
        TIFFSetField(t, TIFFTAG_ICCPROFILE, quint32(o.icc.size()), o.icc.constData());
    if (!o.palette.empty()) {
        const auto *p = o.palette.data();
        const size_t n = o.palette.size() / 3;
        TIFFSetField(t, TIFFTAG_COLORMAP, p, p + n, p + 2 * n);
    }
    const int chunkWidth = o.tiles ? 32 : size.width();
    const int chunkHeight = o.tiles ? 16 : o.rowsPerStrip;
    if (o.tiles) {
        TIFFSetField(t, TIFFTAG_TILEWIDTH, chunkWidth);
        TIFFSetField(t, TIFFTAG_TILELENGTH, chunkHeight);
    } else {
        TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, chunkHeight);
    }
    quint32 index = 0;
    for (int plane = 0; plane < (o.planes ? o.samples : 1); ++plane) {
        for (int y = 0; y < size.height(); y += chunkHeight) {
            for (int x = 0; x < size.width(); x += chunkWidth) {
                QByteArray bytes;
                const int rows = o.tiles ? chunkHeight : std::min(chunkHeight, size.height() - y);
                for (int r = 0; r < rows; ++r) {
                    std::vector<double> row;
                    for (int c = 0; c < chunkWidth; ++c) {
                        const bool inside = x + c < size.width() && y + r < size.height();
                        for (int s = 0; s < (o.planes ? 1 : o.samples); ++s)
                            row.push_back(inside ? value(x + c, y + r, o.planes ? plane : s) : 0);
                    }
                    bytes += packed(row, o.bits, o.sampleFormat);
                }
                if (o.tiles)
                    TIFFWriteEncodedTile(t, index++, bytes.data(), bytes.size());
                else
                    TIFFWriteEncodedStrip(t, index++, bytes.data(), bytes.size());
            }
        }
    }
    TIFFClose(t);
    QFile file(QFile::decodeName(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Something that differs everywhere.
double pattern(int x, int y, int s, int bits)
{
    const quint32 v = quint32(x * 2654435761u + y * 40503u + s * 7919u);
    return double((v >> 7) & ((1ull << bits) - 1));
}

quint16 at16(const Image &image, int x, int y, int c)
{
    return image.constSamples<quint16>(y)[x * image.format().channelCount() + c];
}

quint8 at8(const Image &image, int x, int y, int c)
{
    return image.constSamples<quint8>(y)[x * image.format().channelCount() + c];
}

const QSize usual(75, 53);

} // namespace

class TestTiffReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLayoutGivesEverySample_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("compression");
        QTest::addColumn<bool>("planes");
        QTest::addColumn<bool>("tiles");
        QTest::addColumn<QByteArray>("mode");
        const std::pair<const char *, int> compressions[] = {{"none", COMPRESSION_NONE},
                                                             {"lzw", COMPRESSION_LZW},
                                                             {"deflate", COMPRESSION_ADOBE_DEFLATE},
                                                             {"packbits", COMPRESSION_PACKBITS}};
        for (const int bits : {1, 2, 4, 6, 8, 10, 12, 14, 16}) {
            for (const auto &[name, compression] : compressions) {
                for (const bool planes : {false, true}) {
                    for (const bool tiles : {false, true}) {
                        for (const char *mode : {"wl", "wb", "wl8"}) {
                            if (bits != 8 && bits != 16 && *(mode + 1) == 'b')
                                continue;
                            QTest::addRow("%d %s%s%s %s", bits, name, planes ? " planes" : "",
                                          tiles ? " tiles" : "", mode)
                                << bits << compression << planes << tiles << QByteArray(mode);
                        }
                    }
                }
            }
        }
    }
    void everyLayoutGivesEverySample()
    {
        QFETCH(int, bits);
        QFETCH(int, compression);
        QFETCH(bool, planes);
        QFETCH(bool, tiles);
        QFETCH(QByteArray, mode);
        TiffOptions o;
        o.bits = bits;
        o.compression = compression;
        o.planes = planes;
        o.tiles = tiles;
        o.mode = mode.constData();
        const QByteArray bytes =
            tiffBytes(usual, o, [&](int x, int y, int s) { return pattern(x, y, s, bits); });
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        QCOMPARE(back.info.sourceBits, bits);
        QCOMPARE(back.info.format.depth, bits > 8 ? Depth::U16 : Depth::U8);
        QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 0);
        const double most = double((1 << bits) - 1);
        for (int y = 0; y < usual.height(); ++y) {
            for (int x = 0; x < usual.width(); ++x) {
                for (int s = 0; s < 3; ++s) {
                    const double v = pattern(x, y, s, bits) / most;
                    if (bits > 8)
                        QCOMPARE(int(at16(back.image, x, y, s)), int(std::floor(v * 65535 + 0.5)));
                    else
                        QCOMPARE(int(at8(back.image, x, y, s)), int(std::floor(v * 255 + 0.5)));
                }
            }
        }
    }

    void whiteAsZeroIsTurnedRound()
    {
        for (const int bits : {1, 8, 16}) {
            TiffOptions o;
            o.bits = bits;
            o.samples = 1;
            o.photometric = PHOTOMETRIC_MINISWHITE;
            const Opened back =
                opened(tiffBytes(QSize(16, 2), o, [&](int x, int, int) { return x % 2; }));
            QVERIFY(!back.error);
            QCOMPARE(sampleAt(back.image, 0, 0, 0), 1.0);
            const double one = 1.0 - 1.0 / double((1 << bits) - 1);
            QVERIFY(std::abs(sampleAt(back.image, 1, 0, 0) - one) < 1e-6);
        }
    }

    void faxCompressionsAreRead()
    {
        for (const int compression :
             {COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4, COMPRESSION_CCITTRLE}) {
            TiffOptions o;
            o.bits = 1;
            o.samples = 1;
            o.photometric = PHOTOMETRIC_MINISWHITE;
            o.compression = compression;
            const auto value = [](int x, int y, int) { return (x / 5 + y / 3) % 2; };
            const Opened back = opened(tiffBytes(QSize(64, 32), o, value));
            QVERIFY(!back.error);
            for (int y = 0; y < 32; ++y) {
                for (int x = 0; x < 64; ++x)
                    QCOMPARE(int(at8(back.image, x, y, 0)), value(x, y, 0) ? 0 : 255);
            }
        }
    }

    void paletteBecomesRgb()
    {
        TiffOptions o;
        o.bits = 4;
        o.samples = 1;
        o.photometric = PHOTOMETRIC_PALETTE;
        for (int c = 0; c < 3; ++c) {
            for (int i = 0; i < 16; ++i)
                o.palette.push_back(quint16(257 * (c == 0 ? i * 17 : c == 1 ? 255 - i * 17 : 7)));
        }
        const Opened back = opened(tiffBytes(QSize(16, 2), o, [](int x, int, int) { return x; }));
        QVERIFY(!back.error);
        for (int x = 0; x < 16; ++x) {
            QCOMPARE(int(at8(back.image, x, 1, 0)), x * 17);
            QCOMPARE(int(at8(back.image, x, 1, 1)), 255 - x * 17);
            QCOMPARE(int(at8(back.image, x, 1, 2)), 7);
        }
    }

    void multipliedAlphaIsTakenOut()
    {
        TiffOptions o;
        o.bits = 16;
        o.samples = 4;
        o.extra = {EXTRASAMPLE_ASSOCALPHA};
        const auto value = [](int, int y, int s) {
            return s == 3 ? 32768 : y == 0 ? 16384 : 40000;
        };
        const Opened back = opened(tiffBytes(QSize(4, 2), o, value));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format, (PixelFormat{Channels::Rgba, Depth::U16}));
        QCOMPARE(int(at16(back.image, 1, 0, 0)), 32768); // half of 65535, rounded
        QCOMPARE(int(at16(back.image, 1, 0, 3)), 32768);
        QCOMPARE(int(at16(back.image, 1, 1, 0)), 65535); // more than its alpha
        o.extra = {EXTRASAMPLE_UNASSALPHA};
        QCOMPARE(int(at16(opened(tiffBytes(QSize(4, 2), o, value)).image, 1, 0, 0)), 16384);
    }

    void otherChannelsAreLeftOutAndSaid()
    {
        TiffOptions o;
        o.samples = 5;
        o.extra = {EXTRASAMPLE_UNSPECIFIED, EXTRASAMPLE_UNASSALPHA};
        const Opened back =
            opened(tiffBytes(QSize(8, 4), o, [](int x, int, int s) { return s * 40 + x; }));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format, (PixelFormat{Channels::Rgba, Depth::U8}));
        QCOMPARE(int(at8(back.image, 3, 0, 2)), 83);
        QCOMPARE(int(at8(back.image, 3, 0, 3)), 163);
        QCOMPARE(back.noticeNumber(Notice::Kind::Other), 1);
    }

    void greyWithAlpha()
    {
        TiffOptions o;
        o.samples = 2;
        o.photometric = PHOTOMETRIC_MINISBLACK;
        o.extra = {EXTRASAMPLE_UNASSALPHA};
        const Opened back =
            opened(tiffBytes(QSize(8, 4), o, [](int x, int, int s) { return s * 100 + x; }));
        QCOMPARE(back.info.format, (PixelFormat{Channels::GrayAlpha, Depth::U8}));
        QCOMPARE(int(at8(back.image, 3, 0, 1)), 103);
    }

    void floatingPointBecomesSixteenBitsAndIsSaid()
    {
        TiffOptions o;
        o.bits = 32;
        o.sampleFormat = SAMPLEFORMAT_IEEEFP;
        const auto value = [](int x, int, int s) { return (x - 2) * 0.25 + s * 0.001; };
        for (const int compression : {COMPRESSION_NONE, COMPRESSION_ADOBE_DEFLATE}) {
            o.compression = compression;
            const Opened back = opened(tiffBytes(QSize(10, 2), o, value));
            QVERIFY(!back.error);
            QCOMPARE(back.info.format.depth, Depth::U16);
            QCOMPARE(back.noticeNumber(Notice::Kind::ReducedDepth), 32);
            QCOMPARE(int(at16(back.image, 0, 0, 0)), 0);
            QCOMPARE(int(at16(back.image, 4, 0, 0)), 32768);
            QCOMPARE(int(at16(back.image, 9, 0, 0)), 65535);
        }
        // Halves: 0.5 is 0x3800, 1.0 is 0x3C00.
        o.compression = COMPRESSION_NONE;
        o.bits = 16;
        const Opened halves =
            opened(tiffBytes(QSize(2, 1), o, [](int x, int, int) { return x ? 0x3C00 : 0x3800; }));
        QVERIFY(!halves.error);
        QCOMPARE(int(at16(halves.image, 0, 0, 0)), 32768);
        QCOMPARE(int(at16(halves.image, 1, 0, 0)), 65535);
    }

    void signedSamplesAreASentence()
    {
        TiffOptions o;
        o.sampleFormat = SAMPLEFORMAT_INT;
        const Opened back = opened(tiffBytes(QSize(8, 4), o, [](int, int, int) { return 0; }));
        QCOMPARE(back.code(), ErrorCode::VariantNotRead);
    }

    void cmykGoesThroughItsProfile_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("profile");
        QTest::newRow("8 profile") << 8 << true;
        QTest::newRow("16 profile") << 16 << true;
        QTest::newRow("8 none") << 8 << false;
        QTest::newRow("16 none") << 16 << false;
    }
    void cmykGoesThroughItsProfile()
    {
        QFETCH(int, bits);
        QFETCH(bool, profile);
        TiffOptions o;
        o.bits = bits;
        o.samples = 4;
        o.photometric = PHOTOMETRIC_SEPARATED;
        if (profile)
            o.icc = cmykProfile();
        const double most = double((1 << bits) - 1);
        // Columns: paper, magenta, black, half cyan.
        const auto value = [&](int x, int, int s) {
            const double inks[4][4] = {{0, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}, {0.5, 0, 0, 0}};
            return std::floor(inks[x % 4][s] * most);
        };
        const Opened back = opened(tiffBytes(QSize(16, 4), o, value));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format,
                 (PixelFormat{Channels::Rgb, bits == 16 ? Depth::U16 : Depth::U8}));
        QVERIFY(back.info.icc.isEmpty());
        QCOMPARE(back.noticeCount(Notice::Kind::ConvertedColor), 1);
        QCOMPARE(back.info.notices.first().text.contains(QStringLiteral("without")), !profile);
        const double expected[4][3] = {{1, 1, 1}, {1, 0, 1}, {0, 0, 0}, {0.5, 1, 1}};
        for (int x = 0; x < 4; ++x) {
            for (int c = 0; c < 3; ++c) {
                const double v = sampleAt(back.image, x, 1, c);
                QVERIFY2(std::abs(v - expected[x][c]) < (profile ? 0.03 : 0.003),
                         qPrintable(QStringLiteral("%1 %2: %3").arg(x).arg(c).arg(v)));
            }
        }
    }

    void labBecomesSrgb_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("photometric");
        QTest::newRow("8") << 8 << int(PHOTOMETRIC_CIELAB);
        QTest::newRow("16") << 16 << int(PHOTOMETRIC_CIELAB);
        QTest::newRow("icc 8") << 8 << int(PHOTOMETRIC_ICCLAB);
    }
    void labBecomesSrgb()
    {
        QFETCH(int, bits);
        QFETCH(int, photometric);
        TiffOptions o;
        o.bits = bits;
        o.photometric = photometric;
        // L 53.4, a and b of sRGB's red in D50 Lab: about 54.3, 80.8, 69.9; beside it white, grey.
        const double lab[3][3] = {{54.29, 80.81, 69.89}, {100, 0, 0}, {53.59, 0, 0}};
        const auto value = [&](int x, int, int s) {
            const double v = lab[x % 3][s];
            if (s == 0)
                return std::round(v / 100 * double((1 << bits) - 1));
            const double step = bits == 16 ? 256 : 1;
            const double stored = std::round(v * step);
            return photometric == PHOTOMETRIC_ICCLAB ? stored + 128 : stored;
        };
        const Opened back = opened(tiffBytes(QSize(12, 2), o, value));
        QVERIFY(!back.error);
        QCOMPARE(back.noticeCount(Notice::Kind::ConvertedColor), 1);
        const double expected[3][3] = {{1, 0, 0}, {1, 1, 1}, {0.502, 0.502, 0.502}};
        for (int x = 0; x < 3; ++x) {
            for (int c = 0; c < 3; ++c) {
                const double v = sampleAt(back.image, x, 1, c);
                QVERIFY2(std::abs(v - expected[x][c]) < 0.05,
                         qPrintable(QStringLiteral("%1 %2: %3").arg(x).arg(c).arg(v)));
            }
        }
    }

    void jpegInsideIsRead()
    {
        const Image picture = photoPicture(QSize(96, 64), {Channels::Rgb, Depth::U8});
        TiffOptions o;
        o.compression = COMPRESSION_JPEG;
        const Opened back = opened(tiffBytes(
            picture.size(), o, [&](int x, int y, int s) { return double(at8(picture, x, y, s)); }));
        QVERIFY(!back.error);
        QVERIFY(psnr(back.image, picture) > 25);
    }

    void firstPageOfManyIsSaid()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a.tif"));
        TIFF *t = TIFFOpen(qPrintable(path), "w");
        for (int page = 0; page < 4; ++page) {
            TIFFSetField(t, TIFFTAG_IMAGEWIDTH, 4);
            TIFFSetField(t, TIFFTAG_IMAGELENGTH, 1);
            TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 8);
            TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 1);
            TIFFSetField(t, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
            if (page == 3) // a small copy is no page
                TIFFSetField(t, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
            quint8 row[4] = {quint8(page), 1, 2, 3};
            TIFFWriteScanline(t, row, 0, 0);
            TIFFWriteDirectory(t);
        }
        TIFFClose(t);
        const Opened back = openedFile(path);
        QVERIFY(!back.error);
        QCOMPARE(back.info.pages, 3);
        QCOMPARE(back.noticeNumber(Notice::Kind::MorePages), 3);
        QCOMPARE(int(at8(back.image, 0, 0, 0)), 0);
    }

    void orientationAndResolutionAreTold()
    {
        TiffOptions o;
        o.orientation = 6;
        const Opened back = opened(tiffBytes(QSize(8, 4), o, [](int, int, int) { return 0; }));
        QCOMPARE(back.info.orientation, Orientation::Rotate90);
        QCOMPARE(back.info.size, QSize(8, 4));
        QCOMPARE(back.info.resolution.x, 254.0);
    }

    void truncatedTiffNamesTheFirstMissingRow_data()
    {
        QTest::addColumn<int>("compression");
        QTest::addColumn<bool>("tiles");
        QTest::newRow("raw strips") << int(COMPRESSION_NONE) << false;
        QTest::newRow("raw tiles") << int(COMPRESSION_NONE) << true;
    }
    void truncatedTiffNamesTheFirstMissingRow()
    {
        QFETCH(int, compression);
        QFETCH(bool, tiles);
        TiffOptions o;
        o.compression = compression;
        o.tiles = tiles;
        const QSize size(64, 128);
        const QByteArray bytes =
            tiffBytes(size, o, [](int x, int y, int s) { return pattern(x, y, s, 8); });
        const quint32 directory = *reinterpret_cast<const quint32 *>(bytes.constData() + 4);
        const Opened whole = opened(bytes);
        QVERIFY(!whole.error);
        QByteArray cut = bytes;
        // The offsets of the last strips or tiles point past the end of the file.
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a.tif"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        TIFF *t = TIFFOpen(qPrintable(path), "r");
        const int chunks = int(tiles ? TIFFNumberOfTiles(t) : TIFFNumberOfStrips(t));
        const quint32 lost = quint32(TIFFGetStrileOffset(t, quint32(chunks * 3 / 4)));
        TIFFClose(t);
        const qsizetype at =
            cut.indexOf(QByteArray(reinterpret_cast<const char *>(&lost), 4), qsizetype(directory));
        QVERIFY(at > 0);
        const quint32 past = quint32(cut.size() + 1000);
        cut.replace(at, 4, QByteArray(reinterpret_cast<const char *>(&past), 4));
        const Opened back = opened(cut);
        QVERIFY(!back.error);
        QCOMPARE(back.noticeNumber(Notice::Kind::MissingRows), 96);
        const QRect good(0, 0, 64, 96);
        QVERIFY(back.image.copied(good) == whole.image.copied(good));
        QCOMPARE(int(at8(back.image, 0, 96, 0)), 128);
    }

    void damagedStripIsMissingAndTheRestIsShown()
    {
        const Image picture = photoPicture(QSize(400, 900), {Channels::Rgb, Depth::U8});
        QByteArray bytes = encoded(picture, FileFormat::Tiff);
        // Into the middle of the deflated strips.
        bytes.replace(bytes.size() / 2, 200, QByteArray(200, '\xAA'));
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        const qint64 row = back.noticeNumber(Notice::Kind::MissingRows);
        QVERIFY2(row > 0 && row < 899, qPrintable(QString::number(row)));
        QVERIFY(back.image.copied(QRect(0, 0, 400, int(row))) ==
                picture.copied(QRect(0, 0, 400, int(row))));
        QVERIFY(back.image.copied(QRect(0, 890, 400, 10)) ==
                picture.copied(QRect(0, 890, 400, 10)));
    }

    void everyTruncationIsAPictureOrASentence()
    {
        const QByteArray bytes =
            encoded(noisePicture(QSize(60, 40), {Channels::Rgb, Depth::U8}), FileFormat::Tiff);
        for (qsizetype n = 0; n < bytes.size(); n += 211) {
            const Opened back = opened(bytes.left(n));
            QVERIFY(!back.error || !errorSentence(*back.error).isEmpty());
        }
    }

    void rawFilesInTiffClothesAreNamed()
    {
        const QByteArray bytes = tiffBytes(QSize(8, 4), {}, [](int, int, int) { return 0; });
        QCOMPARE(opened(bytes, {}, QStringLiteral("IMG_1.NEF")).code(), ErrorCode::RawPhoto);
        QVERIFY(!opened(bytes, {}, QStringLiteral("IMG_1.tif")).error);
        TiffOptions o;
        o.samples = 1;
        o.bits = 16;
        o.photometric = PHOTOMETRIC_CFA;
        const QByteArray cfa = tiffBytes(QSize(8, 4), o, [](int, int, int) { return 0; });
        QCOMPARE(opened(cfa).code(), ErrorCode::RawPhoto);
    }

    void limitsAreCheckedFirst()
    {
        ReadLimits limits;
        limits.maxSide = 70;
        const QByteArray bytes = tiffBytes(usual, {}, [](int, int, int) { return 0; });
        QCOMPARE(opened(bytes, limits).code(), ErrorCode::SideTooLong);
        limits.maxSide = 100;
        limits.maxPixels = 1000;
        QCOMPARE(opened(bytes, limits).code(), ErrorCode::TooManyPixels);
        TiffOptions o;
        o.tiles = true;
        ReadLimits little;
        little.memoryBytes = 1000;
        QCOMPARE(opened(tiffBytes(usual, o, [](int, int, int) { return 0; }), little).code(),
                 ErrorCode::TooMuchMemory);
    }

    void largeFilesStreamInLittleMemory_data()
    {
        QTest::addColumn<bool>("oneStrip");
        QTest::addColumn<FileFormat>("to");
        QTest::newRow("strips to png") << false << FileFormat::Png;
        QTest::newRow("one strip to tiff") << true << FileFormat::Tiff;
    }
    void largeFilesStreamInLittleMemory()
    {
#ifdef __SANITIZE_ADDRESS__
        QSKIP("freed memory is kept on purpose here");
#endif
        QFETCH(bool, oneStrip);
        QFETCH(FileFormat, to);
        // 96 MB of pixels; what stays resident must be a small part of them.
        const QSize size(4000, 4000);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a.tif"));
        {
            TIFF *t = TIFFOpen(qPrintable(path), "w");
            TIFFSetField(t, TIFFTAG_IMAGEWIDTH, size.width());
            TIFFSetField(t, TIFFTAG_IMAGELENGTH, size.height());
            TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 16);
            TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 3);
            TIFFSetField(t, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
            TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
            TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, oneStrip ? size.height() : 10);
            std::vector<quint16> row(size_t(size.width()) * 3);
            for (int y = 0; y < size.height(); ++y) {
                for (size_t i = 0; i < row.size(); ++i)
                    row[i] = quint16(i * 3 + size_t(y) * 7);
                TIFFWriteScanline(t, row.data(), quint32(y), 0);
            }
            TIFFClose(t);
        }
        const qint64 before = peakResidentBytes();
        QFile in(path);
        QVERIFY(in.open(QIODevice::ReadOnly));
        auto reader = ImageReader::open(in, path);
        QVERIFY(reader);
        WriteSpec spec;
        spec.fileFormat = to;
        spec.size = size;
        spec.format = {Channels::Rgb, Depth::U16};
        QFile out(dir.filePath(QStringLiteral("b")));
        QVERIFY(out.open(QIODevice::ReadWrite));
        auto writer = ImageWriter::create(spec, out);
        QVERIFY(writer);
        for (int y = 0; y < size.height(); y += 40)
            QVERIFY((*writer)->write(*(*reader)->readRows(40)));
        QVERIFY((*writer)->finish());
        const qint64 grown = peakResidentBytes() - before;
        QVERIFY2(grown < 40 << 20, qPrintable(QString::number(grown >> 20)));
    }

    void oddFilesByValue_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("orientation");
        QTest::addColumn<int>("pages");
        QTest::newRow("12 bit") << "pillow_12bit.cropped.tif" << QSize(100, 100) << 1 << 12 << 1
                                << 1;
        QTest::newRow("big") << "pillow_hopper_bigtiff.tif" << QSize(128, 128) << 3 << 8 << 1 << 1;
        QTest::newRow("g4 turned")
            << "pillow_g4_orientation_6.tif" << QSize(88, 590) << 1 << 1 << 6 << 1;
        QTest::newRow("4 bit grey")
            << "pillow_hopper_gray_4bpp.tif" << QSize(128, 128) << 1 << 4 << 1 << 1;
        QTest::newRow("three pages")
            << "pillow_multipage.tiff" << QSize(10, 10) << 3 << 1 << 1 << 3;
        QTest::newRow("loop of pages")
            << "pillow_multipage_multiple_frame_loop.tiff" << QSize(10, 10) << 3 << 1 << 1 << 2;
        QTest::newRow("planes of 16")
            << "pillow_tiff_strip_planar_16bit_RGB.tiff" << QSize(100, 40) << 3 << 16 << 1 << 1;
        QTest::newRow("old jpeg") << "vips_ojpeg-strip.tif" << QSize(160, 160) << 3 << 8 << 1 << 1;
        QTest::newRow("subsampled") << "vips_subsampled.tif" << QSize(250, 325) << 3 << 8 << 1 << 1;
        QTest::newRow("lab") << "pillow_hopper.Lab.tif" << QSize(128, 128) << 3 << 8 << 1 << 1;
    }
    void oddFilesByValue()
    {
        QFETCH(QString, file);
        QFETCH(QSize, size);
        QFETCH(int, channels);
        QFETCH(int, bits);
        QFETCH(int, orientation);
        QFETCH(int, pages);
        const QString path = sharedFile(QStringLiteral("corpus/") + file);
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        const Opened back = openedFile(path);
        QVERIFY(!back.error);
        QCOMPARE(back.image.size(), size);
        QCOMPARE(back.info.format.channelCount(), channels);
        QCOMPARE(back.info.sourceBits, bits);
        QCOMPARE(int(back.info.orientation), orientation);
        QCOMPARE(back.info.pages, pages);
        QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 0);
    }

    void labEqualsItsRgbTwin()
    {
        const QString lab = sharedFile(QStringLiteral("corpus/pillow_hopper.Lab.tif"));
        const QString rgb = sharedFile(QStringLiteral("corpus/pillow_hopper_bigtiff.tif"));
        if (lab.isEmpty() || rgb.isEmpty())
            QSKIP("no evaluation files here");
        const double db = psnr(openedFile(lab).image, openedFile(rgb).image);
        QVERIFY2(db > 30, qPrintable(QString::number(db)));
    }
};

QTEST_GUILESS_MAIN(TestTiffReader)
#include "tst_tiffreader.moc"

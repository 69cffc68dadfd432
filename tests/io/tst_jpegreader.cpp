// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <cstdio>

#include <jpeglib.h>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

struct JpegOptions {
    J_COLOR_SPACE in = JCS_RGB;
    J_COLOR_SPACE file = JCS_YCbCr;
    int components = 3;
    bool progressive = false;
    bool arithmetic = false;
    int restartRows = 0;
    int sampling = 2;
    bool adobe = true;
    QByteArray icc;
};

/// Straight through libjpeg, so that files our writer does not make can be read.
QByteArray jpeg(QSize size, const QByteArray &samples, const JpegOptions &o)
{
    jpeg_compress_struct c;
    jpeg_error_mgr errors;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    unsigned char *bytes = nullptr;
    unsigned long length = 0;
    jpeg_mem_dest(&c, &bytes, &length);
    c.image_width = JDIMENSION(size.width());
    c.image_height = JDIMENSION(size.height());
    c.input_components = o.components;
    c.in_color_space = o.in;
    jpeg_set_defaults(&c);
    jpeg_set_colorspace(&c, o.file);
    jpeg_set_quality(&c, 92, TRUE);
    for (int i = 0; i < c.num_components; ++i) {
        c.comp_info[i].h_samp_factor = i == 0 ? o.sampling : 1;
        c.comp_info[i].v_samp_factor = i == 0 ? o.sampling : 1;
    }
    c.arith_code = o.arithmetic;
    c.restart_in_rows = o.restartRows;
    c.write_Adobe_marker = o.adobe && o.file != JCS_YCbCr && o.file != JCS_GRAYSCALE;
    if (o.progressive)
        jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    if (!o.icc.isEmpty()) {
        jpeg_write_icc_profile(&c, reinterpret_cast<const JOCTET *>(o.icc.constData()),
                               unsigned(o.icc.size()));
    }
    for (int y = 0; y < size.height(); ++y) {
        auto *row = reinterpret_cast<JSAMPROW>(
            const_cast<char *>(samples.constData() + qsizetype(y) * size.width() * o.components));
        jpeg_write_scanlines(&c, &row, 1);
    }
    jpeg_finish_compress(&c);
    const QByteArray out(reinterpret_cast<const char *>(bytes), qsizetype(length));
    jpeg_destroy_compress(&c);
    std::free(bytes);
    return out;
}

QByteArray samplesOf(const Image &image)
{
    return QByteArray(reinterpret_cast<const char *>(image.constRow(0)), image.byteCount());
}

const QSize usual(320, 240);

Image usualPicture()
{
    return photoPicture(usual, {Channels::Rgb, Depth::U8});
}

} // namespace

class TestJpegReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindLooksLikeTheOriginal_data()
    {
        QTest::addColumn<bool>("progressive");
        QTest::addColumn<bool>("arithmetic");
        QTest::addColumn<int>("sampling");
        QTest::newRow("baseline") << false << false << 1;
        QTest::newRow("baseline 4:2:0") << false << false << 2;
        QTest::newRow("progressive") << true << false << 2;
        QTest::newRow("arithmetic") << false << true << 1;
        QTest::newRow("arithmetic progressive") << true << true << 1;
    }
    void everyKindLooksLikeTheOriginal()
    {
        QFETCH(bool, progressive);
        QFETCH(bool, arithmetic);
        QFETCH(int, sampling);
        JpegOptions o;
        o.progressive = progressive;
        o.arithmetic = arithmetic;
        o.sampling = sampling;
        const Opened back = opened(jpeg(usual, samplesOf(usualPicture()), o));
        QVERIFY(!back.error);
        QCOMPARE(back.info.decodesWhole, progressive);
        QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 0);
        QCOMPARE(back.noticeCount(Notice::Kind::Other), 0);
        const double db = psnr(back.image, usualPicture());
        QVERIFY2(db > (sampling == 1 ? 34 : 26), qPrintable(QString::number(db)));
    }

    void truncatedJpegNamesTheFirstMissingRow_data()
    {
        QTest::addColumn<bool>("arithmetic");
        QTest::addColumn<int>("restart");
        QTest::newRow("huffman") << false << 0;
        QTest::newRow("restart markers") << false << 1;
        QTest::newRow("arithmetic") << true << 0;
    }
    void truncatedJpegNamesTheFirstMissingRow()
    {
        QFETCH(bool, arithmetic);
        QFETCH(int, restart);
        JpegOptions o;
        o.arithmetic = arithmetic;
        o.restartRows = restart;
        o.sampling = 1;
        const QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), o);
        const Image whole = opened(bytes).image;
        qint64 before = 0;
        for (const int part : {30, 50, 70, 90}) {
            const Opened back = opened(bytes.left(bytes.size() * part / 100));
            QVERIFY(!back.error);
            QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 1);
            const qint64 row = back.noticeNumber(Notice::Kind::MissingRows);
            QVERIFY2(row > before && row < 240, qPrintable(QString::number(row)));
            QCOMPARE(row % 8, 0);
            before = row;
            const QRect good(0, 0, 320, int(row) - 8);
            QVERIFY(back.image.copied(good) == whole.copied(good));
            // Nothing is made up below the row of blocks in which it ends.
            for (int y = int(row) + 8; y < 240; ++y) {
                for (int i = 0; i < 320 * 3; ++i)
                    QCOMPARE(int(back.image.constSamples<quint8>(y)[i]), 128);
            }
        }
    }

    void truncatedProgressiveIsCoarserOrMissingRows()
    {
        JpegOptions o;
        o.progressive = true;
        const QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), o);
        const Opened most = opened(bytes.left(bytes.size() * 8 / 10));
        QVERIFY(!most.error);
        QCOMPARE(most.noticeCount(Notice::Kind::MissingRows), 0);
        QCOMPARE(most.noticeCount(Notice::Kind::Other), 1);
        QVERIFY(psnr(most.image, usualPicture()) > 18);
        // Inside the first scan rows are missing altogether.
        const qsizetype firstScan = bytes.indexOf("\xFF\xDA") + 100;
        const Opened least = opened(bytes.left(firstScan));
        QVERIFY(!least.error);
        QCOMPARE(least.noticeCount(Notice::Kind::MissingRows), 1);
    }

    void missingEndMarkIsSaidWithoutAlarm()
    {
        for (const bool progressive : {false, true}) {
            JpegOptions o;
            o.progressive = progressive;
            const QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), o);
            const Opened back = opened(bytes.chopped(2));
            QVERIFY(!back.error);
            QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 0);
            QCOMPARE(back.noticeCount(Notice::Kind::Other), 1);
            QVERIFY(back.image == opened(bytes).image);
        }
    }

    void bytesAfterTheEndAreNoDamage()
    {
        const QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), {});
        const Opened back = opened(bytes + QByteArray(1000, 'x'));
        QCOMPARE(back.noticeCount(Notice::Kind::MissingRows), 0);
        QCOMPARE(back.noticeCount(Notice::Kind::Other), 0);
    }

    void overwrittenStretchIsFoundAtTheRestartMarker()
    {
        JpegOptions o;
        o.restartRows = 1;
        QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), o);
        const qsizetype at = bytes.size() / 2;
        bytes.replace(at, 60, QByteArray(60, '\x55'));
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        const qint64 row = back.noticeNumber(Notice::Kind::MissingRows);
        QVERIFY2(row > 60 && row < 180, qPrintable(QString::number(row)));
    }

    void everyTruncationIsAPictureOrASentence()
    {
        JpegOptions o;
        for (const bool progressive : {false, true}) {
            o.progressive = progressive;
            const QByteArray bytes =
                jpeg(QSize(64, 64),
                     samplesOf(photoPicture(QSize(64, 64), {Channels::Rgb, Depth::U8})), o);
            for (qsizetype n = 0; n < bytes.size() - 2; n += 13) {
                const Opened back = opened(bytes.left(n));
                if (back.error)
                    QVERIFY(!errorSentence(*back.error).isEmpty());
                else
                    QVERIFY(back.info.notices.size() >= 2); // untagged, and what is missing
            }
        }
    }

    void cmykGoesThroughItsProfile_data()
    {
        QTest::addColumn<bool>("ycck");
        QTest::addColumn<bool>("adobe");
        QTest::addColumn<bool>("profile");
        QTest::newRow("cmyk adobe profile") << false << true << true;
        QTest::newRow("ycck adobe profile") << true << true << true;
        QTest::newRow("cmyk plain profile") << false << false << true;
        QTest::newRow("cmyk adobe none") << false << true << false;
    }
    void cmykGoesThroughItsProfile()
    {
        QFETCH(bool, ycck);
        QFETCH(bool, adobe);
        QFETCH(bool, profile);
        // Two fields of ink: pure cyan, and half black. 0 is no ink unless Adobe turns it round.
        QByteArray samples;
        for (int y = 0; y < 32; ++y) {
            for (int x = 0; x < 64; ++x) {
                const int inks[4] = {x < 32 ? 255 : 0, 0, 0, x < 32 ? 0 : 128};
                for (const int ink : inks)
                    samples += char(adobe ? 255 - ink : ink);
            }
        }
        JpegOptions o;
        o.in = JCS_CMYK;
        o.file = ycck ? JCS_YCCK : JCS_CMYK;
        o.components = 4;
        o.sampling = 1;
        o.adobe = adobe;
        if (profile) {
            o.icc = cmykProfile();
            QVERIFY(!o.icc.isEmpty());
        }
        const Opened back = opened(jpeg(QSize(64, 32), samples, o));
        QVERIFY(!back.error);
        QCOMPARE(back.info.format, (PixelFormat{Channels::Rgb, Depth::U8}));
        QVERIFY(back.info.icc.isEmpty());
        QCOMPARE(back.noticeCount(Notice::Kind::ConvertedColor), 1);
        QCOMPARE(back.info.notices.first().text.contains(QStringLiteral("without")), !profile);
        const auto close = [&](int x, QList<int> rgb) {
            for (int c = 0; c < 3; ++c) {
                const int v = back.image.constSamples<quint8>(16)[3 * x + c];
                if (std::abs(v - rgb[c]) > (profile ? 14 : 4))
                    return false;
            }
            return true;
        };
        QVERIFY(close(10, {0, 255, 255}));
        QVERIFY(close(50, {127, 127, 127}));
    }

    void profileOfAnotherKindIsIgnored()
    {
        JpegOptions o;
        o.icc = wideGamutProfile();
        QCOMPARE(opened(jpeg(usual, samplesOf(usualPicture()), o)).info.icc, o.icc);
        o.icc = grayProfile();
        const Opened wrong = opened(jpeg(usual, samplesOf(usualPicture()), o));
        QVERIFY(wrong.info.icc.isEmpty());
        QCOMPARE(wrong.noticeCount(Notice::Kind::ProfileIgnored), 1);
    }

    void headersThatLieAreRefused()
    {
        QByteArray bytes = jpeg(usual, samplesOf(usualPicture()), {});
        const qsizetype frame = bytes.indexOf("\xFF\xC0");
        QVERIFY(frame > 0);
        QByteArray huge = bytes;
        huge.replace(frame + 5, 4, QByteArray::fromHex("ffdcffdc"));
        QCOMPARE(opened(huge).code(), ErrorCode::SideTooLong);
        QByteArray none = bytes;
        none.replace(frame + 5, 2, QByteArray(2, '\0'));
        QCOMPARE(opened(none).code(), ErrorCode::InputDamaged);
        QByteArray twelve = bytes;
        twelve[frame + 4] = 12;
        QCOMPARE(opened(twelve).code(), ErrorCode::VariantNotRead);
        QByteArray lossless = bytes;
        lossless[frame + 1] = char(0xC3);
        QCOMPARE(opened(lossless).code(), ErrorCode::VariantNotRead);
    }

    void memoryOfAProgressiveFileIsCheckedFirst()
    {
        JpegOptions o;
        o.progressive = true;
        ReadLimits little;
        little.memoryBytes = 100000;
        QCOMPARE(opened(jpeg(usual, samplesOf(usualPicture()), o), little).code(),
                 ErrorCode::TooMuchMemory);
        o.progressive = false;
        QVERIFY(!opened(jpeg(usual, samplesOf(usualPicture()), o), little).error);
    }

    void knownDamagedFiles_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<int>("row"); // -1: nothing is missing
        QTest::newRow("vips truncated") << "vips_truncated.jpg" << 176;
        QTest::newRow("corrupted") << "exifsample_corrupted.jpg" << 312;
        QTest::newRow("bad from the start") << "pillow_hopper_bad_exif.jpg" << 0;
        QTest::newRow("only the end") << "pillow_truncated_jpeg.jpg" << -1;
        QTest::newRow("good, junk inside") << "pillow_junk_jpeg_header.jpg" << -1;
        QTest::newRow("good, arithmetic") << "ljt_ari.jpg" << -1;
        QTest::newRow("good, extraneous bytes") << "pillow_jpeg_ff00_header.jpg" << -1;
    }
    void knownDamagedFiles()
    {
        QFETCH(QString, file);
        QFETCH(int, row);
        const QString path = sharedFile(QStringLiteral("corpus/") + file);
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        const Opened back = openedFile(path);
        QVERIFY(!back.error);
        QCOMPARE(back.noticeNumber(Notice::Kind::MissingRows), qint64(row));
    }

    void orientationIsNotApplied()
    {
        const QString path = sharedFile(QStringLiteral("corpus/orientation_Landscape_6.jpg"));
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        QCOMPARE(openedFile(path).image.size(), QSize(1200, 1800));
    }

    void otherPicturesInTheFileAreSaid()
    {
        const QString path = sharedFile(QStringLiteral("corpus/pillow_sugarshack.mpo"));
        if (path.isEmpty())
            QSKIP("no evaluation files here");
        QCOMPARE(openedFile(path).noticeNumber(Notice::Kind::ExtraPicturesDropped), 1);
    }
};

QTEST_GUILESS_MAIN(TestJpegReader)
#include "tst_jpegreader.moc"

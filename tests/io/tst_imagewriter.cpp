// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/savefile.h"
#include "roundtrip.h"
#include "support/comparison.h"
#include "support/failingdevice.h"
#include "support/testpictures.h"
#include "support/testprofiles.h"

#include <random>

using namespace heirloom;
using namespace heirloom::test;

class TestImageWriter : public QObject
{
    Q_OBJECT

private:
    static void addFormats(bool lossless)
    {
        QTest::addColumn<FileFormat>("file");
        QTest::addColumn<PixelFormat>("format");
        const Channels all[] = {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba};
        for (const Channels channels : all) {
            for (const Depth depth : {Depth::U8, Depth::U16}) {
                const PixelFormat format{channels, depth};
                for (const FileFormat file :
                     {FileFormat::Png, FileFormat::Tiff, FileFormat::WebP, FileFormat::Jpeg}) {
                    if (ImageWriter::supportedFormat(file, format) != format ||
                        (lossless && file == FileFormat::Jpeg))
                        continue;
                    QTest::addRow("%s-%d-%d", qPrintable(fileFormatName(file)),
                                  format.channelCount(), format.bytesPerSample() * 8)
                        << file << format;
                }
            }
        }
    }

private Q_SLOTS:
    void losslessFormatsGiveEverySampleBack_data() { addFormats(true); }
    void losslessFormatsGiveEverySampleBack()
    {
        QFETCH(FileFormat, file);
        QFETCH(PixelFormat, format);
        for (const QSize size : {QSize(1, 1), QSize(61, 47), QSize(3, 200), QSize(700, 2)}) {
            const Image picture = noisePicture(size, format, 5);
            WriteSpec spec = specFor(picture, file);
            spec.quality = 100;
            const Opened back = opened(encoded(picture, spec));
            QVERIFY(!back.error);
            QCOMPARE(back.info.fileFormat, file);
            QVERIFY(back.image == picture);
        }
    }

    void profileResolutionSurvive_data() { addFormats(false); }
    void profileResolutionSurvive()
    {
        QFETCH(FileFormat, file);
        QFETCH(PixelFormat, format);
        const Image picture = photoPicture(QSize(64, 48), format);
        WriteSpec spec = specFor(picture, file);
        spec.icc = format.isGray() ? grayProfile() : wideGamutProfile();
        spec.resolution = {300, 240};
        const Opened back = opened(encoded(picture, spec));
        QVERIFY(!back.error);
        QCOMPARE(back.info.icc, spec.icc);
        QCOMPARE(back.noticeCount(Notice::Kind::Untagged), 0);
        if (file == FileFormat::WebP)
            return; // has no place for it but EXIF
        QVERIFY(std::abs(back.info.resolution.x - 300) < 0.01);
        QVERIFY(std::abs(back.info.resolution.y - 240) < 0.01);
    }

    void largeProfileSurvives()
    {
        // Larger than one JPEG marker: the text of a description makes it so.
        QByteArray icc = wideGamutProfile();
        icc.append(200000, '\0');
        const quint32 size = quint32(icc.size());
        for (int i = 0; i < 4; ++i)
            icc[i] = char(size >> (24 - 8 * i));
        const Image picture = gradientPicture(QSize(20, 20), {Channels::Rgb, Depth::U8});
        for (const FileFormat file :
             {FileFormat::Jpeg, FileFormat::Png, FileFormat::Tiff, FileFormat::WebP}) {
            WriteSpec spec = specFor(picture, file);
            spec.icc = icc;
            QCOMPARE(opened(encoded(picture, spec)).info.icc, icc);
        }
    }

    void jpegIsCloseAndBetterWithQuality()
    {
        const Image picture = photoPicture(QSize(200, 150), {Channels::Rgb, Depth::U8});
        double before = 0;
        for (const int quality : {50, 80, 95}) {
            WriteSpec spec = specFor(picture, FileFormat::Jpeg);
            spec.quality = quality;
            const double db = psnr(opened(encoded(picture, spec)).image, picture);
            QVERIFY2(db > before + 1, qPrintable(QString::number(db)));
            before = db;
        }
        QVERIFY2(before > 38, qPrintable(QString::number(before)));
    }

    void jpegKeepsFullColourFrom90On()
    {
        // Red and blue columns of one pixel: halved chroma would mix them to purple.
        Image stripes(QSize(64, 64), {Channels::Rgb, Depth::U8});
        stripes.fill(0);
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x)
                stripes.samples<quint8>(y)[3 * x + (x % 2 ? 0 : 2)] = 255;
        }
        const auto contrast = [&](int quality) {
            WriteSpec spec = specFor(stripes, FileFormat::Jpeg);
            spec.quality = quality;
            const Image back = opened(encoded(stripes, spec)).image;
            return sampleAt(back, 33, 32, 0) - sampleAt(back, 32, 32, 0);
        };
        QVERIFY(contrast(90) > 0.8);
        QVERIFY(contrast(89) < 0.6);
    }

    void limitsAreSaidBeforeAnyWork()
    {
        WriteSpec spec;
        spec.size = QSize(16384, 10);
        spec.fileFormat = FileFormat::WebP;
        QCOMPARE(ImageWriter::checkLimits(spec).error().code, ErrorCode::OutputLimit);
        QVERIFY(errorSentence(ImageWriter::checkLimits(spec).error())
                    .contains(QStringLiteral("16383")));
        spec.size = QSize(16383, 10);
        QVERIFY(ImageWriter::checkLimits(spec));
        spec.fileFormat = FileFormat::Jpeg;
        spec.size = QSize(65501, 10);
        QCOMPARE(ImageWriter::checkLimits(spec).error().code, ErrorCode::OutputLimit);
        spec.fileFormat = FileFormat::Tiff;
        spec.size = QSize(30000, 30000);
        spec.format = {Channels::Rgb, Depth::U16};
        QVERIFY(
            errorSentence(ImageWriter::checkLimits(spec).error()).contains(QStringLiteral("4 GB")));
        spec.fileFormat = FileFormat::Heif;
        QCOMPARE(ImageWriter::checkLimits(spec).error().code, ErrorCode::OutputFormatUnknown);
    }

    void missingAndForeignRowsAreRefused()
    {
        QBuffer buffer;
        buffer.open(QIODevice::ReadWrite);
        const Image picture = gradientPicture(QSize(10, 10), {Channels::Rgb, Depth::U8});
        auto writer = ImageWriter::create(specFor(picture, FileFormat::Png), buffer);
        QVERIFY(writer);
        QVERIFY((*writer)->write(picture.copied(QRect(0, 0, 10, 5))));
        QVERIFY(!(*writer)->finish());
        auto other = ImageWriter::create(specFor(picture, FileFormat::Png), buffer);
        QVERIFY(!(*other)->write(gradientPicture(QSize(9, 1), picture.format())));
        QVERIFY(!(*other)->write(picture.converted({Channels::Rgb, Depth::U16})));
    }

    void metadataBlocksStandInTheFile_data()
    {
        QTest::addColumn<FileFormat>("file");
        QTest::newRow("jpeg") << FileFormat::Jpeg;
        QTest::newRow("png") << FileFormat::Png;
        QTest::newRow("tiff") << FileFormat::Tiff;
        QTest::newRow("webp") << FileFormat::WebP;
    }
    void metadataBlocksStandInTheFile()
    {
        QFETCH(FileFormat, file);
        const Image picture = photoPicture(QSize(40, 30), {Channels::Rgb, Depth::U8});
        WriteSpec spec = specFor(picture, file);
        spec.metadata.exif = exifBlock();
        spec.metadata.xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>kept</x:xmpmeta>";
        spec.metadata.iptc = QByteArray::fromHex("1c025000054669656c64"); // By-line "Field"
        const QByteArray bytes = encoded(picture, spec);
        QVERIFY(!bytes.isEmpty());
        const Opened back = opened(bytes);
        QVERIFY(!back.error);
        QVERIFY(file == FileFormat::Jpeg || file == FileFormat::WebP || back.image == picture);

        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("a"));
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
        out.close();
        QProcess exiftool;
        exiftool.start(QStringLiteral("exiftool"),
                       {QStringLiteral("-s"), QStringLiteral("-G0"), QStringLiteral("-a"), path});
        if (!exiftool.waitForStarted())
            QSKIP("exiftool is not installed");
        QVERIFY(exiftool.waitForFinished());
        const QString said = QString::fromUtf8(exiftool.readAllStandardOutput());
        const auto has = [&](const char *tag, const char *value) {
            const QRegularExpression line(
                QStringLiteral("%1\\s*: %2")
                    .arg(QString::fromLatin1(tag), QString::fromLatin1(value)));
            return line.match(said).hasMatch();
        };
        QVERIFY2(has("Make", "Heirlom"), qPrintable(said));
        QVERIFY2(has("ExposureTime", "1/125"), qPrintable(said));
        QVERIFY2(has("GPSLatitudeRef", "South"), qPrintable(said));
        QVERIFY2(!said.contains(QStringLiteral("Warning")), qPrintable(said));
        if (file == FileFormat::Jpeg || file == FileFormat::Tiff)
            QVERIFY2(has("By-line", "Field"), qPrintable(said));
        QVERIFY(bytes.contains(spec.metadata.xmp));
    }

    void fullDiskAtAnyByteIsAnError_data() { metadataBlocksStandInTheFile_data(); }
    void fullDiskAtAnyByteIsAnError()
    {
        QFETCH(FileFormat, file);
        const Image picture = noisePicture(QSize(300, 200), {Channels::Rgb, Depth::U8}, 3);
        WriteSpec spec = specFor(picture, file);
        spec.metadata.exif = exifBlock();
        const qint64 whole = encoded(picture, spec).size();
        QVERIFY(whole > 10000);
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("out"));
        std::mt19937 random(11);
        for (int i = 0; i < 20; ++i) {
            const qint64 at = i == 0 ? 0 : i == 1 ? whole - 1 : qint64(random() % quint64(whole));
            SaveFile::setDeviceFilterForTests(
                [at](QFile &f) { return std::make_unique<FailingDevice>(f, at); });
            SaveFile save(path);
            QVERIFY(save.open(false));
            const Result<void> done = writeTo(save.device(), picture, spec);
            QVERIFY(!done);
            QCOMPARE(done.error().code, ErrorCode::DiskFull);
            QVERIFY(!save.commit());
            QVERIFY(!QFileInfo::exists(path));
        }
        SaveFile::setDeviceFilterForTests({});
    }

    void equalInputGivesEqualBytes_data() { metadataBlocksStandInTheFile_data(); }
    void equalInputGivesEqualBytes()
    {
        QFETCH(FileFormat, file);
        const Image picture = photoPicture(QSize(90, 70), {Channels::Rgb, Depth::U8});
        WriteSpec spec = specFor(picture, file);
        spec.icc = wideGamutProfile();
        const QByteArray first = encoded(picture, spec);
        QVERIFY(!first.isEmpty());
        QVERIFY(encoded(picture, spec) == first);
    }

private:
    /// A small EXIF block, big-endian: Make, ExposureTime 1/125, GPSLatitudeRef S.
    static QByteArray exifBlock()
    {
        QByteArray b = QByteArray::fromHex("4d4d002a00000008");
        b += QByteArray::fromHex("0003"
                                 "010f0002000000080000005a" // Make at 90
                                 "876900040000000100000032" // EXIF at 50
                                 "882500040000000100000044" // GPS at 68
                                 "00000000");
        b += QByteArray::fromHex("0001829a00050000000100000062" // ExposureTime at 98
                                 "00000000");
        b += QByteArray::fromHex("0001000100020000000253000000"
                                 "00000000");
        b += QByteArray(90 - b.size(), '\0');
        b += QByteArray("Heirlom\0", 8);
        b += QByteArray::fromHex("000000010000007d");
        return b;
    }
};

QTEST_GUILESS_MAIN(TestImageWriter)
#include "tst_imagewriter.moc"

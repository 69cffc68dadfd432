// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
//
// What a written file holds, as exiftool reads it.
#include "metadata/exiftool.h"
#include "metadata/exivprepare.h"
#include "metadata/exivreader.h"
#include "metadata/exivwriter.h"
#include "metadata/samples.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QtTest>

#include <webp/decode.h>
#include <webp/encode.h>

using namespace heirloom;

namespace
{

MetadataTarget target(FileFormat format)
{
    MetadataTarget t;
    t.fileFormat = format;
    t.size = QSize(64, 48);
    t.resolution = {300, 300};
    t.when = QDateTime(QDate(2026, 5, 17), QTime(9, 8, 7), Qt::OffsetFromUTC, 2 * 3600);
    t.software = QStringLiteral("Heirloom 9.9");
    t.inputHash = QByteArray(32, 'h');
    return t;
}

LedgerEntry upscaled()
{
    LedgerEntry e;
    e.operation = QStringLiteral("upscale");
    e.method = QStringLiteral("realesrgan-general-x4v3");
    e.parameters = {{QStringLiteral("scale"), 2}, {QStringLiteral("text"), QStringLiteral("<&\"")}};
    e.strength = 80;
    e.modelId = QStringLiteral("realesrgan-general-x4v3");
    e.modelVersion = QStringLiteral("0.2.5");
    e.modelSha256 = QString(64, u'a');
    e.changedShare = 0.75;
    e.alteration = editKind(e.operation, true);
    e.warnings = {QStringLiteral("First."), QStringLiteral("Zweitens: ü.")};
    return e;
}

} // namespace

class TestExivWriter : public QObject
{
    Q_OBJECT

    static void formats()
    {
        QTest::addColumn<FileFormat>("format");
        QTest::newRow("JPEG") << FileFormat::Jpeg;
        QTest::newRow("PNG") << FileFormat::Png;
        QTest::newRow("TIFF") << FileFormat::Tiff;
        QTest::newRow("WebP") << FileFormat::WebP;
    }

    static QByteArray exported(const QByteArray &photo, const MetadataTarget &t,
                               const QList<LedgerEntry> &entries)
    {
        const auto prepared = preparedForExport(readMetadata(photo), t, entries);
        if (!prepared)
            return {};
        const auto file = withMetadata(encodedSample(t.fileFormat), t.fileFormat, *prepared);
        return file ? *file : QByteArray();
    }

private Q_SLOTS:
    void everythingIsKeptAndCorrected_data() { formats(); }
    void everythingIsKeptAndCorrected()
    {
        QFETCH(FileFormat, format);
        const QByteArray file = exported(richPhoto(), target(format), {upscaled()});
        QVERIFY(!file.isEmpty());
        const QJsonObject tags = exiftoolReads(file);
        const auto text = [&](const char *key) {
            return tags.value(QLatin1String(key)).toVariant().toString();
        };
        // Kept.
        QCOMPARE(text("IFD0:Artist"), QStringLiteral("Grandmother"));
        QCOMPARE(text("IFD0:Model"), QStringLiteral("Agfa Box"));
        QCOMPARE(text("IFD0:ImageDescription"), QStringLiteral("At the lake"));
        QCOMPARE(text("ExifIFD:DateTimeOriginal"), QStringLiteral("1936:07:05 14:30:00"));
        QCOMPARE(text("ExifIFD:OffsetTimeOriginal"), QStringLiteral("+01:00"));
        QCOMPARE(text("ExifIFD:CreateDate"), QStringLiteral("2020:01:01 00:00:00"));
        QCOMPARE(text("ExifIFD:FNumber"), QStringLiteral("8"));
        QCOMPARE(tags.value(QStringLiteral("GPS:GPSLatitude")).toDouble(), 47.5);
        QCOMPARE(text("XMP-dc:Title"), QStringLiteral("Am See"));
        QCOMPARE(text("XMP-dc:Title-de"), QStringLiteral("Am Bodensee"));
        QCOMPARE(text("XMP-xmp:Rating"), QStringLiteral("5"));
        QCOMPARE(tags.value(QStringLiteral("XMP-iptcExt:PersonInImage")).toArray(),
                 QJsonArray({QStringLiteral("Anna")}));
        if (format != FileFormat::WebP) {
            QCOMPARE(text("IPTC:CodedCharacterSet"), QStringLiteral("\033%G"));
            QCOMPARE(text("IPTC:Caption-Abstract"), QStringLiteral("Ünïcödé ñ 日本"));
            QCOMPARE(tags.value(QStringLiteral("IPTC:Keywords")).toArray(),
                     QJsonArray({QStringLiteral("lake"), QStringLiteral("summer")}));
        }
        // Corrected.
        QCOMPARE(text("IFD0:Orientation"), QStringLiteral("1"));
        QCOMPARE(text("XMP-tiff:Orientation"), QStringLiteral("1"));
        QCOMPARE(text("ExifIFD:ExifImageWidth"), QStringLiteral("64"));
        QCOMPARE(text("ExifIFD:ExifImageHeight"), QStringLiteral("48"));
        QCOMPARE(text("IFD0:XResolution"), QStringLiteral("300"));
        QCOMPARE(text("IFD0:ResolutionUnit"), QStringLiteral("2"));
        QCOMPARE(text("IFD0:Software"), QStringLiteral("Heirloom 9.9"));
        QCOMPARE(text("IFD0:ModifyDate"), QStringLiteral("2026:05:17 09:08:07"));
        QCOMPARE(text("ExifIFD:OffsetTime"), QStringLiteral("+02:00"));
        QCOMPARE(text("XMP-xmp:CreatorTool"), QStringLiteral("Heirloom 9.9"));
        QVERIFY(text("XMP-xmp:ModifyDate").startsWith(QStringLiteral("2026:05:17 09:08:07")));
        QVERIFY(!tags.contains(QStringLiteral("ExifIFD:SubSecTime")));
        QVERIFY(!tags.contains(QStringLiteral("ExifIFD:FocalPlaneXResolution")));
        QVERIFY(!tags.contains(QStringLiteral("IFD1:ThumbnailLength")));
        // The profile that the encoder wrote, to the byte.
        QCOMPARE(text("ICC_Profile:ProfileDescription"), QStringLiteral("Adobe RGB"));
        QCOMPARE(exiftoolWarnings(file), QString());
    }

    void theMarkAndTheLedgerAreReadByExiftool_data() { formats(); }
    void theMarkAndTheLedgerAreReadByExiftool()
    {
        QFETCH(FileFormat, format);
        const QByteArray file = exported(richPhoto(), target(format), {upscaled()});
        const QJsonObject tags = exiftoolReads(file);
        const auto text = [&](const char *key) {
            return tags.value(QLatin1String(key)).toVariant().toString();
        };
        QCOMPARE(text("XMP-iptcExt:DigitalSourceType"),
                 QStringLiteral("http://cv.iptc.org/newscodes/digitalsourcetype/"
                                "compositeWithTrainedAlgorithmicMedia"));
        QCOMPARE(text("XMP-iptcExt:AISystemUsed"),
                 QStringLiteral("Heirloom; realesrgan-general-x4v3"));
        QCOMPARE(text("XMP-iptcExt:AISystemVersionUsed"),
                 QStringLiteral("Heirloom 9.9; realesrgan-general-x4v3 0.2.5"));
        QVERIFY(file.contains("Iptc4xmpExt:DigitalSourceType"));
        QCOMPARE(text("XMP-heirloom:ReplacedSourceType"), QStringLiteral("print"));

        const QJsonArray ledger = tags.value(QStringLiteral("XMP-heirloom:Ledger")).toArray();
        QCOMPARE(ledger.size(), 1);
        const QJsonObject entry = ledger.at(0).toObject();
        const auto field = [&](const char *key) {
            return entry.value(QLatin1String(key)).toVariant().toString();
        };
        QCOMPARE(field("Operation"), QStringLiteral("upscale"));
        QCOMPARE(field("Method"), QStringLiteral("realesrgan-general-x4v3"));
        QCOMPARE(field("Parameters"), QStringLiteral("{\"scale\":2,\"text\":\"<&\\\"\"}"));
        QCOMPARE(field("Strength"), QStringLiteral("80"));
        QCOMPARE(field("ModelId"), QStringLiteral("realesrgan-general-x4v3"));
        QCOMPARE(field("ModelVersion"), QStringLiteral("0.2.5"));
        QCOMPARE(field("ModelSha256"), QString(64, u'a'));
        QCOMPARE(field("ChangedShare"), QStringLiteral("0.75"));
        QCOMPARE(field("Alteration"), QStringLiteral("compositeWithTrainedAlgorithmicMedia"));

        QCOMPARE(text("XMP-xmpMM:OriginalDocumentID"), QStringLiteral("xmp.did:old-document"));
        QVERIFY(text("XMP-xmpMM:InstanceID").startsWith(QStringLiteral("xmp.iid:")));
        QVERIFY(text("XMP-xmpMM:InstanceID") != QStringLiteral("xmp.iid:old-instance"));
        const QJsonObject from = tags.value(QStringLiteral("XMP-xmpMM:DerivedFrom")).toObject();
        QCOMPARE(from.value(QStringLiteral("DocumentID")).toString(),
                 QStringLiteral("xmp.did:old-document"));
        QCOMPARE(from.value(QStringLiteral("InstanceID")).toString(),
                 QStringLiteral("xmp.iid:old-instance"));
        const QJsonArray history = tags.value(QStringLiteral("XMP-xmpMM:History")).toArray();
        QCOMPARE(history.size(), 2);
        QCOMPARE(history.at(0).toObject().value(QStringLiteral("Action")).toString(),
                 QStringLiteral("created"));
        const QJsonObject last = history.at(1).toObject();
        QCOMPARE(last.value(QStringLiteral("Action")).toString(), QStringLiteral("edited"));
        QVERIFY(last.value(QStringLiteral("Parameters"))
                    .toString()
                    .contains(QStringLiteral("DigitalSourceType was print")));
    }

    void pixelsAndProfileAreUntouched_data() { formats(); }
    void pixelsAndProfileAreUntouched()
    {
        QFETCH(FileFormat, format);
        const QByteArray plain = encodedSample(format);
        const QByteArray file = exported(richPhoto(), target(format), {upscaled()});
        QVERIFY(file != plain);
        const QImage before = decoded(plain, format);
        QVERIFY(!before.isNull());
        QCOMPARE(decoded(file, format), before);
        const auto profile = [](const QByteArray &f) {
            return exiftoolReads(f, {QStringLiteral("-b"), QStringLiteral("-ICC_Profile")})
                .value(QStringLiteral("ICC_Profile:ICC_Profile"))
                .toString();
        };
        QVERIFY(!profile(plain).isEmpty());
        QCOMPARE(profile(file), profile(plain));
    }

    void anotherSaveAppendsToTheLedgerAndTheHistory_data() { formats(); }
    void anotherSaveAppendsToTheLedgerAndTheHistory()
    {
        QFETCH(FileFormat, format);
        const QByteArray first = exported(richPhoto(), target(format), {upscaled()});
        LedgerEntry tone;
        tone.operation = QStringLiteral("tone");
        tone.method = QStringLiteral("levels");
        tone.alteration = EditKind::HumanEdits;
        const QByteArray second = exported(first, target(format), {tone});

        const Metadata read = readMetadata(second);
        QVERIFY2(read.notices.isEmpty(), qPrintable(read.notices.value(0).text));
        QCOMPARE(read.ledger.size(), 2);
        LedgerEntry expected = upscaled();
        QCOMPARE(read.ledger[0].operation, expected.operation);
        QCOMPARE(read.ledger[0].parameters.value(QStringLiteral("scale")).toInt(), 2);
        QCOMPARE(read.ledger[0].strength, 80.0);
        QCOMPARE(read.ledger[0].changedShare, 0.75);
        QCOMPARE(read.ledger[0].warnings, expected.warnings);
        QCOMPARE(read.ledger[0].alteration, expected.alteration);
        QCOMPARE(read.ledger[0].when, QStringLiteral("2026-05-17T09:08:07+02:00"));
        QCOMPARE(read.ledger[1].operation, QStringLiteral("tone"));
        // Never weakened.
        QCOMPARE(read.digitalSourceType, QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
        const QJsonObject tags = exiftoolReads(second);
        QCOMPARE(tags.value(QStringLiteral("XMP-xmpMM:History")).toArray().size(), 3);
        QCOMPARE(tags.value(QStringLiteral("XMP-xmpMM:OriginalDocumentID")).toString(),
                 QStringLiteral("xmp.did:old-document"));
        QCOMPARE(tags.value(QStringLiteral("XMP-heirloom:ReplacedSourceType")).toString(),
                 QStringLiteral("print"));
    }

    void noLocationLeavesNoPlaceAnywhere_data() { formats(); }
    void noLocationLeavesNoPlaceAnywhere()
    {
        QFETCH(FileFormat, format);
        MetadataTarget t = target(format);
        t.policy = MetadataPolicy::NoLocation;
        const QByteArray file = exported(richPhoto(), t, {upscaled()});
        const QJsonObject tags = exiftoolReads(file);
        for (auto it = tags.begin(); it != tags.end(); ++it) {
            QVERIFY2(!it.key().contains(QStringLiteral("GPS")), qPrintable(it.key()));
            QVERIFY2(!it.value().toVariant().toString().contains(QStringLiteral("Lindau")),
                     qPrintable(it.key()));
        }
        QVERIFY(!file.contains("Lindau"));
        QVERIFY(!tags.contains(QStringLiteral("XMP-iptcExt:LocationCreated")));
        QCOMPARE(tags.value(QStringLiteral("IFD0:Artist")).toString(),
                 QStringLiteral("Grandmother"));
        QCOMPARE(tags.value(QStringLiteral("XMP-iptcExt:PersonInImage")).toArray(),
                 QJsonArray({QStringLiteral("Anna")}));
        QVERIFY(!readMetadata(file).hasLocation);
        QVERIFY(readMetadata(richPhoto()).hasLocation);
    }

    void noneKeepsTheMarkOnly_data() { formats(); }
    void noneKeepsTheMarkOnly()
    {
        QFETCH(FileFormat, format);
        MetadataTarget t = target(format);
        t.policy = MetadataPolicy::None;
        const QByteArray file = exported(richPhoto(), t, {upscaled()});
        const QJsonObject tags = exiftoolReads(file);
        QVERIFY(!tags.contains(QStringLiteral("IFD0:Artist")));
        QVERIFY(!tags.contains(QStringLiteral("XMP-dc:Title")));
        QVERIFY(!tags.contains(QStringLiteral("IPTC:Keywords")));
        QVERIFY(!tags.contains(QStringLiteral("XMP-xmpMM:DerivedFrom")));
        QVERIFY(!tags.contains(QStringLiteral("XMP-xmp:ModifyDate")));
        QVERIFY(!file.contains("2026:05:17") && !file.contains("2026-05-17"));
        QVERIFY(tags.value(QStringLiteral("XMP-iptcExt:DigitalSourceType"))
                    .toString()
                    .endsWith(QStringLiteral("compositeWithTrainedAlgorithmicMedia")));
        QCOMPARE(tags.value(QStringLiteral("XMP-heirloom:Ledger")).toArray().size(), 1);

        t.mark = false;
        QCOMPARE(exported(richPhoto(), t, {upscaled()}), encodedSample(format));
    }

    void withoutTheMarkNothingIsSaidAboutComputers_data() { formats(); }
    void withoutTheMarkNothingIsSaidAboutComputers()
    {
        QFETCH(FileFormat, format);
        MetadataTarget t = target(format);
        t.mark = false;
        const QJsonObject tags = exiftoolReads(exported(richPhoto(), t, {upscaled()}));
        QVERIFY(tags.value(QStringLiteral("XMP-iptcExt:DigitalSourceType"))
                    .toString()
                    .endsWith(QStringLiteral("/print")));
        QVERIFY(!tags.contains(QStringLiteral("XMP-iptcExt:AISystemUsed")));
        QVERIFY(!tags.contains(QStringLiteral("XMP-heirloom:Ledger")));
        QCOMPARE(tags.value(QStringLiteral("IFD0:Artist")).toString(),
                 QStringLiteral("Grandmother"));
    }

    void aPhotoWithoutMetadataGetsTheMark_data() { formats(); }
    void aPhotoWithoutMetadataGetsTheMark()
    {
        QFETCH(FileFormat, format);
        const QByteArray file =
            exported(encodedSample(FileFormat::Png), target(format), {upscaled()});
        const QJsonObject tags = exiftoolReads(file);
        QCOMPARE(tags.value(QStringLiteral("XMP-heirloom:Ledger")).toArray().size(), 1);
        QCOMPARE(tags.value(QStringLiteral("IFD0:Software")).toString(),
                 QStringLiteral("Heirloom 9.9"));
        QCOMPARE(exiftoolWarnings(file), QString());
        QCOMPARE(decoded(file, format), decoded(encodedSample(format), format));
    }

    void theSameMakingGivesTheSameBytes_data() { formats(); }
    void theSameMakingGivesTheSameBytes()
    {
        QFETCH(FileFormat, format);
        MetadataTarget t = target(format);
        t.when = {};
        qputenv("SOURCE_DATE_EPOCH", "1700000000");
        const QByteArray a = exported(richPhoto(), t, {upscaled()});
        const QByteArray b = exported(richPhoto(), t, {upscaled()});
        LedgerEntry other = upscaled();
        other.strength = 79;
        const QByteArray c = exported(richPhoto(), t, {other});
        qunsetenv("SOURCE_DATE_EPOCH");
        QCOMPARE(a, b);
        const auto id = [](const QByteArray &f) {
            return exiftoolReads(f).value(QStringLiteral("XMP-xmpMM:InstanceID")).toString();
        };
        QVERIFY(id(a) != id(c));
        QCOMPARE(exiftoolReads(a).value(QStringLiteral("IFD0:ModifyDate")).toString(),
                 QStringLiteral("2023:11:14 22:13:20"));
        QVERIFY(id(exported(richPhoto(), t, {upscaled()})) !=
                id(exported(richPhoto(), t, {upscaled()})));
    }

    void longXmpIsKeptWhereTheFormatHasRoom_data() { formats(); }
    void longXmpIsKeptWhereTheFormatHasRoom()
    {
        QFETCH(FileFormat, format);
        const QByteArray photo = exiftoolWrites(
            encodedSample(FileFormat::Png),
            {QStringLiteral("-XMP-dc:Source=") + QString(100'000, u'a'),
             QStringLiteral("-XMP-dc:Title=Kept"),
             QStringLiteral("-XMP-photoshop:DocumentAncestors=") + QString(50'000, u'b')});
        const auto prepared = preparedForExport(readMetadata(photo), target(format), {upscaled()});
        QVERIFY(prepared);
        const auto file = withMetadata(encodedSample(format), format, *prepared);
        QVERIFY(file);
        const QJsonObject tags = exiftoolReads(*file);
        const bool room = format != FileFormat::Jpeg;
        QCOMPARE(tags.value(QStringLiteral("XMP-dc:Source")).toString().size(), room ? 100'000 : 0);
        QCOMPARE(prepared->notices.isEmpty(), room);
        QCOMPARE(tags.value(QStringLiteral("XMP-dc:Title")).toString(), QStringLiteral("Kept"));
        QCOMPARE(tags.value(QStringLiteral("XMP-heirloom:Ledger")).toArray().size(), 1);
        QVERIFY(room || prepared->xmp.size() < 65'535);
    }

    void aCamerasNotesSurvive_data() { formats(); }
    void aCamerasNotesSurvive()
    {
        QFETCH(FileFormat, format);
        const QByteArray photo = corpusFile(QStringLiteral("exifsample_DSCN0010.jpg"));
        if (photo.isEmpty())
            QSKIP("The shared corpus is not here.");
        const QByteArray file = exported(photo, target(format), {upscaled()});
        const QStringList nikon = {QStringLiteral("-Nikon:all")};
        QJsonObject before = exiftoolReads(photo, nikon);
        QJsonObject after = exiftoolReads(file, nikon);
        before.remove(QStringLiteral("SourceFile"));
        after.remove(QStringLiteral("SourceFile"));
        QVERIFY(before.size() > 20);
        for (const QString &key : before.keys())
            QVERIFY2(after.value(key) == before.value(key), qPrintable(key));
        QCOMPARE(after.size(), before.size());
        for (const QString &warning : exiftoolWarnings(file).split(u'\n', Qt::SkipEmptyParts))
            QVERIFY2(warning.startsWith(QStringLiteral("[minor]")), qPrintable(warning));
    }

    void aSelfContainedNoteStaysByteForByte_data() { formats(); }
    void aSelfContainedNoteStaysByteForByte()
    {
        QFETCH(FileFormat, format);
        // Nikon's third kind: a TIFF of its own. Tag 0x0e10 points to a directory that Exiv2 does
        // not follow; it has to be there afterwards.
        const QByteArray inner = QByteArray::fromHex("49492a0008000000"
                                                     "0200"
                                                     "010007000400000030323130"
                                                     "100e0400010000002a000000"
                                                     "00000000"
                                                     "00000000"
                                                     "0100"
                                                     "40000400010000004d000000"
                                                     "00000000");
        const QByteArray note = QByteArray("Nikon\0\2\x10\0\0", 10) + inner;
        const QByteArray exif = QByteArray::fromHex("49492a0008000000"
                                                    "0200"
                                                    "0f010200060000002c000000"
                                                    "69870400010000003200"
                                                    "0000"
                                                    "00000000"
                                                    "000000000000"
                                                    "4e494b4f4e00"
                                                    "0100"
                                                    "7c920700") +
                                QByteArray(1, char(note.size())) +
                                QByteArray::fromHex("000000"
                                                    "44000000"
                                                    "00000000") +
                                note;
        const Metadata source = metadataFromBlocks(exif, {}, {});
        QVERIFY(source.notices.isEmpty());
        QCOMPARE(source.camera, QStringLiteral("NIKON"));
        const auto prepared = preparedForExport(source, target(format), {});
        QVERIFY(prepared);
        QVERIFY(prepared->exif.contains(note));
        const auto file = withMetadata(encodedSample(format), format, *prepared);
        QVERIFY(file);
        QVERIFY(file->contains(note));
    }

    void anyPhotoOfTheCorpusCanBeCarriedOver_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : corpusNames())
            QTest::newRow(qPrintable(name)) << name;
        if (corpusNames().isEmpty())
            QTest::newRow("none") << QString();
    }
    void anyPhotoOfTheCorpusCanBeCarriedOver()
    {
        QFETCH(QString, name);
        if (name.isEmpty())
            QSKIP("The shared corpus is not here.");
        const Metadata read = readMetadata(corpusFile(name));
        for (const FileFormat format :
             {FileFormat::Jpeg, FileFormat::Png, FileFormat::Tiff, FileFormat::WebP}) {
            const auto prepared = preparedForExport(read, target(format), {upscaled()});
            QVERIFY2(prepared, prepared ? "" : qPrintable(prepared.error().details));
            const auto file = withMetadata(encodedSample(format), format, *prepared);
            QVERIFY2(file, file ? "" : qPrintable(file.error().details));
            QVERIFY(!decoded(*file, format).isNull());
            const Metadata again = readMetadata(*file);
            QCOMPARE(again.orientation, Orientation::Upright);
            QCOMPARE(again.description, read.description);
            QCOMPARE(again.camera, read.camera);
            QCOMPARE(again.taken, read.taken);
            QCOMPARE(again.ledger.size(), 1);
            QCOMPARE(again.digitalSourceType,
                     QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
        }
    }

    void aWebPOfEachKindGetsItsMetadata_data()
    {
        QTest::addColumn<bool>("alpha");
        QTest::addColumn<bool>("lossless");
        QTest::newRow("lossy") << false << false;
        QTest::newRow("lossy, alpha") << true << false;
        QTest::newRow("lossless") << false << true;
        QTest::newRow("lossless, alpha") << true << true;
    }
    void aWebPOfEachKindGetsItsMetadata()
    {
        QFETCH(bool, alpha);
        QFETCH(bool, lossless);
        // Without a profile these are the plain files, which have to become extended ones.
        QImage image = samplePicture(QSize(65, 47)).convertToFormat(QImage::Format_RGBA8888);
        if (alpha)
            image.setPixelColor(3, 4, QColor(10, 20, 30, 40));
        uint8_t *bytes = nullptr;
        const std::size_t count =
            lossless
                ? WebPEncodeLosslessRGBA(image.constBits(), 65, 47, int(image.bytesPerLine()),
                                         &bytes)
                : WebPEncodeRGBA(image.constBits(), 65, 47, int(image.bytesPerLine()), 90, &bytes);
        const QByteArray plain(reinterpret_cast<const char *>(bytes), qsizetype(count));
        WebPFree(bytes);
        const auto prepared =
            preparedForExport(readMetadata(richPhoto()), target(FileFormat::WebP), {upscaled()});
        QVERIFY(prepared);
        const auto file = withMetadata(plain, FileFormat::WebP, *prepared);
        QVERIFY(file);
        const auto pixels = [](const QByteArray &f) {
            int width = 0;
            int height = 0;
            uint8_t *rgba = WebPDecodeRGBA(reinterpret_cast<const uint8_t *>(f.constData()),
                                           std::size_t(f.size()), &width, &height);
            const QByteArray copy(reinterpret_cast<const char *>(rgba),
                                  rgba ? qsizetype(width) * height * 4 : 0);
            WebPFree(rgba);
            return copy;
        };
        QCOMPARE(pixels(*file).size(), 65 * 47 * 4);
        QCOMPARE(pixels(*file), pixels(plain));
        const QJsonObject tags = exiftoolReads(*file);
        QCOMPARE(tags.value(QStringLiteral("IFD0:Artist")).toString(),
                 QStringLiteral("Grandmother"));
        QCOMPARE(tags.value(QStringLiteral("XMP-heirloom:Ledger")).toArray().size(), 1);
        QCOMPARE(exiftoolWarnings(*file), QString());
    }

    void damagedOrUnsuitableFilesAreAnError()
    {
        const auto prepared =
            preparedForExport(readMetadata(richPhoto()), target(FileFormat::Png), {upscaled()});
        QVERIFY(prepared);
        const auto refused = [&](const QByteArray &file, FileFormat format) {
            const auto result = withMetadata(file, format, *prepared, QStringLiteral("x"));
            return !result && result.error().code == ErrorCode::MetadataNotWritten &&
                   result.error().arguments.value(0) == QStringLiteral("x");
        };
        QVERIFY(refused(QByteArray("not a picture"), FileFormat::Jpeg));
        QVERIFY(refused(QByteArray("not a picture"), FileFormat::Png));
        QVERIFY(refused(encodedSample(FileFormat::Png).left(60), FileFormat::Png));
        QVERIFY(refused(QByteArray(), FileFormat::Tiff));
        QVERIFY(refused(encodedSample(FileFormat::Png), FileFormat::Bmp));
    }
};

QTEST_GUILESS_MAIN(TestExivWriter)
#include "tst_exivwriter.moc"

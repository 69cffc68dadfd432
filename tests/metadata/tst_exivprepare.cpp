// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exiftool.h"
#include "metadata/exivprepare.h"
#include "metadata/exivreader.h"
#include "metadata/exivwriter.h"
#include "metadata/samples.h"

#include <QColorSpace>
#include <QtTest>

using namespace heirloom;

class TestExivPrepare : public QObject
{
    Q_OBJECT

    static MetadataTarget target(FileFormat format = FileFormat::Jpeg)
    {
        MetadataTarget t;
        t.fileFormat = format;
        t.size = QSize(64, 48);
        return t;
    }

    static QJsonObject tagsOf(const Metadata &source, const MetadataTarget &t,
                              const QList<LedgerEntry> &entries = {})
    {
        const auto prepared = preparedForExport(source, t, entries);
        if (!prepared)
            return {};
        const auto file = withMetadata(encodedSample(t.fileFormat), t.fileFormat, *prepared);
        return file ? exiftoolReads(*file) : QJsonObject();
    }

private Q_SLOTS:
    void theColourSpaceTagFollowsThePixels()
    {
        const Metadata rich = readMetadata(richPhoto());
        MetadataTarget t = target();
        const QString key = QStringLiteral("ExifIFD:ColorSpace");
        QCOMPARE(tagsOf(rich, t).value(key).toInt(), 65535);
        t.color = MetadataTarget::Color::Srgb;
        QCOMPARE(tagsOf(rich, t).value(key).toInt(), 1);
        const Metadata srgb = readMetadata(exiftoolWrites(
            richPhoto(), {QStringLiteral("-n"), QStringLiteral("-ExifIFD:ColorSpace=1")}));
        t.color = MetadataTarget::Color::Other;
        QCOMPARE(tagsOf(srgb, t).value(key).toInt(), 65535);
    }

    void resolutionIsScaledOrRemoved()
    {
        const Metadata rich = readMetadata(richPhoto());
        MetadataTarget t = target(FileFormat::WebP);
        t.resolution = {1200, 1200};
        QCOMPARE(tagsOf(rich, t).value(QStringLiteral("IFD0:XResolution")).toDouble(), 1200.0);
        t.resolution = {254.13, 254.13};
        QCOMPARE(tagsOf(rich, t).value(QStringLiteral("IFD0:YResolution")).toDouble(), 254.13);
    }

    void latinIptcBecomesDeclaredUtf8()
    {
        // Bytes as an old program wrote them: one caption in Latin-1, no character set.
        const Metadata old = metadataFromBlocks({},
                                                QByteArray("\x1c\x02\x78\0\x05Gr\xfc\xdf"
                                                           "e",
                                                           10),
                                                {});
        QVERIFY(!old.iptc.isEmpty());
        const QJsonObject tags = tagsOf(old, target());
        QCOMPARE(tags.value(QStringLiteral("IPTC:Caption-Abstract")).toString(),
                 QStringLiteral("Grüße"));
        QCOMPARE(tags.value(QStringLiteral("IPTC:CodedCharacterSet")).toString(),
                 QStringLiteral("\033%G"));
    }

    void gainMapsAndExtensionsAreDropped()
    {
        const QByteArray photo = corpusFile(QStringLiteral("pillow_ultrahdr.jpg"));
        if (photo.isEmpty())
            QSKIP("The shared corpus is not here.");
        const QJsonObject tags = tagsOf(readMetadata(photo), target());
        QVERIFY(!tags.isEmpty());
        for (auto it = tags.begin(); it != tags.end(); ++it) {
            for (const QLatin1String gone :
                 {QLatin1String("hdrgm"), QLatin1String("Container"), QLatin1String("GCamera"),
                  QLatin1String("xmpNote"), QLatin1String("MPF")})
                QVERIFY2(!it.key().contains(gone), qPrintable(it.key()));
        }
        QCOMPARE(tags.value(QStringLiteral("IFD0:Make")).toString(), QStringLiteral("Google"));
    }

    void structuralTagsOfATiffStayBehind()
    {
        const Metadata tiff = readMetadata(encodedSample(FileFormat::Tiff));
        QVERIFY(!tiff.exif.isEmpty());
        const QJsonObject tags = tagsOf(tiff, target());
        for (const QLatin1String gone :
             {QLatin1String("IFD0:StripOffsets"), QLatin1String("IFD0:BitsPerSample"),
              QLatin1String("IFD0:Compression"), QLatin1String("IFD0:Predictor"),
              QLatin1String("IFD0:ImageWidth")})
            QVERIFY2(!tags.contains(gone), gone.data());
    }

    void theSourceTypeIsStrengthenedNeverWeakened_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("after");
        const auto composite = QStringLiteral("compositeWithTrainedAlgorithmicMedia");
        QTest::newRow("scan, repaired")
            << QStringLiteral("print") << int(EditKind::AlgorithmicallyEnhanced)
            << QStringLiteral("algorithmicallyEnhanced");
        QTest::newRow("generated, cropped")
            << QStringLiteral("trainedAlgorithmicMedia") << int(EditKind::HumanEdits)
            << QStringLiteral("trainedAlgorithmicMedia");
        QTest::newRow("generated, enlarged") << QStringLiteral("trainedAlgorithmicMedia")
                                             << int(EditKind::CompositeWithTrainedAlgorithmicMedia)
                                             << QStringLiteral("trainedAlgorithmicMedia");
        QTest::newRow("nothing, enlarged")
            << QString() << int(EditKind::CompositeWithTrainedAlgorithmicMedia) << composite;
        QTest::newRow("scan, converted")
            << QStringLiteral("print") << int(EditKind::None) << QStringLiteral("print");
        QTest::newRow("nothing, converted") << QString() << int(EditKind::None) << QString();
    }
    void theSourceTypeIsStrengthenedNeverWeakened()
    {
        QFETCH(QString, before);
        QFETCH(int, kind);
        QFETCH(QString, after);
        Metadata source = readMetadata(exiftoolWrites(
            encodedSample(FileFormat::Jpeg),
            {QStringLiteral("-XMP-iptcExt:DigitalSourceType=") + sourceTypeUri(before)}));
        QCOMPARE(source.digitalSourceType, before);
        LedgerEntry entry;
        entry.operation = QStringLiteral("x");
        entry.alteration = EditKind(kind);
        const auto prepared = preparedForExport(source, target(), {entry});
        QVERIFY(prepared);
        QCOMPARE(prepared->digitalSourceType, after);
        // What cannot be seen is not said.
        entry.strength = 0;
        QCOMPARE(preparedForExport(source, target(), {entry})->digitalSourceType, before);
    }

    void manyOperationsStayWithinTheirLimit()
    {
        QList<LedgerEntry> entries;
        for (int i = 0; i < 500; ++i) {
            LedgerEntry e;
            e.operation = QStringLiteral("tone");
            e.method = QStringLiteral("levels");
            e.parameters = {{QStringLiteral("step"), i}};
            e.alteration = EditKind::HumanEdits;
            entries << e;
        }
        entries[3].operation = QStringLiteral("colorize");
        entries[3].modelId = QStringLiteral("colors");
        entries[3].alteration = EditKind::CompositeWithTrainedAlgorithmicMedia;
        const auto prepared = preparedForExport({}, target(), entries);
        QVERIFY(prepared);
        QVERIFY2(prepared->xmp.size() < 24'000, qPrintable(QString::number(prepared->xmp.size())));
        QVERIFY(prepared->ledger.size() > 5);
        QCOMPARE(prepared->ledger.first().operation, QStringLiteral("colorize"));
        QCOMPARE(prepared->digitalSourceType,
                 QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
        QVERIFY(prepared->xmp.contains("OmittedEntries"));
    }

    void damagedBlocksOfTheSourceAreLeftOutWithANotice()
    {
        Metadata bad;
        bad.xmp = "<x:xmpmeta><broken";
        bad.exif = QByteArray("II*\0\xff\xff\xff\xff", 8);
        LedgerEntry entry;
        entry.operation = QStringLiteral("upscale");
        entry.alteration = EditKind::CompositeWithTrainedAlgorithmicMedia;
        const auto prepared = preparedForExport(bad, target(), {entry});
        QVERIFY(prepared);
        QCOMPARE(prepared->ledger.size(), 1);
    }

    void profilesGoWithPixelsOfTheirKindOnly()
    {
        const QByteArray rgb = QColorSpace(QColorSpace::SRgb).iccProfile();
        QByteArray gray = rgb;
        gray.replace(16, 4, "GRAY");
        QByteArray cmyk = rgb;
        cmyk.replace(16, 4, "CMYK");
        const PixelFormat color{Channels::Rgba, Depth::U16};
        const PixelFormat grey{Channels::Gray, Depth::U8};
        QVERIFY(profileFits(rgb, color));
        QVERIFY(!profileFits(gray, color));
        QVERIFY(!profileFits(cmyk, color));
        QVERIFY(profileFits(gray, grey));
        QVERIFY(!profileFits(rgb, grey));
        QVERIFY(!profileFits({}, color));
    }
};

QTEST_GUILESS_MAIN(TestExivPrepare)
#include "tst_exivprepare.moc"

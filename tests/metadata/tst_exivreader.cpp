// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exiftool.h"
#include "metadata/exivreader.h"
#include "metadata/samples.h"

#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using namespace heirloom;

class TestExivReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheFieldsOfARichPhoto()
    {
        const Metadata m = readMetadata(richPhoto());
        QCOMPARE(m.orientation, Orientation::Rotate90);
        QCOMPARE(m.description, QStringLiteral("At the lake"));
        QCOMPARE(m.creator, QStringLiteral("Grandmother"));
        QCOMPARE(m.camera, QStringLiteral("Agfa Box"));
        QCOMPARE(m.software, QStringLiteral("ScanTool 1"));
        QCOMPARE(m.taken, QDateTime(QDate(1936, 7, 5), QTime(14, 30), Qt::OffsetFromUTC, 3600));
        QCOMPARE(m.digitalSourceType, QStringLiteral("print"));
        QVERIFY(m.hasLocation);
        QVERIFY(m.exif.startsWith("MM") || m.exif.startsWith("II"));
        QVERIFY(m.xmp.contains("xpacket"));
        QVERIFY(m.iptc.contains("Lindau"));
        QVERIFY(m.notices.isEmpty());
    }

    void theExifBlockIsKeptToTheByte()
    {
        const QByteArray photo = richPhoto();
        const qsizetype at = photo.indexOf(QByteArray("Exif\0\0", 6));
        QVERIFY(at > 0);
        const Metadata m = readMetadata(photo);
        QCOMPARE(photo.mid(at + 6, m.exif.size()), m.exif);
        const int segment = (uchar(photo[at - 2]) << 8) + uchar(photo[at - 1]);
        QCOMPARE(m.exif.size(), segment - 8);
    }

    void blocksGiveTheSameAsTheFile()
    {
        const Metadata a = readMetadata(richPhoto());
        const Metadata b = metadataFromBlocks(QByteArray("Exif\0\0", 6) + a.exif, a.iptc, a.xmp);
        QCOMPARE(b.exif, a.exif);
        QCOMPARE(b.taken, a.taken);
        QCOMPARE(b.creator, a.creator);
        QCOMPARE(b.orientation, a.orientation);
        QCOMPARE(b.digitalSourceType, a.digitalSourceType);
        QVERIFY(b.notices.isEmpty());
    }

    void damagedBlocksAreNoticedNotFatal()
    {
        const Metadata m =
            metadataFromBlocks(QByteArray("II*\0garbage", 11),
                               QByteArray("\x1c\x02\x78\xff\xff", 5), QByteArray("<x:xmpmeta>"));
        QVERIFY(m.notices.size() >= 1);
        for (const Notice &n : m.notices)
            QCOMPARE(n.kind, Notice::Kind::MetadataUnreadable);
    }

    void aPictureWithoutMetadataHasNone()
    {
        const Metadata m = readMetadata(encodedSample(FileFormat::Png));
        QVERIFY(m.isEmpty());
        QVERIFY(m.notices.isEmpty());
        QVERIFY(readMetadata(QByteArray()).isEmpty());
        QVERIFY(readMetadata(QByteArray("no picture at all")).isEmpty());
    }

    void contentCredentialsAreNoticed()
    {
        QByteArray photo = encodedSample(FileFormat::Jpeg);
        const QByteArray body("JP\0\1\0\0\0\1\0\0\0\x20jumb\0\0\0\x18jumdc2pa", 28);
        QByteArray segment("\xFF\xEB\0\0", 4);
        segment[3] = char(body.size() + 2);
        photo.insert(2, segment + body);
        const Metadata m = readMetadata(photo);
        QCOMPARE(m.notices.size(), 1);
        QCOMPARE(m.notices[0].kind, Notice::Kind::ContentCredentialsDropped);
    }

    void aFileIsReadByItsPath()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("Grüße.jpg"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(richPhoto());
        file.close();
        QCOMPARE(readMetadataFile(path).exif, readMetadata(richPhoto()).exif);
        const Metadata none = readMetadataFile(folder.filePath(QStringLiteral("missing.jpg")));
        QCOMPARE(none.notices.size(), 1);
    }

    void sourceTypesAreReadInAnySpelling()
    {
        const QByteArray photo = exiftoolWrites(
            encodedSample(FileFormat::Jpeg),
            {QStringLiteral("-XMP-iptcExt:DigitalSourceType="
                            "https://cv.iptc.org/newscodes/digitalsourcetype/negativeFilm/")});
        QCOMPARE(readMetadata(photo).digitalSourceType, QStringLiteral("negativeFilm"));
    }

    void severalThreadsMayReadAtOnce()
    {
        const QByteArray photo = richPhoto();
        std::atomic<int> good = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 25; ++n)
                    good += readMetadata(photo).creator == QStringLiteral("Grandmother");
            });
        for (std::thread &t : threads)
            t.join();
        QCOMPARE(good.load(), 100);
    }

    void orientationAgreesWithExiftool_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : corpusNames()) {
            if (name.contains(QStringLiteral("orientation")))
                QTest::newRow(qPrintable(name)) << name;
        }
        if (corpusNames().isEmpty())
            QTest::newRow("none") << QString();
    }
    void orientationAgreesWithExiftool()
    {
        QFETCH(QString, name);
        if (name.isEmpty())
            QSKIP("The shared corpus is not here.");
        const QByteArray photo = corpusFile(name);
        const QJsonObject tags = exiftoolReads(photo);
        QJsonValue expected = tags.value(QStringLiteral("IFD0:Orientation"));
        if (expected.isUndefined())
            expected = tags.value(QStringLiteral("XMP-tiff:Orientation"));
        QCOMPARE(int(readMetadata(photo).orientation), expected.toInt());
    }

    void noFileOfTheCorpusBreaksReading()
    {
        const QStringList names = corpusNames();
        if (names.isEmpty())
            QSKIP("The shared corpus is not here.");
        for (const QString &name : names) {
            const QByteArray file = corpusFile(name);
            const Metadata m = readMetadata(file);
            QVERIFY2(int(m.orientation) >= 1 && int(m.orientation) <= 8, qPrintable(name));
            // Cut off anywhere it has to be as harmless.
            readMetadata(file.left(file.size() / 2));
            readMetadata(file.left(700));
        }
    }

    void flippedBytesAreHarmless()
    {
        std::mt19937 random(7);
        const QByteArray photo = richPhoto();
        for (int n = 0; n < 400; ++n) {
            QByteArray bad = photo.left(8000);
            for (int i = 0; i < 8; ++i)
                bad[int(random() % std::size_t(bad.size()))] = char(random());
            const Metadata m = readMetadata(bad);
            QVERIFY(m.exif.size() <= bad.size() + 65'536);
        }
    }
};

QTEST_GUILESS_MAIN(TestExivReader)
#include "tst_exivreader.moc"

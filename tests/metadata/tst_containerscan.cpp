// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/containerscan.h"

#include <QBuffer>
#include <QtEndian>
#include <QtTest>

using namespace heirloom;

namespace
{

QByteArray big32(quint32 n)
{
    QByteArray b(4, '\0');
    qToBigEndian(n, b.data());
    return b;
}

QByteArray little32(quint32 n)
{
    QByteArray b(4, '\0');
    qToLittleEndian(n, b.data());
    return b;
}

QByteArray segment(uchar marker, const QByteArray &body)
{
    QByteArray b("\xFF", 1);
    b += char(marker);
    b += big32(quint32(body.size() + 2)).mid(2);
    return b + body;
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &body)
{
    return big32(quint32(body.size())) + type + body + QByteArray(4, '\0');
}

QByteArray riffChunk(const QByteArray &type, const QByteArray &body)
{
    return type + little32(quint32(body.size())) + body + QByteArray(body.size() % 2, '\0');
}

ContainerScan scan(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return scanContainer(buffer);
}

const QByteArray exif("II*\0\x08\0\0\0\0\0\0\0\0\0", 14);

} // namespace

class TestContainerScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsExifAndManifestInEachContainer_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<bool>("hasExif");
        const QByteArray jumbf("JP\0\1\0\0\0\1\0\0\0\x20jumb\0\0\0\x18jumdc2pa", 28);
        QTest::newRow("JPEG") << QByteArray("\xFF\xD8") +
                                     segment(0xE1, QByteArray("Exif\0\0", 6) + exif) +
                                     segment(0xEB, jumbf) + segment(0xDA, {})
                              << true;
        QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n") +
                                    pngChunk("IHDR", QByteArray(13, 0)) + pngChunk("caBX", jumbf) +
                                    pngChunk("IDAT", "x") + pngChunk("eXIf", exif) +
                                    pngChunk("IEND", {})
                             << true;
        QTest::newRow("WebP") << "RIFF" + little32(100) + "WEBP" + riffChunk("VP8X", "0123456789") +
                                     riffChunk("odd ", "123") +
                                     riffChunk("EXIF", QByteArray("Exif\0\0", 6) + exif) +
                                     riffChunk("C2PA", "x")
                              << true;
        QTest::newRow("HEIF") << big32(16) + "ftypheic" + big32(0) + big32(28) + "uuid" +
                                     QByteArray::fromHex("d8fec3d61b0e483c92975828877ec481") +
                                     big32(0)
                              << false;
        QTest::newRow("TIFF") << QByteArray("MM\0*", 4) + big32(8) +
                                     QByteArray::fromHex("0001cd410007000000040000abcd00000000")
                              << false;
    }
    void findsExifAndManifestInEachContainer()
    {
        QFETCH(QByteArray, file);
        QFETCH(bool, hasExif);
        const ContainerScan found = scan(file);
        QCOMPARE(found.exif, hasExif ? exif : QByteArray());
        QVERIFY(found.contentCredentials);
        for (qsizetype n = 0; n < file.size(); ++n)
            scan(file.left(n)); // wherever it is cut off
    }

    void innocentFilesHaveNoManifest()
    {
        const ContainerScan found =
            scan(QByteArray("\xFF\xD8") + segment(0xEB, "other data without a manifest") +
                 segment(0xE2, QByteArray("MPF\0", 4)) + segment(0xDA, "c2pa JP"));
        QVERIFY(!found.contentCredentials);
        QVERIFY(found.morePictures);
        QVERIFY(found.exif.isEmpty());
    }

    void chunksThatClaimToBeHugeEndTheWalk()
    {
        const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n") + big32(0xFFFFFFF0) + "eXIf";
        QVERIFY(scan(png).exif.isEmpty());
        QVERIFY(scan(QByteArray("\xFF\xD8\xFF\xE1\0\0", 6)).exif.isEmpty());
        QVERIFY(scan(big32(0) + "ftypheic").exif.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestContainerScan)
#include "tst_containerscan.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "io/signature.h"

#include <QTest>

using namespace heirloom;

Q_DECLARE_METATYPE(heirloom::ErrorCode)

class TestSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsReadIsRecognised_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("format");
        QTest::newRow("jpeg") << QByteArray("\xFF\xD8\xFF\xE0") << int(FileFormat::Jpeg);
        QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1A\n") << int(FileFormat::Png);
        QTest::newRow("tiff little") << QByteArray("II*\0\x08\0\0\0", 8) << int(FileFormat::Tiff);
        QTest::newRow("tiff big") << QByteArray("MM\0*\0\0\0\x08", 8) << int(FileFormat::Tiff);
        QTest::newRow("bigtiff") << QByteArray("II+\0\x08\0\0\0", 8) << int(FileFormat::Tiff);
        QTest::newRow("webp") << QByteArray("RIFF\x24\0\0\0WEBPVP8 ", 16) << int(FileFormat::WebP);
        QTest::newRow("heic") << QByteArray("\0\0\0\x18"
                                            "ftypheic\0\0\0\0mif1heic",
                                            24)
                              << int(FileFormat::Heif);
        QTest::newRow("mif1, then heic") << QByteArray("\0\0\0\x18"
                                                       "ftypmif1\0\0\0\0mif1heic",
                                                       24)
                                         << int(FileFormat::Heif);
        QTest::newRow("mif1, then avif") << QByteArray("\0\0\0\x18"
                                                       "ftypmif1\0\0\0\0mif1avif",
                                                       24)
                                         << int(FileFormat::Avif);
        QTest::newRow("avif") << QByteArray("\0\0\0\x14"
                                            "ftypavif\0\0\0\0avif",
                                            20)
                              << int(FileFormat::Avif);
        QTest::newRow("bmp") << QByteArray("BM") + QByteArray(30, '\0') << int(FileFormat::Bmp);
    }
    void whatIsReadIsRecognised()
    {
        QFETCH(QByteArray, head);
        QFETCH(int, format);
        const Result<FileFormat> found = recognise(head, QStringLiteral("picture.xyz"));
        QVERIFY(found);
        QCOMPARE(int(*found), format);
    }

    void whatIsNotReadHasItsSentence_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorCode>("code");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *title, const QByteArray &head, const char *name,
                            ErrorCode code, const char *word) {
            QTest::newRow(title) << head << QString::fromLatin1(name) << code
                                 << QString::fromLatin1(word);
        };
        const QByteArray tiff("II*\0\x08\0\0\0", 8);
        row("empty", {}, "a.jpg", ErrorCode::InputEmpty, "0 bytes");
        row("text", "hello", "a.jpg", ErrorCode::UnknownFormat, "PNG");
        row("cr2", QByteArray("II*\0\x10\0\0\0CR\2\0", 12), "a", ErrorCode::RawPhoto, "RAW");
        row("cr3",
            QByteArray("\0\0\0\x18"
                       "ftypcrx ",
                       12),
            "a", ErrorCode::RawPhoto, "darktable");
        row("nef", tiff, "a.NEF", ErrorCode::RawPhoto, "RAW");
        row("dng", tiff, "a.dng", ErrorCode::RawPhoto, "RAW");
        row("orf", "IIRO____", "a", ErrorCode::RawPhoto, "RAW");
        row("raf", "FUJIFILMCCD-RAW 0201", "a", ErrorCode::RawPhoto, "RAW");
        row("pdf", "%PDF-1.4", "a.jpg", ErrorCode::PdfFile, "PDF");
        row("psd", "8BPS", "a", ErrorCode::PsdFile, "Photoshop");
        row("gif", "GIF89a", "a", ErrorCode::FormatNotRead, "GIF");
        row("ico", QByteArray("\0\0\1\0\1\0", 6), "a", ErrorCode::FormatNotRead, "ICO");
        row("svg", "<?xml version='1.0'?>\n<svg xmlns='x'>", "a", ErrorCode::FormatNotRead, "SVG");
        row("jxl", QByteArray("\xFF\x0A\0\0", 4), "a", ErrorCode::FormatNotRead, "JPEG XL");
        row("jp2", QByteArray("\0\0\0\x0CjP  \r\n\x87\n", 12), "a", ErrorCode::FormatNotRead,
            "JPEG 2000");
        row("pnm", "P6\n3 2\n255\n", "a", ErrorCode::FormatNotRead, "PNM");
        row("mp4",
            QByteArray("\0\0\0\x18"
                       "ftypisom",
                       12),
            "a", ErrorCode::FormatNotRead, "MP4");
        row("xcf", "gimp xcf v011", "a", ErrorCode::FormatNotRead, "GIMP");
        row("ora", QByteArray("PK\3\4") + QByteArray(26, '\0') + "mimetypeimage/openraster", "a",
            ErrorCode::FormatNotRead, "OpenRaster");
        row("exr", QByteArray("\x76\x2F\x31\x01"), "a", ErrorCode::FormatNotRead, "OpenEXR");
    }
    void whatIsNotReadHasItsSentence()
    {
        QFETCH(QByteArray, head);
        QFETCH(QString, name);
        QFETCH(ErrorCode, code);
        QFETCH(QString, word);
        const Result<FileFormat> found = recognise(head, name);
        QVERIFY(!found);
        QCOMPARE(found.error().code, code);
        QVERIFY2(errorSentence(found.error()).contains(word),
                 qPrintable(errorSentence(found.error())));
    }

    void everyPrefixIsSafe()
    {
        const QByteArray heads[] = {QByteArray("\0\0\0\x18"
                                               "ftypmif1\0\0\0\0mif1avif",
                                               24),
                                    QByteArray("RIFF\x24\0\0\0WEBPVP8 ", 16),
                                    QByteArray("\x89PNG\r\n\x1A\n"), QByteArray("P6\n3 2")};
        for (const QByteArray &head : heads) {
            for (int n = 0; n <= head.size(); ++n) {
                const Result<FileFormat> found = recognise(head.left(n), QStringLiteral("a"));
                QVERIFY(found || !errorSentence(found.error()).isEmpty());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"

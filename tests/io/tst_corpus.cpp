// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "roundtrip.h"
#include "support/failingdevice.h"
#include "support/processmemory.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"

#include <QFileInfo>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

/// Odd, damaged and hostile files: each gives a picture or a sentence.
class TestCorpus : public QObject
{
    Q_OBJECT

private:
    static void check(const Opened &back)
    {
        if (back.error) {
            QVERIFY(errorKind(back.error->code) == ErrorKind::Input);
            QVERIFY(errorSentence(*back.error).size() > 20);
            return;
        }
        QCOMPARE(back.image.size(), back.info.size);
        QCOMPARE(back.image.format(), back.info.format);
        for (const Notice &notice : back.info.notices)
            QVERIFY(!noticeText(notice).isEmpty());
    }

private Q_SLOTS:
    void everyFileIsAPictureOrASentence_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("none") << QString();
        for (const QString &path : sharedFiles(QStringLiteral("corpus")))
            QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
    }
    void everyFileIsAPictureOrASentence()
    {
        QFETCH(QString, path);
        if (path.isEmpty())
            return; // so that the test exists where there are no such files
        check(openedFile(path));
        QVERIFY(peakResidentBytes() < qint64(3) << 30);
    }

    void changedBytesAreSurvived_data()
    {
        QTest::addColumn<FileFormat>("file");
        QTest::addColumn<PixelFormat>("format");
        for (const FileFormat file :
             {FileFormat::Jpeg, FileFormat::Png, FileFormat::Tiff, FileFormat::WebP}) {
            for (const Channels channels : {Channels::Gray, Channels::Rgba}) {
                const PixelFormat format =
                    ImageWriter::supportedFormat(file, {channels, Depth::U16});
                QTest::addRow("%s %d", qPrintable(fileFormatName(file)), int(channels))
                    << file << format;
            }
        }
    }
    void changedBytesAreSurvived()
    {
        QFETCH(FileFormat, file);
        QFETCH(PixelFormat, format);
        const QByteArray good = encoded(photoPicture(QSize(70, 50), format), file);
        QVERIFY(!good.isEmpty());
        ReadLimits limits;
        limits.maxPixels = 1'000'000; // a changed size must not cost minutes here
        limits.memoryBytes = qint64(64) << 20;
        std::mt19937 random(42);
        for (int i = 0; i < 400; ++i) {
            QByteArray bytes = good;
            const int changes = 1 + int(random() % 4);
            for (int n = 0; n < changes; ++n) {
                // Headers are where it hurts: half of the changes go there.
                const qsizetype range =
                    random() % 2 ? std::min<qsizetype>(400, bytes.size()) : bytes.size();
                const qsizetype at = qsizetype(random() % quint64(range));
                bytes[at] = char(random());
            }
            if (file == FileFormat::Tiff && i % 2) // its directory stands at the end
                bytes[bytes.size() - 1 - qsizetype(random() % 300)] = char(random());
            check(opened(bytes, limits));
        }
    }

    void deviceThatFailsToReadIsSurvived()
    {
        const Image picture = photoPicture(QSize(70, 50), {Channels::Rgb, Depth::U8});
        for (const FileFormat file :
             {FileFormat::Jpeg, FileFormat::Png, FileFormat::Tiff, FileFormat::WebP}) {
            QByteArray bytes = encoded(picture, file);
            for (const bool ends : {true, false}) {
                for (qint64 at = 0; at < bytes.size(); at += 101) {
                    QBuffer buffer(&bytes);
                    buffer.open(QIODevice::ReadOnly);
                    FailingDevice device(buffer, at);
                    device.setReading(ends ? FailingDevice::Reading::Ends
                                           : FailingDevice::Reading::Fails);
                    check(opened(static_cast<QIODevice &>(device)));
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestCorpus)
#include "tst_corpus.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
#include "image/colormanagement.h"
#include "image/resample.h"
#include "io/savefile.h"
#include "metadata/exivreader.h"
#include "session/exporter.h"
#include "session/exportrows.h"
#include "session/photofile.h"
#include "session/uprightsource.h"
#include "support/comparison.h"
#include "support/failingdevice.h"
#include "support/testpictures.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <stop_token>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat Rgb16{Channels::Rgb, Depth::U16};
constexpr PixelFormat Rgba8{Channels::Rgba, Depth::U8};

ExportPicture pictureOf(const Image &image, const QByteArray &icc = {})
{
    ExportPicture picture;
    picture.size = image.size();
    picture.format = image.format();
    picture.icc = icc;
    picture.sourceSize = image.size();
    return picture;
}

ExportOptions optionsFor(const QString &path)
{
    ExportOptions options;
    options.path = path;
    return options;
}

Result<ExportReport> written(const Image &image, const ExportOptions &options,
                             ExportPicture picture = {}, const Progress &progress = {})
{
    if (picture.size.isEmpty())
        picture = pictureOf(image);
    MemorySource source(image, picture.icc);
    return exportPicture(source, picture, options, progress);
}

Image readBack(const QString &path)
{
    auto photo = PhotoFile::open(path);
    if (!photo)
        return {};
    auto image = (*photo)->image();
    return image ? *image : Image();
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void putBytes(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

OperationRecord learnedRecord()
{
    OperationRecord record;
    record.operation = QStringLiteral("upscale");
    record.method = record.modelId = QStringLiteral("realesrgan-general-x4v3");
    record.modelVersion = QStringLiteral("1.0.0");
    record.modelSha256 = QString(64, u'b');
    record.alteration = Alteration::CompositeWithTrainedAlgorithmicMedia;
    return record;
}

/// Sets the filter for one test and takes it away whatever happens.
class DeviceFilter
{
public:
    explicit DeviceFilter(SaveFile::DeviceFilter filter)
    {
        SaveFile::setDeviceFilterForTests(std::move(filter));
    }
    ~DeviceFilter() { SaveFile::setDeviceFilterForTests({}); }
};

/// Gives back another byte than was written, at three quarters of the file, where its pixels are.
class LyingDevice : public QIODevice
{
public:
    explicit LyingDevice(QFile &file)
        : m_file(file)
    {
        open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    }
    qint64 size() const override { return m_file.size(); }
    bool seek(qint64 position) override
    {
        return QIODevice::seek(position) && m_file.seek(position);
    }

protected:
    qint64 readData(char *data, qint64 length) override
    {
        const qint64 from = m_file.pos();
        const qint64 count = m_file.read(data, length);
        const qint64 at = m_file.size() * 3 / 4;
        if (at >= from && at < from + count)
            data[at - from] = char(data[at - from] ^ 0x10);
        return count;
    }
    qint64 writeData(const char *data, qint64 length) override
    {
        return m_file.write(data, length);
    }

private:
    QFile &m_file;
};

/// What the child processes do: write a picture over FILE; exit 0 for success, 10 plus the number
/// of the error's kind otherwise.
int exportInChild(const QString &mode, const QString &path)
{
    if (mode == u"limited") {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{50000, 50000};
        setrlimit(RLIMIT_FSIZE, &limit);
    } else if (geteuid() == 0 && setuid(65534) != 0) {
        return 99;
    }
    ExportOptions options = optionsFor(path);
    options.overwrite = true;
    const auto report = written(noisePicture({300, 200}, Rgb8), options);
    return report ? 0 : 10 + int(errorKind(report.error().code));
}

int runChild(const QString &mode, const QString &path)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--child"), mode, path});
    child.waitForFinished(-1);
    return child.exitStatus() == QProcess::NormalExit ? child.exitCode() : -1;
}

} // namespace

class TestExporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactFormatsKeepEveryPixel_data();
    void exactFormatsKeepEveryPixel();
    void jpegAndWebpComeClose();
    void depthIsChangedAsAsked();
    void alphaIsLaidOnWhiteForJpeg();
    void sizeIsChangedAsTheResamplerWould();
    void srgbConvertsAndTags();
    void profileIsKept();
    void resolutionFollowsTheSize();
    void markIsWrittenAndLeftOutAsAsked();
    void recordsOfTheEndCount();
    void limitsAreSaidBeforeWork();
    void inputIsNeverTheOutput();
    void existingFileNeedsLeave();
    void notFinishedLeavesNothing();
    void cancelLeavesNothing();
    void fullDiskLeavesTheOldFile_data();
    void fullDiskLeavesTheOldFile();
    void sizeLimitLeavesTheOldFile();
    void readOnlyFolderIsSaid();
    void whatIsReadDifferentlyIsNotKept();
    void sameInputGivesTheSameBytes();
    void captionIsAddedBelow();
    void estimateIsOfTheRightOrder();
    void digestSeesEveryByte();
};

void TestExporter::exactFormatsKeepEveryPixel_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("depth");
    QTest::addColumn<bool>("streams");
    for (const char *name : {"a.png", "a.tif"}) {
        for (int channels = 1; channels <= 4; ++channels) {
            for (int depth = 0; depth < 2; ++depth) {
                for (const bool streams : {false, true}) {
                    QTest::addRow("%s %d channels %d bits%s", name, channels, 8 + 8 * depth,
                                  streams ? " streaming" : "")
                        << QString::fromLatin1(name) << channels << depth << streams;
                }
            }
        }
    }
}

void TestExporter::exactFormatsKeepEveryPixel()
{
    QFETCH(QString, name);
    QFETCH(int, channels);
    QFETCH(int, depth);
    QFETCH(bool, streams);
    QTemporaryDir folder;
    const Image image =
        noisePicture({61, 83}, {Channels(channels), depth == 0 ? Depth::U8 : Depth::U16});
    ExportOptions options = optionsFor(folder.filePath(name));
    if (streams)
        options.patchLimit = 0;
    const auto report = written(image, options);
    QVERIFY2(report, qPrintable(report ? QString() : report.error().arguments.join(u' ')));
    QCOMPARE(report->size, image.size());
    QCOMPARE(report->bytes, QFileInfo(options.path).size());
    QVERIFY(readBack(options.path) == image);
    QCOMPARE(filesIn(folder.path()), QStringList{name});
}

void TestExporter::jpegAndWebpComeClose()
{
    QTemporaryDir folder;
    const Image image = photoPicture({120, 90}, Rgb8);
    for (const char *name : {"a.jpg", "a.webp"}) {
        for (const qint64 limit : {qint64(0), qint64(1) << 30}) {
            ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
            options.overwrite = true;
            options.patchLimit = limit;
            QVERIFY(written(image, options));
            QVERIFY(psnr(readBack(options.path), image) > 30);
        }
    }
}

void TestExporter::depthIsChangedAsAsked()
{
    QTemporaryDir folder;
    const Image image = photoPicture({40, 30}, Rgb16);
    ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.png")));
    options.depth = Depth::U8;
    QVERIFY(written(image, options));
    QVERIFY(readBack(options.path) == image.converted(Rgb8));

    options = optionsFor(folder.filePath(QStringLiteral("a.jpg")));
    options.depth = Depth::U16;
    const auto jpeg = written(image, options);
    QVERIFY(jpeg);
    QCOMPARE(jpeg->format.depth, Depth::U8);
    QCOMPARE(jpeg->warnings.size(), 1);
}

void TestExporter::alphaIsLaidOnWhiteForJpeg()
{
    QTemporaryDir folder;
    Image image({32, 32}, Rgba8);
    image.fill(0); // transparent black
    ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.jpg")));
    const auto report = written(image, options);
    QVERIFY(report);
    QCOMPARE(report->warnings.size(), 1);
    const Image back = readBack(options.path);
    QVERIFY(sampleAt(back, 10, 10, 0) > 0.99);
}

void TestExporter::sizeIsChangedAsTheResamplerWould()
{
    QTemporaryDir folder;
    const Image image = photoPicture({90, 70}, Rgb8);
    for (const QSize size : {QSize(45, 35), QSize(30, 70), QSize(200, 155), QSize(1, 1)}) {
        ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.png")));
        options.overwrite = true;
        options.size = size;
        QVERIFY(written(image, options));
        QVERIFY(readBack(options.path) == resampled(image, size));
    }
}

void TestExporter::srgbConvertsAndTags()
{
    QTemporaryDir folder;
    const QByteArray p3 = ColorProfile::displayP3().icc();
    Image image({16, 16}, Rgb8);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 16; ++x) {
            image.samples<quint8>(y)[3 * x] = 200;
            image.samples<quint8>(y)[3 * x + 1] = 100;
            image.samples<quint8>(y)[3 * x + 2] = 100;
        }
    }
    ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.png")));
    options.srgb = true;
    QVERIFY(written(image, options, pictureOf(image, p3)));
    auto photo = PhotoFile::open(options.path);
    QVERIFY(photo);
    const auto profile = ColorProfile::fromIcc((*photo)->info().icc);
    QVERIFY(profile && profile->isSrgb());
    const auto pixels = (*photo)->image();
    QVERIFY(pixels);
    // The same colour needs a stronger red in the smaller space.
    QVERIFY(pixels->constSamples<quint8>(5)[0] > 205);
    QVERIFY(pixels->constSamples<quint8>(5)[1] < 100);
}

void TestExporter::profileIsKept()
{
    QTemporaryDir folder;
    const QByteArray p3 = ColorProfile::displayP3().icc();
    const Image image = photoPicture({20, 20}, Rgb8);
    for (const char *name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
        const ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
        QVERIFY(written(image, options, pictureOf(image, p3)));
        auto photo = PhotoFile::open(options.path);
        QVERIFY(photo);
        QVERIFY((*photo)->info().icc == p3);
    }
}

void TestExporter::resolutionFollowsTheSize()
{
    QTemporaryDir folder;
    const Image image = photoPicture({100, 100}, Rgb8);
    ExportPicture picture = pictureOf(image);
    picture.resolution = {300, 300};
    ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.tif")));
    options.size = {50, 50};
    QVERIFY(written(image, options, picture));
    auto photo = PhotoFile::open(options.path);
    QVERIFY(photo);
    QCOMPARE(std::lround((*photo)->info().resolution.x), 150L);
}

void TestExporter::markIsWrittenAndLeftOutAsAsked()
{
    QTemporaryDir folder;
    const Image image = photoPicture({24, 24}, Rgb8);
    ExportPicture picture = pictureOf(image);
    picture.records = {learnedRecord()};
    for (const char *name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
        for (const qint64 limit : {qint64(0), qint64(1) << 30}) {
            ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
            options.overwrite = true;
            options.patchLimit = limit;
            QVERIFY(written(image, options, picture));
            const Metadata marked = readMetadataFile(options.path);
            QCOMPARE(marked.digitalSourceType,
                     QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
            QCOMPARE(marked.ledger.size(), 1);
            QCOMPARE(marked.ledger.first().modelSha256, QString(64, u'b'));
            options.mark = false;
            QVERIFY(written(image, options, picture));
            const Metadata silent = readMetadataFile(options.path);
            QVERIFY(silent.digitalSourceType.isEmpty());
            QVERIFY(silent.ledger.isEmpty());
        }
    }
}

void TestExporter::recordsOfTheEndCount()
{
    QTemporaryDir folder;
    const Image image = photoPicture({24, 24}, Rgb8);
    ExportPicture picture = pictureOf(image);
    picture.records = {learnedRecord()};
    OperationRecord last = learnedRecord();
    last.strength = 40;
    auto exporter = Exporter::create(picture, optionsFor(folder.filePath(QStringLiteral("a.png"))));
    QVERIFY(exporter);
    QVERIFY((*exporter)->write(image));
    QVERIFY((*exporter)->finish({last}));
    const Metadata metadata = readMetadataFile(folder.filePath(QStringLiteral("a.png")));
    QCOMPARE(metadata.ledger.size(), 1);
    QCOMPARE(metadata.ledger.first().strength, 40.0);
}

void TestExporter::limitsAreSaidBeforeWork()
{
    QTemporaryDir folder;
    ExportPicture picture;
    picture.size = {70000, 10};
    picture.format = Rgb8;
    const auto code = [&](const QString &path) {
        const auto checked = Exporter::check(picture, optionsFor(path));
        return checked ? ErrorCode::Cancelled : checked.error().code;
    };
    QCOMPARE(code(folder.filePath(QStringLiteral("a.jpg"))), ErrorCode::OutputLimit);
    QCOMPARE(code(folder.filePath(QStringLiteral("a.webp"))), ErrorCode::OutputLimit);
    QVERIFY(Exporter::check(picture, optionsFor(folder.filePath(QStringLiteral("a.png")))));
    QCOMPARE(code(folder.filePath(QStringLiteral("a.xyz"))), ErrorCode::OutputFormatUnknown);
    QCOMPARE(code(folder.filePath(QStringLiteral("a.heic"))), ErrorCode::OutputFormatUnknown);
    QCOMPARE(code(folder.filePath(QStringLiteral("none/a.png"))), ErrorCode::OutputFolderMissing);
    QDir(folder.path()).mkdir(QStringLiteral("d.png"));
    QCOMPARE(code(folder.filePath(QStringLiteral("d.png"))), ErrorCode::OutputNotWritable);
    picture.size = {4'000'000, 4'000'000};
    QVERIFY(code(folder.filePath(QStringLiteral("a.tif"))) != ErrorCode::Cancelled);
    QVERIFY(filesIn(folder.path()).isEmpty());
}

void TestExporter::inputIsNeverTheOutput()
{
    QTemporaryDir folder;
    const Image image = photoPicture({20, 20}, Rgb8);
    const QString path = folder.filePath(QStringLiteral("a.png"));
    QVERIFY(written(image, optionsFor(path)));
    const QByteArray before = bytesOf(path);
    const QString link = folder.filePath(QStringLiteral("link.png"));
    const QString hard = folder.filePath(QStringLiteral("hard.png"));
    QVERIFY(QFile::link(path, link));
    QCOMPARE(::link(qPrintable(path), qPrintable(hard)), 0);
    for (const QString &name : {path, link, hard}) {
        ExportPicture picture = pictureOf(image);
        picture.sourcePath = path;
        ExportOptions options = optionsFor(name);
        options.overwrite = true;
        const auto report = written(image, options, picture);
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::OutputIsInput);
    }
    QVERIFY(bytesOf(path) == before);
}

void TestExporter::existingFileNeedsLeave()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.png"));
    putBytes(path, "old");
    const Image image = photoPicture({20, 20}, Rgb8);
    ExportOptions options = optionsFor(path);
    const auto refused = written(image, options);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::OutputExists);
    QCOMPARE(bytesOf(path), QByteArray("old"));
    options.overwrite = true;
    QVERIFY(written(image, options));
    QVERIFY(readBack(path) == image);
}

void TestExporter::notFinishedLeavesNothing()
{
    QTemporaryDir folder;
    const Image image = photoPicture({20, 20}, Rgb8);
    for (const qint64 limit : {qint64(0), qint64(1) << 30}) {
        ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.tif")));
        options.patchLimit = limit;
        {
            auto exporter = Exporter::create(pictureOf(image), options);
            QVERIFY(exporter);
            QVERIFY((*exporter)->write(image.copied(QRect(0, 0, 20, 10))));
        }
        QVERIFY(filesIn(folder.path()).isEmpty());
    }
}

void TestExporter::cancelLeavesNothing()
{
    QTemporaryDir folder;
    const Image image = photoPicture({20, 500}, Rgb8);
    std::stop_source stop;
    const Progress progress(stop.get_token(), [&](const ProgressReport &) { stop.request_stop(); });
    const auto report =
        written(image, optionsFor(folder.filePath(QStringLiteral("a.png"))), {}, progress);
    QVERIFY(!report);
    QVERIFY(report.error().isCancelled());
    QVERIFY(filesIn(folder.path()).isEmpty());
}

void TestExporter::fullDiskLeavesTheOldFile_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("streams");
    for (const char *name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
        QTest::addRow("%s", name) << QString::fromLatin1(name) << false;
        QTest::addRow("%s streaming", name) << QString::fromLatin1(name) << true;
    }
}

void TestExporter::fullDiskLeavesTheOldFile()
{
    QFETCH(QString, name);
    QFETCH(bool, streams);
    QTemporaryDir folder;
    const Image image = photoPicture({180, 140}, Rgb8);
    ExportOptions options = optionsFor(folder.filePath(name));
    options.overwrite = true;
    if (streams)
        options.patchLimit = 0;
    const auto whole = written(image, options);
    QVERIFY(whole);
    putBytes(options.path, "what was there before");
    std::mt19937 random(20);
    for (int round = 0; round < 20; ++round) {
        const qint64 at = round == 0 ? 0 : qint64(random() % whole->bytes);
        const DeviceFilter filter(
            [&](QFile &file) { return std::make_unique<FailingDevice>(file, at); });
        const auto report = written(image, options);
        QVERIFY2(!report, qPrintable(QString::number(at)));
        QCOMPARE(report.error().code, ErrorCode::DiskFull);
        QCOMPARE(bytesOf(options.path), QByteArray("what was there before"));
        QCOMPARE(filesIn(folder.path()), QStringList{name});
    }
}

void TestExporter::sizeLimitLeavesTheOldFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.png"));
    putBytes(path, "what was there before");
    QCOMPARE(runChild(QStringLiteral("limited"), path), 10 + int(ErrorKind::Output));
    QCOMPARE(bytesOf(path), QByteArray("what was there before"));
    QCOMPARE(filesIn(folder.path()), QStringList{QStringLiteral("a.png")});
}

void TestExporter::readOnlyFolderIsSaid()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("closed")));
    const QString path = folder.filePath(QStringLiteral("closed/a.png"));
    putBytes(path, "what was there before");
    QVERIFY(chmod(qPrintable(folder.path()), 0755) == 0);
    QVERIFY(chmod(qPrintable(folder.filePath(QStringLiteral("closed"))), 0555) == 0);
    const int code = runChild(QStringLiteral("nobody"), path);
    QVERIFY(chmod(qPrintable(folder.filePath(QStringLiteral("closed"))), 0755) == 0);
    QCOMPARE(code, 10 + int(ErrorKind::Output));
    QCOMPARE(bytesOf(path), QByteArray("what was there before"));
    QCOMPARE(filesIn(folder.filePath(QStringLiteral("closed"))),
             QStringList{QStringLiteral("a.png")});
}

void TestExporter::whatIsReadDifferentlyIsNotKept()
{
    QTemporaryDir folder;
    const Image image = noisePicture({60, 60}, Rgb8);
    for (const char *name : {"a.png", "a.tif"}) {
        ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
        const DeviceFilter filter([](QFile &file) { return std::make_unique<LyingDevice>(file); });
        const auto report = written(image, options);
        QVERIFY2(!report, name);
        QCOMPARE(report.error().code, ErrorCode::OutputCheckFailed);
        QVERIFY(filesIn(folder.path()).isEmpty());
    }
}

void TestExporter::sameInputGivesTheSameBytes()
{
    QTemporaryDir folder;
    const Image image = photoPicture({60, 60}, Rgb8);
    ExportPicture picture = pictureOf(image);
    picture.records = {learnedRecord()};
    qputenv("SOURCE_DATE_EPOCH", "1700000000");
    for (const char *name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
        ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
        options.overwrite = true;
        QVERIFY(written(image, options, picture));
        const QByteArray first = bytesOf(options.path);
        QVERIFY(written(image, options, picture));
        QVERIFY2(bytesOf(options.path) == first, name);
    }
    qunsetenv("SOURCE_DATE_EPOCH");
}

void TestExporter::captionIsAddedBelow()
{
    QTemporaryDir folder;
    Image image({300, 200}, Rgb8);
    image.fill(90);
    ExportOptions options = optionsFor(folder.filePath(QStringLiteral("a.png")));
    options.caption = QStringLiteral("Enlarged; detail is a computer's guess");
    QVERIFY(written(image, options));
    const Image back = readBack(options.path);
    QCOMPARE(back.width(), 300);
    QVERIFY(back.height() > 210);
    QVERIFY(back.copied(image.rect()) == image);
    const Image strip = back.copied(QRect(0, 200, 300, back.height() - 200));
    int dark = 0;
    for (int y = 0; y < strip.height(); ++y) {
        for (int x = 0; x < strip.width(); ++x)
            dark += sampleAt(strip, x, y, 0) < 0.5;
    }
    QVERIFY(dark > 50);
    QVERIFY(dark < strip.width() * strip.height() / 2);
}

void TestExporter::estimateIsOfTheRightOrder()
{
    QTemporaryDir folder;
    const Image image = photoPicture({400, 300}, Rgb8);
    for (const char *name : {"a.png", "a.tif", "a.jpg", "a.webp"}) {
        const ExportOptions options = optionsFor(folder.filePath(QString::fromLatin1(name)));
        const auto estimate = estimateExport(pictureOf(image), options);
        QCOMPARE(estimate.size, image.size());
        const auto report = written(image, options);
        QVERIFY(report);
        QVERIFY2(estimate.bytes < 8 * report->bytes && estimate.bytes > report->bytes / 8, name);
    }
}

void TestExporter::digestSeesEveryByte()
{
    std::mt19937 random(3);
    const Image image = noisePicture({37, 20}, Rgb8);
    PixelDigest whole;
    whole.add(image);
    PixelDigest parts;
    for (int y = 0; y < 20; y += 4)
        parts.add(image.copied(QRect(0, y, 37, 4)));
    QCOMPARE(parts.value(), whole.value());
    for (int round = 0; round < 200; ++round) {
        Image other = image;
        other.samples<quint8>(int(random() % 20))[random() % 111] ^= quint8(1U << (random() % 8));
        PixelDigest changed;
        changed.add(other);
        QVERIFY(changed.value() != whole.value());
    }
}

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"--child")
        return exportInChild(arguments.value(2), arguments.value(3));
    TestExporter test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_exporter.moc"

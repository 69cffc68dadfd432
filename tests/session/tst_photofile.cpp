// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/imagewriter.h"
#include "session/exifblock.h"
#include "session/photofile.h"
#include "support/comparison.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QtTest>

#include <stop_token>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// EXIF's own words: where the stored row 0 and column 0 belong in the upright picture.
enum class Side { Top, Bottom, Left, Right };
struct Words {
    Side row, column;
};
constexpr Words words[] = {
    {},
    {Side::Top, Side::Left},
    {Side::Top, Side::Right},
    {Side::Bottom, Side::Right},
    {Side::Bottom, Side::Left},
    {Side::Left, Side::Top},
    {Side::Right, Side::Top},
    {Side::Right, Side::Bottom},
    {Side::Left, Side::Bottom},
};

/// The rows as a file of this orientation stores them, pixel by pixel from EXIF's definition.
Image storedAs(const Image &upright, int orientation)
{
    const auto [rowSide, columnSide] = words[orientation];
    const bool turned = rowSide == Side::Left || rowSide == Side::Right;
    Image stored(turned ? upright.size().transposed() : upright.size(), upright.format());
    for (int row = 0; row < stored.height(); ++row) {
        for (int column = 0; column < stored.width(); ++column) {
            int x = 0;
            int y = 0;
            const auto put = [&](Side side, int at) {
                if (side == Side::Top)
                    y = at;
                else if (side == Side::Bottom)
                    y = upright.height() - 1 - at;
                else if (side == Side::Left)
                    x = at;
                else
                    x = upright.width() - 1 - at;
            };
            put(rowSide, row);
            put(columnSide, column);
            stored.paste(upright.copied(QRect(x, y, 1, 1)), {column, row});
        }
    }
    return stored;
}

QByteArray encoded(const Image &image, FileFormat fileFormat, const MetadataBlocks &metadata = {},
                   Resolution resolution = {})
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadWrite);
    WriteSpec spec;
    spec.name = QStringLiteral("test");
    spec.fileFormat = fileFormat;
    spec.size = image.size();
    spec.format = image.format();
    spec.metadata = metadata;
    spec.resolution = resolution;
    spec.quality = 100;
    auto writer = ImageWriter::create(spec, buffer);
    if (!writer || !(*writer)->write(image) || !(*writer)->finish())
        return {};
    writer->reset();
    return bytes;
}

/// A little-endian TIFF's own orientation tag; its writer leaves EXIF's to the format.
QByteArray withTiffOrientation(QByteArray tiff, int orientation)
{
    const auto number = [&](qsizetype at, int bytes) {
        quint32 value = 0;
        for (int i = 0; i < bytes; ++i)
            value |= quint32(quint8(tiff[at + i])) << (8 * i);
        return value;
    };
    const qsizetype directory = number(4, 4);
    const int entries = int(number(directory, 2));
    for (int i = 0; i < entries; ++i) {
        const qsizetype entry = directory + 2 + 12 * i;
        if (number(entry, 2) == 0x0112) {
            tiff[entry + 8] = char(orientation);
            return tiff;
        }
    }
    return {};
}

ErrorCode codeOf(const Result<std::unique_ptr<PhotoFile>> &photo)
{
    return photo ? ErrorCode::Internal : photo.error().code;
}

} // namespace

class TestPhotoFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void orientationIsAppliedOnce_data();
    void orientationIsAppliedOnce();
    void resolutionTurnsWithThePicture();
    void uprightFilesStream();
    void rowsMayBeAskedForAgain();
    void cancelWhileDecoding();
    void tooLargeToTurnIsRefused();
    void refusalsNameTheirReason();
    void truncatedJpegSaysFromWhichRow();
    void theFileIsOnlyRead();
    void orientationExamplesAgree();
};

void TestPhotoFile::orientationIsAppliedOnce_data()
{
    QTest::addColumn<FileFormat>("fileFormat");
    QTest::addColumn<int>("orientation");
    for (int orientation = 1; orientation <= 8; ++orientation) {
        for (const FileFormat format :
             {FileFormat::Png, FileFormat::Tiff, FileFormat::Jpeg, FileFormat::WebP}) {
            QTest::addRow("%s %d", qPrintable(fileFormatName(format)), orientation)
                << format << orientation;
        }
    }
}

void TestPhotoFile::orientationIsAppliedOnce()
{
    QFETCH(FileFormat, fileFormat);
    QFETCH(int, orientation);
    const Image upright = gradientPicture({51, 34}, {Channels::Rgb, Depth::U8});
    MetadataBlocks metadata;
    metadata.exif = exifWithOrientation(orientation);
    QByteArray bytes = encoded(storedAs(upright, orientation), fileFormat, metadata);
    if (fileFormat == FileFormat::Tiff)
        bytes = withTiffOrientation(bytes, orientation);
    QVERIFY(!bytes.isEmpty());
    auto photo = PhotoFile::openBytes(bytes, QStringLiteral("test"));
    QVERIFY(photo);
    QCOMPARE((*photo)->info().size, upright.size());
    QCOMPARE((*photo)->info().orientation, Orientation::Upright);
    QCOMPARE(int((*photo)->storedOrientation()), orientation);
    auto source = (*photo)->source();
    QVERIFY(source);
    QCOMPARE((*source)->size(), upright.size());
    const auto pixels = (*source)->read(QRect(QPoint(0, 0), upright.size()));
    QVERIFY(pixels);
    if (fileFormat == FileFormat::Jpeg)
        QVERIFY(psnr(*pixels, upright) > 40);
    else
        QVERIFY(*pixels == upright);
}

void TestPhotoFile::resolutionTurnsWithThePicture()
{
    const Image image = gradientPicture({20, 10}, {Channels::Gray, Depth::U8});
    MetadataBlocks metadata;
    metadata.exif = exifWithOrientation(6);
    auto photo = PhotoFile::openBytes(encoded(image, FileFormat::Png, metadata, {300, 150}),
                                      QStringLiteral("test"));
    QVERIFY(photo);
    QCOMPARE((*photo)->info().size, QSize(10, 20));
    QCOMPARE(std::lround((*photo)->info().resolution.x), 150L);
    QCOMPARE(std::lround((*photo)->info().resolution.y), 300L);
}

void TestPhotoFile::uprightFilesStream()
{
    const Image image = noisePicture({40, 300}, {Channels::Rgb, Depth::U16});
    auto photo = PhotoFile::openBytes(encoded(image, FileFormat::Tiff), QStringLiteral("test"));
    QVERIFY(photo);
    auto source = (*photo)->source();
    QVERIFY(source);
    QVERIFY(!(*source)->isRandomAccess());
    for (int y = 0; y < image.height(); y += 37) {
        const QRect band(0, y, image.width(), std::min(37, image.height() - y));
        const auto rows = (*source)->read(band);
        QVERIFY(rows);
        QVERIFY(*rows == image.copied(band));
    }
}

void TestPhotoFile::rowsMayBeAskedForAgain()
{
    std::mt19937 random(5);
    constexpr int retained = 24;
    const Image image = noisePicture({33, 400}, {Channels::Rgb, Depth::U8});
    for (int round = 0; round < 5; ++round) {
        auto photo = PhotoFile::openBytes(encoded(image, FileFormat::Png), QStringLiteral("test"));
        QVERIFY(photo);
        auto source = (*photo)->source(retained);
        QVERIFY(source);
        QVERIFY((*source)->retainedRows() >= retained);
        int end = 0;
        while (end < image.height()) {
            const int top = std::max(0, end - int(random() % (retained + 1)));
            const int next = std::min(image.height(), end + 1 + int(random() % 60));
            const int left = int(random() % 20);
            const QRect part(left, top, 1 + int(random() % (33 - left)), next - top);
            const auto rows = (*source)->read(part);
            QVERIFY(rows);
            QVERIFY(*rows == image.copied(part));
            end = next;
        }
    }
}

void TestPhotoFile::cancelWhileDecoding()
{
    MetadataBlocks metadata;
    metadata.exif = exifWithOrientation(6);
    const Image image = gradientPicture({20, 1000}, {Channels::Rgb, Depth::U8});
    auto photo =
        PhotoFile::openBytes(encoded(image, FileFormat::Png, metadata), QStringLiteral("test"));
    QVERIFY(photo);
    std::stop_source stop;
    int reports = 0;
    const Progress progress(stop.get_token(), [&](const ProgressReport &) {
        ++reports;
        stop.request_stop();
    });
    const auto source = (*photo)->source(0, progress);
    QVERIFY(!source);
    QVERIFY(source.error().isCancelled());
    QCOMPARE(reports, 1);
}

void TestPhotoFile::tooLargeToTurnIsRefused()
{
    MetadataBlocks metadata;
    metadata.exif = exifWithOrientation(6);
    const Image image = gradientPicture({400, 400}, {Channels::Rgb, Depth::U8});
    ReadLimits limits;
    limits.memoryBytes = 100'000;
    auto photo = PhotoFile::openBytes(encoded(image, FileFormat::Png, metadata),
                                      QStringLiteral("test"), limits);
    const auto source = photo ? (*photo)->source() : fail(photo.error());
    QVERIFY(!source);
    QCOMPARE(source.error().code, ErrorCode::TooMuchMemory);
}

void TestPhotoFile::refusalsNameTheirReason()
{
    QTemporaryDir folder;
    const auto file = [&](const QString &name, const QByteArray &bytes) {
        const QString path = folder.filePath(name);
        QFile out(path);
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes);
        return path;
    };
    QCOMPARE(codeOf(PhotoFile::open(folder.filePath(QStringLiteral("none.png")))),
             ErrorCode::InputMissing);
    QCOMPARE(codeOf(PhotoFile::open(folder.path())), ErrorCode::InputIsFolder);
    QCOMPARE(codeOf(PhotoFile::open(file(QStringLiteral("empty.jpg"), {}))), ErrorCode::InputEmpty);
    QCOMPARE(codeOf(PhotoFile::openBytes({}, QStringLiteral("x"))), ErrorCode::InputEmpty);
    QCOMPARE(codeOf(PhotoFile::open(file(QStringLiteral("text.jpg"), "only some words here"))),
             ErrorCode::UnknownFormat);
    QCOMPARE(codeOf(PhotoFile::open(file(QStringLiteral("a.pdf"), "%PDF-1.7\n%stuff\n"))),
             ErrorCode::PdfFile);
}

void TestPhotoFile::truncatedJpegSaysFromWhichRow()
{
    const Image image = noisePicture({200, 200}, {Channels::Rgb, Depth::U8});
    QByteArray bytes = encoded(image, FileFormat::Jpeg);
    bytes.truncate(bytes.size() / 2);
    auto photo = PhotoFile::openBytes(bytes, QStringLiteral("test"));
    QVERIFY(photo);
    const auto pixels = (*photo)->image();
    QVERIFY(pixels);
    QCOMPARE(pixels->size(), image.size());
    const auto notices = (*photo)->notices();
    const auto missing = std::find_if(notices.begin(), notices.end(), [](const Notice &notice) {
        return notice.kind == Notice::Kind::MissingRows;
    });
    QVERIFY(missing != notices.end());
    QVERIFY(missing->number > 20 && missing->number < 180);
}

void TestPhotoFile::theFileIsOnlyRead()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("photo.png"));
    const QByteArray bytes =
        encoded(gradientPicture({30, 30}, {Channels::Rgb, Depth::U8}), FileFormat::Png);
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
    out.close();
    {
        auto photo = PhotoFile::open(path);
        QVERIFY(photo);
        QVERIFY((*photo)->image());
        QCOMPARE((*photo)->path(), path);
        QCOMPARE((*photo)->name(), QStringLiteral("photo.png"));
        QCOMPARE((*photo)->byteCount(), qint64(bytes.size()));
    }
    QFile in(path);
    QVERIFY(in.open(QIODevice::ReadOnly));
    QVERIFY(in.readAll() == bytes);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestPhotoFile::orientationExamplesAgree()
{
    const QStringList files =
        sharedFiles(QStringLiteral("corpus"), {QStringLiteral("*andscape_?.jpg")});
    if (files.size() < 2)
        QSKIP("the evaluation pictures are not here");
    std::optional<Image> first;
    for (const QString &path : files) {
        auto photo = PhotoFile::open(path);
        QVERIFY2(photo, qPrintable(path));
        const auto pixels = (*photo)->image();
        QVERIFY2(pixels, qPrintable(path));
        if (!first)
            first = *pixels;
        QCOMPARE(pixels->size(), first->size());
        // The examples bear a number in their middle; the rest is the same photograph.
        const QRect corner(0, 0, pixels->width() / 4, pixels->height() / 4);
        QVERIFY2(psnr(pixels->copied(corner), first->copied(corner)) > 25, qPrintable(path));
    }
}

QTEST_GUILESS_MAIN(TestPhotoFile)
#include "tst_photofile.moc"

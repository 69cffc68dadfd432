// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/samples.h"

#include "metadata/exiftool.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <tiffio.h>
#include <webp/decode.h>
#include <webp/encode.h>
#include <webp/mux.h>

namespace heirloom
{

namespace
{

QByteArray encodedTiff(const QImage &image)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.tif"));
    TIFF *tiff = TIFFOpen(QFile::encodeName(path).constData(), "w");
    const QByteArray icc = sampleProfile();
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, image.width());
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, image.height());
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 16);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
    TIFFSetField(tiff, TIFFTAG_PREDICTOR, 2);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 10);
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, 300.0);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, 300.0);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    TIFFSetField(tiff, TIFFTAG_ICCPROFILE, uint32_t(icc.size()), icc.constData());
    std::vector<quint16> row(std::size_t(image.width()) * 3);
    for (int y = 0; y < image.height(); ++y) {
        const uchar *line = image.constScanLine(y);
        for (std::size_t i = 0; i < row.size(); ++i)
            row[i] = quint16(line[i] * 257);
        TIFFWriteScanline(tiff, row.data(), uint32_t(y), 0);
    }
    TIFFClose(tiff);
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QImage decodedTiff(const QByteArray &bytes)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.tif"));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.flush())
        return {};
    TIFF *tiff = TIFFOpen(QFile::encodeName(path).constData(), "r");
    if (!tiff)
        return {};
    uint32_t width = 0;
    uint32_t height = 0;
    uint16_t bits = 0;
    uint16_t samples = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetField(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
    QImage image;
    if (bits == 16 && samples == 3) {
        image = QImage(int(width), int(height), QImage::Format_RGB888);
        std::vector<quint16> row(width * 3);
        for (uint32_t y = 0; y < height; ++y) {
            if (TIFFReadScanline(tiff, row.data(), y, 0) != 1) {
                image = {};
                break;
            }
            for (std::size_t i = 0; i < row.size(); ++i)
                image.scanLine(int(y))[i] = uchar(row[i] / 257);
        }
    }
    TIFFClose(tiff);
    return image;
}

QByteArray encodedWebP(const QImage &image)
{
    uint8_t *bytes = nullptr;
    const std::size_t count = WebPEncodeLosslessRGB(
        image.constBits(), image.width(), image.height(), int(image.bytesPerLine()), &bytes);
    const WebPData plain{bytes, count};
    const QByteArray icc = sampleProfile();
    const WebPData profile{reinterpret_cast<const uint8_t *>(icc.constData()),
                           std::size_t(icc.size())};
    WebPMux *mux = WebPMuxNew();
    WebPMuxSetImage(mux, &plain, 1);
    WebPMuxSetChunk(mux, "ICCP", &profile, 1);
    WebPData assembled{};
    WebPMuxAssemble(mux, &assembled);
    const QByteArray result(reinterpret_cast<const char *>(assembled.bytes),
                            qsizetype(assembled.size));
    WebPDataClear(&assembled);
    WebPMuxDelete(mux);
    WebPFree(bytes);
    return result;
}

QString corpusFolder()
{
    const QString shared = qEnvironmentVariable("HEIRLOOM_SHARED");
    return (shared.isEmpty() ? QStringLiteral(HEIRLOOM_SOURCE_DIR "/../shared") : shared) +
           QStringLiteral("/corpus");
}

} // namespace

QImage samplePicture(QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixelColor(x, y, QColor(x * 4 % 256, y * 5 % 256, (x + y) * 2 % 256));
    }
    return image;
}

QByteArray sampleProfile()
{
    return QColorSpace(QColorSpace::AdobeRgb).iccProfile();
}

QByteArray encodedSample(FileFormat format, QSize size)
{
    QImage image = samplePicture(size);
    if (format == FileFormat::Tiff)
        return encodedTiff(image);
    if (format == FileFormat::WebP)
        return encodedWebP(image);
    image.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
    image.setDotsPerMeterX(11811);
    image.setDotsPerMeterY(11811);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format == FileFormat::Jpeg ? "JPG" : "PNG", 95);
    return buffer.data();
}

QImage decoded(const QByteArray &file, FileFormat format)
{
    if (format == FileFormat::Tiff)
        return decodedTiff(file);
    if (format == FileFormat::WebP) {
        int width = 0;
        int height = 0;
        uint8_t *pixels = WebPDecodeRGB(reinterpret_cast<const uint8_t *>(file.constData()),
                                        std::size_t(file.size()), &width, &height);
        if (!pixels)
            return {};
        const QImage image = QImage(pixels, width, height, width * 3, QImage::Format_RGB888).copy();
        WebPFree(pixels);
        return image;
    }
    return QImage::fromData(file, format == FileFormat::Jpeg ? "JPG" : "PNG")
        .convertToFormat(QImage::Format_RGB888);
}

QByteArray richPhoto()
{
    static const QByteArray photo = [] {
        const QTemporaryDir folder;
        const QString thumbnail = folder.filePath(QStringLiteral("thumb.jpg"));
        samplePicture(QSize(16, 12)).save(thumbnail, "JPG");
        const QStringList tags = {
            QStringLiteral("-charset"),
            QStringLiteral("iptc=UTF8"),
            QStringLiteral("-n"),
            QStringLiteral("-IFD0:Orientation=6"),
            QStringLiteral("-IFD0:Make=Agfa"),
            QStringLiteral("-IFD0:Model=Agfa Box"),
            QStringLiteral("-IFD0:Artist=Grandmother"),
            QStringLiteral("-IFD0:ImageDescription=At the lake"),
            QStringLiteral("-IFD0:Software=ScanTool 1"),
            QStringLiteral("-IFD0:ModifyDate=2020:01:01 00:00:00"),
            QStringLiteral("-ExifIFD:DateTimeOriginal=1936:07:05 14:30:00"),
            QStringLiteral("-ExifIFD:OffsetTimeOriginal=+01:00"),
            QStringLiteral("-ExifIFD:SubSecTime=77"),
            QStringLiteral("-ExifIFD:CreateDate=2020:01:01 00:00:00"),
            QStringLiteral("-ExifIFD:ExifImageWidth=999"),
            QStringLiteral("-ExifIFD:ColorSpace=65535"),
            QStringLiteral("-ExifIFD:FNumber=8"),
            QStringLiteral("-ExifIFD:FocalPlaneXResolution=2000"),
            QStringLiteral("-GPS:GPSLatitude=47.5"),
            QStringLiteral("-GPS:GPSLatitudeRef=N"),
            QStringLiteral("-GPS:GPSLongitude=9.25"),
            QStringLiteral("-GPS:GPSLongitudeRef=E"),
            QStringLiteral("-ThumbnailImage<=%1").arg(thumbnail),
            QStringLiteral("-IPTC:Caption-Abstract=Ünïcödé ñ 日本"),
            QStringLiteral("-IPTC:Keywords=lake"),
            QStringLiteral("-IPTC:Keywords=summer"),
            QStringLiteral("-IPTC:City=Lindau"),
            QStringLiteral("-XMP-dc:Title=Am See"),
            QStringLiteral("-XMP-dc:Title-de=Am Bodensee"),
            QStringLiteral("-XMP-dc:Subject=lake"),
            QStringLiteral("-XMP-photoshop:City=Lindau"),
            QStringLiteral("-XMP-tiff:Orientation=6"),
            QStringLiteral("-XMP-xmp:Rating=5"),
            QStringLiteral("-XMP-exif:GPSLatitude=47.5"),
            QStringLiteral("-XMP-iptcExt:LocationCreated={City=Lindau,CountryCode=DE}"),
            QStringLiteral("-XMP-iptcExt:PersonInImage=Anna"),
            QStringLiteral("-XMP-iptcExt:DigitalSourceType="
                           "http://cv.iptc.org/newscodes/digitalsourcetype/print"),
            QStringLiteral("-XMP-xmpMM:DocumentID=xmp.did:old-document"),
            QStringLiteral("-XMP-xmpMM:InstanceID=xmp.iid:old-instance"),
            QStringLiteral("-XMP-xmpMM:History={Action=created,SoftwareAgent=ScanTool 1}"),
        };
        return exiftoolWrites(encodedSample(FileFormat::Jpeg), tags);
    }();
    return photo;
}

QByteArray corpusFile(const QString &name)
{
    QFile file(corpusFolder() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QStringList corpusNames()
{
    return QDir(corpusFolder()).entryList(QDir::Files);
}

} // namespace heirloom

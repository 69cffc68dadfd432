// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivreader.h"

#include "metadata/containerscan.h"
#include "metadata/exivsession.h"
#include "metadata/exivvalues.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

#include <exiv2/exiv2.hpp>

#include <exception>
#include <map>

namespace heirloom
{

namespace
{

// A constant in a namespace in 0.27, an enumerator in 0.28.
constexpr auto noImage = Exiv2::ImageType::none;

constexpr std::size_t xmpLimit = std::size_t(8) << 20;

Notice unreadable(const QString &what, const QString &why)
{
    Notice notice;
    notice.kind = Notice::Kind::MetadataUnreadable;
    notice.text = why.isEmpty() ? what : QStringLiteral("%1: %2").arg(what, why);
    return notice;
}

QString tr(const char *source)
{
    return QCoreApplication::translate("heirloom::Metadata", source);
}

std::string exifText(const Exiv2::ExifData &exif, const char *key)
{
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    return found == exif.end() ? std::string() : found->print(&exif);
}

Orientation orientationOf(const Exiv2::ExifData &exif, const Exiv2::XmpData &xmp)
{
    // TIFF's and XMP's value mean the same; EXIF's wins where both stand.
    QString value = exivText([&] {
        const auto found = exif.findKey(Exiv2::ExifKey("Exif.Image.Orientation"));
        return found == exif.end() ? std::string() : found->toString();
    }());
    if (value.isEmpty())
        value = xmpText(xmp, "Xmp.tiff.Orientation");
    const int number = value.toInt();
    return number >= 1 && number <= 8 ? Orientation(number) : Orientation::Upright;
}

QDateTime takenAt(const Exiv2::ExifData &exif, const Exiv2::XmpData &xmp)
{
    const QString stamp = exivText(exifText(exif, "Exif.Photo.DateTimeOriginal"));
    QDateTime taken = QDateTime::fromString(stamp, QStringLiteral("yyyy:MM:dd HH:mm:ss"));
    if (!taken.isValid()) {
        taken = QDateTime::fromString(firstOf({xmpText(xmp, "Xmp.exif.DateTimeOriginal"),
                                               xmpText(xmp, "Xmp.photoshop.DateCreated")}),
                                      Qt::ISODate);
        return taken;
    }
    static const QRegularExpression offset(QStringLiteral("^([+-])(\\d\\d):(\\d\\d)$"));
    const auto match = offset.match(exivText(exifText(exif, "Exif.Photo.OffsetTimeOriginal")));
    if (match.hasMatch()) {
        const int minutes = match.captured(2).toInt() * 60 + match.captured(3).toInt();
        taken.setOffsetFromUtc((match.captured(1) == u"-" ? -60 : 60) * minutes);
    }
    return taken;
}

bool namesLocation(const Exiv2::ExifData &exif, const Exiv2::XmpData &xmp)
{
    for (const auto &datum : exif) {
        if (datum.groupName() == "GPSInfo" && datum.tagName() != "GPSVersionID")
            return true;
    }
    for (const auto &datum : xmp) {
        if (datum.key().rfind("Xmp.exif.GPSL", 0) == 0)
            return true;
    }
    return false;
}

QList<LedgerEntry> readLedger(const Exiv2::XmpData &xmp)
{
    static const QRegularExpression pattern(
        QStringLiteral("^Xmp\\.heirloom\\.Ledger\\[(\\d+)\\]/heirloom:(\\w+)$"));
    std::map<int, LedgerEntry> entries;
    for (const auto &datum : xmp) {
        const auto match = pattern.match(exivText(datum.key()));
        if (match.hasMatch())
            setLedgerField(entries[match.captured(1).toInt()], match.captured(2),
                           exivText(datum.toString()));
    }
    QList<LedgerEntry> list;
    for (const auto &[index, entry] : entries)
        list.append(entry);
    return list;
}

void readFields(Metadata &m, const Exiv2::ExifData &exif, const Exiv2::IptcData &iptc,
                const Exiv2::XmpData &xmp)
{
    m.orientation = orientationOf(exif, xmp);
    m.description = firstOf({xmpText(xmp, "Xmp.dc.description"),
                             exivText(exifText(exif, "Exif.Image.ImageDescription")),
                             iptcText(iptc, "Iptc.Application2.Caption")});
    m.creator =
        firstOf({xmpText(xmp, "Xmp.dc.creator"), exivText(exifText(exif, "Exif.Image.Artist")),
                 iptcText(iptc, "Iptc.Application2.Byline")});
    const QString make = exivText(exifText(exif, "Exif.Image.Make"));
    const QString model = exivText(exifText(exif, "Exif.Image.Model"));
    m.camera =
        model.startsWith(make, Qt::CaseInsensitive) ? model : (make + u' ' + model).trimmed();
    m.software = exivText(exifText(exif, "Exif.Image.Software"));
    m.taken = takenAt(exif, xmp);
    m.hasLocation = namesLocation(exif, xmp);
    m.digitalSourceType = sourceTypeTermOf(xmpText(xmp, "Xmp.Iptc4xmpExt.DigitalSourceType"));
    m.ledger = readLedger(xmp);
}

/// One step that Exiv2 may refuse by an exception.
template <typename Step>
void guarded(Metadata &m, const QString &what, Step step)
{
    try {
        step();
    } catch (const std::exception &e) { // Exiv2's errors are among them
        m.notices.append(unreadable(what, QString::fromLocal8Bit(e.what())));
    } catch (...) {
        m.notices.append(unreadable(what, {}));
    }
}

QByteArray encodedExif(const Exiv2::ExifData &data, Exiv2::ByteOrder order)
{
    Exiv2::Blob blob;
    Exiv2::ExifData copy(data); // encode() changes what it is given
    Exiv2::ExifParser::encode(blob, order == Exiv2::invalidByteOrder ? Exiv2::littleEndian : order,
                              copy);
    return QByteArray(reinterpret_cast<const char *>(blob.data()), qsizetype(blob.size()));
}

QByteArray encodedIptc(const Exiv2::IptcData &data)
{
    const Exiv2::DataBuf block = Exiv2::IptcParser::encode(data);
#if EXIV2_TEST_VERSION(0, 28, 0)
    return QByteArray(reinterpret_cast<const char *>(block.c_data()), qsizetype(block.size()));
#else
    return QByteArray(reinterpret_cast<const char *>(block.pData_), qsizetype(block.size_));
#endif
}

/// With exivSession() held.
void readImage(Metadata &m, Exiv2::Image &image, const ContainerScan &scan)
{
    guarded(m, tr("the file's structure"), [&] { image.readMetadata(); });
    const Exiv2::ExifData &exif = image.exifData();
    guarded(m, QStringLiteral("EXIF"), [&] {
        if (!scan.exif.isEmpty() && !exif.empty())
            m.exif = scan.exif;
        else if (!exif.empty())
            m.exif = encodedExif(exif, image.byteOrder());
    });
    guarded(m, QStringLiteral("IPTC"), [&] {
        if (!image.iptcData().empty())
            m.iptc = encodedIptc(image.iptcData());
    });
    guarded(m, QStringLiteral("XMP"), [&] {
        std::string packet = image.xmpPacket();
        if (packet.empty() && !image.xmpData().empty())
            Exiv2::XmpParser::encode(packet, image.xmpData());
        if (packet.size() > xmpLimit || (!packet.empty() && image.xmpData().empty())) {
            m.notices.append(unreadable(QStringLiteral("XMP"), {}));
            return;
        }
        m.xmp = QByteArray(packet.data(), qsizetype(packet.size()));
    });
    guarded(m, tr("the photo's information"),
            [&] { readFields(m, exif, image.iptcData(), image.xmpData()); });
}

void addScanNotices(Metadata &m, const ContainerScan &scan)
{
    Notice notice;
    if (scan.contentCredentials) {
        notice.kind = Notice::Kind::ContentCredentialsDropped;
        m.notices.append(notice);
    }
    if (scan.extendedXmp) {
        notice.kind = Notice::Kind::ExtraPicturesDropped;
        notice.text = tr("the second part of its XMP (usually a depth map or a second picture)");
        m.notices.append(notice);
    }
}

} // namespace

Metadata readMetadata(const QByteArray &file)
{
    Metadata m;
    QBuffer device;
    device.setData(file);
    device.open(QIODevice::ReadOnly);
    const ContainerScan scan = scanContainer(device);
    const auto session = exivSession();
    guarded(m, tr("the photo's information"), [&] {
        const auto *bytes = reinterpret_cast<const Exiv2::byte *>(file.constData());
        if (Exiv2::ImageFactory::getType(bytes, file.size()) == noImage)
            return;
        const auto image = Exiv2::ImageFactory::open(bytes, file.size());
        readImage(m, *image, scan);
    });
    addScanNotices(m, scan);
    return m;
}

Metadata readMetadataFile(const QString &path)
{
    Metadata m;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        m.notices.append(unreadable(path, file.errorString()));
        return m;
    }
    if (file.size() <= metadataMemoryLimit)
        return readMetadata(file.readAll());
    const ContainerScan scan = scanContainer(file);
    file.close();
    const auto session = exivSession();
    guarded(m, tr("the photo's information"), [&] {
        const QByteArray name = QFile::encodeName(path);
        const std::string native(name.constData(), std::size_t(name.size()));
        if (Exiv2::ImageFactory::getType(native) == noImage)
            return;
        const auto image = Exiv2::ImageFactory::open(native);
        readImage(m, *image, scan);
    });
    addScanNotices(m, scan);
    return m;
}

Metadata metadataFromBlocks(const QByteArray &exif, const QByteArray &iptc, const QByteArray &xmp)
{
    Metadata m;
    Exiv2::ExifData exifData;
    Exiv2::IptcData iptcData;
    Exiv2::XmpData xmpData;
    const auto session = exivSession();
    QByteArray stream = exif;
    if (stream.startsWith(QByteArray("Exif\0\0", 6)))
        stream.remove(0, 6);
    guarded(m, QStringLiteral("EXIF"), [&] {
        if (stream.isEmpty())
            return;
        Exiv2::ExifParser::decode(exifData,
                                  reinterpret_cast<const Exiv2::byte *>(stream.constData()),
                                  std::uint32_t(stream.size()));
        if (exifData.empty())
            m.notices.append(unreadable(QStringLiteral("EXIF"), {}));
        else
            m.exif = stream;
    });
    guarded(m, QStringLiteral("IPTC"), [&] {
        if (iptc.isEmpty())
            return;
        if (Exiv2::IptcParser::decode(iptcData,
                                      reinterpret_cast<const Exiv2::byte *>(iptc.constData()),
                                      std::uint32_t(iptc.size())) != 0)
            m.notices.append(unreadable(QStringLiteral("IPTC"), {}));
        else
            m.iptc = iptc;
    });
    guarded(m, QStringLiteral("XMP"), [&] {
        if (xmp.isEmpty())
            return;
        if (std::size_t(xmp.size()) > xmpLimit ||
            Exiv2::XmpParser::decode(xmpData, xmp.toStdString()) != 0)
            m.notices.append(unreadable(QStringLiteral("XMP"), {}));
        else
            m.xmp = xmp;
    });
    guarded(m, tr("the photo's information"), [&] { readFields(m, exifData, iptcData, xmpData); });
    return m;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivprepare.h"

#include "metadata/exivreader.h"
#include "metadata/exivsession.h"
#include "metadata/xmpmark.h"

#include <QCoreApplication>

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <string_view>

namespace heirloom
{

namespace
{

using namespace std::string_view_literals;

// JPEG: a segment has 65,535 bytes with its length field; XMP's starts with a 29-byte name.
constexpr qsizetype jpegXmpLimit = 65'535 - 2 - 29 - 4;

struct Blocks {
    Exiv2::ExifData exif;
    Exiv2::IptcData iptc;
    Exiv2::XmpData xmp;
    Exiv2::ByteOrder order = Exiv2::littleEndian;
};

QString tr(const char *source)
{
    return QCoreApplication::translate("heirloom::Metadata", source);
}

Notice notice(Notice::Kind kind, const QString &text)
{
    Notice n;
    n.kind = kind;
    n.text = text;
    return n;
}

bool startsWith(std::string_view text, std::string_view start)
{
    return text.substr(0, start.size()) == start;
}

template <typename Data, typename Predicate>
void eraseIf(Data &data, Predicate doomed)
{
    for (auto it = data.begin(); it != data.end();)
        it = doomed(*it) ? data.erase(it) : std::next(it);
}

void decode(Metadata &notices, const Metadata &source, Blocks &blocks)
{
    const auto guarded = [&](const char *what, auto step) {
        try {
            step();
        } catch (const std::exception &e) {
            notices.notices.append(
                notice(Notice::Kind::MetadataUnreadable,
                       QStringLiteral("%1: %2").arg(QString::fromLatin1(what),
                                                    QString::fromLocal8Bit(e.what()))));
        }
    };
    const auto bytes = [](const QByteArray &block) {
        return reinterpret_cast<const Exiv2::byte *>(block.constData());
    };
    guarded("EXIF", [&] {
        if (source.exif.isEmpty())
            return;
        blocks.order = Exiv2::ExifParser::decode(blocks.exif, bytes(source.exif),
                                                 std::uint32_t(source.exif.size()));
        if (blocks.order == Exiv2::invalidByteOrder)
            blocks.order = Exiv2::littleEndian;
    });
    guarded("IPTC", [&] {
        if (!source.iptc.isEmpty())
            Exiv2::IptcParser::decode(blocks.iptc, bytes(source.iptc),
                                      std::uint32_t(source.iptc.size()));
    });
    guarded("XMP", [&] {
        if (!source.xmp.isEmpty())
            Exiv2::XmpParser::decode(blocks.xmp, source.xmp.toStdString());
    });
}

void erase(Exiv2::ExifData &exif, const char *key)
{
    const auto found = exif.findKey(Exiv2::ExifKey(key));
    if (found != exif.end())
        exif.erase(found);
}

bool has(const Exiv2::ExifData &exif, const char *key)
{
    return exif.findKey(Exiv2::ExifKey(key)) != exif.end();
}

bool has(const Exiv2::XmpData &xmp, const std::string &key)
{
    return xmp.findKey(Exiv2::XmpKey(key)) != xmp.end();
}

void set(Exiv2::XmpData &xmp, const std::string &key, const QString &text)
{
    xmp[key] = text.toStdString();
}

/// An existing property and, for structures and arrays, everything in it.
void eraseTree(Exiv2::XmpData &xmp, const std::string &key)
{
    eraseIf(xmp, [&](const Exiv2::Xmpdatum &datum) {
        const std::string k = datum.key();
        return startsWith(k, key) &&
               (k.size() == key.size() || k[key.size()] == '[' || k[key.size()] == '/');
    });
}

/// Tags of the baseline that describe how the old file stored its pixels, or copies of blocks that
/// are written on their own.
constexpr std::array structuralTags = {
    "NewSubfileType"sv,
    "SubfileType"sv,
    "ImageWidth"sv,
    "ImageLength"sv,
    "BitsPerSample"sv,
    "Compression"sv,
    "PhotometricInterpretation"sv,
    "FillOrder"sv,
    "StripOffsets"sv,
    "SamplesPerPixel"sv,
    "RowsPerStrip"sv,
    "StripByteCounts"sv,
    "PlanarConfiguration"sv,
    "GrayResponseUnit"sv,
    "GrayResponseCurve"sv,
    "T4Options"sv,
    "T6Options"sv,
    "PageNumber"sv,
    "TransferFunction"sv,
    "Predictor"sv,
    "WhitePoint"sv,
    "PrimaryChromaticities"sv,
    "ColorMap"sv,
    "HalftoneHints"sv,
    "TileWidth"sv,
    "TileLength"sv,
    "TileOffsets"sv,
    "TileByteCounts"sv,
    "SubIFDs"sv,
    "InkSet"sv,
    "InkNames"sv,
    "NumberOfInks"sv,
    "DotRange"sv,
    "ExtraSamples"sv,
    "SampleFormat"sv,
    "SMinSampleValue"sv,
    "SMaxSampleValue"sv,
    "TransferRange"sv,
    "ClipPath"sv,
    "Indexed"sv,
    "JPEGTables"sv,
    "JPEGProc"sv,
    "JPEGInterchangeFormat"sv,
    "JPEGInterchangeFormatLength"sv,
    "JPEGRestartInterval"sv,
    "JPEGLosslessPredictors"sv,
    "JPEGPointTransforms"sv,
    "JPEGQTables"sv,
    "JPEGDCTables"sv,
    "JPEGACTables"sv,
    "YCbCrCoefficients"sv,
    "YCbCrSubSampling"sv,
    "YCbCrPositioning"sv,
    "ReferenceBlackWhite"sv,
    "XMLPacket"sv,
    "IPTCNAA"sv,
    "ImageResources"sv,
    "InterColorProfile"sv,

};

void correctExif(Exiv2::ExifData &exif, const MetadataTarget &target, bool sizeChanged)
{
    if (!exif.empty())
        Exiv2::ExifThumb(exif).erase();
    eraseIf(exif, [](const Exiv2::Exifdatum &datum) {
        const std::string group = datum.groupName();
        if (startsWith(group, "SubImage") || startsWith(group, "SubThumb") ||
            group == "Thumbnail" || group == "Image2" || group == "Image3" || group == "MpfInfo")
            return true;
        return group == "Image" && std::find(structuralTags.begin(), structuralTags.end(),
                                             datum.tagName()) != structuralTags.end();
    });
    exif["Exif.Image.Orientation"] = std::uint16_t(1);
    exif["Exif.Photo.PixelXDimension"] = std::uint32_t(target.size.width());
    exif["Exif.Photo.PixelYDimension"] = std::uint32_t(target.size.height());
    if (sizeChanged) {
        // In pixels of the old picture: wrong now, and of no use without the old size.
        for (const char *key :
             {"Exif.Photo.FocalPlaneXResolution", "Exif.Photo.FocalPlaneYResolution",
              "Exif.Photo.FocalPlaneResolutionUnit", "Exif.Photo.SubjectArea",
              "Exif.Photo.SubjectLocation"})
            erase(exif, key);
    }
    for (const char *key :
         {"Exif.Image.XResolution", "Exif.Image.YResolution", "Exif.Image.ResolutionUnit"})
        erase(exif, key);
    if (target.resolution.isValid()) {
        const auto rational = [](double value) {
            const bool whole = std::abs(value - std::round(value)) < 1e-6;
            return whole ? Exiv2::Rational(int(std::lround(value)), 1)
                         : Exiv2::Rational(int(std::lround(value * 1000)), 1000);
        };
        exif["Exif.Image.XResolution"] = rational(target.resolution.x);
        exif["Exif.Image.YResolution"] = rational(target.resolution.y);
        exif["Exif.Image.ResolutionUnit"] = std::uint16_t(2);
    }
    if (target.color != MetadataTarget::Color::Kept) {
        const bool srgb = target.color == MetadataTarget::Color::Srgb;
        exif["Exif.Photo.ColorSpace"] = std::uint16_t(srgb ? 1 : 0xFFFF);
        erase(exif, "Exif.Photo.Gamma");
        // DCF's name for the same ("R98" sRGB, "R03" Adobe RGB).
        if (has(exif, "Exif.Iop.InteroperabilityIndex"))
            exif["Exif.Iop.InteroperabilityIndex"] = std::string(srgb ? "R98" : "R03");
    }
}

void stampExif(Exiv2::ExifData &exif, const QDateTime &when, const QString &software)
{
    exif["Exif.Image.DateTime"] =
        when.toString(QStringLiteral("yyyy:MM:dd HH:mm:ss")).toStdString();
    erase(exif, "Exif.Photo.SubSecTime");
    const int minutes = when.offsetFromUtc() / 60;
    exif["Exif.Photo.OffsetTime"] = QStringLiteral("%1%2:%3")
                                        .arg(minutes < 0 ? u'-' : u'+')
                                        .arg(std::abs(minutes) / 60, 2, 10, QChar(u'0'))
                                        .arg(std::abs(minutes) % 60, 2, 10, QChar(u'0'))
                                        .toStdString();
    exif["Exif.Image.Software"] = software.toStdString();
}

void correctXmp(Exiv2::XmpData &xmp, const MetadataTarget &target)
{
    for (const char *key :
         {"Xmp.xmp.Thumbnails", "Xmp.xmpGImg.image", "Xmp.tiff.BitsPerSample",
          "Xmp.tiff.Compression", "Xmp.tiff.PhotometricInterpretation", "Xmp.tiff.SamplesPerPixel",
          "Xmp.tiff.PlanarConfiguration", "Xmp.tiff.YCbCrSubSampling", "Xmp.tiff.YCbCrPositioning",
          "Xmp.tiff.YCbCrCoefficients", "Xmp.tiff.TransferFunction", "Xmp.tiff.WhitePoint",
          "Xmp.tiff.PrimaryChromaticities", "Xmp.tiff.ReferenceBlackWhite", "Xmp.tiff.NativeDigest",
          "Xmp.exif.NativeDigest"})
        eraseTree(xmp, key);
    // Gain maps, motion photos, depth maps and extension segments belong to parts of the old file
    // that are not written. Prefixes vary, so the namespace decides.
    eraseIf(xmp, [](const Exiv2::Xmpdatum &datum) {
        const std::string ns = Exiv2::XmpProperties::ns(datum.groupName());
        return startsWith(ns, "http://ns.adobe.com/hdr-gain-map/") ||
               startsWith(ns, "http://ns.google.com/photos/1.0/") ||
               startsWith(ns, "http://ns.apple.com/HDRGainMap/") ||
               startsWith(ns, "http://ns.adobe.com/xmp/note/");
    });
    const auto replace = [&](const char *key, const QString &text) {
        if (has(xmp, key))
            set(xmp, key, text);
    };
    replace("Xmp.tiff.Orientation", QStringLiteral("1"));
    for (const char *key : {"Xmp.tiff.ImageWidth", "Xmp.exif.PixelXDimension"})
        replace(key, QString::number(target.size.width()));
    for (const char *key : {"Xmp.tiff.ImageLength", "Xmp.exif.PixelYDimension"})
        replace(key, QString::number(target.size.height()));
    const auto rational = [](double dpi) {
        return QStringLiteral("%1/1000").arg(std::llround(dpi * 1000));
    };
    if (target.resolution.isValid()) {
        replace("Xmp.tiff.XResolution", rational(target.resolution.x));
        replace("Xmp.tiff.YResolution", rational(target.resolution.y));
        replace("Xmp.tiff.ResolutionUnit", QStringLiteral("2"));
    } else {
        for (const char *key :
             {"Xmp.tiff.XResolution", "Xmp.tiff.YResolution", "Xmp.tiff.ResolutionUnit"})
            eraseTree(xmp, key);
    }
    if (target.color != MetadataTarget::Color::Kept) {
        replace("Xmp.exif.ColorSpace", target.color == MetadataTarget::Color::Srgb
                                           ? QStringLiteral("1")
                                           : QStringLiteral("65535"));
        eraseTree(xmp, "Xmp.photoshop.ICCProfile");
    }
}

/// Text without a declared character set becomes declared UTF-8; bytes that are not UTF-8 are taken
/// as Latin-1, which old programs wrote.
void correctIptc(Exiv2::IptcData &iptc)
{
    if (iptc.empty() || iptc.findKey(Exiv2::IptcKey("Iptc.Envelope.CharacterSet")) != iptc.end())
        return;
    for (auto &datum : iptc) {
        if (datum.typeId() != Exiv2::string)
            continue;
        const QByteArray bytes = QByteArray::fromStdString(datum.toString());
        if (!bytes.isValidUtf8())
            datum.setValue(QString::fromLatin1(bytes).toStdString());
    }
    iptc["Iptc.Envelope.CharacterSet"] = std::string("\033%G");
}

void removeLocation(Blocks &blocks)
{
    const auto namesPlace = [](const QString &name) {
        for (const QLatin1String word : {QLatin1String("gps"), QLatin1String("latitude"),
                                         QLatin1String("longitude"), QLatin1String("landmark")}) {
            if (name.contains(word, Qt::CaseInsensitive))
                return true;
        }
        return false;
    };
    const auto namesTown = [](const QString &name) {
        for (const QLatin1String start :
             {QLatin1String("City"), QLatin1String("State"), QLatin1String("Province"),
              QLatin1String("Country"), QLatin1String("Location"), QLatin1String("SubLocation"),
              QLatin1String("Sublocation")}) {
            if (name.startsWith(start))
                return true;
        }
        return false;
    };
    eraseIf(blocks.exif, [&](const Exiv2::Exifdatum &datum) {
        const std::string group = datum.groupName();
        const QString tag = QString::fromStdString(datum.tagName());
        if (group == "GPSInfo" || tag == u"GPSTag")
            return true;
        // Some cameras name the place in their own notes.
        const bool note = group != "Image" && group != "Photo" && group != "Iop";
        return note && (namesPlace(tag) || namesTown(tag));
    });
    eraseIf(blocks.iptc, [&](const Exiv2::Iptcdatum &datum) {
        return namesTown(QString::fromStdString(datum.tagName()));
    });
    eraseIf(blocks.xmp, [&](const Exiv2::Xmpdatum &datum) {
        const std::string group = datum.groupName();
        const QString name = QString::fromStdString(datum.tagName());
        const bool press = group == "photoshop" || group == "iptc" || group == "Iptc4xmpCore" ||
                           group == "Iptc4xmpExt" || group == "iptcExt";
        return namesPlace(name) || (press && namesTown(name));
    });
}

void applyMark(Exiv2::XmpData &xmp, const XmpMark &mark)
{
    for (const QString &key : mark.erased)
        eraseTree(xmp, key.toStdString());
    for (const XmpNode &node : mark.nodes) {
        const std::string key = node.key.toStdString();
        switch (node.kind) {
        case XmpNode::Kind::Text:
            set(xmp, key, node.text);
            break;
        case XmpNode::Kind::Sequence:
        case XmpNode::Kind::Structure: {
            if (has(xmp, key))
                break;
            Exiv2::XmpTextValue value;
            if (node.kind == XmpNode::Kind::Sequence)
                value.setXmpArrayType(Exiv2::XmpValue::xaSeq);
            else
                value.setXmpStruct();
            xmp.add(Exiv2::XmpKey(key), &value);
            break;
        }
        }
    }
}

QString textOf(const Exiv2::XmpData &xmp, const char *key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    return found == xmp.end() ? QString() : QString::fromStdString(found->toString());
}

XmpBefore before(const Metadata &source, const Exiv2::XmpData &xmp)
{
    XmpBefore b;
    b.sourceType = source.digitalSourceType;
    b.ledger = source.ledger;
    b.documentId = textOf(xmp, "Xmp.xmpMM.DocumentID");
    b.instanceId = textOf(xmp, "Xmp.xmpMM.InstanceID");
    b.originalDocumentId = textOf(xmp, "Xmp.xmpMM.OriginalDocumentID");
    b.aiSystems = textOf(xmp, "Xmp.Iptc4xmpExt.AISystemUsed");
    b.aiVersions = textOf(xmp, "Xmp.Iptc4xmpExt.AISystemVersionUsed");
    b.replacedSourceType = textOf(xmp, "Xmp.heirloom.ReplacedSourceType");
    b.omittedEntries = textOf(xmp, "Xmp.heirloom.OmittedEntries").toInt();
    while (has(xmp, "Xmp.xmpMM.History[" + std::to_string(b.historyLength + 1) + "]"))
        ++b.historyLength;
    return b;
}

std::string encodedXmp(const Exiv2::XmpData &xmp)
{
    std::string packet;
    if (xmp.empty())
        return packet;
    if (Exiv2::XmpParser::encode(packet, xmp, Exiv2::XmpParser::useCompactFormat, 1) != 0)
        return {};
    return packet;
}

/// The packet, made to fit a JPEG's segment: first other programs' bulky histories go, then our
/// entries' details, then the largest values until it fits.
std::string fittedXmp(Exiv2::XmpData &xmp, FileFormat format, Metadata &result)
{
    std::string packet = encodedXmp(xmp);
    const auto fits = [&] {
        return format != FileFormat::Jpeg || qsizetype(packet.size()) <= jpegXmpLimit;
    };
    if (fits())
        return packet;
    for (const char *key :
         {"Xmp.photoshop.DocumentAncestors", "Xmp.photoshop.History", "Xmp.crs.History"})
        eraseTree(xmp, key);
    packet = encodedXmp(xmp);
    if (!fits()) {
        eraseIf(xmp, [](const Exiv2::Xmpdatum &datum) {
            const std::string key = datum.key();
            return startsWith(key, "Xmp.heirloom.Ledger[") &&
                   (key.find("heirloom:parameters") != std::string::npos ||
                    key.find("heirloom:warnings") != std::string::npos);
        });
        packet = encodedXmp(xmp);
    }
    while (!fits() && !xmp.empty()) {
        auto largest = xmp.end();
        for (auto it = xmp.begin(); it != xmp.end(); ++it) {
            const std::string group = it->groupName();
            if (group == "heirloom" || group == "Iptc4xmpExt" || group == "xmpMM")
                continue;
            if (largest == xmp.end() || it->size() > largest->size())
                largest = it;
        }
        if (largest == xmp.end()) {
            eraseTree(xmp, "Xmp.xmpMM.History");
            eraseTree(xmp, "Xmp.heirloom.Ledger");
            packet = encodedXmp(xmp);
            break;
        }
        const std::string key = largest->key();
        eraseTree(xmp, key.substr(0, key.find_first_of("[/")));
        packet = encodedXmp(xmp);
    }
    result.notices.append(notice(Notice::Kind::Other,
                                 tr("JPEG has room for 64 kB of XMP only; the longest parts were "
                                    "left out. TIFF, PNG and WebP keep them.")));
    return packet;
}

QByteArray encodedExif(Blocks &blocks, FileFormat format, Metadata &result)
{
    if (blocks.exif.empty())
        return {};
    const long before = long(blocks.exif.count());
    Exiv2::Blob blob;
    Exiv2::ExifParser::encode(blob, blocks.order, blocks.exif);
    const QByteArray bytes(reinterpret_cast<const char *>(blob.data()), qsizetype(blob.size()));
    Exiv2::ExifData written;
    if (!bytes.isEmpty())
        Exiv2::ExifParser::decode(written, reinterpret_cast<const Exiv2::byte *>(bytes.constData()),
                                  std::uint32_t(bytes.size()));
    Q_UNUSED(format)
    if (long(written.count()) < before && bytes.size() > 40'000)
        result.notices.append(
            notice(Notice::Kind::Other, tr("EXIF has room for 64 kB only; the longest entries were "
                                           "left out.")));
    return bytes;
}

} // namespace

QDateTime exportTime()
{
    bool ok = false;
    const qint64 epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&ok);
    if (ok)
        return QDateTime::fromSecsSinceEpoch(epoch, Qt::UTC);
    const QDateTime now = QDateTime::currentDateTime();
    return now.toOffsetFromUtc(now.offsetFromUtc());
}

bool isReproducible()
{
    bool ok = false;
    qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&ok);
    return ok;
}

Result<Metadata> preparedForExport(const Metadata &source, const MetadataTarget &target,
                                   const QList<LedgerEntry> &entries)
{
    const QString software =
        target.software.isEmpty() ? QStringLiteral("Heirloom " HEIRLOOM_VERSION) : target.software;
    const QDateTime when = target.when.isValid() ? target.when : exportTime();
    const bool keep = target.policy != MetadataPolicy::None;
    Metadata result;
    {
        const auto session = exivSession();
        try {
            Blocks blocks;
            if (keep)
                decode(result, source, blocks);
            const auto width = blocks.exif.findKey(Exiv2::ExifKey("Exif.Photo.PixelXDimension"));
            const bool sizeChanged = width != blocks.exif.end() &&
                                     width->toString() != std::to_string(target.size.width());
            if (keep) {
                correctExif(blocks.exif, target, sizeChanged);
                stampExif(blocks.exif, when, software);
                correctXmp(blocks.xmp, target);
                correctIptc(blocks.iptc);
                if (target.policy == MetadataPolicy::NoLocation)
                    removeLocation(blocks);
            }
            MarkRequest request;
            request.before = before(keep ? source : Metadata(), blocks.xmp);
            // Even where nothing else is kept, a mark that was there is not weakened.
            request.before.sourceType = source.digitalSourceType;
            request.before.ledger = source.ledger;
            request.entries = entries;
            request.mark = target.mark;
            request.identity = keep;
            request.software = software;
            request.when = when;
            request.inputHash = target.inputHash;
            request.reproducible = isReproducible();
            request.fileFormat = target.fileFormat;
            request.size = target.size;
            applyMark(blocks.xmp, xmpMark(request));

            result.exif = encodedExif(blocks, target.fileFormat, result);
            const std::string packet = fittedXmp(blocks.xmp, target.fileFormat, result);
            result.xmp = QByteArray(packet.data(), qsizetype(packet.size()));
            if (result.xmp.isEmpty() && !blocks.xmp.empty())
                return fail(ErrorCode::MetadataNotWritten, {target.name, QStringLiteral("XMP")});
            if (!blocks.iptc.empty() && target.fileFormat == FileFormat::WebP) {
                result.notices.append(notice(
                    Notice::Kind::Other, tr("WebP has no place for IPTC-IIM; it was left out.")));
            } else if (!blocks.iptc.empty()) {
                const Exiv2::DataBuf block = Exiv2::IptcParser::encode(blocks.iptc);
#if EXIV2_TEST_VERSION(0, 28, 0)
                result.iptc = QByteArray(reinterpret_cast<const char *>(block.c_data()),
                                         qsizetype(block.size()));
#else
                result.iptc = QByteArray(reinterpret_cast<const char *>(block.pData_),
                                         qsizetype(block.size_));
#endif
            }
        } catch (const std::exception &e) {
            const QString why = QString::fromLocal8Bit(e.what());
            return fail(ErrorCode::MetadataNotWritten, {target.name, why}, why);
        }
    }
    Metadata fields = metadataFromBlocks(result.exif, result.iptc, result.xmp);
    fields.notices = result.notices + fields.notices;
    return fields;
}

} // namespace heirloom

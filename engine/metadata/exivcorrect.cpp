// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivcorrect.h"

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace heirloom
{

namespace
{

using namespace std::string_view_literals;

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

} // namespace

bool xmpHas(const Exiv2::XmpData &xmp, const std::string &key)
{
    return xmp.findKey(Exiv2::XmpKey(key)) != xmp.end();
}

void xmpEraseTree(Exiv2::XmpData &xmp, const std::string &key)
{
    eraseIf(xmp, [&](const Exiv2::Xmpdatum &datum) {
        const std::string k = datum.key();
        return startsWith(k, key) &&
               (k.size() == key.size() || k[key.size()] == '[' || k[key.size()] == '/');
    });
}

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
                                        .arg(QChar(minutes < 0 ? u'-' : u'+'))
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
        xmpEraseTree(xmp, key);
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
        if (xmpHas(xmp, key))
            xmp[key] = text.toStdString();
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
            xmpEraseTree(xmp, key);
    }
    if (target.color != MetadataTarget::Color::Kept) {
        replace("Xmp.exif.ColorSpace", target.color == MetadataTarget::Color::Srgb
                                           ? QStringLiteral("1")
                                           : QStringLiteral("65535"));
        xmpEraseTree(xmp, "Xmp.photoshop.ICCProfile");
    }
}

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

bool removeLocation(Exiv2::ExifData &exif, Exiv2::IptcData &iptc, Exiv2::XmpData &xmp)
{
    bool noteNamesPlace = false;
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
    eraseIf(exif, [&](const Exiv2::Exifdatum &datum) {
        const std::string group = datum.groupName();
        const QString tag = QString::fromStdString(datum.tagName());
        if (group == "GPSInfo" || tag == u"GPSTag")
            return true;
        // Some cameras name the place in their own notes.
        const bool note = group != "Image" && group != "Photo" && group != "Iop";
        noteNamesPlace |= note && (namesPlace(tag) || namesTown(tag));
        return note && (namesPlace(tag) || namesTown(tag));
    });
    eraseIf(iptc, [&](const Exiv2::Iptcdatum &datum) {
        return namesTown(QString::fromStdString(datum.tagName()));
    });
    eraseIf(xmp, [&](const Exiv2::Xmpdatum &datum) {
        const std::string group = datum.groupName();
        const QString name = QString::fromStdString(datum.tagName());
        const bool press = group == "photoshop" || group == "iptc" || group == "Iptc4xmpCore" ||
                           group == "Iptc4xmpExt" || group == "iptcExt";
        return namesPlace(name) || (press && namesTown(name));
    });
    return noteNamesPlace;
}

void keepMakerNoteWhole(Exiv2::ExifData &exif)
{
    const auto note = exif.findKey(Exiv2::ExifKey("Exif.Photo.MakerNote"));
    if (note == exif.end() || note->size() < 12)
        return;
    std::string bytes(std::size_t(note->size()), '\0');
    note->copy(reinterpret_cast<Exiv2::byte *>(bytes.data()), Exiv2::bigEndian);
    static constexpr std::pair<std::string_view, std::string_view> selfContained[] = {
        {"Nikon\0\2"sv, "Nikon"sv},   {"OLYMPUS\0"sv, "Olympus"sv}, {"OM SYSTEM\0"sv, "Olympus"sv},
        {"FUJIFILM"sv, "Fujifilm"sv}, {"Apple iOS\0"sv, "Apple"sv}, {"PENTAX \0"sv, "Pentax"sv},
    };
    for (const auto &[start, group] : selfContained) {
        if (!startsWith(bytes, start))
            continue;
        const auto isNote = [group = group](const Exiv2::Exifdatum &datum) {
            return startsWith(datum.groupName(), group) || datum.groupName() == "MakerNote";
        };
        Exiv2::ExifData whole(exif);
        eraseIf(whole, isNote);
        // Some cameras' notes reach past their own end. Then the block alone reads differently.
        Exiv2::ExifData trial(whole);
        Exiv2::Blob blob;
        Exiv2::ExifParser::encode(blob, Exiv2::littleEndian, trial);
        Exiv2::ExifData back;
        if (!blob.empty())
            Exiv2::ExifParser::decode(back, blob.data(), std::uint32_t(blob.size()));
        const bool same = std::all_of(exif.begin(), exif.end(), [&](const auto &datum) {
            if (!startsWith(datum.groupName(), group))
                return true;
            const auto found = back.findKey(Exiv2::ExifKey(datum.key()));
            return found != back.end() && found->toString() == datum.toString();
        });
        if (same)
            exif = whole;
        return;
    }
}

} // namespace heirloom

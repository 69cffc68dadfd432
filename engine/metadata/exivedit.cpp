// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivedit.h"

#include "metadata/exivcorrect.h"
#include "metadata/exivreader.h"
#include "metadata/exivsession.h"
#include "metadata/exivvalues.h"

#include <exiv2/exiv2.hpp>

#include <exception>

namespace heirloom
{

namespace
{

constexpr const char *captionKey = "Xmp.dc.description";
constexpr const char *peopleKey = "Xmp.Iptc4xmpExt.PersonInImage";
constexpr const char *cityKey = "Xmp.photoshop.City";
constexpr const char *dateKey = "Xmp.photoshop.DateCreated";
constexpr const char *artworkKey = "Xmp.Iptc4xmpExt.ArtworkOrObject";
constexpr const char *artworkItem = "Xmp.Iptc4xmpExt.ArtworkOrObject[1]";
constexpr const char *circaKey =
    "Xmp.Iptc4xmpExt.ArtworkOrObject[1]/Iptc4xmpExt:AOCircaDateCreated";
constexpr const char *iptcCaption = "Iptc.Application2.Caption";
constexpr const char *iptcCity = "Iptc.Application2.City";
constexpr const char *iptcDate = "Iptc.Application2.DateCreated";
constexpr const char *exifCaption = "Exif.Image.ImageDescription";
constexpr qsizetype iptcCityBytes = 32; ///< IIM 4.1, dataset 2:90

struct Parsed {
    Exiv2::ExifData exif;
    Exiv2::IptcData iptc;
    Exiv2::XmpData xmp;
    Exiv2::ByteOrder order = Exiv2::littleEndian;
};

const Exiv2::byte *bytesOf(const QByteArray &block)
{
    return reinterpret_cast<const Exiv2::byte *>(block.constData());
}

/// Parts that cannot be parsed stay empty.
Parsed parse(const Metadata &metadata)
{
    Parsed p;
    const auto guarded = [](auto step) {
        try {
            step();
        } catch (const std::exception &) {
            // The reader has given notice of it already.
        }
    };
    guarded([&] {
        if (metadata.exif.isEmpty())
            return;
        p.order = Exiv2::ExifParser::decode(p.exif, bytesOf(metadata.exif),
                                            std::uint32_t(metadata.exif.size()));
        if (p.order == Exiv2::invalidByteOrder)
            p.order = Exiv2::littleEndian;
    });
    guarded([&] {
        if (!metadata.iptc.isEmpty())
            Exiv2::IptcParser::decode(p.iptc, bytesOf(metadata.iptc),
                                      std::uint32_t(metadata.iptc.size()));
        correctIptc(p.iptc);
    });
    guarded([&] {
        if (!metadata.xmp.isEmpty())
            Exiv2::XmpParser::decode(p.xmp, metadata.xmp.toStdString());
    });
    return p;
}

MetadataEdits fieldsOf(const Parsed &p)
{
    MetadataEdits e;
    const auto description = p.exif.findKey(Exiv2::ExifKey(exifCaption));
    e.caption =
        firstOf({xmpText(p.xmp, captionKey), iptcText(p.iptc, iptcCaption),
                 description == p.exif.end() ? QString() : exivText(description->toString())});
    const auto people = p.xmp.findKey(Exiv2::XmpKey(peopleKey));
    if (people != p.xmp.end()) {
        for (long i = 0; i < long(people->count()); ++i)
            e.people << exivText(people->toString(i));
    }
    e.place = firstOf({xmpText(p.xmp, cityKey), iptcText(p.iptc, iptcCity)});
    e.date = firstOf({xmpText(p.xmp, circaKey), xmpText(p.xmp, dateKey),
                      iptcText(p.iptc, iptcDate)});
    return e;
}

template <typename Data, typename Key>
void erase(Data &data, const Key &key)
{
    for (auto it = data.findKey(key); it != data.end(); it = data.findKey(key))
        data.erase(it);
}

void setXmpText(Exiv2::XmpData &xmp, const char *key, const QString &value)
{
    xmpEraseTree(xmp, key);
    if (!value.isEmpty())
        xmp[key] = value.toStdString();
}

void setIptcText(Exiv2::IptcData &iptc, const char *key, const QString &value)
{
    erase(iptc, Exiv2::IptcKey(key));
    if (!value.isEmpty())
        iptc[key] = value.toStdString();
}

QString shortened(const QString &value, qsizetype bytes)
{
    QString s = value;
    while (s.toUtf8().size() > bytes)
        s.chop(s.size() > 1 && s.back().isLowSurrogate() ? 2 : 1);
    return s;
}

void setCaption(Parsed &p, const QString &caption)
{
    xmpEraseTree(p.xmp, captionKey);
    if (!caption.isEmpty()) {
        Exiv2::LangAltValue value;
        value.value_["x-default"] = caption.toStdString();
        p.xmp.add(Exiv2::XmpKey(captionKey), &value);
    }
    setIptcText(p.iptc, iptcCaption, caption);
    const Exiv2::ExifKey key(exifCaption);
    if (p.exif.findKey(key) == p.exif.end())
        return;
    erase(p.exif, key);
    if (!caption.isEmpty())
        p.exif[exifCaption] = caption.toStdString();
}

void setPeople(Parsed &p, const QStringList &people)
{
    xmpEraseTree(p.xmp, peopleKey);
    if (people.isEmpty())
        return;
    Exiv2::XmpArrayValue bag(Exiv2::xmpBag);
    for (const QString &name : people)
        bag.read(name.toStdString());
    p.xmp.add(Exiv2::XmpKey(peopleKey), &bag);
}

void setDate(Parsed &p, const QString &date)
{
    erase(p.xmp, Exiv2::XmpKey(circaKey));
    xmpEraseTree(p.xmp, dateKey);
    erase(p.iptc, Exiv2::IptcKey(iptcDate));
    erase(p.iptc, Exiv2::IptcKey("Iptc.Application2.TimeCreated"));
    if (date.isEmpty())
        return;
    if (MetadataEdits::isExact(date)) {
        p.xmp[dateKey] = date.toStdString();
        if (date.size() == 10) {
            Exiv2::DateValue day;
            day.read(date.toStdString());
            p.iptc.add(Exiv2::IptcKey(iptcDate), &day);
        }
        return;
    }
    if (!xmpHas(p.xmp, artworkKey)) {
        Exiv2::XmpTextValue bag;
        bag.setXmpArrayType(Exiv2::XmpValue::xaBag);
        p.xmp.add(Exiv2::XmpKey(artworkKey), &bag);
    }
    if (!xmpHas(p.xmp, artworkItem)) {
        Exiv2::XmpTextValue item;
        item.setXmpStruct();
        p.xmp.add(Exiv2::XmpKey(artworkItem), &item);
    }
    p.xmp[circaKey] = date.toStdString();
}

QByteArray encodedIptc(Exiv2::IptcData &iptc)
{
    if (iptc.empty())
        return {};
    const Exiv2::DataBuf block = Exiv2::IptcParser::encode(iptc);
#if EXIV2_TEST_VERSION(0, 28, 0)
    return QByteArray(reinterpret_cast<const char *>(block.c_data()), qsizetype(block.size()));
#else
    return QByteArray(reinterpret_cast<const char *>(block.pData_), qsizetype(block.size_));
#endif
}

} // namespace

MetadataEdits editableFields(const Metadata &metadata)
{
    const auto session = exivSession();
    try {
        return fieldsOf(parse(metadata));
    } catch (const std::exception &) {
        return {};
    }
}

Result<Metadata> withEdits(const Metadata &metadata, const MetadataEdits &edits)
{
    Metadata result = metadata;
    {
        const auto session = exivSession();
        try {
            Parsed p = parse(metadata);
            const MetadataEdits before = fieldsOf(p);
            if (before == edits)
                return metadata;
            const bool hadExifCaption =
                p.exif.findKey(Exiv2::ExifKey(exifCaption)) != p.exif.end();
            if (edits.caption != before.caption)
                setCaption(p, edits.caption);
            if (edits.people != before.people)
                setPeople(p, edits.people);
            if (edits.place != before.place) {
                setXmpText(p.xmp, cityKey, edits.place);
                setIptcText(p.iptc, iptcCity, shortened(edits.place, iptcCityBytes));
            }
            if (edits.date != before.date)
                setDate(p, edits.date);
            correctIptc(p.iptc); // what is new is UTF-8, and says so
            std::string packet;
            if (!p.xmp.empty() &&
                Exiv2::XmpParser::encode(packet, p.xmp, Exiv2::XmpParser::useCompactFormat, 1) != 0)
                return fail(ErrorCode::MetadataNotWritten, {QString(), QStringLiteral("XMP")});
            result.xmp = QByteArray(packet.data(), qsizetype(packet.size()));
            result.iptc = encodedIptc(p.iptc);
            if (edits.caption != before.caption && hadExifCaption) {
                keepMakerNoteWhole(p.exif);
                Exiv2::Blob blob;
                Exiv2::ExifParser::encode(blob, p.order, p.exif);
                result.exif = QByteArray(reinterpret_cast<const char *>(blob.data()),
                                         qsizetype(blob.size()));
            }
        } catch (const std::exception &e) {
            const QString why = QString::fromLocal8Bit(e.what());
            return fail(ErrorCode::MetadataNotWritten, {QString(), why}, why);
        }
    }
    Metadata fields = metadataFromBlocks(result.exif, result.iptc, result.xmp);
    fields.orientation = metadata.orientation;
    fields.notices = metadata.notices;
    return fields;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivprepare.h"

#include "metadata/exivcorrect.h"
#include "metadata/exivreader.h"
#include "metadata/exivsession.h"
#include "metadata/xmpmark.h"

#include <QCoreApplication>

#include <exiv2/exiv2.hpp>

#include <exception>
#include <string_view>

namespace heirloom
{

namespace
{

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

void applyMark(Exiv2::XmpData &xmp, const XmpMark &mark)
{
    for (const QString &key : mark.erased)
        xmpEraseTree(xmp, key.toStdString());
    for (const XmpNode &node : mark.nodes) {
        const std::string key = node.key.toStdString();
        switch (node.kind) {
        case XmpNode::Kind::Text:
            xmp[key] = node.text.toStdString();
            break;
        case XmpNode::Kind::Sequence:
        case XmpNode::Kind::Structure: {
            if (xmpHas(xmp, key))
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
    while (xmpHas(xmp, "Xmp.xmpMM.History[" + std::to_string(b.historyLength + 1) + "]"))
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
        xmpEraseTree(xmp, key);
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
            xmpEraseTree(xmp, "Xmp.xmpMM.History");
            xmpEraseTree(xmp, "Xmp.heirloom.Ledger");
            packet = encodedXmp(xmp);
            break;
        }
        const std::string key = largest->key();
        xmpEraseTree(xmp, key.substr(0, key.find_first_of("[/")));
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
                const bool rebuild = target.policy == MetadataPolicy::NoLocation &&
                                     removeLocation(blocks.exif, blocks.iptc, blocks.xmp);
                if (!rebuild)
                    keepMakerNoteWhole(blocks.exif);
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

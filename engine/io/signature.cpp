// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/signature.h"

#include <QFileInfo>

#include <algorithm>
#include <array>

namespace heirloom
{

namespace
{

bool at(const QByteArray &head, qsizetype position, QByteArrayView bytes)
{
    return head.size() >= position + bytes.size() &&
           QByteArrayView(head).sliced(position, bytes.size()) == bytes;
}

bool begins(const QByteArray &head, QByteArrayView bytes)
{
    return at(head, 0, bytes);
}

tl::unexpected<Error> notRead(const QString &name, const char *format)
{
    return fail(ErrorCode::FormatNotRead, {name, QString::fromLatin1(format)});
}

bool isRawBySignature(const QByteArray &head)
{
    return begins(head, "IIRO") || begins(head, "IIRS") || begins(head, "MMOR") ||
           begins(head, QByteArrayView("IIU\0", 4)) || begins(head, "FUJIFILMCCD-RAW") ||
           at(head, 6, "HEAPCCDR") || begins(head, "FOVb") ||
           begins(head, QByteArrayView("\0MRM", 4)) || at(head, 4, "ftypcrx ") ||
           (begins(head, "II") && at(head, 8, QByteArrayView("CR\2", 3)));
}

/// TIFF inside, a camera's RAW file by its name.
bool isRawByName(const QString &name)
{
    static const std::array<QLatin1StringView, 24> endings{
        QLatin1StringView("3fr"), QLatin1StringView("arw"), QLatin1StringView("cr2"),
        QLatin1StringView("dcr"), QLatin1StringView("dng"), QLatin1StringView("erf"),
        QLatin1StringView("fff"), QLatin1StringView("iiq"), QLatin1StringView("k25"),
        QLatin1StringView("kdc"), QLatin1StringView("mdc"), QLatin1StringView("mef"),
        QLatin1StringView("mos"), QLatin1StringView("nef"), QLatin1StringView("nrw"),
        QLatin1StringView("orf"), QLatin1StringView("pef"), QLatin1StringView("raw"),
        QLatin1StringView("rw2"), QLatin1StringView("rwl"), QLatin1StringView("sr2"),
        QLatin1StringView("srf"), QLatin1StringView("srw"), QLatin1StringView("x3f")};
    const QString suffix = QFileInfo(name).suffix().toLower();
    return std::any_of(endings.begin(), endings.end(),
                       [&](QLatin1StringView ending) { return suffix == ending; });
}

/// HEIF and AVIF say which they are in the brands of their first box.
std::optional<FileFormat> heifKind(const QByteArray &head)
{
    if (!at(head, 4, "ftyp"))
        return std::nullopt;
    const auto byte = [&](int i) { return quint32(quint8(head[i])); };
    const quint32 size = byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
    const qsizetype end = std::min<qsizetype>(head.size(), size);
    std::optional<FileFormat> kind;
    for (qsizetype i = 8; i + 4 <= end; i += i == 8 ? 8 : 4) {
        const QByteArray brand = head.mid(i, 4);
        if (brand == "avif" || brand == "avis")
            return FileFormat::Avif;
        if (brand == "heic" || brand == "heix" || brand == "hevc" || brand == "hevx" ||
            brand == "heim" || brand == "heis" || brand == "mif1" || brand == "msf1")
            kind = FileFormat::Heif;
    }
    return kind;
}

/// Text that is a drawing or a page.
std::optional<const char *> textKind(const QByteArray &head)
{
    QByteArray text = head.left(1024).trimmed();
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.mid(3);
    const QByteArray lower = text.toLower();
    if (lower.startsWith("<svg") || (lower.startsWith("<?xml") && lower.contains("<svg")) ||
        (lower.startsWith("<!--") && lower.contains("<svg")))
        return "SVG";
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html"))
        return "HTML";
    return std::nullopt;
}

struct Known {
    QByteArrayView bytes;
    const char *name;
};

const Known knownOthers[] = {
    {QByteArrayView("GIF8"), "GIF"},
    {QByteArrayView("\xFF\x0A", 2), "JPEG XL"},
    {QByteArrayView("\0\0\0\x0CJXL \r\n\x87\n", 12), "JPEG XL"},
    {QByteArrayView("\0\0\0\x0CjP  \r\n\x87\n", 12), "JPEG 2000"},
    {QByteArrayView("\xFF\x4F\xFF\x51", 4), "JPEG 2000"},
    {QByteArrayView("II\xBC", 3), "JPEG XR"},
    {QByteArrayView("\0\0\1\0", 4), "ICO"},
    {QByteArrayView("\0\0\2\0", 4), "CUR"},
    {QByteArrayView("gimp xcf"), "GIMP (XCF)"},
    {QByteArrayView("\x76\x2F\x31\x01", 4), "OpenEXR"},
    {QByteArrayView("#?RADIANCE"), "Radiance HDR"},
    {QByteArrayView("#?RGBE"), "Radiance HDR"},
    {QByteArrayView("qoif"), "QOI"},
    {QByteArrayView("DDS "), "DDS"},
    {QByteArrayView("SIMPLE  ="), "FITS"},
    {QByteArrayView("AT&TFORM"), "DjVu"},
    {QByteArrayView("\x59\xA6\x6A\x95", 4), "Sun raster"},
    {QByteArrayView("\x01\xDA", 2), "SGI"},
    {QByteArrayView("/* XPM */"), "XPM"},
    {QByteArrayView("#define "), "XBM"},
    {QByteArrayView("\x8AMNG"), "MNG"},
    {QByteArrayView("\x8BJNG"), "JNG"},
    {QByteArrayView("\x0A\x05\x01\x08", 4), "PCX"},
};

} // namespace

Result<FileFormat> recognise(const QByteArray &head, const QString &name)
{
    if (head.isEmpty())
        return fail(ErrorCode::InputEmpty, {name});
    if (isRawBySignature(head))
        return fail(ErrorCode::RawPhoto, {name});
    if (begins(head, QByteArrayView("\xFF\xD8\xFF", 3)))
        return FileFormat::Jpeg;
    // A signature damaged in transfer is for the reader to say.
    if (at(head, 1, "PNG") || begins(head, "\x89PN"))
        return FileFormat::Png;
    if (begins(head, QByteArrayView("II\x2A\0", 4)) ||
        begins(head, QByteArrayView("MM\0\x2A", 4)) ||
        begins(head, QByteArrayView("II\x2B\0", 4)) ||
        begins(head, QByteArrayView("MM\0\x2B", 4))) {
        if (isRawByName(name))
            return fail(ErrorCode::RawPhoto, {name});
        return FileFormat::Tiff;
    }
    if (begins(head, "RIFF") && at(head, 8, "WEBP"))
        return FileFormat::WebP;
    if (const auto kind = heifKind(head))
        return *kind;
    if (begins(head, "BM") && head.size() >= 26)
        return FileFormat::Bmp;
    if (begins(head, "%PDF") || head.left(1024).contains("%PDF-"))
        return fail(ErrorCode::PdfFile, {name});
    if (begins(head, "8BPS"))
        return fail(ErrorCode::PsdFile, {name});
    if (begins(head, "%!PS"))
        return notRead(name, "PostScript");
    if (begins(head, "PK\3\4") && at(head, 30, "mimetypeimage/openraster"))
        return notRead(name, "OpenRaster");
    if (head.size() > 2 && head[0] == 'P' && head[1] >= '1' && head[1] <= '7' &&
        (head[2] == '\n' || head[2] == ' ' || head[2] == '\r' || head[2] == '\t'))
        return notRead(name, "PNM");
    if (at(head, 4, "ftyp"))
        return notRead(name, "MP4/MOV");
    for (const Known &known : knownOthers) {
        if (begins(head, known.bytes))
            return notRead(name, known.name);
    }
    if (const auto text = textKind(head))
        return notRead(name, *text);
    return fail(ErrorCode::UnknownFormat, {name});
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/imageinfo.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace heirloom
{

QString fileFormatName(FileFormat format)
{
    switch (format) {
    case FileFormat::Jpeg:
        return QStringLiteral("JPEG");
    case FileFormat::Png:
        return QStringLiteral("PNG");
    case FileFormat::Tiff:
        return QStringLiteral("TIFF");
    case FileFormat::WebP:
        return QStringLiteral("WebP");
    case FileFormat::Heif:
        return QStringLiteral("HEIF");
    case FileFormat::Avif:
        return QStringLiteral("AVIF");
    case FileFormat::Bmp:
        return QStringLiteral("BMP");
    }
    return {};
}

std::optional<FileFormat> fileFormatFromSuffix(const QString &path)
{
    const QString s = QFileInfo(path).suffix().toLower();
    if (s == u"jpg" || s == u"jpeg" || s == u"jpe" || s == u"jfif")
        return FileFormat::Jpeg;
    if (s == u"png")
        return FileFormat::Png;
    if (s == u"tif" || s == u"tiff")
        return FileFormat::Tiff;
    if (s == u"webp")
        return FileFormat::WebP;
    if (s == u"heic" || s == u"heif")
        return FileFormat::Heif;
    if (s == u"avif")
        return FileFormat::Avif;
    if (s == u"bmp")
        return FileFormat::Bmp;
    return std::nullopt;
}

QSize orientedSize(QSize stored, Orientation orientation)
{
    return orientation >= Orientation::Transpose ? stored.transposed() : stored;
}

QString noticeText(const Notice &notice)
{
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("heirloom::Notice", text);
    };
    switch (notice.kind) {
    case Notice::Kind::MissingRows:
        return tr("The lower part of this picture is missing, from row %1 on.").arg(notice.number);
    case Notice::Kind::MorePages:
        return tr("The file holds %1 pictures; only the first was read.").arg(notice.number);
    case Notice::Kind::ProfileIgnored:
        return tr("The colour profile could not be used (%1); sRGB was assumed.").arg(notice.text);
    case Notice::Kind::Untagged:
        return tr("The picture has no colour profile; sRGB was assumed.");
    case Notice::Kind::ConvertedColor:
        return tr("The colours were converted: %1.").arg(notice.text);
    case Notice::Kind::ReducedDepth:
        return tr("The depth was reduced: %1.").arg(notice.text);
    case Notice::Kind::MetadataUnreadable:
        return tr("Some of the photo's information could not be read (%1).").arg(notice.text);
    case Notice::Kind::ExtraPicturesDropped:
        return tr("Only the main picture was read; %1 will not be kept.").arg(notice.text);
    case Notice::Kind::ContentCredentialsDropped:
        return tr("The file carries Content Credentials (C2PA), which become invalid when it is "
                  "changed and will not be kept.");
    case Notice::Kind::Other:
        return notice.text;
    }
    return {};
}

} // namespace heirloom

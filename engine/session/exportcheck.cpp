// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exportcheck.h"

#include "core/errortext.h"
#include "io/imagereader.h"
#include "io/outputerror.h"

#include <QCoreApplication>
#include <QFileDevice>

#include <algorithm>
#include <limits>

namespace heirloom
{

namespace
{

constexpr int BandRows = 64;
constexpr qint64 ChunkBytes = qint64(1) << 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Exporter", text);
}

QString sizeText(QSize size)
{
    return QStringLiteral("%1 x %2").arg(size.width()).arg(size.height());
}

bool keepsPixels(FileFormat format)
{
    return format == FileFormat::Png || format == FileFormat::Tiff;
}

} // namespace

Result<void> writeAll(QIODevice &device, const QByteArray &bytes, const QString &path)
{
    for (qint64 at = 0; at < bytes.size();) {
        const qint64 wanted = std::min(ChunkBytes, bytes.size() - at);
        const qint64 written = device.write(bytes.constData() + at, wanted);
        if (written != wanted)
            return fail(outputError(device, path));
        at += written;
    }
    return {};
}

Result<void> checkWritten(QIODevice &device, const QString &path, const WriteSpec &spec,
                          const PixelDigest &digest, const Progress &progress)
{
    const auto differs = [&](const QString &how, const QString &details = {}) {
        return fail(ErrorCode::OutputCheckFailed, {path, how}, details);
    };
    if (auto *file = qobject_cast<QFileDevice *>(&device); file && !file->flush())
        return fail(outputError(device, path));
    if (!device.seek(0))
        return differs(device.errorString());
    ReadLimits limits;
    limits.maxSide = std::numeric_limits<int>::max();
    limits.maxPixels = std::numeric_limits<qint64>::max();
    limits.memoryBytes = std::numeric_limits<qint64>::max();
    auto reader = ImageReader::open(device, path, limits);
    if (!reader)
        return differs(errorText(reader.error()).what, reader.error().details);
    const ImageInfo &info = (*reader)->info();
    if (info.size != spec.size) {
        return differs(
            tr("it has %1 pixels instead of %2").arg(sizeText(info.size), sizeText(spec.size)));
    }
    if (info.format != spec.format && keepsPixels(spec.fileFormat))
        return differs(tr("its pixels have another layout"));
    PixelDigest found;
    for (int y = 0; y < spec.size.height();) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto rows = (*reader)->readRows(BandRows);
        if (!rows)
            return differs(errorText(rows.error()).what, rows.error().details);
        if (rows->isNull())
            return differs(tr("rows are missing"));
        found.add(*rows);
        y += rows->height();
        progress.report(double(y) / spec.size.height());
    }
    const auto &notices = (*reader)->info().notices;
    if (std::any_of(notices.begin(), notices.end(),
                    [](const Notice &notice) { return notice.kind == Notice::Kind::MissingRows; }))
        return differs(tr("rows are missing"));
    if (keepsPixels(spec.fileFormat) && found.value() != digest.value())
        return differs(tr("its pixels are not the same"));
    return {};
}

} // namespace heirloom

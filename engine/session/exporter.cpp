// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exporter.h"

#include "image/colormanagement.h"
#include "io/imagewriter.h"
#include "io/savefile.h"
#include "session/exportcaption.h"
#include "session/exportcheck.h"
#include "session/exportmetadata.h"
#include "session/exportrows.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace heirloom
{

namespace
{

constexpr int BandRows = 64;

/// Everything about the written file that follows from picture and options.
struct Target {
    WriteSpec spec;
    QSize pictureSize; ///< without the caption
    ColorProfile profile;
    bool converts = false; ///< the profile changes
    QStringList warnings;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Exporter", text);
}

Result<Target> targetFor(const ExportPicture &picture, const ExportOptions &options)
{
    const auto named = options.fileFormat ? options.fileFormat : fileFormatFromSuffix(options.path);
    if (!named || *named == FileFormat::Heif || *named == FileFormat::Avif ||
        *named == FileFormat::Bmp)
        return fail(ErrorCode::OutputFormatUnknown, {options.path});
    Target target;
    WriteSpec &spec = target.spec;
    spec.name = options.path;
    spec.fileFormat = *named;
    target.pictureSize = options.size.isEmpty() ? picture.size : options.size;
    spec.size = target.pictureSize;
    if (!options.caption.isEmpty())
        spec.size.rheight() += captionHeight(target.pictureSize);
    const Depth depth = options.depth.value_or(
        picture.format.depth == Depth::F32 ? Depth::U16 : picture.format.depth);
    spec.format = ImageWriter::supportedFormat(*named, picture.format.withDepth(depth));
    spec.quality = options.quality;
    if (picture.resolution.isValid()) {
        spec.resolution = {picture.resolution.x * target.pictureSize.width() / picture.size.width(),
                           picture.resolution.y * target.pictureSize.height() /
                               picture.size.height()};
    }
    const auto own = ColorProfile::fromIcc(picture.icc);
    const bool tagged = own && own->fits(picture.format);
    target.profile = tagged ? *own : ColorProfile::forUntagged(picture.format);
    spec.icc = tagged ? picture.icc : QByteArray();
    if (options.srgb || (tagged && !own->fits(spec.format))) {
        const ColorProfile wanted = ColorProfile::forUntagged(spec.format);
        target.converts = !(target.profile == wanted);
        spec.icc = wanted.icc();
    }
    if (picture.format.hasAlpha() && !spec.format.hasAlpha()) {
        target.warnings += tr("%1 has no transparency: the picture was laid on white.")
                               .arg(fileFormatName(*named));
    }
    if (options.depth && *options.depth != spec.format.depth) {
        target.warnings += tr("%1 holds 8 bits a colour only.").arg(fileFormatName(*named));
    }
    return target;
}

qint64 rawBytes(const WriteSpec &spec)
{
    return qint64(spec.size.width()) * spec.size.height() * spec.format.bytesPerPixel();
}

/// From figures typical of photographs.
qint64 estimatedBytes(const WriteSpec &spec)
{
    const double pixels = double(spec.size.width()) * spec.size.height();
    const double quality = std::clamp(spec.quality, 1, 100) / 100.0;
    const double colors = spec.format.isGray() ? 0.75 : 1.0;
    switch (spec.fileFormat) {
    case FileFormat::Jpeg:
        return qint64(pixels * colors * (0.05 + 0.55 * std::pow(quality, 5)));
    case FileFormat::WebP:
        return spec.quality >= 100 ? qint64(rawBytes(spec) * 0.45)
                                   : qint64(pixels * (0.03 + 0.35 * std::pow(quality, 5)));
    default:
        return qint64(rawBytes(spec) * (spec.format.depth == Depth::U16 ? 0.85 : 0.6));
    }
}

bool isSameFile(const QString &a, const QString &b)
{
    if (a.isEmpty() || b.isEmpty())
        return false;
    std::error_code error;
    return std::filesystem::equivalent(std::filesystem::path(a.toStdU16String()),
                                       std::filesystem::path(b.toStdU16String()), error) &&
           !error;
}

Result<void> checkPlace(const ExportPicture &picture, const ExportOptions &options,
                        const WriteSpec &spec)
{
    const QFileInfo file(options.path);
    if (isSameFile(options.path, picture.sourcePath))
        return fail(ErrorCode::OutputIsInput, {options.path});
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return fail(ErrorCode::OutputFolderMissing, {folder.filePath()});
    if (file.isDir())
        return fail(ErrorCode::OutputNotWritable, {options.path, tr("it is a folder")});
    if (file.exists() && !options.overwrite)
        return fail(ErrorCode::OutputExists, {options.path});
    if (!folder.isWritable()) {
        return fail(ErrorCode::OutputNotWritable,
                    {options.path, tr("the folder may not be written to")});
    }
    // A third of the estimate is less than any photograph takes; what passes here may still fill
    // the disk, and is then caught while it is written.
    const QStorageInfo disk(folder.filePath());
    if (disk.isValid() && disk.bytesAvailable() < estimatedBytes(spec) / 3)
        return fail(ErrorCode::DiskFull, {options.path});
    return {};
}

} // namespace

struct Exporter::Private {
    ExportPicture picture;
    ExportOptions options;
    Target target;
    SaveFile save;
    QByteArray bytes; ///< the encoded file, where it is patched in memory
    QBuffer buffer{&bytes};
    bool patches = false;
    std::unique_ptr<ImageWriter> writer;
    std::unique_ptr<RowSink> digesting; ///< counts what the writer gets
    std::unique_ptr<ConvertSink> convert;
    std::unique_ptr<ResizeSink> resize;
    RowSink *first = nullptr;
    PixelDigest digest;
    QElapsedTimer clock;
    qint64 encodeNanoseconds = 0;

    explicit Private(const QString &path)
        : save(path)
    {
    }

    Result<void> begin();
    Result<ExportReport> end(const QList<OperationRecord> &records, const Progress &progress);
    MetadataJob metadataJob(const QList<OperationRecord> &records) const;
};

namespace
{

/// Passes rows on and keeps their digest.
class DigestSink : public RowSink
{
public:
    DigestSink(RowSink &next, PixelDigest &digest)
        : m_next(next)
        , m_digest(digest)
    {
    }
    QSize size() const override { return m_next.size(); }
    PixelFormat format() const override { return m_next.format(); }
    Result<void> write(const Image &rows) override
    {
        m_digest.add(rows);
        return m_next.write(rows);
    }
    Result<void> finish() override { return m_next.finish(); }

private:
    RowSink &m_next;
    PixelDigest &m_digest;
};

/// The part of a sink above the caption.
class UpperSink : public RowSink
{
public:
    UpperSink(std::unique_ptr<RowSink> next, QSize size)
        : m_next(std::move(next))
        , m_size(size)
    {
    }
    QSize size() const override { return m_size; }
    PixelFormat format() const override { return m_next->format(); }
    Result<void> write(const Image &rows) override { return m_next->write(rows); }
    Result<void> finish() override { return m_next->finish(); }

private:
    std::unique_ptr<RowSink> m_next;
    QSize m_size;
};

} // namespace

Result<void> Exporter::check(const ExportPicture &picture, const ExportOptions &options)
{
    const auto target = targetFor(picture, options);
    if (!target)
        return fail(target.error());
    if (auto fits = ImageWriter::checkLimits(target->spec); !fits)
        return fits;
    return checkPlace(picture, options, target->spec);
}

Exporter::Exporter(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

Exporter::~Exporter() = default;

Result<std::unique_ptr<Exporter>> Exporter::create(const ExportPicture &picture,
                                                   const ExportOptions &options)
{
    if (auto good = check(picture, options); !good)
        return fail(good.error());
    auto p = std::make_unique<Private>(options.path);
    p->picture = picture;
    p->options = options;
    p->target = *targetFor(picture, options);
    if (auto opened = p->save.open(options.overwrite); !opened)
        return fail(opened.error());
    if (auto begun = p->begin(); !begun)
        return fail(begun.error());
    return std::unique_ptr<Exporter>(new Exporter(std::move(p)));
}

MetadataJob Exporter::Private::metadataJob(const QList<OperationRecord> &records) const
{
    MetadataJob job;
    job.metadata = picture.metadata;
    job.edits = picture.edits;
    job.policy = options.metadata;
    job.mark = options.mark;
    job.records = records;
    job.sourcePath = picture.sourcePath;
    job.sourceSize = picture.sourceSize;
    job.size = target.spec.size;
    job.resolution = target.spec.resolution;
    job.fileFormat = target.spec.fileFormat;
    job.becameSrgb = target.converts || options.srgb;
    return job;
}

Result<void> Exporter::Private::begin()
{
    WriteSpec &spec = target.spec;
    patches = rawBytes(spec) <= options.patchLimit;
    if (patches) {
        buffer.open(QIODevice::ReadWrite);
    } else {
        auto blocks = metadataBlocks(metadataJob(picture.records), target.warnings);
        if (!blocks)
            return fail(blocks.error());
        spec.metadata = *blocks;
    }
    auto made = ImageWriter::create(spec, patches ? buffer : save.device());
    if (!made)
        return fail(made.error());
    writer = std::move(*made);
    digesting = std::make_unique<UpperSink>(std::make_unique<DigestSink>(*writer, digest),
                                            target.pictureSize);
    std::optional<ColorTransform> transform;
    if (target.converts) {
        const PixelFormat in = picture.format.withAlpha(spec.format.hasAlpha());
        const ColorProfile from =
            picture.icc.isEmpty() ? ColorProfile::forUntagged(picture.format) : target.profile;
        auto t =
            ColorTransform::create(from, in, ColorProfile::forUntagged(spec.format), spec.format);
        if (!t)
            return fail(t.error());
        transform = *t;
    }
    convert = std::make_unique<ConvertSink>(picture.format, transform, *digesting);
    first = convert.get();
    if (target.pictureSize != picture.size) {
        resize = std::make_unique<ResizeSink>(picture.size, *first);
        first = resize.get();
    }
    return {};
}

QSize Exporter::size() const
{
    return d->picture.size;
}

PixelFormat Exporter::format() const
{
    return d->picture.format;
}

Result<void> Exporter::write(const Image &rows)
{
    d->clock.start();
    auto done = d->first->write(rows);
    d->encodeNanoseconds += d->clock.nsecsElapsed();
    return done;
}

Result<void> Exporter::finish()
{
    auto report = finish(d->picture.records);
    if (!report)
        return fail(report.error());
    return {};
}

Result<ExportReport> Exporter::finish(const QList<OperationRecord> &records,
                                      const Progress &progress)
{
    d->clock.start();
    auto report = d->end(records, progress);
    if (report)
        report->encodeSeconds = double(d->encodeNanoseconds + d->clock.nsecsElapsed()) / 1e9;
    return report;
}

Result<ExportReport> Exporter::Private::end(const QList<OperationRecord> &records,
                                            const Progress &progress)
{
    if (resize) {
        if (auto done = resize->finish(); !done)
            return fail(done.error());
    }
    if (!options.caption.isEmpty()) {
        auto strip = captionStrip(options.caption, target.pictureSize, target.spec.format);
        if (!strip)
            return fail(strip.error());
        if (auto done = digesting->write(*strip); !done)
            return fail(done.error());
    }
    if (auto done = digesting->finish(); !done)
        return fail(done.error());
    if (patches) {
        writer.reset();
        buffer.close();
        auto patched = embedMetadata(bytes, metadataJob(records), target.warnings);
        if (!patched)
            return fail(patched.error());
        bytes.clear();
        if (auto written = writeAll(save.device(), *patched, options.path); !written)
            return fail(written.error());
    }
    if (progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    if (auto same = checkWritten(save.device(), options.path, target.spec, digest, progress); !same)
        return fail(same.error());
    ExportReport report;
    report.path = options.path;
    report.fileFormat = target.spec.fileFormat;
    report.size = target.spec.size;
    report.format = target.spec.format;
    report.bytes = save.device().size();
    report.warnings = target.warnings;
    if (auto committed = save.commit(); !committed)
        return fail(committed.error());
    return report;
}

Result<ExportReport> exportPicture(ImageSource &source, const ExportPicture &picture,
                                   const ExportOptions &options, const Progress &progress)
{
    auto exporter = Exporter::create(picture, options);
    if (!exporter)
        return fail(exporter.error());
    const QSize size = picture.size;
    const Progress writing = progress.sub(0, 0.8);
    for (int y = 0; y < size.height(); y += BandRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int count = std::min(BandRows, size.height() - y);
        const auto rows = source.read(QRect(0, y, size.width(), count));
        if (!rows)
            return fail(rows.error());
        if (auto done = (*exporter)->write(*rows); !done)
            return fail(done.error());
        writing.report(double(y + count) / size.height());
    }
    auto report = (*exporter)->finish(picture.records, progress.sub(0.8, 0.2));
    if (report)
        progress.report(1);
    return report;
}

QString automaticCaption(const QList<OperationRecord> &records)
{
    return ledgerCaption(ledgerEntries(records));
}

ExportEstimate estimateExport(const ExportPicture &picture, const ExportOptions &options)
{
    const auto target = targetFor(picture, options);
    if (!target)
        return {};
    return {target->spec.size, target->spec.format, estimatedBytes(target->spec)};
}

} // namespace heirloom

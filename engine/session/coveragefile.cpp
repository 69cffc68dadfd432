// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/coveragefile.h"

#include "image/resample.h"
#include "io/imagewriter.h"
#include "io/savefile.h"
#include "session/photofile.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace heirloom
{

namespace
{

constexpr PixelFormat gray{Channels::Gray, Depth::U8};

QString textOf(QSize size)
{
    return QCoreApplication::translate("heirloom::CoverageFile", "%1 x %2 pixels")
        .arg(size.width())
        .arg(size.height());
}

} // namespace

Result<QSize> coverageFileSize(const QString &path)
{
    const auto file = PhotoFile::open(path);
    if (!file)
        return fail(file.error());
    return (*file)->info().size;
}

Result<TiledBuffer> loadCoverage(const QString &path, QSize canvas, bool scaled,
                                 std::shared_ptr<TileStore> store, const Progress &progress)
{
    const auto file = PhotoFile::open(path);
    if (!file)
        return fail(file.error());
    const QSize size = (*file)->info().size;
    if (size != canvas && !scaled)
        return fail(ErrorCode::SizeMismatch,
                    {QFileInfo(path).fileName(), textOf(size), textOf(canvas)});
    auto image = (*file)->image(progress.sub(0, 0.8));
    if (!image)
        return fail(image.error());
    Image values = image->converted(gray);
    if (size != canvas)
        values = resampled(values, canvas);
    if (progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    return TiledBuffer::fromImage(values, std::move(store));
}

Result<void> saveCoverage(const TiledBuffer &coverage, const QString &path, bool overwrite,
                          const Progress &progress)
{
    SaveFile file(path);
    if (auto opened = file.open(overwrite); !opened)
        return opened;
    WriteSpec spec;
    spec.name = QFileInfo(path).fileName();
    spec.fileFormat = FileFormat::Png;
    spec.size = coverage.size();
    spec.format = gray;
    const auto writer = ImageWriter::create(spec, file.device());
    if (!writer)
        return fail(writer.error());
    for (int y = 0; y < coverage.height(); y += TileSize) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect band = QRect(0, y, coverage.width(), TileSize) & coverage.rect();
        if (auto written = (*writer)->write(coverage.read(band)); !written)
            return written;
        progress.report(double(band.bottom() + 1) / coverage.height());
    }
    if (auto finished = (*writer)->finish(); !finished)
        return finished;
    return file.commit();
}

} // namespace heirloom

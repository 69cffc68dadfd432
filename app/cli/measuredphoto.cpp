// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "measuredphoto.h"

namespace heirloom
{

namespace
{

/// Pixels beyond this lie on disk while a picture goes from step to step.
constexpr qint64 MemoryForPixels = qint64(1) << 30;

} // namespace

Result<RestoredPicture> tiledPhoto(PhotoFile &photo, const Progress &progress)
{
    auto source = photo.source(0, progress.sub(0, 0.4));
    if (!source)
        return fail(source.error());
    auto pixels = TiledBuffer::fromSource(**source, TileStore::create(MemoryForPixels),
                                          progress.sub(0.4, 0.6));
    if (!pixels)
        return fail(pixels.error());
    return RestoredPicture{std::move(*pixels), photo.info().icc, {}, {}};
}

Result<MeasuredPhoto> measuredPhoto(PhotoFile &photo, ModelEnvironment &models,
                                    const Progress &progress)
{
    auto picture = tiledPhoto(photo, progress.sub(0, 0.7));
    if (!picture)
        return fail(picture.error());
    MeasuredPhoto result{std::move(*picture), {}};
    RestoredSource tiles(result.picture);
    auto measurements = measure(tiles, models.context(), progress.sub(0.7, 0.3));
    if (!measurements)
        return fail(measurements.error());
    result.measurements = *measurements;
    return result;
}

} // namespace heirloom

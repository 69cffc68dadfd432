// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/openedphoto.h"

#include "metadata/exivedit.h"
#include "session/photofile.h"
#include "session/uprightsource.h"

namespace heirloom
{

namespace
{

Result<OpenedPhoto> decoded(PhotoFile &photo, const QString &path,
                            const std::shared_ptr<TileStore> &store, const Progress &progress)
{
    auto source = photo.source(0, progress.sub(0, 0.5));
    if (!source)
        return fail(source.error());
    auto pixels = TiledBuffer::fromSource(**source, store, progress.sub(0.5, 0.5));
    if (!pixels)
        return fail(pixels.error());
    pixels->contentHash(); // computed here, where nobody waits; tiles remember it
    return OpenedPhoto{path,
                       photo.name(),
                       photo.info(),
                       photo.metadata(),
                       photo.notices(),
                       std::move(*pixels),
                       editableFields(photo.metadata())};
}

} // namespace

Result<OpenedPhoto> OpenedPhoto::open(const QString &path, const std::shared_ptr<TileStore> &store,
                                      const Progress &progress)
{
    auto photo = PhotoFile::open(path);
    if (!photo)
        return fail(photo.error());
    return decoded(**photo, path, store, progress);
}

Result<OpenedPhoto> OpenedPhoto::openBytes(const QByteArray &bytes, const QString &name,
                                           const std::shared_ptr<TileStore> &store,
                                           const Progress &progress)
{
    auto photo = PhotoFile::openBytes(bytes, name);
    if (!photo)
        return fail(photo.error());
    auto opened = decoded(**photo, {}, store, progress);
    if (opened)
        opened->name = name;
    return opened;
}

Result<OpenedPhoto> OpenedPhoto::fromImage(const Image &image, const QByteArray &icc,
                                           const QString &name,
                                           const std::shared_ptr<TileStore> &store)
{
    if (image.isNull())
        return fail(ErrorCode::InputEmpty, {name});
    OpenedPhoto opened;
    opened.name = name;
    opened.info.size = image.size();
    opened.info.format = image.format();
    opened.info.icc = icc;
    opened.pixels = TiledBuffer::fromImage(image, store);
    return opened;
}

} // namespace heirloom

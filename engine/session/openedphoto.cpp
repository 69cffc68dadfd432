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

OpenedPhoto described(const PhotoFile &photo, const QString &path)
{
    OpenedPhoto opened;
    opened.path = path;
    opened.name = photo.name();
    opened.info = photo.info();
    opened.metadata = photo.metadata();
    opened.notices = photo.notices();
    opened.words = editableFields(photo.metadata());
    return opened;
}

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
    OpenedPhoto opened = described(photo, path); // notices of the pixels too
    opened.pixels = std::move(*pixels);
    return opened;
}

} // namespace

std::shared_ptr<OriginalFile> OriginalFile::hold(const QString &path)
{
    std::shared_ptr<OriginalFile> held(new OriginalFile);
    held->m_file.setFileName(path);
    if (!held->m_file.open(QIODevice::ReadOnly))
        return {};
    held->m_size = held->m_file.size();
    held->m_modified = held->m_file.fileTime(QFileDevice::FileModificationTime);
    return held;
}

QByteArray OriginalFile::bytes() const
{
    const std::scoped_lock lock(m_mutex);
    if (!m_file.isOpen())
        return m_bytes;
    if (m_file.size() != m_size ||
        m_file.fileTime(QFileDevice::FileModificationTime) != m_modified || !m_file.seek(0))
        return {};
    const QByteArray bytes = m_file.read(m_size);
    return bytes.size() == m_size ? bytes : QByteArray();
}

Result<OpenedPhoto> OpenedPhoto::open(const QString &path, const std::shared_ptr<TileStore> &store,
                                      const Progress &progress)
{
    auto photo = PhotoFile::open(path);
    if (!photo)
        return fail(photo.error());
    auto original = OriginalFile::hold(path);
    auto opened = decoded(**photo, path, store, progress);
    if (opened)
        opened->original = std::move(original);
    return opened;
}

Result<OpenedPhoto> OpenedPhoto::openBytes(const QByteArray &bytes, const QString &name,
                                           const std::shared_ptr<TileStore> &store,
                                           const Progress &progress)
{
    auto photo = PhotoFile::openBytes(bytes, name);
    if (!photo)
        return fail(photo.error());
    auto opened = decoded(**photo, {}, store, progress);
    if (opened) {
        opened->name = name;
        opened->original = std::make_shared<OriginalFile>(bytes);
    }
    return opened;
}

Result<OpenedPhoto> OpenedPhoto::describe(const QByteArray &bytes, const QString &name)
{
    auto photo = PhotoFile::openBytes(bytes, name);
    if (!photo)
        return fail(photo.error());
    OpenedPhoto opened = described(**photo, {});
    opened.name = name;
    opened.original = std::make_shared<OriginalFile>(bytes);
    return opened;
}

QJsonObject OpenedPhoto::toJson() const
{
    return {{QStringLiteral("name"), name},
            {QStringLiteral("path"), path},
            {QStringLiteral("icc"), QString::fromLatin1(info.icc.toBase64())}};
}

Result<OpenedPhoto> OpenedPhoto::fromJson(const QJsonObject &json, const QByteArray &bytes)
{
    OpenedPhoto photo;
    const QString name = json[QStringLiteral("name")].toString();
    if (!bytes.isNull()) {
        auto described = describe(bytes, name);
        if (!described)
            return described;
        photo = std::move(*described);
    } else {
        photo.info.icc =
            QByteArray::fromBase64(json[QStringLiteral("icc")].toString().toLatin1());
    }
    photo.name = name;
    photo.path = json[QStringLiteral("path")].toString();
    return photo;
}

void OpenedPhoto::takeOriginal(const LayerStack &stack)
{
    const Layer *layer = stack.original();
    if (!layer)
        return;
    if (info.size.isEmpty()) {
        info.size = layer->pixels.size();
        info.format = layer->pixels.format();
    }
    pixels = layer->pixels;
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

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/project.h"

#include "edit/sizelimits.h"
#include "io/savefile.h"
#include "io/ziparchive.h"
#include "session/bakedlayers.h"
#include "session/documentcodec.h"
#include "session/pixelpacking.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <optional>

namespace heirloom
{

namespace
{

using S = QLatin1String;
using Packing = ZipArchiveWriter::Packing;

const QString mimeEntry = S("mimetype");
const QByteArray mimeType("image/openraster");
const QString documentEntry = S("heirloom/document.json");
const QString originalEntry = S("heirloom/original");
const QString mergedEntry = S("mergedimage.png");

QString pixelsEntry(const QString &key)
{
    return S("heirloom/pixels/") + key;
}
QString profileEntry(const QString &key)
{
    return S("heirloom/profiles/") + key + S(".icc");
}

/// The archive that was saved before and what each of its pictures was made from.
struct Previous {
    std::unique_ptr<ZipArchive> archive;
    QJsonObject baked;

    explicit Previous(const QString &path)
    {
        auto opened = path.isEmpty()
                          ? Result<std::unique_ptr<ZipArchive>>(fail(ErrorCode::InputMissing))
                          : ZipArchive::open(path);
        if (!opened)
            return;
        archive = std::move(*opened);
        if (const auto json = archive->read(documentEntry))
            baked = QJsonDocument::fromJson(*json).object()[S("baked")].toObject();
    }
    bool has(const QString &entry) const { return archive && archive->contains(entry); }
    bool hasBaked(const QString &entry, const QString &key) const
    {
        return has(entry) && baked[entry].toString() == key;
    }
};

} // namespace

bool Project::isProject(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray head = file.read(64);
    return head.startsWith("PK\3\4") && head.mid(30).startsWith(mimeEntry.toLatin1() + mimeType);
}

// ---- saving ------------------------------------------------------------------------------------

Result<void> Project::save(const QString &path, const QString &previousPath,
                           const std::shared_ptr<TileStore> &store, bool overwrite,
                           const Progress &progress) const
{
    SaveFile file(path);
    if (auto opened = file.open(overwrite); !opened)
        return opened;
    Previous previous(previousPath);
    ZipArchiveWriter writer(file.device(), path);
    writer.add(mimeEntry, mimeType, Packing::Stored);

    const BakedLayers baked(state, store);
    QJsonObject bakedKeys;
    const auto pictures = baked.pictures();
    std::optional<BakedLayers::Whole> whole;
    for (size_t i = 0; i < pictures.size(); ++i) {
        const BakedLayers::Picture &picture = pictures[i];
        bakedKeys[picture.entry] = picture.key;
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (previous.hasBaked(picture.entry, picture.key)) {
            writer.copy(picture.entry, *previous.archive);
            continue;
        }
        const Progress part = progress.sub(0.7 * double(i) / double(pictures.size()),
                                           0.7 / double(pictures.size()));
        if (picture.kind == BakedLayers::Picture::Kind::Layer) {
            auto png = baked.layerPng(picture, part);
            if (!png)
                return fail(png.error());
            writer.add(picture.entry, *png, Packing::Stored);
            continue;
        }
        if (!whole) {
            auto made = baked.whole(part);
            if (!made)
                return fail(made.error());
            whole = std::move(*made);
        }
        writer.add(picture.entry,
                   picture.kind == BakedLayers::Picture::Kind::Thumbnail ? whole->thumbnail
                                                                         : whole->merged,
                   Packing::Stored);
    }
    writer.add(S("stack.xml"), baked.stackXml(), Packing::Deflated);

    DocumentParts parts;
    QJsonArray named;
    QJsonObject json{{S("version"), DocumentCodec::version},
                     {S("program"), QCoreApplication::applicationVersion()},
                     {S("state"), DocumentCodec::toJson(state, parts)},
                     {S("words"), words.toJson()},
                     {S("baked"), bakedKeys}};
    for (const Snapshot &snapshot : snapshots)
        named += DocumentCodec::toJson(snapshot, parts);
    json[S("snapshots")] = named;
    json[S("source")] = photo.toJson();
    // Sorted, so that the same document gives the same file.
    QStringList keys = parts.pixels.keys();
    keys.sort();
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const QString entry = pixelsEntry(keys[i]);
        if (previous.has(entry))
            writer.copy(entry, *previous.archive);
        else
            writer.add(entry, packedPixels(parts.pixels.value(keys[i])), Packing::Stored);
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        progress.report(0.7 + 0.15 * double(i + 1) / double(keys.size()));
    }
    keys = parts.profiles.keys();
    keys.sort();
    for (const QString &key : keys)
        writer.add(profileEntry(key), parts.profiles.value(key), Packing::Deflated);
    if (const QByteArray bytes = photo.original ? photo.original->bytes() : QByteArray();
        !bytes.isEmpty())
        writer.add(originalEntry, bytes, Packing::Stored);
    writer.add(documentEntry, QJsonDocument(json).toJson(QJsonDocument::Compact),
               Packing::Deflated);
    if (auto done = writer.finish([&progress](double) { return !progress.stopRequested(); }); !done)
        return done;
    progress.report(0.97);
    return file.commit();
}

// ---- opening -----------------------------------------------------------------------------------

namespace
{

Result<OpenedPhoto> sourceOf(ZipArchive &archive, const QJsonObject &source)
{
    if (!archive.contains(originalEntry))
        return OpenedPhoto::fromJson(source, {});
    const auto bytes = archive.read(originalEntry);
    return bytes ? OpenedPhoto::fromJson(source, *bytes) : fail(bytes.error());
}

/// What another program or a newer Heirloom wrote: its merged picture, and a sentence that says so.
/// It is not the project that is open then, so saving asks for another file.
Result<Project> openMerged(ZipArchive &archive, const QString &path, const QString &sentence,
                           const std::shared_ptr<TileStore> &store, const Progress &progress)
{
    const auto png = archive.read(mergedEntry);
    if (!png)
        return fail(png.error());
    auto photo = OpenedPhoto::openBytes(*png, QFileInfo(path).fileName(), store, progress);
    if (!photo)
        return fail(photo.error());
    Notice notice;
    notice.text = sentence;
    photo->notices += notice;
    photo->path = path; // an input, which is never written to
    Project project;
    project.photo = std::move(*photo);
    project.words = project.photo.words;
    return project;
}

} // namespace

Result<Project> Project::open(const QString &path, const std::shared_ptr<TileStore> &store,
                              const Progress &progress)
{
    const QString name = QFileInfo(path).fileName();
    auto opened = ZipArchive::open(path);
    if (!opened)
        return fail(opened.error());
    ZipArchive &archive = **opened;
    if (!archive.contains(documentEntry))
        return openMerged(archive, path,
                          QCoreApplication::translate(
                              "heirloom::Project",
                              "Another program made this file; it was opened as one picture, "
                              "without its layers."),
                          store, progress);
    const auto text = archive.read(documentEntry);
    if (!text)
        return fail(text.error());
    const QJsonObject json = QJsonDocument::fromJson(*text).object();
    const int version = json[S("version")].toInt();
    if (version < 1)
        return fail(ErrorCode::InputDamaged, {name, documentEntry});
    if (version > DocumentCodec::version) {
        return openMerged(archive, path,
                          QCoreApplication::translate(
                              "heirloom::Project",
                              "A newer Heirloom made this project; it was opened as one picture, "
                              "without its layers, and stays as it is: saving makes a new file."),
                          store, progress);
    }

    QHash<QString, TiledBuffer> pixels; // many states may share them
    int done = 0;
    const qsizetype count = std::max<qsizetype>(1, archive.names().size());
    DocumentCodec::Source source;
    source.pixels = [&](const QString &key) -> Result<TiledBuffer> {
        if (const auto known = pixels.constFind(key); known != pixels.constEnd())
            return *known;
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto bytes = archive.read(pixelsEntry(key));
        if (!bytes)
            return fail(bytes.error());
        auto unpacked = unpackedPixels(*bytes, store, name, maxCanvasPixels);
        if (!unpacked)
            return unpacked;
        if (pixelKey(*unpacked) != key)
            return fail(ErrorCode::InputDamaged, {name, pixelsEntry(key)});
        pixels.insert(key, *unpacked);
        progress.report(std::min(1.0, double(++done) / double(count)));
        return unpacked;
    };
    source.profile = [&](const QString &key) { return archive.read(profileEntry(key)); };

    Project project;
    auto state = DocumentCodec::fromJson(json[S("state")].toObject(), source, name);
    if (!state)
        return fail(state.error());
    project.state = std::move(*state);
    for (const QJsonValue &value : json[S("snapshots")].toArray()) {
        auto snapshot = DocumentCodec::fromJson(value.toObject(), source, name);
        if (!snapshot)
            return fail(snapshot.error());
        project.snapshots.push_back(std::move(*snapshot));
    }
    auto photo = sourceOf(archive, json[S("source")].toObject());
    if (!photo)
        return fail(photo.error());
    project.photo = std::move(*photo);
    project.photo.takeOriginal(project.state.stack);
    project.words = MetadataEdits::fromJson(json[S("words")].toObject());
    return project;
}

} // namespace heirloom

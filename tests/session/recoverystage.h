// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/documenteditor.h"
#include "edit/history.h"
#include "jobs/engineworker.h"
#include "operation/scriptedmodels.h"
#include "session/documentcodec.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "session/recovery.h"
#include "session/recoveryreader.h"
#include "session/workspace.h"
#include "support/testpictures.h"

#include <QCryptographicHash>
#include <QDir>
#include <QImage>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace heirloom::test
{

inline constexpr PixelFormat rgb8{Channels::Rgb, Depth::U8};

/// Of everything that a state is, pixels byte by byte.
inline QByteArray stateDigest(const Snapshot &state)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    DocumentParts parts;
    hash.addData(QJsonDocument(DocumentCodec::toJson(state, parts)).toJson(QJsonDocument::Compact));
    QStringList keys = parts.pixels.keys();
    keys.sort();
    for (const QString &key : keys) {
        const Image image = parts.pixels.value(key).toImage();
        const auto row = qsizetype(image.width()) * image.format().bytesPerPixel();
        for (int y = 0; y < image.height(); ++y)
            hash.addData(QByteArrayView(reinterpret_cast<const char *>(image.constRow(y)), row));
    }
    return hash.result().toHex();
}

/// One running program: photos, an engine thread, a recovery folder. What a crash would leave of it
/// at this moment is what copyFolder() copies.
struct RecoveryStage {
    ScriptedProvider provider;
    QTemporaryDir cache;
    ModelEnvironment environment;
    EngineWorker worker;
    Workspace workspace;
    std::unique_ptr<Recovery> recovery;

    static ModelEnvironment::Options modelOptions(const QString &folder)
    {
        ModelEnvironment::Options options;
        options.cacheFolder = folder;
        options.packFolders = QStringList{folder + QStringLiteral("/none")};
        return options;
    }
    static Recovery::Options options(const QString &folder)
    {
        Recovery::Options options;
        options.folders = QStringList{folder};
        options.retryMs = 50;
        return options;
    }

    explicit RecoveryStage(const QString &folder)
        : RecoveryStage(options(folder))
    {
    }
    explicit RecoveryStage(const Recovery::Options &options)
        : environment(modelOptions(cache.path()), provider)
        , workspace(worker, environment)
        , recovery(std::make_unique<Recovery>(workspace, options))
    {
    }

    EditorSession *session(int i = 0) { return workspace.at(i); }
    History &history(int i = 0) { return session(i)->history(); }
    DocumentEditor &editor(int i = 0) { return session(i)->editor(); }
    Document &document(int i = 0) { return *session(i)->document(); }
    LayerId original(int i = 0) { return document(i).stack().at(0).id; }

    bool open(const QString &path)
    {
        const int count = workspace.count();
        workspace.openPath(path);
        return QTest::qWaitFor([&] { return workspace.count() == count + 1; }, 20000);
    }
    bool openImage(const Image &image, const QString &name = QStringLiteral("scan"))
    {
        const int count = workspace.count();
        workspace.open([&](EditorSession &s) { return s.openImage(image, {}, name); });
        return QTest::qWaitFor([&] { return workspace.count() == count + 1; }, 20000);
    }

    /// A layer to paint on.
    LayerId addLayer(QSize size, PixelFormat format, quint32 seed, int i = 0)
    {
        const auto id = editor(i).addPixels(
            TiledBuffer::fromImage(photoPicture(size, format, seed), workspace.tileStore()),
            ColorProfile::forUntagged(format), Transform(), QStringLiteral("layer"));
        return id ? *id : LayerId();
    }
    /// Changes some pixels of it, as a brush would: one step.
    void stroke(LayerId layer, QRect place, quint32 seed, int i = 0)
    {
        const Snapshot before = document(i).snapshot();
        TiledBuffer pixels = document(i).layer(layer)->pixels;
        pixels.write(place.topLeft(), noisePicture(place.size(), pixels.format(), seed));
        document(i).setPixels(layer, pixels);
        history(i).record(QStringLiteral("Stroke"), before);
    }

    /// Until everything is on the disk.
    bool settle(int i = 0)
    {
        return QTest::qWaitFor([&] { return recovery->isKept(*session(i)); }, 120000);
    }

    /// Looks for what was left behind; how much there is, -1: no answer.
    int look()
    {
        QSignalSpy looked(recovery.get(), &Recovery::looked);
        recovery->look();
        return looked.wait(20000) ? recovery->count() : -1;
    }
    bool restore()
    {
        const int wanted = workspace.count() + recovery->count();
        recovery->restoreAll();
        return QTest::qWaitFor([&] { return workspace.count() == wanted; }, 20000);
    }
};

/// The journals, without the locks of the living.
inline void copyFolder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    for (const QString &name : QDir(from).entryList({QStringLiteral("*.journal*")}, QDir::Files))
        QFile::copy(from + u'/' + name, to + u'/' + name);
}

inline QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

inline QString journalIn(const QString &folder)
{
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.journal")}, QDir::Files);
    return names.size() == 1 ? folder + u'/' + names.first() : QString();
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline QString writePhoto(const QString &path, QSize size = {300, 200})
{
    QImage image(size, QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y) % 256));
    }
    image.save(path);
    return path;
}

inline Result<RecoveredWork> readJournal(const QString &path)
{
    auto reader = RecoveryReader::open(path);
    if (!reader)
        return fail(reader.error());
    return (*reader)->read(TileStore::create(qint64(256) << 20), {});
}


} // namespace heirloom::test

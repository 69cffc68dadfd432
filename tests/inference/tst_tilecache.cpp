// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tilecache.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;

class TestTileCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackTheSameBits();
    void unknownKeyFindsNothing();
    void flippedByteCountsAsAbsentAndIsRemoved_data();
    void flippedByteCountsAsAbsentAndIsRemoved();
    void truncatedEntryCountsAsAbsent();
    void oldestGoesFirstAboveTheLimit();
    void ownEntriesAreNotThrownOutForNewOnes();
    void tooLargeForTheLimitIsNotStored();
    void folderIsPrivate();
    void noFolderMeansNoEffect();
    void unwritableFolderIsNoError();
    void leavesNoPartFiles();
};

namespace
{

Planes somePlanes(int seed, int side = 10)
{
    Planes planes(3, side, side);
    for (size_t i = 0; i < planes.values.size(); ++i)
        planes.values[i] = float(seed) + float(i) * 0.001F;
    return planes;
}

QByteArray key(int n)
{
    return QByteArray(32, char(n));
}

QStringList files(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

constexpr qint64 entryBytes = 3 * 10 * 10 * 4 + 20;

void makeOld(const QString &folder, int daysPerName)
{
    int days = daysPerName * int(files(folder).size());
    for (const QString &name : files(folder)) {
        QFile file(folder + u'/' + name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-days),
                                 QFileDevice::FileModificationTime));
        days -= daysPerName;
    }
}

} // namespace

void TestTileCache::givesBackTheSameBits()
{
    const QTemporaryDir dir;
    Planes planes = somePlanes(1);
    planes.values[5] = -0.0F;
    planes.values[6] = 1e-40F;
    QVERIFY(TileCache(dir.path()).insert(key(1), planes));
    TileCache again(dir.path());
    const auto found = again.find(key(1));
    QVERIFY(found.has_value());
    QCOMPARE(found->size(), planes.size());
    QCOMPARE(memcmp(found->values.data(), planes.values.data(), planes.values.size() * 4), 0);
}

void TestTileCache::unknownKeyFindsNothing()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    QVERIFY(!cache.find(key(1)));
    QVERIFY(cache.insert(key(1), somePlanes(1)));
    QVERIFY(!cache.find(key(2)));
}

void TestTileCache::flippedByteCountsAsAbsentAndIsRemoved_data()
{
    QTest::addColumn<int>("position");
    for (int position : {0, 4, 9, 17, 20, 700, int(entryBytes) - 1})
        QTest::addRow("byte %d", position) << position;
}

void TestTileCache::flippedByteCountsAsAbsentAndIsRemoved()
{
    QFETCH(int, position);
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    QVERIFY(cache.insert(key(1), somePlanes(1)));
    QFile file(dir.filePath(files(dir.path()).constFirst()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    content[position] = char(content[position] ^ 0x10);
    QVERIFY(file.seek(0));
    file.write(content);
    file.close();
    QVERIFY(!cache.find(key(1)));
    QCOMPARE(files(dir.path()).size(), 0);
    QVERIFY(cache.insert(key(1), somePlanes(1)));
    QVERIFY(cache.find(key(1)).has_value());
}

void TestTileCache::truncatedEntryCountsAsAbsent()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    for (qint64 length : {qint64(0), qint64(3), qint64(20), entryBytes - 1}) {
        QVERIFY(cache.insert(key(1), somePlanes(1)));
        QVERIFY(QFile::resize(dir.filePath(files(dir.path()).constFirst()), length));
        QVERIFY(!cache.find(key(1)));
    }
}

void TestTileCache::oldestGoesFirstAboveTheLimit()
{
    const QTemporaryDir dir;
    {
        TileCache cache(dir.path());
        for (int i = 1; i <= 4; ++i)
            QVERIFY(cache.insert(key(i), somePlanes(i)));
    }
    makeOld(dir.path(), 1); // names sort as keys do: 1 becomes the oldest
    TileCache cache(dir.path(), 4 * entryBytes);
    QVERIFY(cache.find(key(1)).has_value()); // used again, so no longer the oldest
    QVERIFY(cache.insert(key(9), somePlanes(9)));
    QVERIFY(cache.find(key(1)).has_value());
    QVERIFY(!cache.find(key(2)));
    QVERIFY(cache.find(key(3)).has_value());
    QVERIFY(cache.find(key(9)).has_value());
    QVERIFY(cache.size() <= 4 * entryBytes);
}

void TestTileCache::ownEntriesAreNotThrownOutForNewOnes()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path(), 2 * entryBytes);
    QVERIFY(cache.insert(key(1), somePlanes(1)));
    QVERIFY(cache.insert(key(2), somePlanes(2)));
    QVERIFY(!cache.insert(key(3), somePlanes(3)));
    QVERIFY(cache.find(key(1)).has_value());
    QVERIFY(cache.find(key(2)).has_value());
    QCOMPARE(cache.size(), 2 * entryBytes);
}

void TestTileCache::tooLargeForTheLimitIsNotStored()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path(), 100);
    QVERIFY(!cache.insert(key(1), somePlanes(1)));
    QCOMPARE(files(dir.path()).size(), 0);
}

void TestTileCache::folderIsPrivate()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("a/b"));
    QVERIFY(TileCache(folder).insert(key(1), somePlanes(1)));
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(folder) & others));
}

void TestTileCache::noFolderMeansNoEffect()
{
    TileCache cache{QString()};
    QVERIFY(!cache.isEnabled());
    QVERIFY(!cache.insert(key(1), somePlanes(1)));
    QVERIFY(!cache.find(key(1)));
    QCOMPARE(cache.size(), 0);
    cache.clear();
}

void TestTileCache::unwritableFolderIsNoError()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    TileCache cache(file.fileName()); // a file where the folder should be
    QVERIFY(!cache.insert(key(1), somePlanes(1)));
    QVERIFY(!cache.find(key(1)));
}

void TestTileCache::leavesNoPartFiles()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    for (int i = 1; i <= 3; ++i)
        QVERIFY(cache.insert(key(1), somePlanes(i)));
    QCOMPARE(files(dir.path()).size(), 1);
    QCOMPARE(cache.find(key(1))->values[0], 3.0F);
    cache.clear();
    QCOMPARE(files(dir.path()).size(), 0);
}

QTEST_GUILESS_MAIN(TestTileCache)
#include "tst_tilecache.moc"

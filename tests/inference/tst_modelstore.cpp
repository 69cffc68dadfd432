// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "inference/fakemodel.h"
#include "inference/modelpool.h"
#include "inference/modelstore.h"
#include "inference/packfiles.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;
using State = ModelEntry::State;

namespace
{

const QString tiny = QStringLiteral("tiny-double");

void writeTo(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
}

/// A folder of packs made out of the tiny networks.
class Packs
{
public:
    QString folder() const { return m_dir.path(); }
    QString file(const QString &id = tiny) const
    {
        return folder() + u'/' + id + u'/' + id + QStringLiteral(".pt");
    }
    QString json(const QString &id = tiny) const
    {
        return folder() + u'/' + id + QStringLiteral("/model.json");
    }
    void add(const QString &id = tiny)
    {
        QVERIFY(QDir(folder()).mkpath(id));
        const QString from = QStringLiteral(HEIRLOOM_TINY_MODELS "/") + id + u'/';
        writeTo(file(id), contentOf(from + id + QStringLiteral(".pt")));
        writeTo(json(id), contentOf(from + QStringLiteral("model.json")));
    }
    void change(const QString &key, const QJsonValue &value, const QString &id = tiny)
    {
        QJsonObject object = QJsonDocument::fromJson(contentOf(json(id))).object();
        object.insert(key, value);
        writeTo(json(id), QJsonDocument(object).toJson());
    }

private:
    QTemporaryDir m_dir;
};

/// Pins of tiny networks as they are.
std::vector<ModelPin> pins(const QStringList &ids = {tiny})
{
    std::vector<ModelPin> result;
    for (const QString &id : ids) {
        const QByteArray content = contentOf(QStringLiteral(HEIRLOOM_TINY_MODELS "/") + id + u'/' +
                                             id + QStringLiteral(".pt"));
        result.push_back({id, QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex(),
                          content.size()});
    }
    return result;
}

State stateOf(ModelStore &store, const QString &id = tiny)
{
    for (const ModelEntry &entry : store.checkedEntries())
        if (entry.active && entry.pack.id == id)
            return entry.state;
    return State::MissingFile;
}

class CountingBackend : public ModelBackend
{
public:
    QString name() const override { return QStringLiteral("counting"); }
    void setThreads(int) override {}
    Result<std::unique_ptr<Model>> load(const ModelFile &file) override
    {
        ++loads;
        return std::make_unique<test::FakeModel>(file.pack);
    }
    int loads = 0;
};

} // namespace

class TestModelStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodPackIsUsable();
    void listingReadsNoModelFile();
    void openGivesTheBytesThatWereChecked();
    void emptyAndMissingFoldersAreFine();
    void unknownIdIsRefused();
    void packCannotPinItself();
    void missingFileIsListed();
    void wrongSizeIsDamaged();
    void flippedByteIsDamaged();
    void unreadableJsonIsDamagedWithItsReason();
    void forbiddenOperatorIsRefusedThoughPinned();
    void folderInPlaceOfTheFileIsDamaged();
    void higherVersionWins();
    void laterFolderWinsAmongEquals();
    void unusableHigherVersionGivesWay();
    void checkedResultIsRememberedAcrossRuns();
    void changedFileIsLookedAtAgain();
    void rememberedFileIsStillHashedWhenOpened();
    void rescanFindsNewPacks();
    void packsOfATaskAreListed();
    void poolLoadsOnce();
    void poolForgetsTheLeastRecentlyUsed();
};

void TestModelStore::goodPackIsUsable()
{
    Packs packs;
    packs.add();
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(int(store.entries().size()), 1);
    QCOMPARE(store.entries()[0].state, State::Unchecked);
    QCOMPARE(stateOf(store), State::Usable);
    QVERIFY(store.checkedEntries()[0].reason.isEmpty());
    QVERIFY(store.pack(tiny).has_value());
}

void TestModelStore::listingReadsNoModelFile()
{
    Packs packs;
    packs.add();
    QByteArray content = contentOf(packs.file());
    content[content.size() / 2] = char(content[content.size() / 2] ^ 1);
    writeTo(packs.file(), content);
    const ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(store.entries()[0].state, State::Unchecked);
}

void TestModelStore::openGivesTheBytesThatWereChecked()
{
    Packs packs;
    packs.add();
    ModelStore store({packs.folder()}, {}, pins());
    const auto file = store.open(tiny);
    QVERIFY(file.has_value());
    QCOMPARE(file->pack.id, tiny);
    const QByteArray before = file->bytes;
    writeTo(packs.file(), QByteArray(file->bytes.size(), 'x')); // exchanged after the check
    QCOMPARE(QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256).toHex(),
             pins()[0].sha256);
    QCOMPARE(file->bytes, before);
    QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelDamaged);
}

void TestModelStore::emptyAndMissingFoldersAreFine()
{
    const QTemporaryDir dir;
    ModelStore store({dir.path(), dir.filePath(QStringLiteral("nowhere")), QString()}, {}, pins());
    QVERIFY(store.entries().empty());
    QCOMPARE(store.pack(tiny).error().code, ErrorCode::ModelMissing);
    QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelMissing);
}

void TestModelStore::unknownIdIsRefused()
{
    Packs packs;
    packs.add();
    ModelStore store({packs.folder()}, {}, pins({QStringLiteral("tiny-heavy")}));
    QCOMPARE(stateOf(store), State::Refused);
    QVERIFY(!store.entries()[0].reason.isEmpty());
    QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelRefused);
}

void TestModelStore::packCannotPinItself()
{
    Packs packs;
    packs.add();
    const QByteArray other = contentOf(packs.file()) + "x";
    writeTo(packs.file(), other);
    packs.change(QStringLiteral("size"), other.size());
    packs.change(
        QStringLiteral("sha256"),
        QString::fromLatin1(QCryptographicHash::hash(other, QCryptographicHash::Sha256).toHex()));
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(stateOf(store), State::Refused);
    QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelRefused);
}

void TestModelStore::missingFileIsListed()
{
    Packs packs;
    packs.add();
    QVERIFY(QFile::remove(packs.file()));
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(store.entries()[0].state, State::MissingFile);
    QVERIFY(store.entries()[0].reason.contains(tiny));
    QCOMPARE(store.pack(tiny).error().code, ErrorCode::ModelMissing);
}

void TestModelStore::wrongSizeIsDamaged()
{
    Packs packs;
    packs.add();
    QVERIFY(QFile::resize(packs.file(), 1000));
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(store.entries()[0].state, State::Damaged);
    QVERIFY(store.entries()[0].reason.contains(QStringLiteral("1000")));
}

void TestModelStore::flippedByteIsDamaged()
{
    Packs packs;
    packs.add();
    const QByteArray good = contentOf(packs.file());
    for (qsizetype at : {qsizetype(0), good.size() / 3, good.size() - 1}) {
        QByteArray content = good;
        content[at] = char(content[at] ^ 0x40);
        writeTo(packs.file(), content);
        ModelStore store({packs.folder()}, {}, pins());
        QCOMPARE(stateOf(store), State::Damaged);
        QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelDamaged);
        QVERIFY(errorSentence(store.open(tiny).error()).contains(tiny));
    }
}

void TestModelStore::unreadableJsonIsDamagedWithItsReason()
{
    Packs packs;
    packs.add();
    packs.change(QStringLiteral("halo"), -3);
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(store.entries()[0].state, State::Damaged);
    QVERIFY(store.entries()[0].reason.contains(QStringLiteral("halo")));
    QCOMPARE(store.entries()[0].pack.id, tiny);
}

void TestModelStore::forbiddenOperatorIsRefusedThoughPinned()
{
    const QString id = QStringLiteral("tiny-forbidden");
    Packs packs;
    packs.add(id);
    ModelStore store({packs.folder()}, {}, pins({id}));
    QCOMPARE(stateOf(store, id), State::Refused);
    QVERIFY(store.entries()[0].reason.contains(QStringLiteral("erfinv")));
}

void TestModelStore::folderInPlaceOfTheFileIsDamaged()
{
    Packs packs;
    packs.add();
    QVERIFY(QFile::remove(packs.file()));
    QVERIFY(QDir().mkpath(packs.file()));
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(store.entries()[0].state, State::Damaged);
}

void TestModelStore::higherVersionWins()
{
    Packs low;
    Packs high;
    low.add();
    high.add();
    high.change(QStringLiteral("version"), QStringLiteral("1.10.0"));
    low.change(QStringLiteral("version"), QStringLiteral("1.9.0"));
    for (const QStringList &order :
         {QStringList{low.folder(), high.folder()}, QStringList{high.folder(), low.folder()}}) {
        const ModelStore store(order, {}, pins());
        QCOMPARE(int(store.entries().size()), 2);
        QCOMPARE(store.pack(tiny)->version, QVersionNumber(1, 10, 0));
    }
}

void TestModelStore::laterFolderWinsAmongEquals()
{
    Packs first;
    Packs second;
    first.add();
    second.add();
    const ModelStore store({first.folder(), second.folder()}, {}, pins());
    QVERIFY(store.pack(tiny)->folder.startsWith(second.folder()));
}

void TestModelStore::unusableHigherVersionGivesWay()
{
    Packs good;
    Packs bad;
    good.add();
    bad.add();
    bad.change(QStringLiteral("version"), QStringLiteral("9.0.0"));
    QByteArray content = contentOf(bad.file());
    content[500] = char(content[500] ^ 1); // same size: only reading it tells
    writeTo(bad.file(), content);
    ModelStore store({good.folder(), bad.folder()}, {}, pins());
    const auto file = store.open(tiny);
    QVERIFY(file.has_value());
    QCOMPARE(file->pack.version, QVersionNumber(1, 0, 0));
    QCOMPARE(store.pack(tiny)->version, QVersionNumber(1, 0, 0));
}

void TestModelStore::checkedResultIsRememberedAcrossRuns()
{
    Packs packs;
    packs.add();
    const QTemporaryDir dir;
    const QString memory = dir.filePath(QStringLiteral("cache/checked"));
    const auto stateAfterACheck = [&] {
        ModelStore store({packs.folder()}, memory, pins());
        store.checkedEntries();
        return ModelStore({packs.folder()}, memory, pins()).entries()[0].state;
    };
    // A file of this very moment is checked again; a little later it is remembered.
    QTRY_COMPARE(stateAfterACheck(), State::Usable);
}

void TestModelStore::changedFileIsLookedAtAgain()
{
    Packs packs;
    packs.add();
    const QTemporaryDir dir;
    const QString memory = dir.filePath(QStringLiteral("checked"));
    const auto isRemembered = [&] {
        ModelStore store({packs.folder()}, memory, pins());
        return stateOf(store) == State::Usable && QFile::exists(memory);
    };
    QTRY_VERIFY(isRemembered());
    const QDateTime time = QFileInfo(packs.file()).lastModified();
    QByteArray content = contentOf(packs.file());
    content[600] = char(content[600] ^ 1);
    QVERIFY(QFile::remove(packs.file()));
    writeTo(packs.file(), content);
    QFile file(packs.file());
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(time, QFileDevice::FileModificationTime)); // as an attacker would
    file.close();
    ModelStore second({packs.folder()}, memory, pins());
    QCOMPARE(stateOf(second), State::Damaged);
}

void TestModelStore::rememberedFileIsStillHashedWhenOpened()
{
    Packs packs;
    packs.add();
    ModelStore store({packs.folder()}, {}, pins());
    QCOMPARE(stateOf(store), State::Usable);
    QByteArray content = contentOf(packs.file());
    content[600] = char(content[600] ^ 1);
    writeTo(packs.file(), content);
    QCOMPARE(store.open(tiny).error().code, ErrorCode::ModelDamaged);
    QCOMPARE(stateOf(store), State::Damaged);
}

void TestModelStore::rescanFindsNewPacks()
{
    Packs packs;
    ModelStore store({packs.folder()}, {}, pins());
    QVERIFY(store.entries().empty());
    packs.add();
    store.rescan();
    QVERIFY(store.open(tiny).has_value());
}

void TestModelStore::packsOfATaskAreListed()
{
    Packs packs;
    packs.add();
    packs.add(QStringLiteral("tiny-mask"));
    packs.change(QStringLiteral("task"), QStringLiteral("inpaint"), QStringLiteral("tiny-mask"));
    const ModelStore store({packs.folder()}, {}, pins({tiny, QStringLiteral("tiny-mask")}));
    QCOMPARE(int(store.packs(ModelTask::Upscale).size()), 1);
    QCOMPARE(store.packs(ModelTask::Inpaint)[0].id, QStringLiteral("tiny-mask"));
    QVERIFY(store.packs(ModelTask::Face).empty());
}

void TestModelStore::poolLoadsOnce()
{
    Packs packs;
    packs.add();
    ModelStore store({packs.folder()}, {}, pins());
    CountingBackend backend;
    ModelPool pool(store, backend);
    const auto first = pool.get(tiny);
    const auto second = pool.get(tiny);
    QVERIFY(first.has_value() && second.has_value());
    QCOMPARE(first->get(), second->get());
    QCOMPARE(backend.loads, 1);
    QCOMPARE(pool.get(QStringLiteral("nothing")).error().code, ErrorCode::ModelMissing);
    pool.clear(); // both are held here: nothing is forgotten
    QVERIFY(pool.get(tiny).has_value());
    QCOMPARE(backend.loads, 1);
}

void TestModelStore::poolForgetsTheLeastRecentlyUsed()
{
    const QStringList ids = {tiny, QStringLiteral("tiny-mask"), QStringLiteral("tiny-fold")};
    Packs packs;
    for (const QString &id : ids)
        packs.add(id);
    ModelStore store({packs.folder()}, {}, pins(ids));
    CountingBackend backend;
    ModelPool pool(store, backend, 2);
    for (int i : {0, 1, 0, 2}) // 1 is the least recently used when 2 comes
        QVERIFY(pool.get(ids[i]).has_value());
    QCOMPARE(backend.loads, 3);
    QVERIFY(pool.get(ids[0]).has_value());
    QCOMPARE(backend.loads, 3);
    QVERIFY(pool.get(ids[1]).has_value());
    QCOMPARE(backend.loads, 4);
}

QTEST_GUILESS_MAIN(TestModelStore)
#include "tst_modelstore.moc"

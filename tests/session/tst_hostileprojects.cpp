// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "io/ziparchive.h"
#include "projectstage.h"
#include "richdocument.h"
#include "session/project.h"
#include "sessionstage.h"
#include "support/processmemory.h"

#include <QtTest>

#include <zlib.h>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A ZIP archive put together by hand, so that it can say anything.
class RawZip
{
public:
    struct Entry {
        QByteArray name, content;
        bool deflated = false;
        quint32 claimed = 0; ///< unpacked size; 0: the true one
        quint32 attributes = 0;
    };

    void add(const Entry &entry)
    {
        QByteArray packed = entry.content;
        if (entry.deflated) {
            z_stream z = {};
            deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
            packed.resize(qsizetype(deflateBound(&z, uLong(entry.content.size()))));
            z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(entry.content.data()));
            z.avail_in = uInt(entry.content.size());
            z.next_out = reinterpret_cast<Bytef *>(packed.data());
            z.avail_out = uInt(packed.size());
            deflate(&z, Z_FINISH);
            packed.truncate(qsizetype(z.total_out));
            deflateEnd(&z);
        }
        const quint32 crc = quint32(crc32(0, reinterpret_cast<const Bytef *>(entry.content.data()),
                                          uInt(entry.content.size())));
        const quint32 size = entry.claimed ? entry.claimed : quint32(entry.content.size());
        const quint32 at = quint32(m_bytes.size());
        QByteArray common;
        put(common, 20, 2);
        put(common, 0x800, 2);
        put(common, entry.deflated ? 8 : 0, 2);
        put(common, 33 << 16, 4); // 1980-01-01
        put(common, crc, 4);
        put(common, quint32(packed.size()), 4);
        put(common, size, 4);
        put(common, quint32(entry.name.size()), 2);
        put(common, 0, 2);
        m_bytes += "PK\3\4" + common + entry.name + packed;
        QByteArray central("PK\1\2");
        put(central, 3 << 8 | 20, 2); // made on Unix
        central += common;
        put(central, 0, 2);
        put(central, 0, 2);
        put(central, 0, 2);
        put(central, entry.attributes, 4);
        put(central, at, 4);
        m_directory += central + entry.name;
        ++m_count;
    }
    QByteArray bytes() const
    {
        QByteArray end("PK\5\6");
        put(end, 0, 4);
        put(end, m_count, 2);
        put(end, m_count, 2);
        put(end, quint32(m_directory.size()), 4);
        put(end, quint32(m_bytes.size()), 4);
        put(end, 0, 2);
        return m_bytes + m_directory + end;
    }

private:
    static void put(QByteArray &to, quint32 value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            to += char(value >> (8 * i));
    }
    QByteArray m_bytes, m_directory;
    quint32 m_count = 0;
};

} // namespace

/// Archives made to do harm: each gets a sentence (or is the picture that it is), soon, in little
/// memory, and leaves nothing behind.
class TestHostileProjects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void handMadeArchiveIsTheSame();
    void archivesThatLie_data();
    void archivesThatLie();
    void documentsThatLie_data();
    void documentsThatLie();
    void truncatedAnywhere();
    void manyLayersAreReadOrRefused();
    void deepJsonIsRefused();
    void stackXmlIsNotBelieved();

private:
    RawZip zip(const QHash<QByteArray, QByteArray> &changed = {}) const;
    void isRefused(const QByteArray &bytes);

    QTemporaryDir m_dir;
    QList<std::pair<QByteArray, QByteArray>> m_entries; ///< of a sound project
    Snapshot m_state;
};

void TestHostileProjects::init()
{
    if (!m_entries.isEmpty())
        return;
    const auto store = newStore();
    Project project;
    RichOptions options;
    options.size = {60, 40};
    project.state = m_state = richDocument(store, options);
    const QString path = m_dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    auto archive = ZipArchive::open(path);
    QVERIFY(archive);
    for (const QString &name : (*archive)->names())
        m_entries.append({name.toUtf8(), *(*archive)->read(name)});
}

RawZip TestHostileProjects::zip(const QHash<QByteArray, QByteArray> &changed) const
{
    RawZip zip;
    for (const auto &[name, content] : m_entries)
        zip.add({name, changed.value(name, content)});
    return zip;
}

void TestHostileProjects::isRefused(const QByteArray &bytes)
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("hostile.ora"));
    write(path, bytes);
    const auto store = newStore();
    const auto before = residentBytes();
    QElapsedTimer timer;
    timer.start();
    const auto opened = Project::open(path, store, {});
    QVERIFY(!opened);
    QCOMPARE(errorKind(opened.error().code), ErrorKind::Input);
    QVERIFY(errorSentence(opened.error()).size() > 20);
    QVERIFY(timer.elapsed() < 30'000);
    QVERIFY2(residentBytes() - before < qint64(300) << 20,
             qPrintable(QString::number((residentBytes() - before) >> 20)));
    QCOMPARE(store->usage().residentBytes, 0);
    QCOMPARE(
        QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).size(),
        1);
    QCOMPARE(contentOf(path), bytes);
}

void TestHostileProjects::handMadeArchiveIsTheSame()
{
    const QString path = m_dir.filePath(QStringLiteral("hand.ora"));
    write(path, zip().bytes());
    const auto opened = Project::open(path, newStore(), {});
    QVERIFY(opened);
    QCOMPARE(opened->state.stack.count(), m_state.stack.count());
    QVERIFY(opened->state.stack.at(1).pixels == m_state.stack.at(1).pixels);
}

void TestHostileProjects::archivesThatLie_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto with = [this](const RawZip::Entry &entry) {
        init();
        RawZip made = zip();
        made.add(entry);
        return made.bytes();
    };
    QTest::newRow("bomb") << with({"heirloom/bomb", QByteArray(400 << 20, '\0'), true});
    QTest::newRow("claims little") << with({"heirloom/x", QByteArray(8 << 20, '\0'), true, 100});
    QTest::newRow("claims four gigabytes") << with({"heirloom/x", "x", true, 0xfffffff0U});
    QTest::newRow("twice the document") << with({"heirloom/document.json", "{}"});
    QTest::newRow("absolute") << with({"/etc/heirloom", "x"});
    QTest::newRow("way out") << with({"heirloom/../../x", "x"});
    QTest::newRow("way out, other slashes") << with({"heirloom\\..\\x", "x"});
    QTest::newRow("drive") << with({"C:x", "x"});
    QTest::newRow("symbolic link")
        << with({"heirloom/link", "/etc/passwd", false, 0, 0120777U << 16});
    RawZip many;
    many.add({"mimetype", "image/openraster"});
    for (int i = 0; i < 30'000; ++i)
        many.add({"data/" + QByteArray::number(i), {}});
    QTest::newRow("thirty thousand entries") << many.bytes();
    RawZip none;
    none.add({"mimetype", "image/openraster"});
    QTest::newRow("nothing inside") << none.bytes();
    QTest::newRow("no archive") << QByteArray("PK\3\4 and no more");
    init();
    QTest::newRow("a bomb as the merged picture of another program") << [] {
        RawZip foreign;
        foreign.add({"mimetype", "image/openraster"});
        foreign.add({"mergedimage.png", QByteArray(300 << 20, 'a'), true});
        return foreign.bytes();
    }();
}

void TestHostileProjects::archivesThatLie()
{
    QFETCH(QByteArray, bytes);
    if (QByteArray(QTest::currentDataTag()) == "claims little" ||
        QByteArray(QTest::currentDataTag()) == "claims four gigabytes" ||
        QByteArray(QTest::currentDataTag()) == "symbolic link") {
        // Nothing refers to them: refused, or left alone; never unpacked or followed.
        const QString path = m_dir.filePath(QStringLiteral("odd.ora"));
        write(path, bytes);
        const auto before = residentBytes();
        const auto opened = Project::open(path, newStore(), {});
        QVERIFY(residentBytes() - before < qint64(100) << 20);
        if (opened)
            QVERIFY(opened->state.stack.at(1).pixels == m_state.stack.at(1).pixels);
        else
            QCOMPARE(errorKind(opened.error().code), ErrorKind::Input);
        return;
    }
    isRefused(bytes);
}

void TestHostileProjects::documentsThatLie_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *name, const char *from, const char *to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    row("huge canvas", "\"size\":[60,40]", "\"size\":[100000,100000]");
    row("long canvas", "\"size\":[60,40]", "\"size\":[1000000,1]");
    row("negative canvas", "\"size\":[60,40]", "\"size\":[-60,-40]");
    row("five channels", "\"channels\":3", "\"channels\":5");
    row("floats", "\"depth\":\"u8\"", "\"depth\":\"f32\"");
    row("opacity 2", "\"opacity\":0.7", "\"opacity\":2");
    row("opacity null", "\"opacity\":0.7", "\"opacity\":null");
    row("unknown blend mode", "\"blend\":\"multiply\"", "\"blend\":\"dissolve\"");
    row("unknown kind", "\"kind\":\"ai\"", "\"kind\":\"video\"");
    row("second original", "\"kind\":\"ai\"", "\"kind\":\"original\"");
    row("number 0", "\"id\":\"2\"", "\"id\":\"0\"");
    row("number twice", "\"id\":\"2\"", "\"id\":\"3\"");
    row("flat transform", "\"transform\":[1,0,0,0,1,0,40,30,1]",
        "\"transform\":[0,0,0,0,0,0,40,30,1]");
    row("short transform", "\"transform\":[1,0,0,0,1,0,40,30,1]", "\"transform\":[1,0,0]");
    row("way out", "\"pixels\":\"", "\"pixels\":\"../../../etc/passwd\",\"x\":\"");
    row("profile that is not there", "\"profile\":\"sRGB\"", "\"profile\":\"other\"");
    row("resolution without end", "\"resolution\":[300,300]", "\"resolution\":[1e999,300]");
}

void TestHostileProjects::documentsThatLie()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray document;
    for (const auto &[name, content] : m_entries) {
        if (name == "heirloom/document.json")
            document = content;
    }
    // The canvas's place, which is written first of those alike.
    const qsizetype at = document.indexOf(from);
    QVERIFY2(at >= 0, document.constData());
    document.replace(at, from.size(), to);
    isRefused(zip({{"heirloom/document.json", document}}).bytes());
}

void TestHostileProjects::truncatedAnywhere()
{
    const QByteArray whole = zip().bytes();
    for (int i = 0; i < 40; ++i)
        isRefused(whole.left(whole.size() * i / 40));
}

void TestHostileProjects::manyLayersAreReadOrRefused()
{
    QByteArray document;
    for (const auto &[name, content] : m_entries) {
        if (name == "heirloom/document.json")
            document = content;
    }
    const qsizetype begin = document.indexOf("\"layers\":[") + 10;
    QByteArray layer("{\"kind\":\"adjustment\",\"adjustment\":\"exposure\",\"parameters\":{},"
                     "\"opacity\":1,\"blend\":\"normal\",\"name\":\"x\",\"id\":\"");
    QByteArray layers;
    for (int i = 0; i < 200'000; ++i)
        layers += layer + QByteArray::number(1000 + i) + "\"},";
    document.insert(begin, layers);
    isRefused(zip({{"heirloom/document.json", document}}).bytes());
}

void TestHostileProjects::deepJsonIsRefused()
{
    for (const int depth : {2000, 2'000'000})
        isRefused(zip({{"heirloom/document.json", QByteArray(depth, '[')}}).bytes());
}

/// What it says is for others; entities in it are never looked at.
void TestHostileProjects::stackXmlIsNotBelieved()
{
    QByteArray bomb("<?xml version=\"1.0\"?><!DOCTYPE image [<!ENTITY a \"aaaaaaaaaa\">");
    for (char c = 'b'; c < 'k'; ++c) {
        bomb += QByteArray("<!ENTITY ") + c + " \"";
        for (int i = 0; i < 10; ++i)
            bomb += QByteArray("&") + char(c - 1) + ";";
        bomb += "\">";
    }
    bomb += "]><image w=\"2000000000\" h=\"2000000000\"><stack name=\"&j;\"/></image>";
    const QString path = m_dir.filePath(QStringLiteral("xml.ora"));
    write(path, zip({{"stack.xml", bomb}}).bytes());
    const auto before = residentBytes();
    QVERIFY(Project::open(path, newStore(), {}));
    QVERIFY(residentBytes() - before < qint64(50) << 20);
}

QTEST_GUILESS_MAIN(TestHostileProjects)
#include "tst_hostileprojects.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "io/savefile.h"
#include "io/ziparchive.h"
#include "projectstage.h"
#include "richdocument.h"
#include "session/ailayers.h"
#include "session/pixelpacking.h"
#include "session/project.h"
#include "sessionstage.h"
#include "support/failingdevice.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// Equal to the bit: what is said of the layers, and pixels by content (tiles are not shared).
bool isSame(const Snapshot &a, const Snapshot &b)
{
    if (!(a.canvas == b.canvas) || a.stack.count() != b.stack.count() ||
        a.activeLayer != b.activeLayer || a.name != b.name ||
        !(a.selection.pixels == b.selection.pixels) ||
        !(a.selection.transform == b.selection.transform))
        return false;
    for (int i = 0; i < a.stack.count(); ++i) {
        Layer x = a.stack.at(i);
        const Layer &y = b.stack.at(i);
        if (!(x.pixels == y.pixels) || !(x.mask.pixels == y.mask.pixels))
            return false;
        x.pixels = y.pixels;
        x.mask.pixels = y.mask.pixels;
        if (!(x == y))
            return false;
    }
    return true;
}

/// An archive with other entries in place of its own; empty bytes leave one out.
void rewrite(const QString &from, const QString &to, const QHash<QString, QByteArray> &changed)
{
    auto archive = ZipArchive::open(from);
    QVERIFY(archive);
    QFile file(to);
    QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
    ZipArchiveWriter writer(file, to);
    for (const QString &name : (*archive)->names()) {
        if (!changed.contains(name))
            writer.copy(name, **archive);
        else if (!changed.value(name).isEmpty())
            writer.add(name, changed.value(name), ZipArchiveWriter::Packing::Stored);
    }
    QVERIFY(writer.finish());
}

} // namespace

class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasSavedIsOpenedToTheBit_data();
    void whatWasSavedIsOpenedToTheBit();
    void savingAgainGivesTheSameFile();
    void unchangedPartsAreCopied();
    void photosFileIsInsideByteForByte();
    void sessionSavesAndOpens_data();
    void sessionSavesAndOpens();
    void photosOwnFileIsNeverWrittenTo();
    void otherFilesAreNotWrittenOverUnasked();
    void failedSaveLeavesTheOldFile();
    void brokenArchivesGetASentence_data();
    void brokenArchivesGetASentence();
    void truncatedArchivesGetASentence();
    void newerProjectIsShownAndNotWrittenTo();
    void foreignArchiveOpensAsItsPicture();
    void pixelsPackAndUnpack();
};

void TestProject::whatWasSavedIsOpenedToTheBit_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("depth");
    for (const int channels : {1, 2, 3, 4}) {
        for (const int depth : {8, 16})
            QTest::addRow("%d channels, %d bit", channels, depth) << channels << depth;
    }
}

void TestProject::whatWasSavedIsOpenedToTheBit()
{
    QFETCH(int, channels);
    QFETCH(int, depth);
    const QTemporaryDir dir;
    RichOptions options;
    options.format = {Channels(channels), depth == 8 ? Depth::U8 : Depth::U16};
    if (options.format.isGray()) {
        options.colorModes = false;
    }
    Project project;
    project.state = richDocument(newStore(), options);
    if (options.format.isGray()) {
        Snapshot gray;
        gray.canvas = project.state.canvas;
        gray.canvas.profile = ColorProfile::graySrgb();
        for (Layer layer : project.state.stack) {
            if (layer.hasPixels())
                layer.profile = ColorProfile::graySrgb();
            gray.stack.insert(gray.stack.count(), layer);
        }
        project.state = gray;
    }
    Snapshot named = project.state;
    named.name = QStringLiteral("before");
    project.snapshots = {named};
    project.words.caption = QStringLiteral("Großmutter, about 1935");
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    const auto store = newStore();
    const auto saved = project.save(path, {}, store, false, {});
    QVERIFY2(saved, qPrintable(saved ? QString() : saved.error().arguments.join(u' ')));
    QVERIFY(Project::isProject(path));
    const auto opened = Project::open(path, newStore(), {});
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().arguments.join(u' ')));
    QVERIFY(isSame(opened->state, project.state));
    QCOMPARE(opened->snapshots.size(), size_t(1));
    QVERIFY(isSame(opened->snapshots[0], named));
    QVERIFY(opened->words == project.words);
    // And again from what was opened: the same file.
    const QString second = dir.filePath(QStringLiteral("second.ora"));
    QVERIFY(opened->save(second, {}, store, false, {}));
    QVERIFY(contentOf(second) == contentOf(path));
}

void TestProject::savingAgainGivesTheSameFile()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    const QByteArray first = contentOf(path);
    QVERIFY(project.save(path, path, store, true, {})); // everything copied
    QVERIFY(contentOf(path) == first);
}

void TestProject::unchangedPartsAreCopied()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    // Marked, so that it shows whether they were made again.
    const QString marked = dir.filePath(QStringLiteral("marked.ora"));
    const QByteArray other("other bytes");
    rewrite(path, marked, {{QStringLiteral("data/layer1.png"), other},
                           {QStringLiteral("data/layer2.png"), other},
                           {QStringLiteral("mergedimage.png"), other}});
    Layer layer = project.state.stack.at(1);
    layer.pixels.write({3, 3}, photoPicture({20, 20}, layer.pixels.format(), 99));
    project.state.stack.replace(1, layer);
    const QString second = dir.filePath(QStringLiteral("second.ora"));
    QVERIFY(project.save(second, marked, store, false, {}));
    auto archive = ZipArchive::open(second);
    QVERIFY(archive);
    QCOMPARE(*(*archive)->read(QStringLiteral("data/layer1.png")), other);
    QVERIFY(*(*archive)->read(QStringLiteral("data/layer2.png")) != other);
    QVERIFY(*(*archive)->read(QStringLiteral("mergedimage.png")) != other);
}

void TestProject::photosFileIsInsideByteForByte()
{
    const QTemporaryDir dir;
    const QString photo = dir.filePath(QStringLiteral("photo.bmp"));
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QVERIFY(image.save(photo));
    const QByteArray bytes = contentOf(photo);
    Stage stage(false);
    QCOMPARE(stage.outcome(stage.session->open(photo)).kind, Outcome::Kind::Done);
    // Another file under the name: what was opened is still at hand.
    QVERIFY(QFile::rename(photo, photo + QStringLiteral(".moved")));
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QCOMPARE(stage.outcome(stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    auto archive = ZipArchive::open(path);
    QVERIFY(archive);
    QCOMPARE(*(*archive)->read(QStringLiteral("heirloom/original")), bytes);
}

void TestProject::sessionSavesAndOpens_data()
{
    QTest::addColumn<bool>("threaded");
    QTest::newRow("inline") << false;
    QTest::newRow("engine thread") << true;
}

void TestProject::sessionSavesAndOpens()
{
    QFETCH(bool, threaded);
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    Stage stage(threaded);
    QVERIFY(stage.open(photoPicture({90, 80}, {Channels::Rgb, Depth::U8})));
    stage.outcome(stage.session->aiLayers().add(
        Upscale::id(), {{QStringLiteral("scale"), 2.0}, {QStringLiteral("model"), scriptedId}}));
    const LayerId ai = stage.session->document()->activeLayer();
    QVERIFY(stage.session->editor().setOpacity(ai, 0.3));
    stage.session->history().addSnapshot(QStringLiteral("good"));
    MetadataEdits words = stage.session->metadataEdits();
    words.place = QStringLiteral("Berlin");
    stage.session->setMetadataEdits(words);
    QVERIFY(stage.session->isModified());
    QCOMPARE(stage.outcome(stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    QVERIFY(!stage.session->isModified());
    QCOMPARE(stage.session->projectPath(), path);

    Stage other(threaded);
    QCOMPARE(other.outcome(other.session->open(path)).kind, Outcome::Kind::Done);
    QVERIFY(isSame(other.session->document()->snapshot(), stage.session->document()->snapshot()));
    QVERIFY(other.session->metadataEdits() == words);
    QVERIFY(!other.session->isModified());
    QCOMPARE(other.session->history().snapshots().size(), size_t(1));
    QCOMPARE(other.session->aiLayers().state(ai), AiState::Current);
    QVERIFY(other.session->editor().setOpacity(ai, 0.9));
    QVERIFY(other.session->isModified());
    QCOMPARE(other.outcome(other.session->saveProject(path)).kind, Outcome::Kind::Done);
    QVERIFY(!other.session->isModified());
}

void TestProject::photosOwnFileIsNeverWrittenTo()
{
    const QTemporaryDir dir;
    const QString photo = dir.filePath(QStringLiteral("photo.bmp"));
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QVERIFY(image.save(photo));
    const QByteArray bytes = contentOf(photo);
    Stage stage(false);
    stage.outcome(stage.session->open(photo));
    QSignalSpy refused(stage.session.get(), &EditorSession::refused);
    QVERIFY(!stage.session->saveProject(photo, true).isValid());
    QCOMPARE(refused.count(), 1);
    QCOMPARE(contentOf(photo), bytes);
}

void TestProject::otherFilesAreNotWrittenOverUnasked()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    write(path, "somebody's");
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({30, 20}, {Channels::Rgb, Depth::U8})));
    const Outcome outcome = stage.outcome(stage.session->saveProject(path));
    QCOMPARE(outcome.kind, Outcome::Kind::Failed);
    QCOMPARE(outcome.error->code, ErrorCode::OutputExists);
    QCOMPARE(contentOf(path), QByteArray("somebody's"));
    QCOMPARE(stage.outcome(stage.session->saveProject(path, true)).kind, Outcome::Kind::Done);
}

void TestProject::failedSaveLeavesTheOldFile()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    const QByteArray before = contentOf(path);
    Layer layer = project.state.stack.at(1);
    layer.opacity = 0.1;
    project.state.stack.replace(1, layer);
    for (qint64 at = 0; at < before.size() * 9 / 10; at += before.size() / 12) {
        SaveFile::setDeviceFilterForTests(
            [at](QFile &file) { return std::make_unique<FailingDevice>(file, at); });
        const auto saved = project.save(path, path, store, true, {});
        SaveFile::setDeviceFilterForTests({});
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, ErrorCode::DiskFull);
        QVERIFY(contentOf(path) == before);
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
}

void TestProject::brokenArchivesGetASentence_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QByteArray>("content");
    const QString document = QStringLiteral("heirloom/document.json");
    QTest::newRow("no JSON") << document << QByteArray("{");
    QTest::newRow("empty JSON") << document << QByteArray("{}");
    QTest::newRow("no state") << document << QByteArray("{\"version\":1}");
    QTest::newRow("huge canvas")
        << document
        << QByteArray("{\"version\":1,\"state\":{\"size\":[2000000000,2000000000],\"channels\":3,"
                      "\"depth\":\"u8\",\"profile\":\"sRGB\",\"layers\":[]}}");
    QTest::newRow("missing pixels") << QStringLiteral("PIXELS") << QByteArray();
    QTest::newRow("other pixels") << QStringLiteral("PIXELS") << QByteArray("HPX1 nonsense");
    QTest::newRow("broken original") << QStringLiteral("heirloom/original") << QByteArray("junk");
}

void TestProject::brokenArchivesGetASentence()
{
    QFETCH(QString, entry);
    QFETCH(QByteArray, content);
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    image.save(&buffer, "PNG");
    project.photo.name = QStringLiteral("a.png");
    project.photo.original = std::make_shared<OriginalFile>(bytes);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    QVERIFY(Project::open(path, store, {}));
    if (entry == QStringLiteral("PIXELS")) {
        const QStringList names = (*ZipArchive::open(path))->names();
        entry = *std::find_if(names.begin(), names.end(), [](const QString &name) {
            return name.startsWith(QStringLiteral("heirloom/pixels/"));
        });
    }
    const QString broken = dir.filePath(QStringLiteral("broken.ora"));
    rewrite(path, broken, {{entry, content}});
    const auto opened = Project::open(broken, store, {});
    QVERIFY(!opened);
    QCOMPARE(errorKind(opened.error().code), ErrorKind::Input);
    QVERIFY(!errorSentence(opened.error()).isEmpty());
}

void TestProject::truncatedArchivesGetASentence()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    RichOptions small;
    small.size = {40, 32};
    project.state = richDocument(store, small);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    const QByteArray whole = contentOf(path);
    const QString broken = dir.filePath(QStringLiteral("broken.ora"));
    for (qsizetype length = 0; length < whole.size(); length += 97) {
        write(broken, whole.left(length));
        const auto opened = Project::open(broken, store, {});
        QVERIFY(!opened);
        QCOMPARE(errorKind(opened.error().code), ErrorKind::Input);
    }
    // One byte changed anywhere: the same document, or a sentence.
    for (qsizetype at = 0; at < whole.size(); at += 211) {
        QByteArray bytes = whole;
        bytes[at] = char(bytes[at] ^ 0x10);
        write(broken, bytes);
        const auto opened = Project::open(broken, store, {});
        if (opened && !opened->state.stack.isEmpty())
            QVERIFY(isSame(opened->state, project.state));
    }
}

void TestProject::newerProjectIsShownAndNotWrittenTo()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    const QString newer = dir.filePath(QStringLiteral("newer.ora"));
    rewrite(path, newer, {{QStringLiteral("heirloom/document.json"), "{\"version\":99}"}});
    const QByteArray bytes = contentOf(newer);
    Stage stage(false);
    QCOMPARE(stage.outcome(stage.session->open(newer)).kind, Outcome::Kind::Done);
    CompositorSource merged(project.state, store);
    QVERIFY(stage.shown() == *merged.read(project.state.canvas.rect()));
    QCOMPARE(stage.session->notices().size(), 1);
    QVERIFY(noticeText(stage.session->notices()[0]).contains(QStringLiteral("newer Heirloom")));
    // What this version does not know must not be lost by saving over it.
    QVERIFY(stage.session->projectPath().isEmpty());
    QVERIFY(!stage.session->saveProject(newer, true).isValid());
    QCOMPARE(contentOf(newer), bytes);
    QCOMPARE(stage.outcome(stage.session->saveProject(path, true)).kind, Outcome::Kind::Done);
    // Without a picture inside there is a sentence.
    rewrite(path, newer, {{QStringLiteral("heirloom/document.json"), "{\"version\":99}"},
                          {QStringLiteral("mergedimage.png"), {}}});
    const auto opened = Project::open(newer, store, {});
    QVERIFY(!opened);
    QCOMPARE(errorKind(opened.error().code), ErrorKind::Input);
}

void TestProject::foreignArchiveOpensAsItsPicture()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    project.state = richDocument(store);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    const QString foreign = dir.filePath(QStringLiteral("foreign.ora"));
    rewrite(path, foreign, {{QStringLiteral("heirloom/document.json"), {}}});
    Stage stage(false);
    QCOMPARE(stage.outcome(stage.session->open(foreign)).kind, Outcome::Kind::Done);
    QCOMPARE(stage.session->document()->canvas().size, project.state.canvas.size);
    QVERIFY(stage.session->projectPath().isEmpty());
    CompositorSource merged(project.state, store);
    QVERIFY(stage.shown() == *merged.read(project.state.canvas.rect()));
    QVERIFY(!stage.session->notices().isEmpty());
}

void TestProject::pixelsPackAndUnpack()
{
    const auto store = newStore();
    for (const Depth depth : {Depth::U8, Depth::U16, Depth::F32}) {
        for (const Channels channels : {Channels::Gray, Channels::Rgba}) {
            TiledBuffer pixels({700, 300}, {channels, depth}, store);
            pixels.write({10, 20}, photoPicture({200, 100}, pixels.format()));
            Tile::Pixel color{};
            color.fill(std::byte{60});
            pixels.fill({512, 0, 188, 256}, color);
            const QByteArray packed = packedPixels(pixels);
            const auto back = unpackedPixels(packed, newStore(), {}, 1 << 20);
            QVERIFY(back);
            QVERIFY(*back == pixels);
            QCOMPARE(pixelKey(*back), pixelKey(pixels));
            QVERIFY(packedPixels(*back) == packed);
            QVERIFY(!unpackedPixels(packed, newStore(), {}, 1000)); // beyond the limit
            QVERIFY(!unpackedPixels(packed.left(packed.size() - 1), newStore(), {}, 1 << 20));
        }
    }
}

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "io/ziparchive.h"
#include "projectscripts.h"
#include "projectstage.h"
#include "richdocument.h"
#include "session/ailayers.h"
#include "session/project.h"
#include "sessionstage.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

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

bool isSound(const QString &path, const QStringList &more = {})
{
    const ScriptResult said = runScript("check_ora.py", QStringList{path} + more);
    if (said.code != 0)
        qWarning().noquote() << said.text;
    return said.code == 0;
}

} // namespace

/// Project files as others see them: check_ora.py reads them without a line of our code.
class TestProjectFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormatIsSound_data();
    void everyFormatIsSound();
    void savedAgainAfterEditsIsSound();
    void photosFileIsInside();
    void oddNamesAreSound();
    void faintLayersAreSound();
    void layersBesideTheCanvasAreSound();
    void strokesOnALargeLayerMakeASmallPicture();
    void checkerFindsWhatIsWrong_data();
    void checkerFindsWhatIsWrong();
};

void TestProjectFiles::everyFormatIsSound_data()
{
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("depth");
    QTest::addColumn<QSize>("size");
    for (const int channels : {1, 2, 3, 4}) {
        for (const int depth : {8, 16}) {
            for (const QSize size : {QSize(90, 70), QSize(300, 280)})
                QTest::addRow("%d channels, %d bit, %d", channels, depth, size.width())
                    << channels << depth << size;
        }
    }
}

void TestProjectFiles::everyFormatIsSound()
{
    QFETCH(int, channels);
    QFETCH(int, depth);
    QFETCH(QSize, size);
    const QTemporaryDir dir;
    const auto store = newStore();
    RichOptions options;
    options.size = size;
    options.format = {Channels(channels), depth == 8 ? Depth::U8 : Depth::U16};
    Project project;
    project.state = grayAware(richDocument(store, options));
    Snapshot named = project.state;
    named.name = QStringLiteral("before");
    project.snapshots = {named};
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    QVERIFY(isSound(path));
}

void TestProjectFiles::savedAgainAfterEditsIsSound()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({120, 90}, {Channels::Rgb, Depth::U8})));
    DocumentEditor &edit = stage.session->editor();
    stage.outcome(stage.session->aiLayers().add(
        Upscale::id(), {{QStringLiteral("scale"), 2.0}, {QStringLiteral("model"), scriptedId}}));
    const LayerId ai = stage.session->document()->activeLayer();
    QCOMPARE(stage.outcome(stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    QVERIFY(isSound(path));
    const std::function<Result<void>()> edits[] = {
        [&] { return edit.setOpacity(ai, 0.5); },
        [&] { return edit.addMask(ai, 100); },
        [&] { return edit.crop({10, 20, 150, 100}); },
        [&] { return edit.straighten(3); },
        [&] { return edit.rotateQuarter(1); },
        [&] { return edit.remove(ai); },
    };
    for (const auto &step : edits) {
        QVERIFY(step());
        stage.session->history().addSnapshot(QStringLiteral("step"));
        QCOMPARE(stage.outcome(stage.session->saveProject(path)).kind, Outcome::Kind::Done);
        QVERIFY(isSound(path));
    }
}

void TestProjectFiles::photosFileIsInside()
{
    const QTemporaryDir dir;
    const QString photo = dir.filePath(QStringLiteral("photo.png"));
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QVERIFY(image.save(photo));
    Stage stage(false);
    QCOMPARE(stage.outcome(stage.session->open(photo)).kind, Outcome::Kind::Done);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    QCOMPARE(stage.outcome(stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    QVERIFY(isSound(path, {QStringLiteral("--photo"), photo}));
    write(photo, contentOf(photo) + "more");
    QVERIFY(runScript("check_ora.py", {path, QStringLiteral("--photo"), photo}).code == 3);
}

/// What XML cannot say is not said; the project itself keeps the name as it was given.
void TestProjectFiles::oddNamesAreSound()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    for (const QString &name :
         {QStringLiteral("a\u0001b\u000bc"), QStringLiteral("\uffff\ufffe"),
          QStringLiteral("]]>&lt;<!--\"'"), QString(QChar(0xd800)), QStringLiteral("\U0001F5BC"),
          QString(5000, u'x')}) {
        Project project;
        RichOptions options;
        options.size = {40, 30};
        project.state = richDocument(store, options);
        Layer layer = project.state.stack.at(1);
        layer.name = name;
        project.state.stack.replace(1, layer);
        const QString path = dir.filePath(QStringLiteral("p.ora"));
        QVERIFY(project.save(path, {}, store, true, {}));
        QVERIFY(isSound(path));
        const auto opened = Project::open(path, store, {});
        QVERIFY(opened);
        if (!name.contains(QChar(0xd800))) // no text in any encoding
            QCOMPARE(opened->state.stack.at(1).name, name);
    }
}

void TestProjectFiles::faintLayersAreSound()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    for (const double opacity : {1e-9, 1.0 / 3, 0.0, 0.1}) {
        Project project;
        RichOptions options;
        options.size = {40, 30};
        project.state = richDocument(store, options);
        Layer layer = project.state.stack.at(1);
        layer.opacity = opacity;
        project.state.stack.replace(1, layer);
        const QString path = dir.filePath(QStringLiteral("p.ora"));
        QVERIFY(project.save(path, {}, store, true, {}));
        QVERIFY(isSound(path));
        const auto opened = Project::open(path, store, {});
        QVERIFY(opened);
        QCOMPARE(opened->state.stack.at(1).opacity, opacity);
    }
}

void TestProjectFiles::layersBesideTheCanvasAreSound()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    RichOptions options;
    options.size = {40, 30};
    project.state = richDocument(store, options);
    for (const QPoint at : {QPoint(5000, 5000), QPoint(-5000, 3), QPoint(-10, 25)}) {
        Layer layer = project.state.stack.at(1);
        layer.transform = Transform::translation(at.x(), at.y());
        project.state.stack.replace(1, layer);
        const QString path = dir.filePath(QStringLiteral("p.ora"));
        QVERIFY(project.save(path, {}, store, true, {}));
        QVERIFY(isSound(path));
    }
}

void TestProjectFiles::strokesOnALargeLayerMakeASmallPicture()
{
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    RichOptions options;
    options.size = {1000, 700};
    options.adjustment = false;
    project.state = richDocument(store, options);
    Layer layer = project.state.stack.at(1);
    layer.pixels = TiledBuffer({1000, 700}, {Channels::Rgba, Depth::U8}, store);
    layer.pixels.write({600, 300}, photoPicture({50, 30}, layer.pixels.format()));
    const TiledBuffer strokes = layer.pixels;
    const TiledBuffer opaque =
        TiledBuffer::fromImage(photoPicture({110, 90}, {Channels::Rgb, Depth::U8}), store);
    for (const Transform &place :
         {Transform(), Transform::rotation(11, {500, 350}), Transform::translation(0.5, 0.5),
          Transform::rotation(23, {55, 45}).then(Transform::translation(425, 312))}) {
        layer.transform = place;
        layer.pixels = place.mapBounds(opaque.rect()).left() > 300 ? opaque : strokes;
        project.state.stack.replace(1, layer);
        const QString path = dir.filePath(QStringLiteral("p.ora"));
        QVERIFY(project.save(path, {}, store, true, {}));
        QVERIFY(isSound(path));
        auto archive = ZipArchive::open(path);
        const QImage picture =
            QImage::fromData(*(*archive)->read(QStringLiteral("data/layer2.png")));
        QVERIFY(picture.width() <= 330 && picture.height() <= 330);
        // Nothing that shows lies beyond it: laid over nothing, the same pixels as the layer alone.
        const QString xml = QString::fromUtf8(*(*archive)->read(QStringLiteral("stack.xml")));
        const auto match = QRegularExpression(QStringLiteral(
            "layer2.png\" x=\"(\\d+)\" y=\"(\\d+)\"")).match(xml);
        QVERIFY(match.hasMatch());
        const QRect there({match.captured(1).toInt(), match.captured(2).toInt()}, picture.size());
        Snapshot alone = project.state;
        alone.canvas.format = {Channels::Rgba, Depth::U8};
        alone.stack = {};
        Layer plain = layer;
        plain.opacity = 1;
        plain.blendMode = BlendMode::Normal;
        alone.stack.insert(0, plain);
        CompositorSource source(alone, store);
        const auto whole = source.read(alone.canvas.rect());
        QVERIFY(whole);
        for (int y = 0; y < 700; ++y) {
            for (int x = 0; x < 1000; ++x) {
                const int alpha = int(whole->constRow(y)[x * 4 + 3]);
                if (there.contains(x, y))
                    QCOMPARE(picture.pixelColor(x - there.x(), y - there.y()).alpha(), alpha);
                else
                    QCOMPARE(alpha, 0);
            }
        }
    }
}

void TestProjectFiles::checkerFindsWhatIsWrong_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QByteArray>("content");
    const auto row = [](const char *name, const char *entry, const QByteArray &content) {
        QTest::newRow(name) << QString::fromLatin1(entry) << content;
    };
    row("no merged picture", "mergedimage.png", {});
    row("no thumbnail", "Thumbnails/thumbnail.png", {});
    row("no layer", "data/layer1.png", {});
    row("a layer that is no picture", "data/layer1.png", "junk");
    row("no stack", "stack.xml", {});
    row("no XML", "stack.xml", "<image");
    row("another mimetype", "mimetype", "image/other");
    row("other pixels", "PIXELS", {});
    row("an entity", "stack.xml",
        "<!DOCTYPE image [<!ENTITY a \"b\">]><image version=\"0.0.5\" w=\"1\" "
        "h=\"1\"><stack/></image>");
    row("no document", "heirloom/document.json", {});
    row("another document", "heirloom/document.json", "{\"version\":1}");
    row("an entry of nobody", "", "nobody's");
}

void TestProjectFiles::checkerFindsWhatIsWrong()
{
    QFETCH(QString, entry);
    QFETCH(QByteArray, content);
    const QTemporaryDir dir;
    const auto store = newStore();
    Project project;
    RichOptions options;
    options.size = {40, 30};
    project.state = richDocument(store, options);
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    const QString broken = dir.filePath(QStringLiteral("broken.ora"));
    QVERIFY(project.save(path, {}, store, false, {}));
    QVERIFY(isSound(path));
    if (entry.isEmpty()) {
        auto archive = ZipArchive::open(path);
        QFile file(broken);
        QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
        ZipArchiveWriter writer(file, broken);
        for (const QString &name : (*archive)->names())
            writer.copy(name, **archive);
        writer.add(QStringLiteral("heirloom/pixels/other"), content,
                   ZipArchiveWriter::Packing::Stored);
        QVERIFY(writer.finish());
    } else if (entry == QStringLiteral("PIXELS")) { // two layers' changed for one another
        auto archive = ZipArchive::open(path);
        QStringList names = (*archive)->names().filter(QStringLiteral("heirloom/pixels/"));
        QVERIFY(names.size() > 1);
        rewrite(path, broken, {{names[0], *(*archive)->read(names[1])}});
    } else {
        rewrite(path, broken, {{entry, content}});
    }
    QCOMPARE(runScript("check_ora.py", {broken}).code, 3);
}

QTEST_GUILESS_MAIN(TestProjectFiles)
#include "tst_projectfiles.moc"

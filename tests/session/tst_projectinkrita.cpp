// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "projectscripts.h"
#include "session/project.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A photo and a layer above it, of which the row's word is about. rounded: made in 16 bit, then 8.
std::unique_ptr<Document> composed(const QString &what, Depth depth, bool rounded,
                                   const std::shared_ptr<TileStore> &store)
{
    const QSize size(160, 120);
    const bool transparent = what == QLatin1String("transparent");
    const Channels channels = transparent ? Channels::Rgba : Channels::Rgb;
    const auto pixels = [&](QSize area, unsigned seed) {
        const Image image = photoPicture(area, {channels, depth}, seed);
        return TiledBuffer::fromImage(rounded ? image.converted({channels, Depth::U8}) : image,
                                      store);
    };
    auto document = Document::fromOriginal(pixels(size, 1), ColorProfile::sRgb(), {300, 300});
    Layer layer;
    layer.name = what;
    layer.pixels = pixels({110, 90}, 7);
    layer.profile = ColorProfile::sRgb();
    layer.transform = Transform::translation(25, 12);
    layer.opacity = 0.6; // 153/255: Krita's opacities are 8 bit
    if (what == QLatin1String("mask")) {
        layer.mask.pixels = TiledBuffer::fromImage(
            gradientPicture(size, {Channels::Gray, Depth::U8}), store);
    } else if (what == QLatin1String("enlarged")) {
        layer.transform = Transform::scaling(QSize(110, 90), QSize(220, 180))
                              .then(Transform::translation(-20, 15));
    } else if (what == QLatin1String("turned")) {
        layer.transform = Transform::rotation(23, {55, 45}).then(layer.transform);
    } else if (what == QLatin1String("adjusted")) {
        Layer light;
        light.kind = LayerKind::Adjustment;
        light.name = QStringLiteral("light");
        light.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.7}}};
        document->insertLayer(1, light);
    } else if (const auto mode = blendModeFromId(what)) {
        layer.blendMode = *mode;
    }
    document->insertLayer(document->stack().count(), layer);
    return document;
}

} // namespace

/// Projects opened by Debian's Krita show the same picture. Each row starts Krita: eleven seconds.
/// Krita composes OpenRaster files in 8 bit whatever their layers are, so that its picture of
/// 16-bit layers has been rounded twice.
class TestProjectInKrita : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheSamePicture_data();
    void showsTheSamePicture();
};

void TestProjectInKrita::showsTheSamePicture_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("depth");
    QTest::addColumn<QString>("worst"); // steps of 1/255
    QTest::addColumn<QString>("mean");
    for (const int depth : {8, 16}) {
        for (const char *what : {"opacity", "multiply", "screen", "color", "luminosity", "mask",
                                 "enlarged", "turned", "adjusted", "transparent"}) {
            const QByteArray name(what);
            const bool hues = name == "color" || name == "luminosity";
            QTest::addRow("%s, %d bit", what, depth)
                << QString::fromLatin1(name) << depth << QString::number(hues ? 3 : 1)
                << QString::number(1);
        }
    }
}

void TestProjectInKrita::showsTheSamePicture()
{
    QFETCH(QString, what);
    QFETCH(int, depth);
    QFETCH(QString, worst);
    QFETCH(QString, mean);
    const auto store = TileStore::create(qint64(256) << 20);
    const Depth samples = depth == 8 ? Depth::U8 : Depth::U16;
    const QTemporaryDir dir;
    const auto save = [&](const char *name, bool rounded) {
        const QString path = dir.filePath(QLatin1String(name));
        Project project;
        const auto document = composed(what, samples, rounded, store);
        project.state = document->snapshot();
        return project.save(path, {}, store, false, {}) ? path : QString();
    };
    const QString path = save("p.ora", false), rounded = save("rounded.ora", true);
    QVERIFY(!path.isEmpty() && !rounded.isEmpty());
    const ScriptResult said = runScript(
        "compare_with_krita.py", {path, QStringLiteral("--worst"), worst, QStringLiteral("--mean"),
                                  mean, QStringLiteral("--rounded"), rounded});
    if (said.code == 77)
        QSKIP("Krita is not installed (packaging/dev slow installs it)");
    qInfo().noquote() << what << depth << "bit:" << said.text;
    // Of 16-bit layers Krita's rounding to 8 bit may make more than the limit by itself: it is let
    // off that much and no more.
    QVERIFY2(said.code == 0 || (depth == 16 && said.code == 2), qPrintable(said.text));
}

QTEST_GUILESS_MAIN(TestProjectInKrita)
#include "tst_projectinkrita.moc"

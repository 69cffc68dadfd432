// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "inference/modelbackendloader.h"
#include "inference/modelstore.h"
#include "inference/planesio.h"
#include "inference/selftest.h"
#include "support/sharedfolder.h"
#include "support/testpictures.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

/// Tiles against the whole picture in one pass, with real networks and with a tiny one.
class TestTileFidelity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tilesEqualTheWholeOnPhotos_data();
    void tilesEqualTheWholeOnPhotos();
    void bordersDoNotShowOnAGradient_data();
    void bordersDoNotShowOnAGradient();

private:
    std::unique_ptr<ModelBackendLoader> m_loader;
};

namespace
{

Planes fromImage(const QImage &source)
{
    const QImage image = source.convertToFormat(QImage::Format_RGB888);
    Planes planes(3, image.width(), image.height());
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            for (int c = 0; c < 3; ++c)
                planes.row(c, y)[x] = float(image.constScanLine(y)[3 * x + c]) / 255.0F;
    return planes;
}

Planes fromImage(const Image &image)
{
    Planes planes(3, image.width(), image.height());
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            for (int c = 0; c < 3; ++c)
                planes.row(c, y)[x] = float(image.constSamples<quint8>(y)[3 * x + c]) / 255.0F;
    return planes;
}

double psnr(const Planes &a, const Planes &b)
{
    double sum = 0;
    for (size_t i = 0; i < a.values.size(); ++i) {
        const double d =
            std::clamp(double(a.values[i]), 0.0, 1.0) - std::clamp(double(b.values[i]), 0.0, 1.0);
        sum += d * d;
    }
    return sum == 0 ? 999 : -10 * std::log10(sum / double(a.values.size()));
}

QStringList networks()
{
    QStringList folders = {QStringLiteral(HEIRLOOM_TINY_MODELS "/tiny-heavy")};
    for (const char *id : {"realesrgan-general-x4v3", "realesrgan-x4plus"}) {
        const QString folder = QStringLiteral(HEIRLOOM_BINARY_DIR "/models/") + QLatin1String(id);
        if (QFile::exists(folder + u'/' + QLatin1String(id) + QStringLiteral(".pt")))
            folders.append(folder);
    }
    return folders;
}

std::unique_ptr<Model> loaded(ModelBackendLoader &loader, const QString &folder)
{
    const auto pack = ModelPack::read(folder);
    if (!pack)
        return {};
    QFile file(pack->filePath());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto model = loader.load({*pack, file.readAll()});
    return model ? std::move(*model) : nullptr;
}

Result<Planes> whole(Model &model, const Planes &picture)
{
    ModelInput input;
    input.image = picture;
    RunControl control;
    return model.run(input, control);
}

Result<Planes> tiled(Model &model, const Planes &picture, int tile)
{
    TiledOptions options;
    options.tile = tile;
    PlanesSource source(picture);
    PlanesSink sink(picture.size() * model.pack().output.scale);
    const auto result = TiledRunner(model, options).run(source, sink, {});
    if (!result)
        return fail(result.error());
    return sink.planes;
}

} // namespace

void TestTileFidelity::initTestCase()
{
    m_loader = std::make_unique<ModelBackendLoader>(
        QStringList{QStringLiteral(HEIRLOOM_BINARY_DIR "/bin/heirloom-plugins")});
}

void TestTileFidelity::tilesEqualTheWholeOnPhotos_data()
{
    QTest::addColumn<QString>("network");
    QTest::addColumn<QImage>("photo");
    QList<QPair<QString, QImage>> photos;
    for (const QString &path : sharedFiles(QStringLiteral("photos/kodak"))) {
        const QImage image(path);
        if (image.width() >= 256 && image.height() >= 256 && photos.size() < 3)
            photos.append(
                {QFileInfo(path).fileName(),
                 image.copy((image.width() - 256) / 2, (image.height() - 256) / 2, 256, 256)});
    }
    for (const QString &network : networks()) {
        const QString id = QDir(network).dirName();
        QTest::addRow("%s generated", qPrintable(id)) << network << QImage();
        for (const auto &[name, image] : photos)
            QTest::addRow("%s %s", qPrintable(id), qPrintable(name)) << network << image;
    }
}

void TestTileFidelity::tilesEqualTheWholeOnPhotos()
{
    QFETCH(QString, network);
    QFETCH(QImage, photo);
    const std::unique_ptr<Model> model = loaded(*m_loader, network);
    QVERIFY(model);
    const bool generated = photo.isNull();
    const Planes picture = generated
                               ? fromImage(photoPicture(QSize(176, 64), {Channels::Rgb, Depth::U8}))
                               : fromImage(photo);
    const auto expected = whole(*model, picture);
    const auto got = tiled(*model, picture, generated ? 32 : 128);
    QVERIFY(expected.has_value() && got.has_value());
    const double decibels = psnr(*expected, *got);
    qInfo("%.2f dB with a halo of %d", decibels, model->pack().halo);
    QVERIFY2(decibels >= 50, qPrintable(QString::number(decibels)));
}

void TestTileFidelity::bordersDoNotShowOnAGradient_data()
{
    QTest::addColumn<QString>("network");
    for (const QString &network : networks())
        QTest::newRow(qPrintable(QDir(network).dirName())) << network;
}

void TestTileFidelity::bordersDoNotShowOnAGradient()
{
    QFETCH(QString, network);
    const std::unique_ptr<Model> model = loaded(*m_loader, network);
    QVERIFY(model);
    constexpr int side = 176;
    constexpr int tile = 64;
    Planes picture(3, side, side);
    for (int c = 0; c < 3; ++c)
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                picture.row(c, y)[x] = 0.2F + 0.5F * float(x + (c + 1) * y) / float(side * (c + 2));
    const auto expected = whole(*model, picture);
    const auto got = tiled(*model, picture, tile);
    QVERIFY(expected.has_value() && got.has_value());

    const int scale = model->pack().output.scale;
    double worst = 0;
    for (int c = 0; c < 3; ++c) {
        for (int border = tile * scale; border < side * scale; border += tile * scale) {
            for (int i = 0; i < side * scale; ++i) {
                const auto across = [&](const Planes &p) {
                    return std::abs(p.row(c, i)[border] - p.row(c, i)[border - 1]);
                };
                const auto down = [&](const Planes &p) {
                    return std::abs(p.row(c, border)[i] - p.row(c, border - 1)[i]);
                };
                worst = std::max({worst, double(across(*got) - across(*expected)),
                                  double(down(*got) - down(*expected))});
            }
        }
    }
    qInfo("largest step beyond the whole picture's: %.3f / 255", worst * 255);
    QVERIFY(worst <= 1.0 / 255);
}

QTEST_GUILESS_MAIN(TestTileFidelity)
#include "tst_tilefidelity.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/adjustment.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "io/imagewriter.h"
#include "session/coverageedit.h"
#include "session/coveragefile.h"
#include "sessionstage.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cstring>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat gray{Channels::Gray, Depth::U8};
const QString text = QStringLiteral("Change");

/// Values of every height, and much that is 0.
Image blots(QSize size)
{
    Image image = gradientPicture(size, gray);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            if ((x / 23 + y / 17) % 3 == 0)
                image.samples<quint8>(y)[x] = 0;
        }
    }
    return image;
}

Mask maskOf(const Image &image, const Stage &stage)
{
    return {TiledBuffer::fromImage(image, stage.session->tileStore()), {}, true};
}

/// Empty where every pixel outside the mask has the bytes it had.
QString differsOutside(const Image &mask, const Image &now, const Image &before)
{
    if (now.format() != before.format() || now.size() != before.size())
        return QStringLiteral("another format");
    const int bytes = now.format().bytesPerPixel();
    for (int y = 0; y < now.height(); ++y) {
        for (int x = 0; x < now.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] == 0 &&
                std::memcmp(now.constRow(y) + x * bytes, before.constRow(y) + x * bytes,
                            size_t(bytes)) != 0)
                return QStringLiteral("at %1, %2").arg(x).arg(y);
        }
    }
    return {};
}

} // namespace

/// Masks and selections made in the background and kept as files; and what a mask promises.
class TestCoverageEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsMadeIsOneStep();
    void itIsCombinedWithWhatIsThere();
    void aMaskStaysInUseOrOut();
    void aLockedLayerIsRefusedBeforeTheWork();
    void whatCameTooLateIsDropped();
    void errorsAreTold();
    void aPngComesBackBitForBit();
    void anyDepthAndColourIsRead();
    void anotherSizeIsRefusedOrScaled();
    void filesThatAreNoneAreRefused();
    void outsideTheMaskEveryByteIsWhatIsBelow_data();
    void outsideTheMaskEveryByteIsWhatIsBelow();
};

void TestCoverageEdit::whatIsMadeIsOneStep()
{
    Stage stage(true);
    QVERIFY(stage.open(photoPicture({300, 270}, {Channels::Rgb, Depth::U8})));
    const Image shape = blots({300, 270});
    QVERIFY(stage.session->editor().setSelection(maskOf(shape, stage), text));
    const JobId id = editCoverage(
        *stage.session, {}, QStringLiteral("Grow"),
        [](const CoverageTask &task, const Progress &progress) {
            return grown(task.there, 3, progress);
        });
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QCOMPARE(stage.session->history().count(), 2);
    QCOMPARE(stage.session->history().text(2), QStringLiteral("Grow"));
    QVERIFY(stage.session->document()->selection().pixels ==
            *grown(maskOf(shape, stage).pixels, 3));
    stage.session->undoStack().undo();
    QVERIFY(stage.session->document()->selection().pixels.toImage() == shape);
}

void TestCoverageEdit::itIsCombinedWithWhatIsThere()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({300, 270}, {Channels::Rgb, Depth::U8})));
    const auto square = [](const QRect &r) {
        return [r](const CoverageTask &task, const Progress &) -> Result<TiledBuffer> {
            TiledBuffer made(task.state.canvas.size, gray, task.store);
            made.fill(r, {std::byte{255}});
            return made;
        };
    };
    const auto covered = [&] { return coveredRect(stage.session->document()->selection().pixels); };
    combineCoverage(*stage.session, {}, text, CoverageMode::Add, square({10, 10, 50, 50}));
    QCOMPARE(covered(), QRect(10, 10, 50, 50));
    combineCoverage(*stage.session, {}, text, CoverageMode::Add, square({40, 40, 50, 50}));
    QCOMPARE(covered(), QRect(10, 10, 80, 80));
    combineCoverage(*stage.session, {}, text, CoverageMode::Intersect, square({0, 0, 45, 300}));
    QCOMPARE(covered(), QRect(10, 10, 35, 80));
    combineCoverage(*stage.session, {}, text, CoverageMode::Subtract, square({0, 50, 300, 300}));
    QCOMPARE(covered(), QRect(10, 10, 35, 40));
    // Nothing is left: no selection.
    combineCoverage(*stage.session, {}, text, CoverageMode::Subtract, square({0, 0, 300, 300}));
    QVERIFY(stage.session->document()->selection().isNull());
}

void TestCoverageEdit::aMaskStaysInUseOrOut()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({60, 50}, {Channels::Rgb, Depth::U8})));
    DocumentEditor &edit = stage.session->editor();
    const auto light = edit.addAdjustment({QStringLiteral("exposure"), {}}, text);
    QVERIFY(light);
    QVERIFY(edit.addMask(*light, 100));
    QVERIFY(edit.setMaskEnabled(*light, false));
    editCoverage(*stage.session, *light, text,
                 [](const CoverageTask &task, const Progress &) -> Result<TiledBuffer> {
                     return withDensity(task.there, 0.5);
                 });
    const Mask &mask = stage.session->document()->layer(*light)->mask;
    QCOMPARE(int(mask.pixels.toImage().constSamples<quint8>(3)[3]), 177);
    QVERIFY(!mask.enabled);
}

void TestCoverageEdit::aLockedLayerIsRefusedBeforeTheWork()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({60, 50}, {Channels::Rgb, Depth::U8})));
    QSignalSpy refused(stage.session.get(), &EditorSession::refused);
    bool ran = false;
    const JobId id =
        editCoverage(*stage.session, stage.session->document()->stack().at(0).id, text,
                     [&ran](const CoverageTask &task, const Progress &) -> Result<TiledBuffer> {
                         ran = true;
                         return task.there;
                     });
    QVERIFY(!id.isValid());
    QVERIFY(!ran);
    QCOMPARE(refused.count(), 1);
}

void TestCoverageEdit::whatCameTooLateIsDropped()
{
    Stage stage(true);
    QVERIFY(stage.open(photoPicture({300, 270}, {Channels::Rgb, Depth::U8})));
    const auto all = [](const CoverageTask &task, const Progress &) -> Result<TiledBuffer> {
        TiledBuffer made(task.state.canvas.size, gray, task.store);
        made.fill(made.rect(), {std::byte{255}});
        return made;
    };
    JobId id = editCoverage(*stage.session, {}, text, all);
    QVERIFY(stage.session->editor().setSelection(maskOf(blots({300, 270}), stage), text));
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QCOMPARE(stage.dropped, 1);
    QCOMPARE(stage.session->history().count(), 1);
    id = editCoverage(*stage.session, {}, text, all);
    QVERIFY(stage.session->editor().crop({10, 10, 50, 50}));
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QCOMPARE(stage.dropped, 2);
}

void TestCoverageEdit::errorsAreTold()
{
    Stage stage(true);
    QVERIFY(stage.open(photoPicture({60, 50}, {Channels::Rgb, Depth::U8})));
    QSignalSpy refused(stage.session.get(), &EditorSession::refused);
    const JobId id =
        editCoverage(*stage.session, {}, text,
                     [](const CoverageTask &, const Progress &) -> Result<TiledBuffer> {
                         return fail(ErrorCode::InputMissing, {QStringLiteral("x")});
                     });
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Failed);
    QCOMPARE(refused.count(), 1);
    QVERIFY(stage.session->document()->selection().isNull());
}

void TestCoverageEdit::aPngComesBackBitForBit()
{
    Stage stage(false);
    const QString path = stage.folder.filePath(QStringLiteral("mask.png"));
    for (const QSize size : {QSize(1, 1), QSize(300, 270), QSize(257, 513)}) {
        const Image values = noisePicture(size, gray, quint32(size.width()));
        const TiledBuffer coverage = TiledBuffer::fromImage(values, stage.session->tileStore());
        QVERIFY(saveCoverage(coverage, path, true));
        QCOMPARE(*coverageFileSize(path), size);
        const auto loaded = loadCoverage(path, size, false, stage.session->tileStore());
        QVERIFY(loaded);
        QVERIFY(loaded->toImage() == values);
        const QImage seen(path); // by another reader: white is inside
        QCOMPARE(qGray(seen.pixel(0, 0)), int(values.constSamples<quint8>(0)[0]));
    }
    const auto again = saveCoverage(TiledBuffer({5, 5}, gray, stage.session->tileStore()), path,
                                    false);
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::OutputExists);
}

void TestCoverageEdit::anyDepthAndColourIsRead()
{
    Stage stage(false);
    const QString path = stage.folder.filePath(QStringLiteral("mask.png"));
    for (const PixelFormat format :
         {PixelFormat{Channels::Gray, Depth::U16}, PixelFormat{Channels::Rgb, Depth::U8},
          PixelFormat{Channels::Rgba, Depth::U16}, PixelFormat{Channels::GrayAlpha, Depth::U8}}) {
        const Image values = photoPicture({64, 48}, format);
        {
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Truncate));
            WriteSpec spec;
            spec.size = values.size();
            spec.format = format;
            const auto writer = ImageWriter::create(spec, file);
            QVERIFY(writer && (*writer)->write(values) && (*writer)->finish());
        }
        const auto loaded = loadCoverage(path, values.size(), false, stage.session->tileStore());
        QVERIFY(loaded);
        QVERIFY(loaded->toImage() == values.converted(gray));
    }
}

void TestCoverageEdit::anotherSizeIsRefusedOrScaled()
{
    Stage stage(false);
    const QString path = stage.folder.filePath(QStringLiteral("mask.png"));
    TiledBuffer coverage({40, 30}, gray, stage.session->tileStore());
    coverage.fill({0, 0, 20, 30}, {std::byte{255}});
    QVERIFY(saveCoverage(coverage, path, true));
    const auto refused = loadCoverage(path, {80, 60}, false, stage.session->tileStore());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::SizeMismatch);
    const auto scaled = loadCoverage(path, {80, 60}, true, stage.session->tileStore());
    QVERIFY(scaled);
    QCOMPARE(scaled->size(), QSize(80, 60));
    const Image values = scaled->toImage();
    QCOMPARE(int(values.constSamples<quint8>(30)[10]), 255);
    QCOMPARE(int(values.constSamples<quint8>(30)[70]), 0);
}

void TestCoverageEdit::filesThatAreNoneAreRefused()
{
    Stage stage(false);
    QVERIFY(!coverageFileSize(stage.folder.filePath(QStringLiteral("none.png"))));
    const QString path = stage.folder.filePath(QStringLiteral("text.png"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("no picture") > 0);
    file.close();
    QVERIFY(!loadCoverage(path, {5, 5}, false, stage.session->tileStore()));
}

void TestCoverageEdit::outsideTheMaskEveryByteIsWhatIsBelow_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::newRow("8 bit") << PixelFormat{Channels::Rgb, Depth::U8};
    QTest::newRow("16 bit") << PixelFormat{Channels::Rgb, Depth::U16};
    QTest::newRow("transparent") << PixelFormat{Channels::Rgba, Depth::U8};
}

void TestCoverageEdit::outsideTheMaskEveryByteIsWhatIsBelow()
{
    QFETCH(PixelFormat, format);
    Stage stage(false);
    const QSize size(300, 90);
    QVERIFY(stage.open(photoPicture(size, format)));
    DocumentEditor &edit = stage.session->editor();
    const Image shape = blots(size);
    const Mask mask = maskOf(shape, stage);
    const Image before = stage.shown();
    int changed = 0;
    const auto check = [&](LayerId layer, const char *what) {
        const Image without = stage.shown();
        QVERIFY2(edit.setMask(layer, mask, text), what);
        const Image now = stage.shown();
        changed += !(now == before);
        QVERIFY2(!(without == before) || now == before, what);
        const QString where = differsOutside(shape, now, before);
        QVERIFY2(where.isEmpty(), qPrintable(QLatin1String(what) + u' ' + where));
        QVERIFY(edit.remove(layer));
        QVERIFY(stage.shown() == before);
    };
    for (const AdjustmentInfo &info : adjustments()) {
        QVariantMap parameters;
        for (const AdjustmentParameter &p : info.parameters) {
            if (p.kind == AdjustmentParameter::Kind::Curve)
                parameters[p.key] = QVariantList{QVariantList{0.0, 0.3}, QVariantList{1.0, 0.7}};
            else if (p.key != QLatin1String("radius"))
                parameters[p.key] = p.minimum + 0.8 * (p.maximum - p.minimum);
        }
        const auto layer = edit.addAdjustment({info.id, parameters}, info.title);
        QVERIFY(layer);
        check(*layer, qPrintable(info.id));
    }
    for (int mode = 0; mode < BlendModeCount; ++mode) {
        const auto layer = edit.addPixels(
            TiledBuffer::fromImage(photoPicture(size, format, 9), stage.session->tileStore()),
            ColorProfile::forUntagged(format), {}, QStringLiteral("pixels"));
        QVERIFY(layer);
        QVERIFY(edit.setBlendMode(*layer, BlendMode(mode)));
        check(*layer, qPrintable(blendModeName(BlendMode(mode))));
    }
    QVERIFY(changed > int(BlendModeCount));

    // A result of the whole picture, which stands in the place of what is below where it has
    // transparent places; and what merging makes of both.
    const auto result = [&] {
        Layer layer;
        layer.kind = LayerKind::Ai;
        layer.name = QStringLiteral("result");
        layer.pixels =
            TiledBuffer::fromImage(photoPicture(size, format, 9), stage.session->tileStore());
        layer.profile = ColorProfile::forUntagged(format);
        layer.mask = mask;
        Document &document = *stage.session->document();
        return document.insertLayer(document.stack().count(), layer);
    };
    check(result(), "a result");
    result();
    QVERIFY(!(stage.shown() == before));
    QCOMPARE(stage.outcome(stage.session->flatten()).kind, Outcome::Kind::Done);
    QCOMPARE(differsOutside(shape, stage.shown(), before), QString());
    const auto over = edit.addPixels(
        TiledBuffer::fromImage(photoPicture(size, format, 9), stage.session->tileStore()),
        ColorProfile::forUntagged(format), {}, QStringLiteral("pixels"));
    QVERIFY(over && edit.setMask(*over, mask, text));
    QCOMPARE(stage.outcome(stage.session->mergeDown(*over)).kind, Outcome::Kind::Done);
    QCOMPARE(differsOutside(shape, stage.shown(), before), QString());
}

QTEST_GUILESS_MAIN(TestCoverageEdit)
#include "tst_coverageedit.moc"

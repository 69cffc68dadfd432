// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "image/resample.h"
#include "session/photofile.h"
#include "session/sessionstage.h"
#include "session/uprightsource.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QDeadlineTimer>
#include <QtTest>

#include <limits>
#include <thread>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
const QString &packId = scriptedId;

UpscaleSettings twice(double strength = 100)
{
    UpscaleSettings settings;
    settings.target = UpscaleTarget::byFactor(2);
    settings.model = packId;
    settings.strength = strength;
    return settings;
}

/// What the command line would write.
Image directly(const Image &image, const UpscaleSettings &settings, ModelProvider &models)
{
    class Gather : public RowSink
    {
    public:
        Gather(QSize size, PixelFormat format)
            : image(size, format)
        {
        }
        QSize size() const override { return image.size(); }
        PixelFormat format() const override { return image.format(); }
        Result<void> write(const Image &rows) override
        {
            image.paste(rows, {0, next});
            next += rows.height();
            return {};
        }
        Result<void> finish() override { return {}; }
        Image image;
        int next = 0;
    };
    OperationContext context;
    context.models = &models;
    auto upscale = Upscale::create(image.size(), image.format(), {}, settings, context);
    if (!upscale)
        return {};
    MemorySource source(image, {});
    Gather sink((*upscale)->plan().target, image.format());
    if (!(*upscale)->run(source, sink))
        return {};
    return sink.image;
}

} // namespace

class TestEditorSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openedPictureIsTheOriginal_data() { workers(); }
    void openedPictureIsTheOriginal();
    void whatCannotBeOpenedChangesNothing_data() { workers(); }
    void whatCannotBeOpenedChangesNothing();
    void enlargingIsOneStepBack_data() { workers(); }
    void enlargingIsOneStepBack();
    void windowAndCommandLineGiveTheSamePixels_data();
    void windowAndCommandLineGiveTheSamePixels();
    void cancelLeavesTheDocumentAsItWas_data() { workers(); }
    void cancelLeavesTheDocumentAsItWas();
    void failureLeavesTheDocumentAsItWas_data() { workers(); }
    void failureLeavesTheDocumentAsItWas();
    void previewShowsWhatApplyGives_data() { workers(); }
    void previewShowsWhatApplyGives();
    void resultForAnotherCanvasIsDropped();
    void exportWritesAndMarksAsKept_data() { workers(); }
    void exportWritesAndMarksAsKept();
    void planAndEstimateFollowTheMeasuredSpeed();
    void endWhileWorkingIsQuiet();

private:
    void workers()
    {
        QTest::addColumn<bool>("threaded");
        QTest::newRow("inline") << false;
        QTest::newRow("engine thread") << true;
    }
};

void TestEditorSession::openedPictureIsTheOriginal()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({300, 270}, Rgb8);
    QVERIFY(!stage.session->hasDocument());
    QVERIFY(stage.open(image));
    QVERIFY(stage.session->hasDocument());
    QCOMPARE(stage.session->document()->canvas().size, image.size());
    QVERIFY(stage.shown() == image);
    QVERIFY(!stage.session->isModified());
    stage.session->close();
    QVERIFY(!stage.session->hasDocument());
}

void TestEditorSession::whatCannotBeOpenedChangesNothing()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({30, 27}, Rgb8);
    QVERIFY(stage.open(image));
    Document *before = stage.session->document();
    const Outcome missing = stage.outcome(stage.session->open(QStringLiteral("/none/none.jpg")));
    QCOMPARE(missing.kind, Outcome::Kind::Failed);
    QCOMPARE(missing.error->code, ErrorCode::InputMissing);
    const Outcome words =
        stage.outcome(stage.session->openBytes("just words", QStringLiteral("paste")));
    QCOMPARE(words.kind, Outcome::Kind::Failed);
    QCOMPARE(stage.session->document(), before);
    QVERIFY(stage.shown() == image);
}

void TestEditorSession::enlargingIsOneStepBack()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({70, 50}, Rgb8);
    QVERIFY(stage.open(image));
    const Snapshot before = stage.session->document()->snapshot();
    const JobId id = stage.session->applyUpscale(twice());
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QCOMPARE(stage.applied.size(), 1);
    QCOMPARE(stage.session->undoStack().count(), 1);
    QVERIFY(stage.session->isModified());
    QCOMPARE(stage.session->document()->canvas().size, QSize(140, 100));
    QCOMPARE(stage.session->visibleRecords().size(), 1);
    const Image enlarged = stage.shown();
    stage.session->undoStack().undo();
    QVERIFY(stage.session->document()->snapshot().sameState(before));
    QVERIFY(stage.shown() == image);
    QVERIFY(stage.session->visibleRecords().isEmpty());
    stage.session->undoStack().redo();
    QVERIFY(stage.shown() == enlarged);
}

void TestEditorSession::windowAndCommandLineGiveTheSamePixels_data()
{
    QTest::addColumn<double>("strength");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("depth");
    for (const double strength : {100.0, 50.0, 30.0, 0.0}) {
        for (const int channels : {1, 3, 4}) {
            for (const int depth : {8, 16}) {
                QTest::addRow("%.0f %%, %d channels, %d bits", strength, channels, depth)
                    << strength << channels << depth;
            }
        }
    }
}

void TestEditorSession::windowAndCommandLineGiveTheSamePixels()
{
    QFETCH(double, strength);
    QFETCH(int, channels);
    QFETCH(int, depth);
    Stage stage(false);
    const Image image =
        photoPicture({90, 61}, {Channels(channels), depth == 8 ? Depth::U8 : Depth::U16});
    QVERIFY(stage.open(image));
    QCOMPARE(stage.outcome(stage.session->applyUpscale(twice(strength))).kind, Outcome::Kind::Done);
    const Image expected = directly(image, twice(strength), stage.provider);
    QVERIFY(!expected.isNull());
    // Where both are transparent in places, the window mixes them multiplied by alpha.
    const double step = channels == 4 && depth == 16 ? 255.0 / 65535 : 0;
    QVERIFY2(maxDifference(stage.shown(), expected) <= step * 1.001,
             qPrintable(QString::number(maxDifference(stage.shown(), expected) / 255 * 65535)));
}

void TestEditorSession::cancelLeavesTheDocumentAsItWas()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({120, 90}, Rgb8);
    QVERIFY(stage.open(image));
    const Snapshot before = stage.session->document()->snapshot();
    const quint64 revision = stage.session->document()->revision();
    // The first progress report asks for the end, as a user would.
    QObject::connect(stage.session.get(), &EditorSession::progressed, stage.session.get(),
                     [&](JobId id) { stage.session->cancel(id); });
    // With a thread the work waits for it.
    stage.model->beforeRun = [&, waited = QDeadlineTimer(60000)](int run) {
        while (threaded && run > 3 && !waited.hasExpired() && stage.model->stopSeen &&
               !stage.model->stopSeen())
            std::this_thread::yield();
    };
    const JobId id = stage.session->applyUpscale(twice());
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Cancelled);
    QCOMPARE(stage.session->document()->revision(), revision);
    QVERIFY(stage.session->document()->snapshot().sameState(before));
    QVERIFY(stage.session->undoStack().count() == 0);
    QVERIFY(stage.applied.isEmpty());
    QVERIFY(stage.shown() == image);
}

void TestEditorSession::failureLeavesTheDocumentAsItWas()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({70, 50}, Rgb8);
    QVERIFY(stage.open(image));
    const Snapshot before = stage.session->document()->snapshot();
    stage.model->offset = std::numeric_limits<float>::quiet_NaN();
    const Outcome outcome = stage.outcome(stage.session->applyUpscale(twice()));
    QCOMPARE(outcome.kind, Outcome::Kind::Failed);
    QCOMPARE(outcome.error->code, ErrorCode::ModelOutputBad);
    QVERIFY(stage.session->document()->snapshot().sameState(before));
    QCOMPARE(stage.session->undoStack().count(), 0);
}

void TestEditorSession::previewShowsWhatApplyGives()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({120, 90}, Rgb8);
    QVERIFY(stage.open(image));
    const QRect region(50, 40, 80, 70);
    const JobId id = stage.session->previewUpscale(twice(60), region, region.center());
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QVERIFY(!stage.tiles.isEmpty());
    QVERIFY(stage.tiles.first().first.contains(region.center()));
    const Image whole = directly(image, twice(60), stage.provider);
    QRegion covered;
    for (const auto &[place, pixels] : std::as_const(stage.tiles)) {
        QVERIFY(pixels == whole.copied(place));
        covered += place;
    }
    QVERIFY(QRegion(region).subtracted(covered).isEmpty());
    QVERIFY(stage.shown() == image);
}

void TestEditorSession::resultForAnotherCanvasIsDropped()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({70, 50}, Rgb8)));
    bool changed = false;
    stage.model->beforeRun = [&](int) {
        if (!std::exchange(changed, true))
            QVERIFY(stage.session->editor().crop({0, 0, 60, 50}));
    };
    const JobId id = stage.session->applyUpscale(twice());
    QCOMPARE(stage.outcome(id).kind, Outcome::Kind::Done);
    QCOMPARE(stage.dropped, 1);
    QVERIFY(stage.applied.isEmpty());
    QCOMPARE(stage.session->document()->canvas().size, QSize(60, 50));
}

void TestEditorSession::exportWritesAndMarksAsKept()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const Image image = photoPicture({70, 50}, Rgb8);
    QVERIFY(stage.open(image));
    QCOMPARE(stage.outcome(stage.session->applyUpscale(twice())).kind, Outcome::Kind::Done);
    ExportOptions options;
    options.path = stage.folder.filePath(QStringLiteral("o.png"));
    QCOMPARE(stage.outcome(stage.session->exportTo(options)).kind, Outcome::Kind::Done);
    QVERIFY(!stage.session->isModified());
    auto photo = PhotoFile::open(options.path);
    QVERIFY(photo);
    const auto pixels = (*photo)->image();
    QVERIFY(pixels && *pixels == stage.shown());
    QCOMPARE((*photo)->metadata().ledger.size(), 1);
    QCOMPARE((*photo)->metadata().digitalSourceType,
             QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
    const Outcome again = stage.outcome(stage.session->exportTo(options));
    QCOMPARE(again.kind, Outcome::Kind::Failed);
    QCOMPARE(again.error->code, ErrorCode::OutputExists);
}

void TestEditorSession::planAndEstimateFollowTheMeasuredSpeed()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({70, 50}, Rgb8)));
    const auto plan = stage.session->planUpscale(twice());
    QVERIFY(plan);
    QCOMPARE(plan->target, QSize(140, 100));
    QVERIFY(!stage.session->estimateSeconds(*plan));
    QCOMPARE(stage.outcome(stage.session->measureSpeed(packId)).kind, Outcome::Kind::Done);
    const auto seconds = stage.session->estimateSeconds(*plan);
    QVERIFY(seconds && *seconds > 0);
    // Remembered by the next program.
    ModelEnvironment next(Stage::options(stage.folder.path()), stage.provider);
    QCOMPARE(next.estimateSeconds(*plan).value_or(0), *seconds);
}

void TestEditorSession::endWhileWorkingIsQuiet()
{
    Stage stage(true);
    QVERIFY(stage.open(photoPicture({200, 200}, Rgb8)));
    stage.session->applyUpscale(twice());
    stage.session->previewUpscale(twice(), QRect(0, 0, 200, 200), {0, 0});
    stage.session.reset();
    stage.worker.reset();
    QVERIFY(stage.applied.isEmpty());
}

QTEST_GUILESS_MAIN(TestEditorSession)
#include "tst_editorsession.moc"

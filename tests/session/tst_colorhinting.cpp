// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "colorstage.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "session/ailayers.h"
#include "session/sessionjobs.h"
#include "support/testpictures.h"

#include <QSignalSpy>
#include <QtTest>

#include <atomic>
#include <thread>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

const QRgb Red = qRgb(190, 60, 50);
const QRgb Blue = qRgb(60, 80, 190);

} // namespace

/// Changes of hints as steps of a document, and what is seen while a hand moves.
class TestColorHinting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstChangeMakesALayerInColorMode_data() { workers(); }
    void firstChangeMakesALayerInColorMode();
    void greyDocumentBecomesColourAndGoesBack_data() { workers(); }
    void greyDocumentBecomesColourAndGoesBack();
    void transparentPictureKeepsItsTransparency();
    void eachChangeIsAStep_data() { workers(); }
    void eachChangeIsAStep();
    void changesWaitForTheirTurnAndCanBeTakenBack();
    void lookIsWhatTheLayerWillBe_data() { workers(); }
    void lookIsWhatTheLayerWillBe();
    void aLookStartsNoStepAndNewestWishWins();
    void firstLookOfALargePictureIsNearItsLayer();
    void firstLayerGoesBeforeABatch();
    void resultEqualsARunOfTheLayer();
    void suggestionsAreForThePlaceWithoutItsHint();
    void onlyTheNewestSuggestionIsWorkedOut();
    void failureLeavesTheDocument();
    void hintsComeBackWithTheProject();
    void strangePicturesAreColoured_data();
    void strangePicturesAreColoured();
    void otherColouringsAndDoubts();
    void insideTheSelectionIsALayerOfItsOwn();
};

void TestColorHinting::firstChangeMakesALayerInColorMode()
{
    QFETCH(bool, threaded);
    ColorStage s(threaded);
    const Image photo = greyPhoto({60, 40});
    QVERIFY(s.open(photo));
    QVERIFY(!s.hinting->layer().isValid());
    s.change({});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.layers(), 2);
    const Layer *layer = s.document().layer(s.hinting->layer());
    QVERIFY(layer);
    QCOMPARE(layer->blendMode, BlendMode::Color);
    QCOMPARE(layer->ai.method, packId);
    QCOMPARE(s.session->aiLayers().state(layer->id), AiState::Current);
    QVERIFY(worstLumChange(s.shown(), photo) <= 1.0 / 255);
    QVERIFY(!(s.shown() == photo));
    s.session->undoStack().undo();
    QVERIFY(s.shown() == photo);
}

void TestColorHinting::greyDocumentBecomesColourAndGoesBack()
{
    QFETCH(bool, threaded);
    ColorStage s(threaded);
    const Image photo = photoPicture({60, 40}, {Channels::Gray, Depth::U8});
    QVERIFY(s.open(photo));
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    QVERIFY(!s.document().canvas().format.isGray());
    QCOMPARE(s.session->undoStack().count(), 1);
    s.change({point(20, 20, Red), point(40, 10, Blue)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.hintsOfLayer(), 2);
    s.session->undoStack().undo();
    s.session->undoStack().undo();
    QVERIFY(s.document().canvas().format.isGray());
    QVERIFY(s.shown() == photo);
}

void TestColorHinting::transparentPictureKeepsItsTransparency()
{
    ColorStage s(false);
    const Image photo = photoPicture({60, 40}, {Channels::Rgba, Depth::U8});
    QVERIFY(s.open(photo));
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.layers(), 2);
    const Image shown = s.shown();
    for (int y = 0; y < photo.height(); ++y) {
        for (int x = 0; x < photo.width(); ++x)
            QCOMPARE(sampleAt(shown, x, y, 3), sampleAt(photo, x, y, 3));
    }
}

void TestColorHinting::eachChangeIsAStep()
{
    QFETCH(bool, threaded);
    ColorStage s(threaded);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    QVERIFY(s.waitIdle());
    const Image none = s.shown();
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    const Image one = s.shown();
    QVERIFY(!(one == none));
    s.change({point(20, 20, Red), point(40, 10, Blue)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.session->undoStack().count(), 3);
    s.session->undoStack().undo();
    QVERIFY(s.shown() == one);
    QCOMPARE(s.hinting->settings().hints.all.size(), 1);
    s.session->undoStack().undo();
    QVERIFY(s.shown() == none);
    s.session->undoStack().redo();
    QVERIFY(s.shown() == one);
    // The same again is no step.
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.session->undoStack().count(), 3);
}

void TestColorHinting::changesWaitForTheirTurnAndCanBeTakenBack()
{
    ColorStage s(true);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({point(10, 10, Red)});
    s.change({point(10, 10, Red), point(20, 20, Blue)});
    s.change({point(10, 10, Red), point(20, 20, Blue), point(50, 30, Red)});
    QVERIFY(s.hinting->isMakingLayer());
    QCOMPARE(s.hinting->settings().hints.all.size(), 3);
    QVERIFY(s.hinting->takeBack());
    QCOMPARE(s.hinting->settings().hints.all.size(), 2);
    QVERIFY(s.waitIdle());
    QCOMPARE(s.session->undoStack().count(), 2);
    QCOMPARE(s.hintsOfLayer(), 2);
    QVERIFY(!s.hinting->takeBack());
    s.session->undoStack().undo();
    QCOMPARE(s.hintsOfLayer(), 1);
    // The one that is being worked out.
    s.change({});
    QVERIFY(s.hinting->takeBack());
    QVERIFY(!s.hinting->isBusy());
    QVERIFY(s.waitIdle());
    QCOMPARE(s.hintsOfLayer(), 1);
}

void TestColorHinting::lookIsWhatTheLayerWillBe()
{
    QFETCH(bool, threaded);
    ColorStage s(threaded);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    QVERIFY(s.waitIdle());
    QImage image;
    QRectF place;
    connect(s.hinting, &ColorHinting::looked, s.hinting, [&](const QImage &i, const QRectF &p) {
        image = i;
        place = p;
    });
    ColorizeSettings settings = s.hinting->settings();
    settings.hints.all = {point(20, 20, Red)};
    s.hinting->look(settings, QRect(8, 4, 40, 30), 1);
    QVERIFY(s.waitIdle());
    QCOMPARE(place, QRectF(8, 4, 40, 30));
    QCOMPARE(image.size(), QSize(40, 30));
    s.hinting->change(settings, QStringLiteral("Hint"));
    QVERIFY(s.waitIdle());
    const Image layer = s.document().layer(s.hinting->layer())->pixels.toImage();
    for (int y = 0; y < 30; ++y) {
        for (int x = 0; x < 40; ++x) {
            const quint8 *p = layer.constSamples<quint8>(y + 4) + 3 * (x + 8);
            QCOMPARE(image.pixel(x, y), qRgb(p[0], p[1], p[2]));
        }
    }
}

void TestColorHinting::aLookStartsNoStepAndNewestWishWins()
{
    ColorStage s(true);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    QVERIFY(s.waitIdle());
    QSignalSpy looks(s.hinting, &ColorHinting::looked);
    const int steps = s.session->undoStack().count();
    ColorizeSettings settings = s.hinting->settings();
    for (int i = 0; i < 40; ++i) {
        settings.hints.all = {point(10 + i, 20, Red)};
        s.hinting->look(settings, QRect(0, 0, 60, 40), 1);
    }
    QVERIFY(s.waitIdle());
    QCOMPARE(looks.size(), 2); // the first, and the newest of those that waited
    QCOMPARE(s.session->undoStack().count(), steps);
    QVERIFY(s.hinting->settings().hints.isEmpty());
}

/// It is worked out from a level of the picture, before all of it was read.
void TestColorHinting::firstLookOfALargePictureIsNearItsLayer()
{
    ColorStage s(false);
    const QSize size(1400, 900);
    QVERIFY(s.open(greyPhoto(size)));
    QImage image;
    connect(s.hinting, &ColorHinting::looked, s.hinting,
            [&](const QImage &i, const QRectF &) { image = i; });
    ColorizeSettings settings = s.hinting->settings();
    settings.hints.all = {point(700, 450, Red, 90)};
    s.hinting->look(settings, QRect(QPoint(0, 0), size), 1);
    QVERIFY(s.waitIdle());
    QCOMPARE(image.size(), size);
    QVERIFY(!s.hinting->layer().isValid());
    s.hinting->change(settings, QStringLiteral("Hint"));
    QVERIFY(s.waitIdle());
    const Image layer = s.document().layer(s.hinting->layer())->pixels.toImage();
    int worst = 0;
    for (int y = 0; y < size.height(); ++y) {
        const quint8 *p = layer.constSamples<quint8>(y);
        for (int x = 0; x < size.width(); ++x, p += 3) {
            const QRgb seen = image.pixel(x, y);
            worst = std::max({worst, std::abs(qRed(seen) - p[0]), std::abs(qGreen(seen) - p[1]),
                              std::abs(qBlue(seen) - p[2])});
        }
    }
    QVERIFY2(worst <= 6, qPrintable(QString::number(worst)));
}

void TestColorHinting::firstLayerGoesBeforeABatch()
{
    ColorStage s(true);
    QVERIFY(s.open(greyPhoto({60, 40})));
    std::atomic<bool> released = false;
    s.session->jobs().submit<int>(
        QStringLiteral("batch"), Priority::Batch,
        [&](const Progress &progress) -> Result<int> {
            while (!released && !progress.stopRequested()) {
                if (progress.yieldRequested())
                    progress.yield();
                std::this_thread::yield();
            }
            return 0;
        },
        [](JobId, int) {});
    s.change({point(20, 20, Red)});
    const bool isThere =
        QTest::qWaitFor([&] { return s.hinting->layer().isValid(); }, 20000);
    released = true;
    QVERIFY(isThere);
    QVERIFY(s.waitIdle());
    QCOMPARE(s.hintsOfLayer(), 1);
}

void TestColorHinting::resultEqualsARunOfTheLayer()
{
    ColorStage s(false);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    s.change({point(20, 20, Red), point(45, 30, Blue, 2)});
    const LayerId id = s.hinting->layer();
    const Image fast = s.document().layer(id)->pixels.toImage();
    const AiContent content = s.document().layer(id)->ai;
    ColorStage other(false);
    QVERIFY(other.open(greyPhoto({60, 40})));
    other.session->aiLayers().add(Colorize::id(), content.parameters);
    QVERIFY(other.waitIdle());
    const Layer &layer = other.document().stack().at(1);
    QVERIFY(layer.pixels.toImage() == fast);
    QCOMPARE(layer.ai.madeFrom, content.madeFrom);
    QCOMPARE(layer.ai.parameters, content.parameters);
    QCOMPARE(content.record.value(u"parameters").toObject().value(u"hints").toInt(), 2);
}

void TestColorHinting::suggestionsAreForThePlaceWithoutItsHint()
{
    ColorStage s(false);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    std::vector<ColorSuggestion> found;
    connect(s.hinting, &ColorHinting::suggested, s.hinting,
            [&](QPointF, const std::vector<ColorSuggestion> &colors) { found = colors; });
    s.hinting->suggest(0, 8);
    QVERIFY(s.waitIdle());
    QCOMPARE(found.size(), size_t(2)); // the network has two bins
    QVERIFY(found[0].likelihood > found[1].likelihood);
    const Planes asked = s.provider.model->asked.planes.value(QStringLiteral("hints"));
    QVERIFY(std::all_of(asked.values.begin(), asked.values.end(), [](float v) { return v == 0; }));
}

void TestColorHinting::onlyTheNewestSuggestionIsWorkedOut()
{
    ColorStage s(true);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({point(20, 20, Red), point(40, 20, Blue)});
    QVERIFY(s.waitIdle());
    QSignalSpy suggested(s.hinting, &ColorHinting::suggested);
    s.hinting->doubt(); // keeps the engine from the first while the others are asked for
    for (int i = 0; i < 20; ++i)
        s.hinting->suggest(i % 2, 8);
    QVERIFY(s.waitIdle());
    QVERIFY(suggested.size() >= 1 && suggested.size() < 20);
    QCOMPARE(suggested.last()[0].toPointF(), QPointF(40, 20));
}

void TestColorHinting::failureLeavesTheDocument()
{
    ColorStage s(false);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    const Image before = s.shown();
    s.provider.model->answerChannels = 3;
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.errors.size(), 1);
    QCOMPARE(s.errors[0].code, ErrorCode::ModelFailed);
    QVERIFY(s.hinting->settings().hints.isEmpty());
    QVERIFY(s.shown() == before);
    s.provider.model->answerChannels = 4;
    s.change({point(20, 20, Red)});
    QVERIFY(s.waitIdle());
    QCOMPARE(s.hintsOfLayer(), 1);
}

void TestColorHinting::hintsComeBackWithTheProject()
{
    ColorStage s(false);
    QVERIFY(s.open(greyPhoto({60, 40})));
    ColorHint named = point(20, 20, Red);
    named.name = QStringLiteral("coat");
    named.note = QStringLiteral("letter of 1943");
    named.known = false;
    s.change({named, point(45, 30, Blue, 2)});
    const ColorHints placed = s.hinting->settings().hints;
    const QString path = s.folder.filePath(QStringLiteral("photo.ora"));
    s.session->saveProject(path);
    QVERIFY(s.waitIdle());
    ColorStage again(false);
    again.session->open(path);
    QVERIFY(QTest::qWaitFor([&] { return again.session->hasDocument(); }));
    QVERIFY(again.hinting->layer().isValid());
    QCOMPARE(again.hinting->settings().hints, placed);
}

void TestColorHinting::strangePicturesAreColoured_data()
{
    QTest::addColumn<Image>("photo");
    const auto plain = [](QSize size, PixelFormat format, int value) {
        Image image(size, format);
        for (int y = 0; y < size.height(); ++y)
            std::fill_n(image.samples<quint8>(y), size.width() * format.channelCount(), value);
        return image;
    };
    QTest::newRow("1 x 1") << plain({1, 1}, Rgb8, 90);
    QTest::newRow("one row") << greyPhoto({50, 1});
    QTest::newRow("all white") << plain({40, 30}, Rgb8, 255);
    QTest::newRow("all black") << plain({40, 30}, Rgb8, 0);
    QTest::newRow("in colour") << photoPicture({60, 40}, Rgb8);
    QTest::newRow("16 bit") << greyPhoto({60, 40}, Depth::U16);
}

/// Whatever it is, there is a layer, its luminance is the picture's, and a look comes.
void TestColorHinting::strangePicturesAreColoured()
{
    QFETCH(Image, photo);
    ColorStage s(false);
    QVERIFY(s.open(photo));
    QSignalSpy looks(s.hinting, &ColorHinting::looked);
    s.change({point(0.5, 0.5, Red), point(1000, -1000, Blue)}); // one far outside
    QVERIFY(s.waitIdle());
    QVERIFY(s.errors.isEmpty());
    QCOMPARE(s.hintsOfLayer(), 2);
    QVERIFY(worstLumChange(s.shown(), photo) <= 1.01 / 255);
    s.hinting->look(s.hinting->settings(), QRect(QPoint(0, 0), photo.size()), 1);
    QVERIFY(s.waitIdle());
    QCOMPARE(looks.size(), 1);
}

void TestColorHinting::otherColouringsAndDoubts()
{
    ColorStage s(false);
    s.provider.model->sure = 0.5F; // of two bins: it knows nothing
    QVERIFY(s.open(greyPhoto({120, 80})));
    s.change({});
    QVERIFY(s.waitIdle());
    QList<QImage> pictures;
    connect(s.hinting, &ColorHinting::varied, s.hinting,
            [&](const QList<QImage> &found) { pictures = found; });
    s.hinting->vary(4, 60);
    QVERIFY(s.waitIdle());
    QCOMPARE(pictures.size(), 4);
    for (const QImage &picture : std::as_const(pictures))
        QCOMPARE(picture.size(), QSize(60, 40));
    QVERIFY(pictures[1] != pictures[0] && pictures[2] != pictures[1]);
    QImage veil;
    QList<QPointF> places;
    connect(s.hinting, &ColorHinting::doubted, s.hinting,
            [&](const QImage &image, const QList<QPointF> &found) {
                veil = image;
                places = found;
            });
    s.hinting->doubt();
    QVERIFY(s.waitIdle());
    QVERIFY(places.size() > 1);
    for (const QPointF &place : std::as_const(places))
        QVERIFY(QRectF(0, 0, 120, 80).contains(place));
    QVERIFY(veil.pixelColor(5, 5).alpha() > 100);
    s.provider.model->sure = 1;
    s.change({point(5, 5, Red)});
    s.hinting->doubt();
    QVERIFY(s.waitIdle());
    QVERIFY(places.isEmpty());
    QCOMPARE(veil.pixelColor(5, 5).alpha(), 0);
}

void TestColorHinting::insideTheSelectionIsALayerOfItsOwn()
{
    ColorStage s(false);
    QVERIFY(s.open(greyPhoto({60, 40})));
    s.change({});
    QVERIFY(s.waitIdle());
    const LayerId whole = s.hinting->layer();
    const Image before = s.shown();
    Mask mask = Mask::uniform({60, 40}, 0, s.session->tileStore());
    Tile::Pixel white{};
    white[0] = std::byte{255};
    mask.pixels.fill(QRect(10, 10, 20, 20), white);
    QVERIFY(s.session->editor().setSelection(mask, QStringLiteral("Select")));
    s.hinting->changeInside(s.document().selection(), {}, QStringLiteral("Inside"));
    QVERIFY(s.waitIdle());
    QCOMPARE(s.layers(), 3);
    QVERIFY(s.hinting->layer() != whole);
    s.change({point(20, 20, Red, 12)});
    QVERIFY(s.waitIdle());
    const Image after = s.shown();
    QVERIFY(after.copied({10, 10, 20, 20}) != before.copied({10, 10, 20, 20}));
    QVERIFY(after.copied({0, 0, 60, 10}) == before.copied({0, 0, 60, 10}));
    QVERIFY(after.copied({30, 0, 30, 40}) == before.copied({30, 0, 30, 40}));
}

QTEST_GUILESS_MAIN(TestColorHinting)
#include "tst_colorhinting.moc"

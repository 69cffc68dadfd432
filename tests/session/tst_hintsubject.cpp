// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "colorstage.h"
#include "edit/documenteditor.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

/// When hints come to know the subject of a photo.
class TestHintSubject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSubjectIsFoundOnceThePhotoHasColours_data() { workers(); }
    void theSubjectIsFoundOnceThePhotoHasColours();
    void itIsFoundOnceAndNotForEachHint();
    void aHintBeforeThatDoesNotWait();
    void aStepGivesWhatARunOfItsLayerGives();
    void withoutHintsAKnownSubjectChangesNothing();
    void anotherPictureBelowHasAnotherSubject();
    void whoDoesNotWantItIsNotAskedAgain();
    void withoutAModelNothingIsLookedFor();

private:
    static std::unique_ptr<ColorStage> stage(bool threaded = false)
    {
        auto s = std::make_unique<ColorStage>(threaded);
        s->provider.cutout = std::make_shared<HalfSubjectModel>();
        s->provider.model->chroma = {};
        return s;
    }
    static Image wall()
    {
        Image image({160, 96}, Rgb8);
        image.fill(128);
        return image;
    }
    static ColorizeSettings::Subject stored(const ColorStage &s)
    {
        const Layer *layer = s.document().layer(s.hinting->layer());
        return ColorizeSettings::fromParameters(layer->ai.parameters)->subject;
    }
    static double redness(const Image &image, int x, int y)
    {
        return sampleAt(image, x, y, 0) - lumAt(image, x, y);
    }
    const QList<ColorHint> m_red{point(40, 48, qRgb(220, 60, 60))};
};

void TestHintSubject::theSubjectIsFoundOnceThePhotoHasColours()
{
    QFETCH(bool, threaded);
    const auto s = stage(threaded);
    QVERIFY(s->open(wall()));
    QCOMPARE(s->provider.cutout->runs, 0);
    s->change({});
    QVERIFY(s->waitIdle());
    QCOMPARE(s->provider.cutout->runs, 1);
    s->change(m_red);
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::Used);
    const Image shown = s->shown();
    QVERIFY(redness(shown, 4, 90) > 0.8 * redness(shown, 40, 48));
    QVERIFY(std::abs(redness(shown, 100, 48)) < 0.1 * redness(shown, 40, 48));
}

void TestHintSubject::itIsFoundOnceAndNotForEachHint()
{
    const auto s = stage();
    QVERIFY(s->open(wall()));
    s->change({});
    s->change(m_red);
    s->change(m_red + QList{point(120, 20, qRgb(60, 60, 200))});
    s->change(m_red);
    QVERIFY(s->waitIdle());
    QCOMPARE(s->provider.cutout->runs, 1);
}

void TestHintSubject::aHintBeforeThatDoesNotWait()
{
    const auto s = stage();
    QVERIFY(s->open(wall()));
    s->change(m_red); // the first change makes the layer
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::NotYet);
    QVERIFY(redness(s->shown(), 100, 48) > 0.05);
    QCOMPARE(s->provider.cutout->runs, 1);
    s->change(m_red + QList{point(60, 20, qRgb(220, 60, 60))});
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::Used);
}

void TestHintSubject::aStepGivesWhatARunOfItsLayerGives()
{
    const auto s = stage();
    QVERIFY(s->open(wall()));
    s->change({});
    s->change(m_red);
    QVERIFY(s->waitIdle());
    const Layer *layer = s->document().layer(s->hinting->layer());
    const auto settings = ColorizeSettings::fromParameters(layer->ai.parameters);
    ChromaProvider provider;
    provider.model->chroma = {};
    provider.cutout = std::make_shared<HalfSubjectModel>();
    const auto again = colored(wall(), *settings, &provider);
    QVERIFY(again);
    QCOMPARE(layer->pixels.read(QRect(QPoint(0, 0), wall().size())), again->image);
}

void TestHintSubject::withoutHintsAKnownSubjectChangesNothing()
{
    const auto s = stage();
    s->provider.model->chroma = {-0.1F, 0.1F};
    s->provider.model->ramp = 0.2F; // what is enlarged within the subject is another picture then
    QVERIFY(s->open(wall()));
    s->change({});
    s->change(m_red);
    s->change({});
    QVERIFY(s->waitIdle());
    const Layer *layer = s->document().layer(s->hinting->layer());
    ChromaProvider provider;
    provider.model->chroma = {-0.1F, 0.1F};
    provider.model->ramp = 0.2F;
    provider.cutout = std::make_shared<HalfSubjectModel>();
    const auto again =
        colored(wall(), *ColorizeSettings::fromParameters(layer->ai.parameters), &provider);
    QVERIFY(again);
    QCOMPARE(provider.cutout->runs, 0);
    QCOMPARE(layer->pixels.read(QRect(QPoint(0, 0), wall().size())), again->image);
}

void TestHintSubject::anotherPictureBelowHasAnotherSubject()
{
    const auto s = stage();
    QVERIFY(s->open(wall()));
    s->change({});
    QVERIFY(s->waitIdle());
    QCOMPARE(s->provider.cutout->runs, 1);
    const LayerId below = s->document().stack().at(0).id;
    s->session->editor().setOpacity(below, 0.5);
    s->change(m_red);
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::Used); // it was known as the hint was set
    QCOMPARE(s->provider.cutout->runs, 2);
}

void TestHintSubject::whoDoesNotWantItIsNotAskedAgain()
{
    const auto s = stage();
    QVERIFY(s->open(wall()));
    ColorizeSettings settings = s->hinting->settings();
    settings.subject = ColorizeSettings::Subject::Off;
    s->hinting->change(settings, QStringLiteral("Colour"));
    s->change(m_red);
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::Off);
    QCOMPARE(s->provider.cutout->runs, 0);
}

void TestHintSubject::withoutAModelNothingIsLookedFor()
{
    const auto s = stage();
    s->provider.cutout = nullptr;
    QVERIFY(s->open(wall()));
    s->change({});
    s->change(m_red);
    QVERIFY(s->waitIdle());
    QCOMPARE(stored(*s), ColorizeSettings::Subject::NotYet);
    QVERIFY(s->errors.isEmpty());
}

QTEST_GUILESS_MAIN(TestHintSubject)
#include "tst_hintsubject.moc"

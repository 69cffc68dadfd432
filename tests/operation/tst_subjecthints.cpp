// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/scriptedcolorizer.h"
#include "operation/subjectfinder.h"

#include <QtTest>

#include <limits>

using namespace heirloom;
using namespace heirloom::test;

class TestSubjectHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHintColoursItsSubjectAndStopsAtItsEdge();
    void aHintAcrossTheEdgeStaysOnTheSideOfItsMiddle();
    void withoutHintsTheSubjectIsNotAskedFor();
    void switchedOffOrNotYetKnownItIsNotUsed();
    void withoutAModelHintsDoWithoutAndSaySo();
    void aFailureIsSaidAndHintsDoWithout();
    void theTwinKnowsOfNoSubject();
    void roomIsMadeForWhatIsMoreUrgent();
    void aModelThatStopsByItselfEndsInAnError();
    void cancelIsCancelled();
    void badAnswersAreRefused();
    void theNetworkSeesTheWholePictureAtItsOwnSize();
    void settingsAreKept();

    void init() { m_cutout = m_network.cutout = std::make_shared<HalfSubjectModel>(); }

private:
    std::optional<Done> done(const ColorizeSettings &settings, bool canFind = true)
    {
        m_network.cutout = canFind ? m_cutout : nullptr;
        m_network.model->chroma = {};
        return colored(m_photo, settings, &m_network);
    }
    static double redness(const Image &image, int x, int y)
    {
        return sampleAt(image, x, y, 0) - lumAt(image, x, y);
    }
    OperationContext context()
    {
        m_network.cutout = m_cutout;
        OperationContext context;
        context.models = &m_network;
        return context;
    }

    const Image m_photo = [] {
        Image image({320, 192}, Rgb8);
        image.fill(128);
        return image;
    }();
    const ColorizeSettings m_red = with({point(80, 96, qRgb(220, 60, 60), 6)}, packId);
    ChromaProvider m_network;
    std::shared_ptr<HalfSubjectModel> m_cutout;
};

void TestSubjectHints::aHintColoursItsSubjectAndStopsAtItsEdge()
{
    const auto with = done(m_red);
    ColorizeSettings off = m_red;
    off.subject = ColorizeSettings::Subject::Off;
    const auto without = done(off);
    QVERIFY(with && without);
    const double hint = redness(with->image, 80, 96);
    QVERIFY(hint > 0.2);
    for (const QPoint inside : {QPoint(4, 4), QPoint(150, 187), QPoint(4, 187)})
        QVERIFY(redness(with->image, inside.x(), inside.y()) > 0.8 * hint);
    QVERIFY(std::abs(redness(with->image, 200, 96)) < 0.1 * hint);
    QVERIFY(redness(without->image, 200, 96) > 0.3 * hint); // it has only the luminance to go by
    QVERIFY(with->record.warnings.isEmpty());
    QVERIFY(worstLumChange(m_photo, with->image) <= 1.0 / 255);
}

void TestSubjectHints::aHintAcrossTheEdgeStaysOnTheSideOfItsMiddle()
{
    const auto inside = done(with({point(152, 96, qRgb(220, 60, 60), 16)}, packId));
    QVERIFY(inside);
    QVERIFY(redness(inside->image, 152, 96) > 0.2);
    QVERIFY(redness(inside->image, 20, 20) > 0.15);
    QVERIFY(std::abs(redness(inside->image, 166, 96)) < 0.1); // below the hint's disc
    QVERIFY(std::abs(redness(inside->image, 300, 20)) < 0.02);
}

void TestSubjectHints::withoutHintsTheSubjectIsNotAskedFor()
{
    QVERIFY(done(with({}, packId)));
    QCOMPARE(m_cutout->runs, 0);
}

void TestSubjectHints::switchedOffOrNotYetKnownItIsNotUsed()
{
    ColorizeSettings off = m_red;
    off.subject = ColorizeSettings::Subject::Off;
    ColorizeSettings notYet = m_red;
    notYet.subject = ColorizeSettings::Subject::NotYet;
    const auto a = done(off);
    const auto b = done(notYet);
    QVERIFY(a && b && a->image == b->image);
    QCOMPARE(m_cutout->runs, 0);
    QVERIFY(a->record.warnings.isEmpty() && b->record.warnings.isEmpty());
    QCOMPARE(b->record.parameters.value(QStringLiteral("subject")).toString(),
             QStringLiteral("not yet"));
}

void TestSubjectHints::withoutAModelHintsDoWithoutAndSaySo()
{
    ColorizeSettings off = m_red;
    off.subject = ColorizeSettings::Subject::Off;
    const auto without = done(m_red, false);
    const auto plain = done(off, false);
    QVERIFY(without && plain && without->image == plain->image);
    QCOMPARE(without->record.warnings.size(), 1);
    QVERIFY(without->record.warnings[0].contains(QStringLiteral("subject")));
    QVERIFY(plain->record.warnings.isEmpty());
}

void TestSubjectHints::aFailureIsSaidAndHintsDoWithout()
{
    m_cutout->fails = true;
    const auto made = done(m_red);
    m_cutout->fails = false;
    QVERIFY(made);
    QCOMPARE(made->record.warnings.size(), 1);
    QVERIFY(made->record.warnings[0].contains(QStringLiteral("luminance alone")));
}

void TestSubjectHints::theTwinKnowsOfNoSubject()
{
    ColorizeSettings twin = m_red;
    twin.model = Colorize::twinId();
    const auto a = done(twin);
    const auto b = done(twin, false);
    QVERIFY(a && b && a->image == b->image);
    QCOMPARE(m_cutout->runs, 0);
    QVERIFY(b->record.warnings.isEmpty());
}

void TestSubjectHints::roomIsMadeForWhatIsMoreUrgent()
{
    int yields = 0;
    Progress progress;
    progress.setYield([] { return true; }, [&] { ++yields; });
    m_cutout->cancels = 5;
    const auto subject = subjectOf(Planes(1, 64, 40), context(), progress);
    QVERIFY(subject);
    QCOMPARE(yields, 5);
    QCOMPARE(m_cutout->runs, 6);
}

void TestSubjectHints::aModelThatStopsByItselfEndsInAnError()
{
    m_cutout->cancels = 1000;
    const auto subject = subjectOf(Planes(1, 64, 40), context(), {});
    QVERIFY(!subject && subject.error().code == ErrorCode::ModelFailed);
}

void TestSubjectHints::cancelIsCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto subject = subjectOf(Planes(1, 64, 40), context(), Progress(stop.get_token(), {}));
    QVERIFY(!subject && subject.error().isCancelled());
}

void TestSubjectHints::badAnswersAreRefused()
{
    m_cutout->answerHeight = 32;
    auto subject = subjectOf(Planes(1, 64, 40), context(), {});
    QVERIFY(!subject && subject.error().code == ErrorCode::ModelFailed);
    m_cutout->answerHeight = 64;
    m_cutout->value = std::numeric_limits<float>::quiet_NaN();
    subject = subjectOf(Planes(1, 64, 40), context(), {});
    QVERIFY(!subject && subject.error().code == ErrorCode::ModelOutputBad);
}

void TestSubjectHints::theNetworkSeesTheWholePictureAtItsOwnSize()
{
    Planes light(1, 640, 320);
    for (int y = 0; y < light.height; ++y)
        std::fill_n(light.row(0, y) + 320, 320, 1.0F);
    const auto subject = subjectOf(light, context(), {});
    QVERIFY(subject);
    QCOMPARE(m_cutout->asked.image.size(), QSize(64, 64));
    for (int c = 0; c < 3; ++c) {
        QCOMPARE(m_cutout->asked.image.row(c, 20)[31], 0.0F);
        QCOMPARE(m_cutout->asked.image.row(c, 20)[32], 1.0F);
    }
    QCOMPARE(subject->size(), QSize(640, 320));
    QCOMPARE(subject->row(0, 300)[10], 1.0F);
    QCOMPARE(subject->row(0, 300)[630], 0.0F);
}

void TestSubjectHints::settingsAreKept()
{
    for (const auto subject : {ColorizeSettings::Subject::Used, ColorizeSettings::Subject::NotYet,
                               ColorizeSettings::Subject::Off}) {
        ColorizeSettings settings = m_red;
        settings.subject = subject;
        const auto read = ColorizeSettings::fromParameters(settings.toParameters());
        QVERIFY(read && *read == settings);
    }
}

QTEST_GUILESS_MAIN(TestSubjectHints)
#include "tst_subjecthints.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/damageselection.h"

#include "edit/documenteditor.h"
#include "edit/history.h"
#include "operation/damagedpicture.h"
#include "operation/inpaint.h"
#include "operation/pictureends.h"
#include "session/ailayers.h"
#include "session/sessionjobs.h"
#include "sessionstage.h"

#include <QtTest>

#include <cstring>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr QSize Size{300, 260};
constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr double At = 140; ///< x of the scratch
using Wish = DamageSelection::Wish;

Image damaged()
{
    return scratched(calm(Size, Rgb8), At, 0, 2);
}

struct DamageStage : Stage {
    DamageSelection *damage;
    QList<double> shares;

    explicit DamageStage(bool threaded, const Image &picture = damaged())
        : Stage(threaded)
        , damage(new DamageSelection(*session))
    {
        QObject::connect(damage, &DamageSelection::found,
                         [this](double share) { shares += share; });
        if (!open(picture))
            qFatal("not opened");
    }
    Document &document() { return *session->document(); }
    Image selected() { return document().selection().pixels.toImage(); }
    bool find(const Wish &wish = {})
    {
        return outcome(damage->find(wish)).kind == Outcome::Kind::Done;
    }
    bool settled()
    {
        return QTest::qWaitFor([this] { return !session->jobs().isBusy(); }, 20000);
    }
    /// Paints the selection as a brush does.
    void paint(const QRect &r, quint8 value)
    {
        Mask mask = document().selection();
        mask.pixels.fill(r, {std::byte{value}});
        QVERIFY(session->editor().setSelection(mask, QStringLiteral("Stroke")));
    }
    Image expected(const Wish &wish)
    {
        WholeSource source(shown());
        const auto map = findDamage(source, nullptr);
        return map ? damageMask(*map, wish.threshold, wish.kind) : Image();
    }
};

quint8 value(const Image &mask, int x, int y)
{
    return mask.constSamples<quint8>(y)[x];
}

} // namespace

/// Damage that is found becomes a selection that can be marked anew and painted on.
class TestDamageSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsFoundIsSelectedInOneStep_data();
    void whatIsFoundIsSelectedInOneStep();
    void otherThresholdsNeedNoSearchAndADragIsOneStep();
    void ofManyWishesTheLastCounts();
    void whatWasPaintedStays();
    void undoLeadsBackToTheWish();
    void kindsAreChosen();
    void anotherPictureIsLookedAtAnew();
    void fillTakesTheSelectionAndUndoBringsBoth();
    void cleanPictureIsSaidToBe();
    void cancelledSearchLeavesTheSelection();
};

void TestDamageSelection::whatIsFoundIsSelectedInOneStep_data()
{
    QTest::addColumn<bool>("threaded");
    QTest::newRow("inline") << false;
    QTest::newRow("threaded") << true;
}

void TestDamageSelection::whatIsFoundIsSelectedInOneStep()
{
    QFETCH(bool, threaded);
    DamageStage s(threaded);
    QVERIFY(!s.damage->isKnown());
    QVERIFY(s.find());
    QVERIFY(s.damage->isKnown());
    QVERIFY(s.selected() == s.expected({}));
    QCOMPARE(value(s.selected(), int(At), 130), 255);
    QCOMPARE(value(s.selected(), 30, 130), 0);
    QCOMPARE(s.session->history().count(), 1);
    QCOMPARE(s.shares.size(), 1);
    QVERIFY(s.shares.first() > 0.005 && s.shares.first() < 0.1);
    s.session->undoStack().undo();
    QVERIFY(s.document().selection().isNull());
    QVERIFY(s.damage->isKnown()); // the picture is the same
}

void TestDamageSelection::otherThresholdsNeedNoSearchAndADragIsOneStep()
{
    DamageStage s(false);
    QVERIFY(s.find());
    for (const double threshold : {0.7, 0.5, 0.3, 0.1})
        s.damage->refine({threshold, DamageKind::All});
    s.damage->finishGesture();
    QCOMPARE(s.session->history().count(), 2);
    QVERIFY(s.selected() == s.expected({0.1, DamageKind::All}));
    s.damage->refine({0.9, DamageKind::All});
    s.damage->finishGesture();
    QCOMPARE(s.session->history().count(), 3);
    QVERIFY(s.selected() == s.expected({0.9, DamageKind::All}));
    QCOMPARE(s.shares.size(), 1); // nothing was looked for again
}

void TestDamageSelection::ofManyWishesTheLastCounts()
{
    DamageStage s(true);
    QVERIFY(s.find());
    for (int i = 0; i < 50; ++i)
        s.damage->refine({0.9 - i * 0.016, DamageKind::All});
    s.damage->finishGesture();
    QVERIFY(s.settled());
    QVERIFY(s.selected() == s.expected({0.9 - 49 * 0.016, DamageKind::All}));
    QVERIFY(s.session->history().count() <= 2);
}

void TestDamageSelection::whatWasPaintedStays()
{
    DamageStage s(false);
    QVERIFY(s.find());
    const QRect added(20, 20, 9, 9), taken(int(At) - 6, 100, 13, 40);
    s.paint(added, 255);
    s.paint(taken, 0);
    for (const double threshold : {0.3, 0.95, 0.6}) {
        s.damage->refine({threshold, DamageKind::All});
        s.damage->finishGesture();
        Image wanted = s.expected({threshold, DamageKind::All});
        const Image now = s.selected();
        QCOMPARE(value(now, 24, 24), 255);
        QCOMPARE(value(now, int(At), 120), 0);
        // Elsewhere it follows the threshold.
        for (const QRect &r : {added, taken}) {
            for (int y = r.top(); y <= r.bottom(); ++y)
                std::memcpy(wanted.samples<quint8>(y) + r.left(),
                            now.constSamples<quint8>(y) + r.left(), size_t(r.width()));
        }
        QVERIFY(now == wanted);
    }
}

void TestDamageSelection::undoLeadsBackToTheWish()
{
    DamageStage s(false);
    QVERIFY(s.find());
    const Wish low{0.3, DamageKind::All};
    s.damage->refine(low);
    s.damage->finishGesture();
    s.paint({20, 20, 9, 9}, 255);
    s.damage->refine({0.9, DamageKind::Lines});
    s.damage->finishGesture();
    s.session->undoStack().undo();
    QVERIFY(s.damage->wish() == low);
    s.session->undoStack().undo();
    s.session->undoStack().undo();
    QVERIFY(s.damage->wish() == Wish());
    // What was painted and undone is not painted any more.
    s.damage->refine(low);
    QCOMPARE(value(s.selected(), 24, 24), 0);
    QVERIFY(s.selected() == s.expected(low));
}

void TestDamageSelection::kindsAreChosen()
{
    DamageStage s(false);
    QVERIFY(s.find({0.8, DamageKind::Lines}));
    QCOMPARE(value(s.selected(), int(At), 130), 255);
    s.damage->refine({0.8, DamageKind::Dust});
    const Mask dust = s.document().selection();
    QVERIFY(dust.isNull() || value(dust.pixels.toImage(), int(At), 130) == 0);
}

void TestDamageSelection::anotherPictureIsLookedAtAnew()
{
    DamageStage s(false);
    QVERIFY(s.find());
    QVERIFY(s.session->editor().rotateQuarter(1));
    QVERIFY(!s.damage->isKnown());
    const int steps = s.session->history().count();
    s.damage->refine({0.2, DamageKind::All});
    QCOMPARE(s.session->history().count(), steps);
    s.session->undoStack().undo();
    QVERIFY(s.damage->isKnown());
    s.session->undoStack().redo();
    QVERIFY(s.find());
    QCOMPARE(s.shares.size(), 2);
    QVERIFY(s.selected() == s.expected({}));
}

void TestDamageSelection::fillTakesTheSelectionAndUndoBringsBoth()
{
    DamageStage s(false);
    QVERIFY(s.find());
    const Mask marked = s.document().selection();
    const Image before = s.shown();
    AiLook look;
    look.mask = marked;
    look.takesSelection = true;
    InpaintSettings settings;
    settings.method = QStringLiteral("membrane");
    QCOMPARE(
        s.outcome(s.session->aiLayers().add(Inpaint::id(), settings.toParameters(), look)).kind,
        Outcome::Kind::Done);
    QVERIFY(s.document().selection().isNull());
    QVERIFY(s.document().stack().at(1).mask == marked);
    QVERIFY(!(s.shown() == before));
    QVERIFY(!s.damage->isKnown());
    s.session->undoStack().undo();
    QVERIFY(s.document().selection() == marked);
    QVERIFY(s.damage->isKnown());
    QVERIFY(s.shown() == before);
}

void TestDamageSelection::cleanPictureIsSaidToBe()
{
    DamageStage s(false, calm(Size, Rgb8));
    QVERIFY(s.find());
    QCOMPARE(s.shares, QList<double>{0.0});
    QVERIFY(s.document().selection().isNull());
    QCOMPARE(s.session->history().count(), 0);
}

void TestDamageSelection::cancelledSearchLeavesTheSelection()
{
    DamageStage s(true);
    const JobId id = s.damage->find({});
    s.session->cancel(id);
    QCOMPARE(s.outcome(id).kind, Outcome::Kind::Cancelled);
    QVERIFY(s.settled());
    QVERIFY(s.document().selection().isNull());
    QVERIFY(!s.damage->isKnown());
    QVERIFY(s.shares.isEmpty());
}

QTEST_MAIN(TestDamageSelection)
#include "tst_damageselection.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/scriptedcolorizer.h"
#include "operation/skinhints.h"
#include "support/drawnface.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

class TestSkinHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void facesTurnTowardsSkinAndTheRestStays();
    void eyesAndHairGetLess();
    void theNetworkIsToldOfPatchesInFaces();
    void aHintInAFaceCountsMore();
    void aHintForTheLipsLeavesTheSkin();
    void hintsForOtherThingsDoNotReachAFace();
    void switchedOffFacesAreNothingSpecial();
    void ownColoursLeadInFacesToo();
    void theTwinKnowsOfNoFaces();
    void recordCountsFaces();
    void skinIsWarmAtEveryLuminance();

private:
    const QRectF m_face{120, 80, 90, 90};
    const Image m_photo = asPicture(facesOnAWall({480, 320}, {m_face}));
    ChromaProvider m_network;

    std::optional<Done> done(ColorizeSettings settings = {})
    {
        settings.model = settings.model.isEmpty() ? packId : settings.model;
        m_network.model->chroma = {0.05F, -0.05F}; // bluish green, to see skin by
        return colored(m_photo, settings, &m_network);
    }
    static Chroma chromaAt(const Image &image, QPointF at)
    {
        const int x = int(at.x());
        const int y = int(at.y());
        const double lum = lumAt(image, x, y);
        return {float(sampleAt(image, x, y, 2) - lum), float(sampleAt(image, x, y, 0) - lum)};
    }
    QPointF inFace(double x, double y) const
    {
        return m_face.topLeft() + QPointF(x * m_face.width(), y * m_face.height());
    }
};

void TestSkinHints::facesTurnTowardsSkinAndTheRestStays()
{
    const auto with = done();
    ColorizeSettings off;
    off.findsSkin = false;
    const auto without = done(off);
    QVERIFY(with && without);
    for (const QPointF at : {inFace(0.27, 0.65), inFace(0.73, 0.65), inFace(0.5, 0.5)}) {
        QVERIFY(chromaAt(with->image, at).v > 0);
        QVERIFY(chromaAt(with->image, at).u < 0);
        QVERIFY(chromaAt(without->image, at).v < 0);
    }
    for (const QPoint far : {QPoint(440, 40), QPoint(440, 300), QPoint(20, 310)}) {
        for (int c = 0; c < 3; ++c)
            QCOMPARE(sampleAt(with->image, far.x(), far.y(), c),
                     sampleAt(without->image, far.x(), far.y(), c));
    }
    QVERIFY(worstLumChange(m_photo, with->image) <= 1.0 / 255);
}

void TestSkinHints::eyesAndHairGetLess()
{
    const ColorGuide guide = [&] {
        StreamedSource source(m_photo, 0, {});
        return *colorGuide(source, m_photo.size(), {});
    }();
    QCOMPARE(guide.faces.size(), 1);
    const Planes none(4, guide.luminance.width, guide.luminance.height);
    const SkinHints skin = skinHints(guide, unsaidFaces(guide, none));
    QCOMPARE(skin.faces.size(), 1);
    const auto share = [&](QPointF at) {
        const int x = int(at.x() * guide.scaleX()) / 4;
        return skin.share.row(0, int(at.y() * guide.scaleY()) / 4)[x];
    };
    QVERIFY(share(inFace(0.3, 0.66)) > 0.9F);
    QVERIFY(share(inFace(0.5, 0.05)) < 0.2F);  // hair
    QVERIFY(share(inFace(0.33, 0.45)) < 0.8F); // an eye, as far as a cell shows it
    QCOMPARE(share({440, 300}), 0.0F);
}

void TestSkinHints::theNetworkIsToldOfPatchesInFaces()
{
    QVERIFY(done());
    const Planes hints = m_network.model->asked.planes.value(QStringLiteral("hints"));
    const double scale = 320.0 / m_photo.width();
    int inside = 0;
    for (int y = 0; y < hints.height; ++y) {
        for (int x = 0; x < hints.width; ++x) {
            if (hints.row(2, y)[x] <= 0)
                continue;
            QVERIFY(m_face.contains(QPointF((x + 0.5) / scale, (y + 0.5) / scale)));
            QVERIFY(hints.row(1, y)[x] > 0);
            ++inside;
        }
    }
    QVERIFY(inside > 30);
}

void TestSkinHints::aHintInAFaceCountsMore()
{
    ColorizeSettings settings = with({point(inFace(0.27, 0.65).x(), inFace(0.27, 0.65).y(),
                                            qRgb(60, 60, 220))}, packId);
    const auto hinted = done(settings);
    settings.findsSkin = false;
    const auto alone = done(settings);
    QVERIFY(hinted && alone);
    QVERIFY(hinted->image == alone->image);
    QVERIFY(!hinted->record.parameters.contains(QStringLiteral("faces")));
}

void TestSkinHints::aHintForTheLipsLeavesTheSkin()
{
    const QPointF lips = inFace(0.5, 0.83);
    const auto made = done(with({point(lips.x(), lips.y(), qRgb(60, 60, 220), 3)}, packId));
    QVERIFY(made);
    QVERIFY(chromaAt(made->image, lips).u > 0.05F);
    for (const QPointF at : {inFace(0.27, 0.62), inFace(0.73, 0.62)})
        QVERIFY(chromaAt(made->image, at).u < 0 && chromaAt(made->image, at).v > 0);
    QCOMPARE(made->record.parameters.value(QStringLiteral("faces")).toInt(), 1);
}

void TestSkinHints::hintsForOtherThingsDoNotReachAFace()
{
    m_network.cutout = std::make_shared<HalfSubjectModel>(); // the face is on it, all of it alike
    const auto made = done(with({point(40, 280, qRgb(60, 60, 220))}, packId));
    m_network.cutout = nullptr;
    QVERIFY(made);
    QVERIFY(chromaAt(made->image, {40, 280}).u > 0.05F);
    for (const QPointF at : {inFace(0.27, 0.62), inFace(0.73, 0.62)})
        QVERIFY(chromaAt(made->image, at).u < 0 && chromaAt(made->image, at).v > 0);
}

void TestSkinHints::switchedOffFacesAreNothingSpecial()
{
    ColorizeSettings settings;
    settings.findsSkin = false;
    QVERIFY(done(settings));
    const Planes hints = m_network.model->asked.planes.value(QStringLiteral("hints"));
    QVERIFY(std::all_of(hints.values.begin(), hints.values.end(), [](float v) { return v == 0; }));
    const auto read = ColorizeSettings::fromParameters(settings.toParameters());
    QVERIFY(read && *read == settings);
    QVERIFY(ColorizeSettings::fromParameters({})->findsSkin);
}

void TestSkinHints::ownColoursLeadInFacesToo()
{
    ColorizeSettings settings;
    settings.keepsOwn = true;
    const auto own = done(settings);
    settings.findsSkin = false;
    const auto plain = done(settings);
    QVERIFY(own && plain && own->image == plain->image);
}

void TestSkinHints::theTwinKnowsOfNoFaces()
{
    const auto twin = done(with({}, Colorize::twinId()));
    QVERIFY(twin && twin->image == m_photo);
}

void TestSkinHints::recordCountsFaces()
{
    const auto made = done();
    QVERIFY(made);
    QCOMPARE(made->record.parameters.value(QStringLiteral("faces")).toInt(), 1);
    QVERIFY(made->record.warnings.isEmpty());
    const auto again = done(*ColorizeSettings::fromParameters(made->parameters));
    QVERIFY(again && again->image == made->image);
}

void TestSkinHints::skinIsWarmAtEveryLuminance()
{
    QVERIFY(skinChroma(0.5F).u < 0 && skinChroma(0.5F).v > 0);
    for (int i = 0; i < 100; ++i) {
        const Chroma chroma = skinChroma(float(i) / 100);
        QVERIFY(chroma.u <= 0 && chroma.u > -0.25F);
        QVERIFY(chroma.v >= 0 && chroma.v < 0.25F);
        const Chroma next = skinChroma(float(i + 1) / 100);
        QVERIFY(std::abs(next.u - chroma.u) < 0.02F && std::abs(next.v - chroma.v) < 0.02F);
    }
}

QTEST_GUILESS_MAIN(TestSkinHints)
#include "tst_skinhints.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editstage.h"

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// The largest difference in steps of the depth; under alpha 0 colours are nobody's.
int difference(const Image &a, const Image &b)
{
    int worst = 0;
    const int channels = a.format().channelCount();
    const bool deep = a.format().depth == Depth::U16;
    const auto value = [deep](const Image &image, int i, int y) {
        return deep ? int(image.constSamples<quint16>(y)[i])
                    : int(image.constSamples<quint8>(y)[i]);
    };
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const int alpha =
                a.format().hasAlpha() ? value(b, x * channels + channels - 1, y) : 255;
            for (int c = 0; c < channels; ++c) {
                const int d =
                    std::abs(value(a, x * channels + c, y) - value(b, x * channels + c, y));
                // Colours are as exact as their alpha allows.
                const bool isAlpha = a.format().hasAlpha() && c == channels - 1;
                worst = std::max(worst, isAlpha || alpha >= (deep ? 65535 : 255) ? d
                                        : alpha > (deep ? 257 * 16 : 16)
                                            ? d * alpha / (deep ? 65535 : 255)
                                            : 0);
            }
        }
    }
    return worst;
}

bool merge(EditStage &s, const Result<Merge> &plan)
{
    if (!plan)
        return false;
    const auto pixels = mergedPixels(*plan, s.store);
    return pixels && s.edit.takeMerged(*plan, *pixels);
}

} // namespace

class TestMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mergingDownKeepsThePicture_data() { eachFormat(); }
    void mergingDownKeepsThePicture();
    void flatteningKeepsThePicture_data() { eachFormat(); }
    void flatteningKeepsThePicture();
    void flatteningAFadedOriginalKeepsThePicture_data() { eachFormat(); }
    void flatteningAFadedOriginalKeepsThePicture();
    void adjustmentIsMergedIntoPixels();
    void lowerBlendModeStaysWithTheLayer();
    void originalIsNeverRemoved();
    void oneStepAndBack();
    void changedMeanwhileIsRefused();
    void whatCannotBeMerged();
    void resultThatReplacesIsOnlyFlattened();
    void cancelledMergeLeavesNothing();

private:
    void eachFormat()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("depth");
        for (const int channels : {1, 2, 3, 4}) {
            for (const int depth : {8, 16})
                QTest::addRow("%d channels, %d bit", channels, depth) << channels << depth;
        }
    }
    static PixelFormat rowFormat()
    {
        QFETCH(int, channels);
        QFETCH(int, depth);
        return {Channels(channels), depth == 8 ? Depth::U8 : Depth::U16};
    }
};

void TestMerge::mergingDownKeepsThePicture()
{
    EditStage s({300, 120}, rowFormat());
    const LayerId lower = s.paint({120, 80}, {60, 10}, 3);
    const LayerId upper = s.paint({200, 60}, {90, 40}, 4);
    QVERIFY(s.edit.setOpacity(lower, 0.7));
    QVERIFY(s.edit.setOpacity(upper, 0.4));
    QVERIFY(s.edit.addMask(upper, 180));
    const Image before = s.picture();
    QVERIFY(merge(s, planMergeDown(s.now(), upper)));
    QCOMPARE(s.document->stack().count(), 2);
    QVERIFY2(difference(s.picture(), before) <= 1,
             qPrintable(QString::number(difference(s.picture(), before))));
    // And into the Original, which stays below.
    QVERIFY(merge(s, planMergeDown(s.now(), s.document->stack().at(1).id)));
    QCOMPARE(s.document->stack().count(), 2);
    QVERIFY2(difference(s.picture(), before) <= 2,
             qPrintable(QString::number(difference(s.picture(), before))));
}

void TestMerge::flatteningKeepsThePicture()
{
    EditStage s({300, 120}, rowFormat());
    const LayerId paint = s.paint({120, 80}, {60, 10}, 3);
    QVERIFY(s.edit.setBlendMode(paint, BlendMode::Multiply));
    s.light();
    QVERIFY(s.edit.setOpacity(s.paint({50, 50}, {5, 5}, 4), 0.5));
    QVERIFY(s.edit.straighten(1.5, false)); // with corners that nothing covers
    const Image before = s.picture();
    QVERIFY(merge(s, planFlatten(s.now())));
    QCOMPARE(s.document->stack().count(), 2);
    QVERIFY2(difference(s.picture(), before) <= 1,
             qPrintable(QString::number(difference(s.picture(), before))));
}

void TestMerge::flatteningAFadedOriginalKeepsThePicture()
{
    EditStage s({300, 120}, rowFormat());
    s.paint({120, 80}, {60, 10}, 3);
    QVERIFY(s.edit.setOpacity(s.document->stack().at(0).id, 0.4));
    const Image before = s.picture();
    QVERIFY(merge(s, planFlatten(s.now())));
    QVERIFY2(difference(s.picture(), before) <= 1,
             qPrintable(QString::number(difference(s.picture(), before))));
    // Before and after shows the Original as it is, whatever became of its eye.
    const LayerStack alone = s.document->stack().originalOnly();
    QVERIFY(alone.at(0).visible);
}

void TestMerge::adjustmentIsMergedIntoPixels()
{
    EditStage s({300, 120});
    const LayerId light = s.light();
    const Image before = s.picture();
    QVERIFY(merge(s, planMergeDown(s.now(), light)));
    QCOMPARE(s.document->stack().at(1).kind, LayerKind::Pixel);
    QVERIFY(s.picture() == before);
    QVERIFY(s.document->stack().at(0).visible); // hidden by what is opaque: no need to touch it
}

void TestMerge::lowerBlendModeStaysWithTheLayer()
{
    EditStage s({300, 120});
    const LayerId lower = s.paint({300, 120}, {0, 0}, 3);
    QVERIFY(s.edit.setBlendMode(lower, BlendMode::Multiply));
    const LayerId upper = s.paint({300, 120}, {0, 0}, 4);
    const auto plan = planMergeDown(s.now(), upper);
    QVERIFY(merge(s, plan));
    QCOMPARE(s.document->stack().at(1).blendMode, BlendMode::Multiply);
    QCOMPARE(s.document->stack().at(1).name, QStringLiteral("paint"));
}

void TestMerge::originalIsNeverRemoved()
{
    EditStage s;
    const Layer original = s.document->stack().at(0);
    const LayerId paint = s.paint();
    QVERIFY(merge(s, planMergeDown(s.now(), paint)));
    QVERIFY(merge(s, planFlatten(s.now())));
    const Layer *now = s.document->stack().original();
    QVERIFY(now && now->id == original.id && now->locked);
    QVERIFY(now->pixels.sharesAllTilesWith(original.pixels));
}

void TestMerge::oneStepAndBack()
{
    EditStage s;
    const LayerId paint = s.paint();
    QVERIFY(s.edit.setOpacity(s.document->stack().at(0).id, 0.5));
    const Snapshot before = s.now();
    const int steps = s.history.count();
    QVERIFY(merge(s, planMergeDown(before, paint)));
    QCOMPARE(s.history.count(), steps + 1);
    const Snapshot after = s.now();
    s.history.undoStack().undo();
    QVERIFY(s.now().sameState(before));
    s.history.undoStack().redo();
    QVERIFY(s.now().sameState(after));
}

void TestMerge::changedMeanwhileIsRefused()
{
    EditStage s;
    const LayerId paint = s.paint();
    const auto plan = planMergeDown(s.now(), paint);
    QVERIFY(plan);
    const auto pixels = mergedPixels(*plan, s.store);
    QVERIFY(pixels);
    QVERIFY(s.edit.setOpacity(paint, 0.5));
    const Snapshot before = s.now();
    const int steps = s.history.count();
    QCOMPARE(refusal(s.edit.takeMerged(*plan, *pixels)), std::optional(ErrorCode::BadArgument));
    QVERIFY(s.now().sameState(before));
    QCOMPARE(s.history.count(), steps);
    // Another active layer is no other picture.
    s.history.undoStack().undo();
    s.document->setActiveLayer(s.document->stack().at(0).id);
    QVERIFY(s.edit.takeMerged(*plan, *pixels));
}

void TestMerge::whatCannotBeMerged()
{
    EditStage s;
    const LayerId original = s.document->stack().at(0).id;
    const LayerId light = s.light();
    const LayerId paint = s.paint();
    QCOMPARE(refusal(planMergeDown(s.now(), original)), std::optional(ErrorCode::BadArgument));
    QCOMPARE(refusal(planMergeDown(s.now(), LayerId(99))), std::optional(ErrorCode::BadArgument));
    QCOMPARE(refusal(planMergeDown(s.now(), paint)), std::optional(ErrorCode::BadArgument));
    QVERIFY(planMergeDown(s.now(), light));
    QVERIFY(s.edit.setLocked(light, true));
    QCOMPARE(refusal(planMergeDown(s.now(), light)), std::optional(ErrorCode::LayerLocked));
    QCOMPARE(refusal(planFlatten({})), std::optional(ErrorCode::BadArgument));
}

void TestMerge::resultThatReplacesIsOnlyFlattened()
{
    EditStage s({200, 100}, {Channels::Rgba, Depth::U8});
    Layer result;
    result.kind = LayerKind::Ai;
    result.name = QStringLiteral("result");
    result.pixels = TiledBuffer::fromImage(
        gradientPicture({200, 100}, {Channels::Rgba, Depth::U8}), s.store);
    result.profile = ColorProfile::sRgb();
    result.opacity = 0.6;
    const LayerId ai = s.document->insertLayer(1, result);
    s.document->setActiveLayer(ai);
    const LayerId paint = s.paint();
    QCOMPARE(refusal(planMergeDown(s.now(), paint)), std::optional(ErrorCode::BadArgument));
    QVERIFY(s.edit.move(ai, 2));
    QCOMPARE(refusal(planMergeDown(s.now(), ai)), std::optional(ErrorCode::BadArgument));
    const Image before = s.picture();
    QVERIFY(merge(s, planFlatten(s.now())));
    QVERIFY(difference(s.picture(), before) <= 1);
    // Right above the Original it can be merged: nothing else lies below.
    s.history.undoStack().undo();
    QVERIFY(s.edit.move(ai, 1));
    const Image other = s.picture();
    QVERIFY(merge(s, planMergeDown(s.now(), ai)));
    QVERIFY2(difference(s.picture(), other) <= 1,
             qPrintable(QString::number(difference(s.picture(), other))));
}

void TestMerge::cancelledMergeLeavesNothing()
{
    EditStage s;
    const LayerId paint = s.paint();
    const auto plan = planMergeDown(s.now(), paint);
    const qint64 bytes = s.bytes();
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(refusal(mergedPixels(*plan, s.store, Progress(stop.get_token(), {}))),
             std::optional(ErrorCode::Cancelled));
    QCOMPARE(s.bytes(), bytes);
}

QTEST_GUILESS_MAIN(TestMerge)
#include "tst_merge.moc"

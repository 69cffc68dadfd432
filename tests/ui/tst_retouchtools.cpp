// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/editstage.h"
#include "painttarget.h"
#include "panels/brushpanel.h"
#include "panels/retouchoptions.h"
#include "panels/toolspanel.h"
#include "retouchtools.h"
#include "tools/clonetool.h"
#include "tools/paintcolors.h"
#include "toolstage.h"
#include "windowharness.h"

#include <QComboBox>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr QSize size(400, 300);

/// The document that a tool on a stage paints on.
struct Place : PaintPlace {
    EditStage edit{size, {Channels::Rgb, Depth::U8}};
    std::optional<Error> refused;

    std::unique_ptr<PaintStroke> beginStroke(StrokeStart start) override
    {
        start.layer = edit.document->activeLayer();
        auto stroke = PaintStroke::begin(edit.history, start);
        if (stroke)
            return std::move(*stroke);
        refused = stroke.error();
        return nullptr;
    }
    PaintColors *colors() override { return nullptr; }
    std::optional<QColor> colorAt(QPointF) override { return std::nullopt; }

    int steps() const { return edit.history.count(); }
    bool equal(const Image &a, QPoint p, const Image &b, QPoint q) const
    {
        return a.copied(QRect(p, QSize(1, 1))) == b.copied(QRect(q, QSize(1, 1)));
    }
};

struct Desk {
    Place place;
    ToolStage stage;
    explicit Desk(PaintTool &tool)
        : stage(tool)
    {
        stage.host.setPaintPlace(&place);
        Brush brush;
        brush.setSize(21);
        brush.setHardness(1);
        brush.setSmoothing(0);
        tool.setBrush(brush);
    }
    void click(double x, double y, Qt::KeyboardModifiers modifiers = {})
    {
        stage.press(stage.at(x, y), modifiers);
        stage.release(stage.at(x, y), modifiers);
    }
};

} // namespace

class TestRetouchTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cloneAsksForItsSourceFirst()
    {
        CloneTool tool(CloneTool::Kind::Clone);
        Desk desk(tool);
        const int steps = desk.place.steps();
        desk.click(100, 100);
        QCOMPARE(desk.place.steps(), steps);
        QVERIFY(desk.stage.status.contains(QStringLiteral("Alt")));
        QVERIFY(!tool.sourceFor({0, 0}));
        desk.click(200, 150, Qt::AltModifier);
        QCOMPARE(desk.place.steps(), steps); // choosing is no step
        desk.click(100, 100);
        QCOMPARE(desk.place.steps(), steps + 1);
    }

    /// Aligned, the second stroke goes on at the same distance; fixed, it begins at the source
    /// again.
    void cloneAlignedAndFixed()
    {
        for (const bool aligned : {true, false}) {
            CloneTool tool(CloneTool::Kind::Clone);
            Desk desk(tool);
            tool.setAligned(aligned);
            const Image before = desk.place.edit.picture();
            desk.click(200, 150, Qt::AltModifier);
            desk.stage.drag(100, 100, {30, 0});
            desk.click(100, 200);
            QCOMPARE(desk.place.edit.document->stack().count(), 2); // one Retouch layer for both
            const Image after = desk.place.edit.picture();
            QVERIFY(desk.place.equal(after, {100, 100}, before, {200, 150}));
            QVERIFY(desk.place.equal(after, {128, 101}, before, {228, 151}));
            QVERIFY(desk.place.equal(after, {100, 200}, aligned ? before : after,
                                     aligned ? QPoint(200, 250) : QPoint(200, 150)));
        }
    }

    void crossFollowsTheBrush()
    {
        CloneTool tool(CloneTool::Kind::Heal);
        Desk desk(tool);
        desk.click(200, 150, Qt::AltModifier);
        QCOMPARE(tool.sourceFor({50, 60})->toPoint(), QPoint(200, 150));
        desk.click(100, 100);
        QCOMPARE((*tool.sourceFor({50, 60}) - QPointF(150, 110)).manhattanLength() < 1.5, true);
    }

    void aStrokeGivenUpLeavesNothing()
    {
        SpotHealTool tool;
        Desk desk(tool);
        const Snapshot before = desk.place.edit.now();
        desk.stage.press(desk.stage.at(100, 100));
        desk.stage.move(desk.stage.at(130, 110));
        QVERIFY(!desk.place.edit.now().sameState(before));
        desk.stage.key(Qt::Key_Escape);
        QVERIFY(desk.place.edit.now().sameState(before));
        desk.stage.release(desk.stage.at(130, 110));
        QVERIFY(desk.place.edit.now().sameState(before));
    }

    void eachToolIsOneStepWithItsName()
    {
        SpotHealTool spot;
        DodgeBurnTool burn;
        burn.setHow({ToneRange::Midtones, -0.5});
        DetailTool soften;
        soften.setHow({LocalDetail::Kind::Blur, 1, 2});
        for (const auto &[tool, name] :
             {std::pair<PaintTool *, const char *>{&spot, "Heal spot"}, {&burn, "Burn"},
              {&soften, "Soften"}}) {
            Desk desk(*tool);
            const int steps = desk.place.steps();
            const Image before = desk.place.edit.picture();
            desk.stage.drag(120, 90, {20, 10});
            QCOMPARE(desk.place.steps(), steps + 1);
            QCOMPARE(desk.place.edit.history.text(steps + 1), QLatin1String(name));
            QVERIFY(!(desk.place.edit.picture() == before));
            desk.place.edit.history.undoStack().undo();
            QVERIFY(desk.place.edit.picture() == before);
            desk.stage.host.setTool(nullptr);
        }
    }

    void redEyeSaysWhenThereIsNone()
    {
        RedEyeTool tool;
        Desk desk(tool);
        TiledBuffer flat(size, {Channels::Rgb, Depth::U8}, desk.place.edit.store);
        desk.place.edit.document->setPixels(desk.place.edit.document->activeLayer(), flat);
        const Snapshot before = desk.place.edit.now();
        desk.click(50, 50);
        QVERIFY(desk.place.refused);
        QVERIFY(desk.place.edit.now().sameState(before));
    }

    void optionsReachTheTools()
    {
        PaintTarget target;
        DodgeBurnTool tool;
        BrushPanel panel(tool, target, nullptr, QStringLiteral("dodgeburn"));
        addRetouchOptions(panel, tool);
        const auto choose = [&panel](const char *name, int index) {
            auto *box = panel.findChild<QComboBox *>(QLatin1String(name));
            QVERIFY2(box, name);
            QVERIFY(!box->toolTip().isEmpty() && !box->accessibleName().isEmpty());
            box->setCurrentIndex(index);
        };
        choose("dodgeburnWay", 1);
        choose("dodgeburnRange", int(ToneRange::Highlights));
        choose("dodgeburnSample", int(SampleFrom::All));
        QVERIFY(tool.how().exposure < 0);
        QCOMPARE(tool.how().range, ToneRange::Highlights);
        QCOMPARE(tool.sampleFrom(), SampleFrom::All);
    }

    void commandsChooseTheTools()
    {
        WindowHarness harness;
        QVERIFY(harness.open());
        auto *tools = harness.find<ToolsPanel>("toolsPanel");
        QVERIFY(tools);
        for (const auto &[action, id] : RetouchTools::actions()) {
            QVERIFY(harness.window->actions()[action]->isEnabled());
            harness.trigger(action);
            QCOMPARE(tools->current(), id);
        }
    }
};

QTEST_MAIN(TestRetouchTools)
#include "tst_retouchtools.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editstage.h"

#include <cmath>
#include <numbers>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

const PixelFormat formats[] = {{Channels::Gray, Depth::U8},  {Channels::Gray, Depth::U16},
                               {Channels::Rgb, Depth::U8},   {Channels::Rgb, Depth::U16},
                               {Channels::Rgba, Depth::U8},  {Channels::Rgba, Depth::U16}};

/// Every pixel of one picture taken from a place in another.
template <typename F>
bool isTakenFrom(const Image &got, const Image &from, F &&place)
{
    const auto bytes = size_t(got.format().bytesPerPixel());
    for (int y = 0; y < got.height(); ++y) {
        for (int x = 0; x < got.width(); ++x) {
            const QPoint p = place(x, y);
            if (!from.rect().contains(p) ||
                std::memcmp(got.constRow(y) + bytes * size_t(x),
                            from.constRow(p.y()) + bytes * size_t(p.x()), bytes) != 0)
                return false;
        }
    }
    return true;
}

} // namespace

/// What canvas commands do to the picture, in every format, over two layers and a mask.
class TestCanvasEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cropShowsExactlyItsFrame_data() { eachFormat(); }
    void cropShowsExactlyItsFrame();
    void turnsAndFlipsMovePixelsAlone_data() { eachFormat(); }
    void turnsAndFlipsMovePixelsAlone();
    void fourTurnsAndTwoFlipsAreNothing_data() { eachFormat(); }
    void fourTurnsAndTwoFlipsAreNothing();
    void canvasGrowsAroundThePicture_data() { eachFormat(); }
    void canvasGrowsAroundThePicture();
    void resizeThereAndBackKeepsThePixels();
    void resolutionFollowsTheSize();
    void straightenKeepsProportionsAndShowsNoBorder();
    void straightenWithoutCropKeepsTheCanvas();
    void perspectiveOfAnUprightFrameIsACrop();
    void perspectiveBringsTheCornersToTheCorners();

private:
    void eachFormat()
    {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(formats)); ++i)
            QTest::addRow("%d channels, %d bytes", formats[i].channelCount(),
                          formats[i].bytesPerSample())
                << i;
    }
    /// A document of two layers and a mask in the format of the row.
    static std::unique_ptr<EditStage> layered(int index)
    {
        auto s = std::make_unique<EditStage>(QSize(300, 90), formats[index]);
        const LayerId paint = s->paint({150, 60}, {120, 20});
        (void)s->edit.setBlendMode(paint, BlendMode::Multiply);
        Mask mask;
        mask.pixels = TiledBuffer::fromImage(
            gradientPicture({200, 90}, {Channels::Gray, Depth::U8}), s->store);
        mask.transform = Transform::translation(90, 5);
        (void)s->edit.setMask(paint, mask, QStringLiteral("Mask"));
        return s;
    }
};

void TestCanvasEdits::cropShowsExactlyItsFrame()
{
    QFETCH(int, index);
    const auto s = layered(index);
    const Image before = s->picture();
    QVERIFY(s->edit.crop({110, 10, 120, 70}));
    QCOMPARE(s->document->canvas().size, QSize(120, 70));
    QVERIFY(s->picture() == before.copied({110, 10, 120, 70}));
    // Beyond the edges there is nothing to crop.
    QVERIFY(s->edit.crop({-50, 30, 90, 900}));
    QVERIFY(s->picture() == before.copied({110, 40, 40, 40}));
}

void TestCanvasEdits::turnsAndFlipsMovePixelsAlone()
{
    QFETCH(int, index);
    const auto s = layered(index);
    const Image was = s->picture();
    const int w = was.width(), h = was.height();
    QVERIFY(s->edit.rotateQuarter(1));
    QCOMPARE(s->document->canvas().size, QSize(h, w));
    QVERIFY(isTakenFrom(s->picture(), was, [h](int x, int y) { return QPoint(y, h - 1 - x); }));
    s->history.undoStack().undo();
    QVERIFY(s->edit.rotateQuarter(-1));
    QVERIFY(isTakenFrom(s->picture(), was, [w](int x, int y) { return QPoint(w - 1 - y, x); }));
    s->history.undoStack().undo();
    QVERIFY(s->edit.rotateQuarter(2));
    QVERIFY(isTakenFrom(s->picture(), was,
                        [w, h](int x, int y) { return QPoint(w - 1 - x, h - 1 - y); }));
    s->history.undoStack().undo();
    QVERIFY(s->edit.flip(Qt::Horizontal));
    QVERIFY(isTakenFrom(s->picture(), was, [w](int x, int y) { return QPoint(w - 1 - x, y); }));
    s->history.undoStack().undo();
    QVERIFY(s->edit.flip(Qt::Vertical));
    QVERIFY(isTakenFrom(s->picture(), was, [h](int x, int y) { return QPoint(x, h - 1 - y); }));
}

void TestCanvasEdits::fourTurnsAndTwoFlipsAreNothing()
{
    QFETCH(int, index);
    const auto s = layered(index);
    const Image was = s->picture();
    QVERIFY(s->edit.setResolution({300, 600}));
    const Snapshot before = s->now();
    QVERIFY(s->edit.rotateQuarter(1));
    QCOMPARE(s->document->canvas().resolution, (Resolution{600, 300}));
    for (int i = 0; i < 3; ++i)
        QVERIFY(s->edit.rotateQuarter(1));
    QVERIFY(s->now().sameState(before));
    QVERIFY(s->edit.flip(Qt::Horizontal));
    QVERIFY(s->edit.flip(Qt::Horizontal));
    QVERIFY(s->now().sameState(before));
    QVERIFY(s->picture() == was);
}

void TestCanvasEdits::canvasGrowsAroundThePicture()
{
    QFETCH(int, index);
    const auto s = layered(index);
    const Image was = s->picture();
    QVERIFY(s->edit.resizeCanvas({340, 120}, {15, 12}));
    const Image now = s->picture();
    const Image inside = now.copied({15, 12, 300, 90});
    QVERIFY(inside.copied({0, 0, 90, 90}) == was.copied({0, 0, 90, 90}));
    // Where layers are blended, now over a picture with edges: within one step.
    const bool deep = was.format().depth == Depth::U16;
    for (int y = 0; y < 90; ++y) {
        for (int i = 0; i < 300 * was.format().channelCount(); ++i) {
            const int a =
                deep ? inside.constSamples<quint16>(y)[i] : inside.constSamples<quint8>(y)[i];
            const int b = deep ? was.constSamples<quint16>(y)[i] : was.constSamples<quint8>(y)[i];
            QVERIFY(std::abs(a - b) <= 1);
        }
    }
    // Around it: white, or transparent where the format can say so.
    const PixelFormat format = now.format();
    const auto all = size_t(format.bytesPerPixel());
    const size_t from = format.hasAlpha() ? all - size_t(format.bytesPerSample()) : 0;
    const std::byte wanted = format.hasAlpha() ? std::byte{0} : std::byte{255};
    for (const QPoint p : {QPoint(0, 0), QPoint(14, 50), QPoint(315, 50), QPoint(100, 102),
                           QPoint(339, 119)}) {
        for (size_t b = from; b < all; ++b)
            QCOMPARE(now.constRow(p.y())[all * size_t(p.x()) + b], wanted);
    }
    QVERIFY(s->edit.resizeCanvas({300, 90}, {-15, -12}));
    QVERIFY(s->picture() == was);
}

void TestCanvasEdits::resizeThereAndBackKeepsThePixels()
{
    EditStage s({240, 160});
    s.paint();
    const Image was = s.picture();
    QVERIFY(s.edit.resize({80, 40}));
    QVERIFY(s.edit.resize({960, 640}));
    QVERIFY(s.edit.resize({240, 160}));
    // Nothing was lost on the way: layers are carried by their transforms.
    QVERIFY(s.picture() == was);
}

void TestCanvasEdits::resolutionFollowsTheSize()
{
    EditStage s({300, 200});
    QVERIFY(s.edit.resize({600, 400}));
    QCOMPARE(s.document->canvas().resolution, (Resolution{600, 600}));
    QVERIFY(s.edit.crop({0, 0, 100, 100}));
    QCOMPARE(s.document->canvas().resolution, (Resolution{600, 600}));
    QVERIFY(s.edit.setResolution({72, 72}));
    QCOMPARE(s.document->canvas().resolution, (Resolution{72, 72}));
    QCOMPARE(s.document->canvas().size, QSize(100, 100));
}

void TestCanvasEdits::straightenKeepsProportionsAndShowsNoBorder()
{
    for (const double degrees : {-44.0, -7.3, -0.4, 0.05, 1.0, 12.5, 45.0}) {
        for (const QSize size : {QSize(300, 200), QSize(200, 300), QSize(251, 250)}) {
            EditStage s(size, {Channels::Rgba, Depth::U8});
            QVERIFY(s.edit.crop(s.document->canvas().rect()));
            Layer whole = s.document->stack().at(0);
            Image opaque(size, whole.pixels.format());
            opaque.fill(0xff);
            whole.pixels = TiledBuffer::fromImage(opaque, s.store);
            s.document->replaceLayer(whole);
            QVERIFY(s.edit.straighten(degrees));
            const QSize now = s.document->canvas().size;
            QVERIFY(now.width() <= size.width() && now.height() <= size.height());
            QVERIFY(std::abs(double(now.width()) / now.height() -
                             double(size.width()) / size.height()) < 0.02);
            // As large as it can be: the formula of the inscribed rectangle, worked out from the
            // corners: each lies inside the turned picture, and one pixel more would not.
            const Transform back = s.document->stack().at(0).transform.inverted();
            const QRectF picture(QPointF(-1e-6, -1e-6), QSizeF(size) + QSizeF(2e-6, 2e-6));
            const QRectF frame(QPointF(0, 0), QSizeF(now));
            const auto isInside = [&](const QRectF &r, double slack) {
                for (const QPointF &p :
                     {r.topLeft(), r.topRight(), r.bottomLeft(), r.bottomRight()}) {
                    if (!picture.adjusted(-slack, -slack, slack, slack).contains(back.map(p)))
                        return false;
                }
                return true;
            };
            QVERIFY(isInside(frame, 1.0)); // whole pixels
            QVERIFY(!isInside(frame.adjusted(-2.5, -2.5, 2.5, 2.5), 0));
        }
    }
}

void TestCanvasEdits::straightenWithoutCropKeepsTheCanvas()
{
    EditStage s({300, 200});
    const QSize size = s.document->canvas().size;
    QVERIFY(s.edit.straighten(5, false));
    QCOMPARE(s.document->canvas().size, size);
    const QPointF centre(150, 100);
    QVERIFY(QLineF(s.document->stack().at(0).transform.map(centre), centre).length() < 1e-9);
    // Clockwise: what was right of the centre sinks.
    QVERIFY(s.document->stack().at(0).transform.map(QPointF(250, 100)).y() > 105);
}

void TestCanvasEdits::perspectiveOfAnUprightFrameIsACrop()
{
    EditStage s({300, 200});
    s.paint();
    const Image was = s.picture();
    QVERIFY(s.edit.perspective(QPolygonF({{40, 30}, {240, 30}, {240, 160}, {40, 160}})));
    QCOMPARE(s.document->canvas().size, QSize(200, 130));
    const Image now = s.picture();
    const Image wanted = was.copied({40, 30, 200, 130});
    for (int y = 0; y < now.height(); ++y) {
        for (int x = 0; x < now.width() * 3; ++x)
            QVERIFY(std::abs(int(now.constRow(y)[x]) - int(wanted.constRow(y)[x])) <= 1);
    }
}

void TestCanvasEdits::perspectiveBringsTheCornersToTheCorners()
{
    EditStage s({300, 200});
    const QPolygonF corners({{30, 25}, {260, 40}, {280, 180}, {15, 170}});
    QVERIFY(s.edit.perspective(corners));
    const QSizeF size = s.document->canvas().size;
    const Transform &map = s.document->stack().at(0).transform;
    const QPointF wanted[] = {{0, 0}, {size.width(), 0}, {size.width(), size.height()},
                              {0, size.height()}};
    for (int i = 0; i < 4; ++i)
        QVERIFY(QLineF(map.map(corners[i]), wanted[i]).length() < 1e-6);
    // The longer of opposite sides: no detail is thrown away.
    QCOMPARE(s.document->canvas().size.width(),
             int(std::lround(std::max(std::hypot(230, 15), std::hypot(265, 10)))));
}

QTEST_GUILESS_MAIN(TestCanvasEdits)
#include "tst_canvasedits.moc"

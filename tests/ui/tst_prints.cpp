// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/workspace.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QPainter>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr QSize PrintSize{300, 200};

/// A light bed with prints on it, each turned by some degrees around its middle.
struct Bed {
    QPointF middle;
    double degrees;
};

QString scan(WindowHarness &h, const QList<Bed> &prints)
{
    QImage image(900, 700, QImage::Format_RGB888);
    image.fill(QColor(238, 236, 232));
    image.setDotsPerMeterX(11811); // 300 dpi
    image.setDotsPerMeterY(11811);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Bed &print : prints) {
        painter.save();
        painter.translate(print.middle);
        painter.rotate(print.degrees);
        painter.drawImage(QRectF(-PrintSize.width() / 2.0, -PrintSize.height() / 2.0,
                                 PrintSize.width(), PrintSize.height()),
                          WindowHarness::picture(PrintSize));
        painter.restore();
    }
    painter.end();
    const QString path = h.folder.filePath(QStringLiteral("bed.png"));
    image.save(path);
    return path;
}

bool open(WindowHarness &h, const QList<Bed> &prints)
{
    h.window->openPaths({scan(h, prints)});
    return h.waitFor([&] { return h.session->hasDocument(); });
}

bool isAbout(QSize a, QSize b)
{
    return std::abs(a.width() - b.width()) <= 3 && std::abs(a.height() - b.height()) <= 3;
}

} // namespace

/// The Picture menu's ways with scanned prints.
class TestPrints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachPrintBecomesAPhoto();
    void onePrintIsStraightenedInOneStep();
    void onePrintIsNotOpenedAgain();
    void pictureWithoutABedIsLeftAlone();
    void commandsNeedAPhoto();
};

void TestPrints::eachPrintBecomesAPhoto()
{
    WindowHarness h;
    QVERIFY(open(h, {{{220, 180}, 3}, {{640, 200}, -4}, {{400, 520}, 0}}));
    EditorSession *bed = h.workspace->current();
    h.trigger(ActionId::SplitPrints);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 4; }));
    QSet<QString> names;
    for (int i = 1; i < 4; ++i) {
        EditorSession *print = h.workspace->at(i);
        names += print->name();
        QVERIFY(isAbout(print->document()->canvas().size, PrintSize));
        QCOMPARE(std::round(print->document()->canvas().resolution.x), 300.0);
        QVERIFY(print->name().contains(bed->name()));
    }
    QCOMPARE(names.size(), 3);
    QVERIFY(!bed->isModified());
    QCOMPARE(bed->document()->canvas().size, QSize(900, 700));
}

void TestPrints::onePrintIsStraightenedInOneStep()
{
    for (const double degrees : {5.0, 0.0}) {
        WindowHarness h;
        QVERIFY(open(h, {{{420, 330}, degrees}}));
        h.trigger(ActionId::CropToPrint);
        QVERIFY(h.waitFor([&] { return h.size() != QSize(900, 700); }));
        QVERIFY(isAbout(h.size(), PrintSize));
        QCOMPARE(h.session->undoStack().count(), 1);
        h.trigger(ActionId::Undo);
        QCOMPARE(h.size(), QSize(900, 700));
    }
}

void TestPrints::onePrintIsNotOpenedAgain()
{
    WindowHarness h;
    QVERIFY(open(h, {{{420, 330}, 5}}));
    auto *bar = h.window->findChild<MessageBar *>();
    h.trigger(ActionId::SplitPrints);
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QCOMPARE(h.workspace->count(), 1);
}

void TestPrints::pictureWithoutABedIsLeftAlone()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *bar = h.window->findChild<MessageBar *>();
    for (const ActionId id : {ActionId::CropToPrint, ActionId::SplitPrints}) {
        bar->dismiss();
        h.trigger(id);
        QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
        QCOMPARE(h.workspace->count(), 1);
        QVERIFY(!h.session->isModified());
    }
}

void TestPrints::commandsNeedAPhoto()
{
    WindowHarness h;
    for (const ActionId id : {ActionId::CropToPrint, ActionId::SplitPrints})
        QVERIFY(!h.window->actions()[id]->isEnabled());
    QVERIFY(h.open());
    for (const ActionId id : {ActionId::CropToPrint, ActionId::SplitPrints})
        QVERIFY(h.window->actions()[id]->isEnabled());
}

QTEST_MAIN(TestPrints)
#include "tst_prints.moc"

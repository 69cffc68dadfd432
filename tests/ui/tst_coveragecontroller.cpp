// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "coveragecontroller.h"
#include "core/errortext.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "paint/coverage.h"
#include "session/coveragefile.h"
#include "session/editorsession.h"
#include "ui/windowharness.h"

#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSlider>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

using Command = CoverageController::Command;

/// A window with a photo of 48 x 32 and a layer above it whose mask is white in a square.
struct CoverageStage : WindowHarness {
    CoverageController *controller = nullptr;
    LayerId layer;
    QStringList errors, savedPaths;

    CoverageStage()
    {
        if (!open())
            qFatal("not opened");
        controller = window->findChild<CoverageController *>();
        Layer made;
        made.name = QStringLiteral("light");
        made.kind = LayerKind::Adjustment;
        made.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 1.0}}};
        layer = document().insertLayer(1, made);
        if (!session->editor().setMask(layer, square({16, 10, 10, 8}), QStringLiteral("mask")))
            qFatal("no mask");
        session->editor().finishGesture();
        QObject::connect(controller, &CoverageController::failed, window.get(),
                         [this](const Error &error) { errors << errorSentence(error); });
        QObject::connect(controller, &CoverageController::saved, window.get(),
                         [this](const QString &path) { savedPaths << path; });
    }
    Document &document() { return *session->document(); }
    Mask square(const QRect &inside)
    {
        Image image(document().canvas().size, {Channels::Gray, Depth::U8});
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.samples<quint8>(y)[x] = inside.contains(x, y) ? 255 : 0;
        }
        Mask mask;
        mask.pixels = TiledBuffer::fromImage(image, document().store());
        return mask;
    }
    TiledBuffer mask() { return document().layer(layer)->mask.pixels; }
    QRect covered() { return coveredRect(mask()); }
    int value(int x, int y) { return mask().read({x, y, 1, 1}).constSamples<quint8>(0)[0]; }
    int steps() { return session->history().count(); }
    /// The command of the layer's own menu, as it is chosen there.
    void choose(const char *name)
    {
        QMenu menu;
        controller->fillMaskMenu(&menu, layer);
        auto *action = menu.findChild<QAction *>(QLatin1String(name));
        if (!action || !action->isEnabled())
            qFatal("no %s", name);
        action->trigger();
    }
    void enter(int amount)
    {
        auto *dialog = find<QInputDialog>("coverageAmount");
        if (!dialog || !dialog->isVisible())
            qFatal("nothing was asked");
        dialog->setIntValue(amount);
        dialog->accept();
    }
    bool waitForStep(int before)
    {
        return waitFor([&] { return steps() == before + 1; });
    }
};

} // namespace

/// What the menu of a mask asks, and what it does then.
class TestCoverageController : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreAskedAndUsed_data();
    void numbersAreAskedAndUsed();
    void densityFadesTheMask();
    void cancelledQuestionChangesNothing();
    void tonesBelowBecomeTheMask();
    void coloursBelowBecomeTheMask();
    void selectionAndMaskBecomeEachOther();
    void copiedMaskIsPastedOnAnotherLayer();
    void fileKeepsTheMaskBitForBit();
    void maskOfAnotherSizeIsScaledOnlyWhenAsked();
    void whatIsNotThereIsASentence();
};

void TestCoverageController::numbersAreAskedAndUsed_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("amount");
    QTest::addColumn<QRect>("covered");
    QTest::newRow("grow") << QByteArray("maskGrow") << 3 << QRect(13, 7, 16, 14);
    // Edges are a pixel soft: what is half covered counts here.
    QTest::newRow("shrink") << QByteArray("maskShrink") << 2 << QRect(17, 11, 8, 6);
}

void TestCoverageController::numbersAreAskedAndUsed()
{
    QFETCH(QByteArray, name);
    QFETCH(int, amount);
    CoverageStage s;
    const int before = s.steps();
    s.choose(name.constData());
    s.enter(amount);
    QVERIFY(s.waitForStep(before));
    QTEST(s.covered(), "covered");
    s.trigger(ActionId::Undo);
    QCOMPARE(s.covered(), QRect(16, 10, 10, 8));
}

void TestCoverageController::densityFadesTheMask()
{
    CoverageStage s;
    const int before = s.steps();
    s.choose("maskDensity");
    s.enter(40);
    QVERIFY(s.waitForStep(before));
    // At density d black becomes 1 - d: what the mask hides is hidden less.
    QCOMPARE(s.value(20, 14), 255);
    QCOMPARE(s.value(2, 2), 153);
}

void TestCoverageController::cancelledQuestionChangesNothing()
{
    CoverageStage s;
    const int before = s.steps();
    s.choose("maskFeather");
    s.find<QInputDialog>("coverageAmount")->reject();
    s.choose("maskTones");
    s.find<QDialog>("rangeDialog")->reject();
    QCoreApplication::processEvents();
    QCOMPARE(s.steps(), before);
    QCOMPARE(s.covered(), QRect(16, 10, 10, 8));
}

void TestCoverageController::tonesBelowBecomeTheMask()
{
    CoverageStage s;
    const int before = s.steps();
    s.choose("maskTones");
    s.find<QSlider>("rangeLow")->setValue(0);
    s.find<QSlider>("rangeHigh")->setValue(255);
    s.find<QDialog>("rangeDialog")->accept();
    QVERIFY(s.waitForStep(before));
    QCOMPARE(s.covered(), QRect(0, 0, 48, 32)); // every tone
    QCOMPARE(s.value(2, 2), 255);
    s.choose("maskTones");
    s.find<QSlider>("rangeSoft")->setValue(0);
    s.find<QSlider>("rangeLow")->setValue(255);
    s.find<QDialog>("rangeDialog")->accept();
    QVERIFY(s.waitForStep(before + 1));
    QVERIFY(s.covered().isEmpty()); // nothing below is white
}

void TestCoverageController::coloursBelowBecomeTheMask()
{
    CoverageStage s;
    const int before = s.steps();
    s.choose("maskColors");
    s.find<QSlider>("rangeTolerance")->setValue(255);
    s.find<QDialog>("rangeDialog")->accept();
    QVERIFY(s.waitForStep(before));
    QCOMPARE(s.covered(), QRect(0, 0, 48, 32));
}

void TestCoverageController::selectionAndMaskBecomeEachOther()
{
    CoverageStage s;
    s.choose("maskToSelection");
    QCOMPARE(coveredRect(s.document().selection().pixels), QRect(16, 10, 10, 8));
    s.trigger(ActionId::InvertSelection);
    s.choose("maskFromSelection");
    QCOMPARE(s.value(20, 14), 0);
    QCOMPARE(s.value(2, 2), 255);
}

void TestCoverageController::copiedMaskIsPastedOnAnotherLayer()
{
    CoverageStage s;
    s.choose("maskCopy");
    const LayerId first = s.layer;
    Layer other = *s.document().layer(first);
    other.id = {};
    other.mask = {};
    s.layer = s.document().insertLayer(2, other);
    const int before = s.steps();
    s.choose("maskPaste");
    QCOMPARE(s.steps(), before + 1);
    QCOMPARE(s.covered(), QRect(16, 10, 10, 8));
}

void TestCoverageController::fileKeepsTheMaskBitForBit()
{
    CoverageStage s;
    s.choose("maskFeather");
    s.enter(2); // so that there are greys
    QVERIFY(s.waitFor([&] { return s.value(15, 14) > 0; }));
    const Image kept = s.mask().toImage();
    const QString path = s.folder.filePath(QStringLiteral("mask.png"));
    s.choose("maskSave");
    auto *dialog = s.find<QFileDialog>("coverageFile");
    QVERIFY(dialog && dialog->acceptMode() == QFileDialog::AcceptSave);
    Q_EMIT dialog->fileSelected(path);
    dialog->close();
    QVERIFY(s.waitFor([&] { return s.savedPaths.contains(path); }));
    QVERIFY(s.session->editor().setMask(s.layer, s.square({0, 0, 5, 5}), QStringLiteral("x")));
    s.session->editor().finishGesture();
    const int before = s.steps();
    s.choose("maskLoad");
    for (QFileDialog *open : s.window->findChildren<QFileDialog *>()) {
        if (open->acceptMode() == QFileDialog::AcceptOpen)
            Q_EMIT open->fileSelected(path);
    }
    QVERIFY(s.waitForStep(before));
    QVERIFY(s.mask().toImage() == kept);
}

void TestCoverageController::maskOfAnotherSizeIsScaledOnlyWhenAsked()
{
    CoverageStage s;
    Image twice({96, 64}, {Channels::Gray, Depth::U8});
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 96; ++x)
            twice.samples<quint8>(y)[x] = x < 48 ? 255 : 0;
    }
    const QString path = s.folder.filePath(QStringLiteral("twice.png"));
    QVERIFY(saveCoverage(TiledBuffer::fromImage(twice, s.document().store()), path, false));
    const int before = s.steps();
    const auto load = [&] {
        s.choose("maskLoad");
        auto *dialog = s.find<QFileDialog>("coverageFile");
        Q_EMIT dialog->fileSelected(path);
        delete dialog;
    };
    load();
    auto *question = s.find<QMessageBox>("coverageScale");
    QVERIFY(question);
    QVERIFY(question->text().contains(QStringLiteral("96 x 64")));
    question->button(QMessageBox::Cancel)->click();
    delete question;
    QCOMPARE(s.steps(), before);
    load();
    question = s.find<QMessageBox>("coverageScale");
    for (QAbstractButton *button : question->buttons()) {
        if (question->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    QVERIFY(s.waitForStep(before));
    QCOMPARE(s.mask().size(), QSize(48, 32));
    QCOMPARE(s.value(10, 16), 255);
    QCOMPARE(s.value(40, 16), 0);
}

void TestCoverageController::whatIsNotThereIsASentence()
{
    CoverageStage s;
    s.controller->run(Command::Grow); // nothing is selected
    QCOMPARE(s.errors.size(), 1);
    QVERIFY(s.errors.last().contains(QStringLiteral("selection")));
    QVERIFY(!s.find<QInputDialog>("coverageAmount"));
    s.controller->run(Command::Save);
    QCOMPARE(s.errors.size(), 2);
    s.choose("maskLoad");
    Q_EMIT s.find<QFileDialog>("coverageFile")
        ->fileSelected(s.write("broken.png", QByteArray("no picture")));
    QCOMPARE(s.errors.size(), 3);
    QVERIFY(s.errors.last().contains(QStringLiteral("broken.png")));
    QCOMPARE(s.covered(), QRect(16, 10, 10, 8));
}

QTEST_MAIN(TestCoverageController)
#include "tst_coveragecontroller.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorize.h"
#include "operation/scriptedcolorizer.h"
#include "session/editorsession.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QPushButton>
#include <QUndoStack>

using namespace heirloom;
using namespace heirloom::test;

/// What the Colour panel's menu says of a whole colouring.
class TestColorMenu : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void photoWithColoursIsSaidToHaveThem();
    void skinAndSubjectAreSwitchedAsSteps();
    void switchesWaitForColours();
};

void TestColorMenu::photoWithColoursIsSaidToHaveThem()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(std::make_shared<ChromaModel>());
    for (const bool isGrey : {false, true}) {
        const QImage photo = WindowHarness::picture({48, 32});
        (isGrey ? photo.convertToFormat(QImage::Format_Grayscale8) : photo).save(h.samples[0]);
        QVERIFY(h.open());
        h.trigger(ActionId::Colorize);
        QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
        auto *bar = h.window->findChild<MessageBar *>();
        QCOMPARE(bar->isVisible() && bar->text().contains(QStringLiteral("colours of its own")),
                 !isGrey);
        const auto keepsOwn = [&] {
            const Layer &layer = h.session->document()->stack().at(1);
            const auto made = ColorizeSettings::fromParameters(layer.ai.parameters);
            return made && made->keepsOwn;
        };
        QVERIFY(!keepsOwn());
        if (!isGrey) {
            const QList<QPushButton *> buttons = bar->findChildren<QPushButton *>();
            const auto offered = std::find_if(buttons.begin(), buttons.end(),
                                              [](QPushButton *b) { return b->isVisible(); });
            QVERIFY(offered != buttons.end());
            QTest::mouseClick(*offered, Qt::LeftButton);
            QVERIFY(h.waitFor(keepsOwn));
            QVERIFY(h.find<QAction>("keepOwnColors")->isChecked());
            h.session->undoStack().undo();
            QVERIFY(!keepsOwn());
        }
        h.session->undoStack().undo();
        h.session->undoStack().setClean();
        bar->dismiss();
        h.trigger(ActionId::Close);
        QVERIFY(h.waitFor([&] { return h.workspace->count() == 0; }));
    }
}

void TestColorMenu::skinAndSubjectAreSwitchedAsSteps()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(std::make_shared<ChromaModel>());
    QVERIFY(h.open());
    h.trigger(ActionId::Colorize);
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    const auto made = [&] {
        const Layer &layer = h.session->document()->stack().at(1);
        return *ColorizeSettings::fromParameters(layer.ai.parameters);
    };
    auto *skin = h.find<QAction>("skinInFaces");
    auto *subject = h.find<QAction>("hintsKnowSubject");
    QVERIFY(skin->isChecked() && subject->isChecked());
    QVERIFY(made().findsSkin);
    skin->trigger();
    QVERIFY(h.waitFor([&] { return !made().findsSkin; }));
    QVERIFY(!skin->isChecked());
    subject->trigger();
    QVERIFY(h.waitFor([&] { return made().subject == ColorizeSettings::Subject::Off; }));
    QVERIFY(!subject->isChecked());
    h.session->undoStack().undo();
    QVERIFY(h.waitFor([&] { return subject->isChecked(); }));
    QVERIFY(made().subject != ColorizeSettings::Subject::Off);
    h.session->undoStack().undo();
    QVERIFY(h.waitFor([&] { return skin->isChecked(); }));
    QVERIFY(made().findsSkin);
    h.session->undoStack().setClean();
}

void TestColorMenu::switchesWaitForColours()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(h.open());
    QVERIFY(!h.find<QAction>("skinInFaces")->isEnabled());
    QVERIFY(!h.find<QAction>("hintsKnowSubject")->isEnabled());
}

QTEST_MAIN(TestColorMenu)
#include "tst_colormenu.moc"

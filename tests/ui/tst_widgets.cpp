// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "widgets/durationtext.h"
#include "widgets/holdkey.h"
#include "widgets/messagebar.h"
#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"
#include "widgets/zoomfield.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QtTest>
#include <QVBoxLayout>

using namespace heirloom;

class TestWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdKeyActsWhileItIsDown();
    void holdKeyKeepsOutOfTextFields();
    void holdKeyLetsGoWhenTheWindowIsLeft();
    void sliderResetsByDoubleClick();
    void wheelOverAnIdleSliderChangesNothing();
    void sliderTellsDragAndRelease();
    void sliderTakesTypedNumbers();
    void messageBarShowsTheSentenceAndCopiesTheDetails();
    void messageActionRunsOnce();
    void zoomFieldUnderstandsWhatPeopleType();
    void progressSpeaksOfTilesAndTime();
    void durationsReadLikeSpeech();
};

void TestWidgets::holdKeyActsWhileItIsDown()
{
    QWidget window;
    HoldKey key(&window);
    key.setKeys({QKeySequence(Qt::Key_Backslash), QKeySequence(Qt::Key_O)});
    QSignalSpy changed(&key, &HoldKey::changed);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    for (const Qt::Key pressed : {Qt::Key_Backslash, Qt::Key_O}) {
        QTest::keyPress(&window, pressed);
        QVERIFY(key.isHeld());
        QKeyEvent repeat(QEvent::KeyPress, pressed, Qt::NoModifier, QString(), true);
        QApplication::sendEvent(&window, &repeat);
        QKeyEvent repeatUp(QEvent::KeyRelease, pressed, Qt::NoModifier, QString(), true);
        QApplication::sendEvent(&window, &repeatUp);
        QVERIFY(key.isHeld());
        QTest::keyRelease(&window, pressed);
        QVERIFY(!key.isHeld());
    }
    QCOMPARE(changed.count(), 4);
    QTest::keyPress(&window, Qt::Key_O, Qt::ControlModifier);
    QVERIFY(!key.isHeld());
}

void TestWidgets::holdKeyKeepsOutOfTextFields()
{
    QWidget window;
    auto *field = new QLineEdit(&window);
    HoldKey key(&window);
    key.setKeys({QKeySequence(Qt::Key_O)});
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("foo"));
    QCOMPARE(field->text(), QStringLiteral("foo"));
    QVERIFY(!key.isHeld());
}

void TestWidgets::holdKeyLetsGoWhenTheWindowIsLeft()
{
    QWidget window;
    HoldKey key(&window);
    key.setKeys({QKeySequence(Qt::Key_Backslash)});
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTest::keyPress(&window, Qt::Key_Backslash);
    QVERIFY(key.isHeld());
    QEvent left(QEvent::WindowDeactivate);
    QApplication::sendEvent(&window, &left);
    QVERIFY(!key.isHeld());
}

void TestWidgets::sliderResetsByDoubleClick()
{
    ValueSlider slider(QStringLiteral("Strength"), 0, 100, 70);
    slider.setValue(10);
    QTest::mouseDClick(slider.slider(), Qt::LeftButton);
    QCOMPARE(slider.value(), 70);
}

void TestWidgets::wheelOverAnIdleSliderChangesNothing()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *slider = new ValueSlider(QStringLiteral("Strength"), 0, 100, 50);
    auto *other = new QLineEdit;
    layout->addWidget(slider);
    layout->addWidget(other);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto turn = [slider] {
        const QPointF at = slider->slider()->rect().center();
        QWheelEvent wheel(at, slider->slider()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(slider->slider(), &wheel);
    };
    other->setFocus();
    turn();
    QCOMPARE(slider->value(), 50);
    slider->slider()->setFocus();
    turn();
    QVERIFY(slider->value() > 50);
}

void TestWidgets::sliderTellsDragAndRelease()
{
    ValueSlider slider(QStringLiteral("Strength"), 0, 100, 50);
    QSignalSpy moved(&slider, &ValueSlider::valueChanged);
    QSignalSpy committed(&slider, &ValueSlider::committed);
    slider.slider()->setSliderDown(true);
    slider.slider()->setSliderPosition(60);
    slider.slider()->setSliderPosition(61);
    QCOMPARE(moved.count(), 2);
    QCOMPARE(committed.count(), 0);
    slider.slider()->setSliderDown(false);
    QCOMPARE(committed.count(), 1);
    QCOMPARE(committed.first().first().toInt(), 61);
}

void TestWidgets::sliderTakesTypedNumbers()
{
    ValueSlider slider(QStringLiteral("Strength"), 0, 100, 50);
    QSignalSpy committed(&slider, &ValueSlider::committed);
    slider.field()->selectAll();
    QTest::keyClicks(slider.field(), QStringLiteral("33"));
    QTest::keyClick(slider.field(), Qt::Key_Return);
    QCOMPARE(slider.value(), 33);
    QCOMPARE(committed.count(), 1);
    QTest::keyClick(slider.slider(), Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(slider.value(), 43);
}

void TestWidgets::messageBarShowsTheSentenceAndCopiesTheDetails()
{
    MessageBar bar;
    const Error error(ErrorCode::InputDamaged,
                      {QStringLiteral("a.jpg"), QStringLiteral("no image")},
                      QStringLiteral("libjpeg: 0x1234"));
    bar.showError(error);
    QVERIFY(bar.isVisibleTo(nullptr) || !bar.isHidden());
    QCOMPARE(bar.text(), errorSentence(error));
    QVERIFY(!bar.text().contains(QStringLiteral("0x1234")));
    QPushButton *copy = nullptr;
    for (QPushButton *button : bar.findChildren<QPushButton *>()) {
        if (!button->isHidden())
            copy = button;
    }
    QVERIFY(copy);
    copy->click();
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("libjpeg: 0x1234")));
    bar.dismiss();
    QVERIFY(bar.isHidden());
}

void TestWidgets::messageActionRunsOnce()
{
    MessageBar bar;
    int runs = 0;
    bar.showNote(QStringLiteral("note"));
    bar.setAction(QStringLiteral("Do"), [&runs] { ++runs; });
    for (QPushButton *button : bar.findChildren<QPushButton *>()) {
        if (button->text() == QLatin1String("Do"))
            button->click();
    }
    QCOMPARE(runs, 1);
    QVERIFY(bar.isHidden());
}

void TestWidgets::zoomFieldUnderstandsWhatPeopleType()
{
    QCOMPARE(ZoomField::parse(QStringLiteral("50")), std::optional(0.5));
    QCOMPARE(ZoomField::parse(QStringLiteral(" 66.7 % ")), std::optional(66.7 / 100));
    QCOMPARE(ZoomField::parse(QStringLiteral("1600%")), std::optional(16.0));
    QVERIFY(!ZoomField::parse(QStringLiteral("big")));
    QVERIFY(!ZoomField::parse(QStringLiteral("-5")));
    QVERIFY(!ZoomField::parse(QString()));

    ZoomField field;
    field.setScale(0.5);
    QSignalSpy entered(&field, &ZoomField::scaleEntered);
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("nonsense"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(entered.count(), 0);
    QCOMPARE(field.text(), ZoomField::textFor(0.5));
    field.selectAll();
    QTest::keyClicks(&field, QStringLiteral("200"));
    QTest::keyClick(&field, Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.first().first().toDouble(), 2.0);
}

void TestWidgets::progressSpeaksOfTilesAndTime()
{
    ProgressReport report;
    report.fraction = 0.25;
    report.tile = 3;
    report.tiles = 12;
    QVERIFY(ProgressStrip::describe(report).contains(QStringLiteral("3 of 12")));
    report.remainingSeconds = 150;
    QVERIFY(ProgressStrip::describe(report).contains(durationText(150)));
    ProgressReport plain;
    plain.fraction = 0.5;
    QVERIFY(ProgressStrip::describe(plain).contains(QStringLiteral("50")));
}

void TestWidgets::durationsReadLikeSpeech()
{
    QCOMPARE(durationText(0.2), QStringLiteral("less than a second"));
    QCOMPARE(durationText(12.4), QStringLiteral("about 12 s"));
    QCOMPARE(durationText(150), QStringLiteral("about 3 min"));
    QCOMPARE(durationText(3600 + 20 * 60), QStringLiteral("about 1 h 20 min"));
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"

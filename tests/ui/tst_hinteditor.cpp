// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colormaterial.h"
#include "panels/hinteditor.h"
#include "panels/hintlist.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

using namespace heirloom;

namespace
{

ColorHint hint(QRgb color = qRgb(120, 90, 60))
{
    ColorHint made;
    made.path = {{10, 10}};
    made.color = color;
    return made;
}

struct EditorStage {
    HintEditor editor;
    QList<ColorHint> edited;

    EditorStage()
    {
        QObject::connect(&editor, &HintEditor::edited, &editor,
                         [this](const ColorHint &h) { edited += h; });
        editor.setHint(hint());
        editor.show();
    }
    void type(const char *name, const QString &text)
    {
        auto *field = editor.findChild<QLineEdit *>(QLatin1String(name));
        field->setText(text);
        Q_EMIT field->editingFinished();
    }
    QMenu *materials()
    {
        QMenu *menu = editor.findChild<QToolButton *>(QStringLiteral("materials"))->menu();
        Q_EMIT menu->aboutToShow();
        return menu;
    }
};

QAction *actionNamed(QMenu *menu, const QString &name)
{
    for (QAction *action : menu->actions()) {
        if (action->text() == name)
            return action;
        if (action->menu()) {
            if (QAction *found = actionNamed(action->menu(), name))
                return found;
        }
    }
    return nullptr;
}

} // namespace

class TestHintEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colourIsTypedInEitherWay();
    void whatIsNoColourIsPutBack();
    void suggestionsArePicked();
    void materialHasTheShadeOfThePlace();
    void ownColoursBringTheirName();
    void greyGuessNameAndNote();
    void withoutAHintItIsAway();
    void listSaysWhatIsAGuess();
};

void TestHintEditor::colourIsTypedInEitherWay()
{
    EditorStage s;
    s.type("hintHex", QStringLiteral("#405060"));
    s.type("hintHex", QStringLiteral("a0b0c0"));
    s.type("hintHex", QStringLiteral("12, 34, 56"));
    QCOMPARE(s.edited.size(), 3);
    QCOMPARE(s.edited[0].color, qRgb(0x40, 0x50, 0x60));
    QCOMPARE(s.edited[1].color, qRgb(0xa0, 0xb0, 0xc0));
    QCOMPARE(s.edited[2].color, qRgb(12, 34, 56));
}

void TestHintEditor::whatIsNoColourIsPutBack()
{
    EditorStage s;
    for (const char *text : {"", "brown", "#12", "300 0 0", "1 2"})
        s.type("hintHex", QString::fromLatin1(text));
    QVERIFY(s.edited.isEmpty());
    QCOMPARE(s.editor.findChild<QLineEdit *>(QStringLiteral("hintHex"))->text(),
             QColor(120, 90, 60).name());
}

void TestHintEditor::suggestionsArePicked()
{
    EditorStage s;
    s.editor.setSuggestions({QColor(1, 2, 3), QColor(40, 50, 60)});
    QTest::mouseClick(s.editor.findChild<QAbstractButton *>(QStringLiteral("swatch1")),
                      Qt::LeftButton);
    QCOMPARE(s.edited.size(), 1);
    QCOMPARE(s.edited[0].color, qRgb(40, 50, 60));
}

void TestHintEditor::materialHasTheShadeOfThePlace()
{
    EditorStage s;
    const ColorMaterial &oak = *std::ranges::find_if(
        shippedMaterials(), [](const ColorMaterial &m) { return m.id == u"wood-oak"; });
    for (const double luminance : {0.15, 0.8}) {
        s.editor.setLuminance(luminance);
        actionNamed(s.materials(), oak.name())->trigger();
        QCOMPARE(s.edited.last().color, oak.at(luminance));
    }
}

void TestHintEditor::ownColoursBringTheirName()
{
    EditorStage s;
    const QString name = QStringLiteral("grandfather's coat");
    QVERIFY(!actionNamed(s.materials(), name));
    s.editor.setPalette({{QColor(60, 70, 50), name}});
    actionNamed(s.materials(), name)->trigger();
    QCOMPARE(s.edited.size(), 1);
    QCOMPARE(s.edited[0].color, qRgb(60, 70, 50));
    QCOMPARE(s.edited[0].name, name);
}

void TestHintEditor::greyGuessNameAndNote()
{
    EditorStage s;
    const auto click = [&](const char *name) {
        s.editor.findChild<QAbstractButton *>(QLatin1String(name))->click();
    };
    click("hintGrey");
    QCOMPARE(s.edited.last().kind, ColorHint::Kind::KeepGrey);
    click("hintGuess");
    QVERIFY(!s.edited.last().known);
    s.type("hintName", QStringLiteral(" coat "));
    QCOMPARE(s.edited.last().name, QStringLiteral("coat"));
    s.type("hintNote", QStringLiteral("letter of 1943"));
    QCOMPARE(s.edited.last().note, QStringLiteral("letter of 1943"));
    QCOMPARE(s.edited.size(), 4);
    s.type("hintNote", QStringLiteral("letter of 1943")); // nothing new
    QCOMPARE(s.edited.size(), 4);
    s.type("hintHex", QStringLiteral("#405060")); // a colour is not kept grey
    QCOMPARE(s.edited.last().kind, ColorHint::Kind::Point);
}

void TestHintEditor::withoutAHintItIsAway()
{
    EditorStage s;
    QVERIFY(s.editor.isVisible());
    s.editor.setHint({});
    QVERIFY(!s.editor.isVisible());
    s.type("hintHex", QStringLiteral("#405060"));
    QVERIFY(s.edited.isEmpty());
}

void TestHintEditor::listSaysWhatIsAGuess()
{
    ColorHint coat = hint();
    coat.name = QStringLiteral("coat");
    coat.known = false;
    HintList list;
    QSignalSpy chosen(&list, &HintList::chosen);
    list.setHints({hint(), coat}, -1);
    auto *rows = list.findChild<QListWidget *>(QStringLiteral("hintList"));
    QCOMPARE(rows->count(), 2);
    QVERIFY(rows->item(1)->text().contains(QStringLiteral("coat")));
    QVERIFY(rows->item(1)->text() != coat.name);
    QVERIFY(HintList::summary({hint(), coat}) != HintList::summary({hint(), hint()}));
    rows->setCurrentRow(1);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toInt(), 1);
    list.setHints({hint(), coat}, 0); // told, not chosen
    QCOMPARE(chosen.size(), 1);
}

QTEST_MAIN(TestHintEditor)
#include "tst_hinteditor.moc"

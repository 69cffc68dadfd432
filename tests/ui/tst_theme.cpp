// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icon.h"
#include "theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QtTest>

using namespace heirloom;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrastOfKnownColoursIsRight();
    void textIsReadableOnEverySurface_data();
    void textIsReadableOnEverySurface();
    void edgesAndFocusAreSeen_data() { textIsReadableOnEverySurface_data(); }
    void edgesAndFocusAreSeen();
    void greysAreNeutral_data() { textIsReadableOnEverySurface_data(); }
    void greysAreNeutral();
    void styleSheetLeavesNoPlaceholder();
    void everyIconIsDrawnInTheTextColour();
};

void TestTheme::contrastOfKnownColoursIsRight()
{
    QVERIFY(std::abs(contrastRatio(Qt::black, Qt::white) - 21) < 0.001);
    QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
}

void TestTheme::textIsReadableOnEverySurface_data()
{
    QTest::addColumn<int>("look");
    QTest::newRow("dark") << int(Look::Dark);
    QTest::newRow("light") << int(Look::Light);
}

void TestTheme::textIsReadableOnEverySurface()
{
    QFETCH(int, look);
    const ThemeColors c = ThemeColors::of(Look(look));
    constexpr double enough = 4.5;
    for (const QColor &surface : {c.window, c.base, c.raised, c.button, c.hover, c.pressed})
        QVERIFY2(contrastRatio(c.text, surface) >= enough, qPrintable(surface.name()));
    for (const QColor &surface : {c.window, c.base, c.raised, c.button})
        QVERIFY2(contrastRatio(c.quiet, surface) >= enough, qPrintable(surface.name()));
    QVERIFY(contrastRatio(c.onAccent, c.accent) >= enough);
    QVERIFY(contrastRatio(c.onAccent, c.accentHover) >= enough);

    // And as widgets get them.
    const QPalette p = c.palette();
    const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
        {QPalette::WindowText, QPalette::Window},
        {QPalette::Text, QPalette::Base},
        {QPalette::Text, QPalette::AlternateBase},
        {QPalette::PlaceholderText, QPalette::Base},
        {QPalette::ButtonText, QPalette::Button},
        {QPalette::HighlightedText, QPalette::Highlight},
        {QPalette::ToolTipText, QPalette::ToolTipBase},
        {QPalette::Link, QPalette::Window},
        {QPalette::Link, QPalette::Base}};
    for (const auto group : {QPalette::Active, QPalette::Inactive}) {
        for (const auto &[front, back] : pairs)
            QVERIFY2(contrastRatio(p.color(group, front), p.color(group, back)) >= enough,
                     qPrintable(QString::number(front)));
    }
}

void TestTheme::edgesAndFocusAreSeen()
{
    QFETCH(int, look);
    const ThemeColors c = ThemeColors::of(Look(look));
    // WCAG asks for 3:1 where something is told by a line alone: the focus.
    for (const QColor &surface : {c.window, c.base, c.raised, c.button})
        QVERIFY(contrastRatio(c.focus, surface) >= 3);
}

void TestTheme::greysAreNeutral()
{
    QFETCH(int, look);
    const ThemeColors c = ThemeColors::of(Look(look));
    for (const QColor &grey : {c.window, c.base, c.raised, c.button, c.hover, c.pressed, c.text,
                               c.quiet, c.disabled, c.line, c.edge, c.canvas}) {
        QCOMPARE(grey.red(), grey.green());
        QCOMPARE(grey.green(), grey.blue());
    }
}

void TestTheme::styleSheetLeavesNoPlaceholder()
{
    Theme theme;
    for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light, ThemeChoice::System}) {
        theme.setChoice(choice);
        QVERIFY(!qApp->styleSheet().isEmpty());
        QVERIFY2(!qApp->styleSheet().contains(u'@'), qPrintable(qApp->styleSheet()));
    }
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(theme.look(), Look::Dark);
    QCOMPARE(QApplication::palette().color(QPalette::Window), ThemeColors::of(Look::Dark).window);
}

void TestTheme::everyIconIsDrawnInTheTextColour()
{
    Theme theme;
    theme.setChoice(ThemeChoice::Dark);
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
    QVERIFY(files.size() > 25);
    for (const QString &file : files) {
        if (file == QLatin1String("heirloom.svg"))
            continue;
        const QByteArray name = file.chopped(4).toLatin1();
        const QImage drawn = icon(name.constData()).pixmap(48, 48).toImage();
        int inked = 0;
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x) {
                const QColor color = drawn.pixelColor(x, y);
                if (color.alpha() == 255) {
                    // Strokes that meet add their coverage in 8 bit, a level may get lost.
                    const QColor text = ThemeColors::of(Look::Dark).text;
                    QVERIFY2(std::abs(color.red() - text.red()) <= 1
                                 && std::abs(color.green() - text.green()) <= 1
                                 && std::abs(color.blue() - text.blue()) <= 1,
                             name.constData());
                    ++inked;
                }
            }
        }
        QVERIFY2(inked > 30, name.constData());
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/recentfiles.h"
#include "settings/settings.h"

#include <QtTest>

using namespace heirloom;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fallbackHoldsUntilSomethingIsChosen();
    void fallbackIsNotStored();
    void choicesSurviveARestart();
    void changeIsToldOnce();
    void damagedFileGivesTheFallbacks();
    void noKeyAtAllIsAChoiceToo();
    void recentFilesAreNewestFirstWithoutDoubles();
    void clearingForgetsTheSmallPicturesToo();
    void firstVersionsFileIsBroughtUpToDateOnce();
    void laterVersionsFileLosesNothing();

private:
    QTemporaryDir m_folder;
    QString file(const char *name) { return m_folder.filePath(QLatin1String(name)); }
};

void TestSettings::fallbackHoldsUntilSomethingIsChosen()
{
    Settings settings(file("a.ini"));
    QCOMPARE(settings.value(setting::exportQuality), 92);
    settings.set(setting::exportQuality, 80);
    QCOMPARE(settings.value(setting::exportQuality), 80);
}

void TestSettings::fallbackIsNotStored()
{
    {
        Settings settings(file("b.ini"));
        settings.set(setting::exportQuality, 80);
        settings.set(setting::exportQuality, 92);
        settings.set(setting::theme, QStringLiteral("system"));
    }
    QSettings raw(file("b.ini"), QSettings::IniFormat);
    QCOMPARE(raw.allKeys(), QStringList{QStringLiteral("settings/version")});
}

void TestSettings::firstVersionsFileIsBroughtUpToDateOnce()
{
    {
        QSettings raw(file("old.ini"), QSettings::IniFormat);
        raw.setValue(QStringLiteral("window/state"), QByteArray("layout of other panels"));
        raw.setValue(QStringLiteral("shortcuts/togglePanels"), QStringList{QStringLiteral("F4")});
        raw.setValue(QStringLiteral("shortcuts/open"), QStringList{QStringLiteral("F4")});
        raw.setValue(QStringLiteral("export/quality"), 80);
        raw.setValue(QStringLiteral("something/unknown"), 7);
    }
    {
        Settings settings(file("old.ini"));
        QVERIFY(settings.value(setting::windowState).isEmpty());
        QCOMPARE(settings.value(setting::exportQuality), 80);
        const QStringList keys{QStringLiteral("Tab"), QStringLiteral("F4")};
        QCOMPARE(settings.shortcuts(QStringLiteral("togglePanels"), keys), keys);
        QCOMPARE(settings.shortcuts(QStringLiteral("open"), {}), QStringList{QStringLiteral("F4")});
        settings.set(setting::windowState, QByteArray("layout of these panels"));
    }
    Settings again(file("old.ini"));
    QCOMPARE(again.value(setting::windowState), QByteArray("layout of these panels"));
    QSettings raw(file("old.ini"), QSettings::IniFormat);
    QCOMPARE(raw.value(QStringLiteral("settings/version")).toInt(), Settings::version);
    QCOMPARE(raw.value(QStringLiteral("something/unknown")).toInt(), 7);
}

void TestSettings::laterVersionsFileLosesNothing()
{
    {
        QSettings raw(file("new.ini"), QSettings::IniFormat);
        raw.setValue(QStringLiteral("settings/version"), Settings::version + 5);
        raw.setValue(QStringLiteral("window/state"), QByteArray("x"));
        raw.setValue(QStringLiteral("view/holograms"), true);
    }
    {
        Settings settings(file("new.ini"));
        settings.set(setting::exportQuality, 70);
    }
    QSettings raw(file("new.ini"), QSettings::IniFormat);
    QCOMPARE(raw.value(QStringLiteral("settings/version")).toInt(), Settings::version + 5);
    QCOMPARE(raw.value(QStringLiteral("window/state")).toByteArray(), QByteArray("x"));
    QCOMPARE(raw.value(QStringLiteral("view/holograms")).toBool(), true);
}

void TestSettings::choicesSurviveARestart()
{
    {
        Settings settings(file("c.ini"));
        settings.set(setting::theme, QStringLiteral("dark"));
        settings.set(setting::wheelZooms, false);
    }
    Settings settings(file("c.ini"));
    QCOMPARE(settings.value(setting::theme), QStringLiteral("dark"));
    QCOMPARE(settings.value(setting::wheelZooms), false);
}

void TestSettings::changeIsToldOnce()
{
    Settings settings(file("d.ini"));
    QSignalSpy changed(&settings, &Settings::changed);
    settings.set(setting::theme, QStringLiteral("dark"));
    settings.set(setting::theme, QStringLiteral("dark"));
    QCOMPARE(changed.count(), 1);
}

void TestSettings::damagedFileGivesTheFallbacks()
{
    QFile broken(file("e.ini"));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("[export]\nquality=\"not a number\n\x00\xff[[[view]\ntheme=@Invalid()\n", 56);
    broken.close();
    Settings settings(file("e.ini"));
    QCOMPARE(settings.value(setting::theme), QStringLiteral("system"));
    QCOMPARE(settings.value(setting::enlargeFactor), 2);
}

void TestSettings::noKeyAtAllIsAChoiceToo()
{
    const QStringList standard{QStringLiteral("Ctrl+O")};
    {
        Settings settings(file("f.ini"));
        QCOMPARE(settings.shortcuts(QStringLiteral("open"), standard), standard);
        settings.setShortcuts(QStringLiteral("open"), {}, standard);
    }
    Settings settings(file("f.ini"));
    QCOMPARE(settings.shortcuts(QStringLiteral("open"), standard), QStringList());
}

void TestSettings::recentFilesAreNewestFirstWithoutDoubles()
{
    Settings settings(file("g.ini"));
    RecentFiles recent(settings, file("thumbs"));
    for (int i = 0; i < RecentFiles::limit + 3; ++i)
        recent.add(QStringLiteral("/photos/%1.jpg").arg(i));
    recent.add(QStringLiteral("/photos/10.jpg"));
    QCOMPARE(recent.paths().size(), RecentFiles::limit);
    QCOMPARE(recent.paths().first(), QStringLiteral("/photos/10.jpg"));
    QCOMPARE(recent.paths().count(QStringLiteral("/photos/10.jpg")), 1);
}

void TestSettings::clearingForgetsTheSmallPicturesToo()
{
    Settings settings(file("h.ini"));
    RecentFiles recent(settings, file("thumbs2"));
    QImage picture(600, 300, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    recent.add(QStringLiteral("/photos/a.jpg"), picture);
    const QImage small = recent.thumbnail(QStringLiteral("/photos/a.jpg"));
    QCOMPARE(small.size(), QSize(256, 128));
    recent.clear();
    QVERIFY(recent.paths().isEmpty());
    QVERIFY(QDir(file("thumbs2")).isEmpty());
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/exportname.h"

#include <QtTest>

using namespace heirloom;

class TestExportName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nameSaysRestoredAndStandsBesideThePhoto();
    void takenNamesGetANumber();
    void unwritableFolderIsAvoided();
    void formatsThatAreNotWrittenBecomeOnesThatAre();
};

void TestExportName::nameSaysRestoredAndStandsBesideThePhoto()
{
    QTemporaryDir folder;
    const QString photo = folder.filePath(QStringLiteral("aunt.mary.jpg"));
    QCOMPARE(suggestedExportPath(photo, QStringLiteral("aunt.mary.jpg"), FileFormat::Jpeg, {}),
             folder.filePath(QStringLiteral("aunt.mary_restored.jpg")));
    QCOMPARE(suggestedExportPath(photo, QStringLiteral("aunt.mary.jpg"), FileFormat::Tiff, {}),
             folder.filePath(QStringLiteral("aunt.mary_restored.tif")));
    QCOMPARE(suggestedExportPath(photo, QStringLiteral("aunt.mary.jpg"), FileFormat::Png, {},
                                 QStringLiteral("difference")),
             folder.filePath(QStringLiteral("aunt.mary_difference.png")));
}

void TestExportName::takenNamesGetANumber()
{
    QTemporaryDir folder;
    const QString photo = folder.filePath(QStringLiteral("a.jpg"));
    for (const char *taken : {"a_restored.jpg", "a_restored-2.jpg"}) {
        QFile file(folder.filePath(QLatin1String(taken)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    QCOMPARE(suggestedExportPath(photo, QStringLiteral("a.jpg"), FileFormat::Jpeg, {}),
             folder.filePath(QStringLiteral("a_restored-3.jpg")));
}

void TestExportName::unwritableFolderIsAvoided()
{
    const QString path = suggestedExportPath(QStringLiteral("/nowhere/at/all/a.png"),
                                             QStringLiteral("a.png"), FileFormat::Png, {});
    QVERIFY(QFileInfo(QFileInfo(path).absolutePath()).isDir());
    QVERIFY(path.endsWith(QLatin1String("/a_restored.png")));
}

void TestExportName::formatsThatAreNotWrittenBecomeOnesThatAre()
{
    QCOMPARE(defaultExportFormat(FileFormat::Jpeg, 8), FileFormat::Jpeg);
    QCOMPARE(defaultExportFormat(FileFormat::Heif, 8), FileFormat::Jpeg);
    QCOMPARE(defaultExportFormat(FileFormat::Heif, 16), FileFormat::Tiff);
    QCOMPARE(defaultExportFormat(FileFormat::Bmp, 8), FileFormat::Png);
}

QTEST_GUILESS_MAIN(TestExportName)
#include "tst_exportname.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/hintsfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;

class TestHintsFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadAgain();
    void faultsNameTheFile();
    void whatCannotBeWrittenIsSaid();

private:
    QTemporaryDir m_folder;
};

void TestHintsFile::whatIsWrittenIsReadAgain()
{
    ColorHints hints;
    hints.size = {640, 480};
    ColorHint hint;
    hint.path = {{12.25, 90.125}};
    hint.color = qRgb(90, 80, 40);
    hint.name = QStringLiteral("uniform");
    hint.known = false;
    hints.all = {hint};
    const QString path = m_folder.filePath(QStringLiteral("hints.json"));
    QVERIFY(writeHintsFile(hints, path));
    const auto read = readHintsFile(path);
    QVERIFY(read);
    QCOMPARE(*read, hints);
}

void TestHintsFile::faultsNameTheFile()
{
    const QString path = m_folder.filePath(QStringLiteral("broken.json"));
    QCOMPARE(readHintsFile(path).error().code, ErrorCode::InputMissing);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"version\": 1, \"points\": [");
    file.close();
    const auto read = readHintsFile(path);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadArgument);
    QVERIFY(read.error().arguments.value(0).contains(path));
}

void TestHintsFile::whatCannotBeWrittenIsSaid()
{
    const QString path = m_folder.filePath(QStringLiteral("no/such/folder.json"));
    const auto written = writeHintsFile({}, path);
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::OutputNotWritable);
}

QTEST_GUILESS_MAIN(TestHintsFile)
#include "tst_hintsfile.moc"

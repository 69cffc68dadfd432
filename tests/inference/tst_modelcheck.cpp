// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelcheck.h"
#include "inference/packfiles.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

/// The byte scan against files that do harm. hostile_controls.py first lets each of them do its
/// harm raw, in a child process without Heirloom, so that a refusal here means something.
class TestModelCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void hostileFileDoesItsHarmRawAndIsRefused_data();
    void hostileFileDoesItsHarmRawAndIsRefused();
    void atLeastTwentyFiveFilesDoHarm();
    void goodNetworksPass();
    void damagedFilesNeverCrash();
    void everyTruncationIsRefused();
    void operatorListIsShortAndFree();

private:
    QTemporaryDir m_dir;
    QJsonArray m_controls;
};

namespace
{

QByteArray tinyNetwork()
{
    return contentOf(QStringLiteral(HEIRLOOM_TINY_MODELS "/tiny-mask/tiny-mask.pt"));
}

bool isHarm(const QString &harm)
{
    return harm != u"none" && harm != u"error" && harm != u"loads-silently";
}

} // namespace

void TestModelCheck::initTestCase()
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral("/usr/bin/python3"),
                  {QStringLiteral(HEIRLOOM_SOURCE_DIR "/tests/inference/hostile_controls.py"),
                   m_dir.filePath(QStringLiteral("h"))});
    QVERIFY(process.waitForFinished(600000));
    QCOMPARE(process.exitCode(), 0);
    m_controls =
        QJsonDocument::fromJson(contentOf(m_dir.filePath(QStringLiteral("h/controls.json"))))
            .array();
    QVERIFY(m_controls.size() > 25);
}

void TestModelCheck::hostileFileDoesItsHarmRawAndIsRefused_data()
{
    QTest::addColumn<QJsonObject>("control");
    for (const QJsonValue &value : m_controls)
        QTest::newRow(qPrintable(value.toObject().value(QStringLiteral("name")).toString()))
            << value.toObject();
}

void TestModelCheck::hostileFileDoesItsHarmRawAndIsRefused()
{
    QFETCH(QJsonObject, control);
    const QString harm = control.value(QStringLiteral("harm")).toString();
    QVERIFY2(control.value(QStringLiteral("done")).toBool(),
             qPrintable(QStringLiteral("the control did not do its harm (%1): %2")
                            .arg(harm, control.value(QStringLiteral("said")).toString())));
    const QString problem =
        checkModelBytes(contentOf(control.value(QStringLiteral("path")).toString()));
    if (harm == u"none") {
        // What torch.jit.save wraps itself is no pack; rewrapped canonically it is accepted.
        QCOMPARE(problem.isEmpty(), !control.value(QStringLiteral("wrapping")).toBool());
    } else if (control.value(QStringLiteral("scan")).toBool()) {
        QVERIFY2(!problem.isEmpty(), "accepted");
    }
    const QDir made(m_dir.filePath(QStringLiteral("h/files/harm")));
    QVERIFY(made.exists());
    QCOMPARE(made.entryList(QDir::Files), QStringList());
}

void TestModelCheck::atLeastTwentyFiveFilesDoHarm()
{
    int harmful = 0;
    QSet<QString> kinds;
    for (const QJsonValue &value : m_controls) {
        const QJsonObject control = value.toObject();
        if (!isHarm(control.value(QStringLiteral("harm")).toString()) ||
            !control.value(QStringLiteral("done")).toBool())
            continue;
        ++harmful;
        kinds.insert(control.value(QStringLiteral("kind")).toString());
    }
    QVERIFY(harmful >= 25);
    for (const char *kind : {"write", "read", "alias", "fork", "constant", "default", "setstate",
                             "depth", "expansion"})
        QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
}

void TestModelCheck::goodNetworksPass()
{
    for (const char *name : {"tiny-double", "tiny-heavy", "tiny-mask", "tiny-fold", "tiny-nan"}) {
        const QString id = QLatin1String(name);
        const QByteArray bytes = contentOf(QStringLiteral(HEIRLOOM_TINY_MODELS "/") + id + u'/' +
                                           id + QStringLiteral(".pt"));
        QVERIFY(!bytes.isEmpty());
        QCOMPARE(checkModelBytes(bytes), QString());
    }
    const QString forbidden =
        QStringLiteral(HEIRLOOM_TINY_MODELS "/tiny-forbidden/tiny-forbidden.pt");
    QVERIFY(checkModelBytes(contentOf(forbidden)).contains(QStringLiteral("erfinv")));
    // And the real ones, where they were fetched.
    const QDir models(QStringLiteral(HEIRLOOM_BINARY_DIR "/models"));
    for (const QString &id : models.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        for (const QString &file :
             QDir(models.filePath(id)).entryList({QStringLiteral("*.pt")}, QDir::Files))
            QCOMPARE(checkModelBytes(contentOf(models.filePath(id + u'/' + file))), QString());
}

/// Any change of any kind ends in a sentence or in an accepted file, never in a crash or a hang.
void TestModelCheck::damagedFilesNeverCrash()
{
    const QByteArray good = tinyNetwork();
    std::mt19937 random(11);
    int refused = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray bytes = good;
        const int changes = 1 + int(random() % 8);
        for (int i = 0; i < changes; ++i)
            bytes[qsizetype(random() % quint64(bytes.size()))] = char(random());
        if (!checkModelBytes(bytes).isEmpty())
            ++refused;
    }
    QVERIFY(refused > 2900); // padding between entries may change without effect
}

void TestModelCheck::everyTruncationIsRefused()
{
    const QByteArray good = tinyNetwork();
    for (qsizetype length = 0; length < good.size(); length += 1 + good.size() / 500)
        QVERIFY(!checkModelBytes(good.first(length)).isEmpty());
    QVERIFY(!checkModelBytes(good + "x").isEmpty());
    QVERIFY(!checkModelBytes("x" + good).isEmpty());
}

void TestModelCheck::operatorListIsShortAndFree()
{
    QVERIFY(allowedOperators().size() < 40);
    for (const char *name : {"save", "from_file", "set_", "as_strided", "resize_", "data", "load",
                             "_reshape_alias", "warn", "fork", "empty", "empty_strided"})
        QVERIFY(!allowedOperators().contains(QStringLiteral("aten::") + QLatin1String(name)));
}

QTEST_GUILESS_MAIN(TestModelCheck)
#include "tst_modelcheck.moc"

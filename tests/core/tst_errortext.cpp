// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"

#include <QtTest>

using namespace heirloom;

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasASentence();
    void argumentsAreTakenInOrder();
    void aPercentSignInAFileNameIsNotAPlace();
    void kindsFollowTheCodes();
};

void TestErrorText::everyCodeHasASentence()
{
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        const Error error(ErrorCode(i), {QStringLiteral("A"), QStringLiteral("B"),
                                         QStringLiteral("C"), QStringLiteral("D"),
                                         QStringLiteral("E")});
        const ErrorText text = errorText(error);
        QVERIFY2(text.what.endsWith(u'.'), qPrintable(text.what));
        QVERIFY2(!text.what.contains(u'%'), qPrintable(text.what));
        if (error.code != ErrorCode::Cancelled)
            QVERIFY2(text.advice.endsWith(u'.') || text.advice.endsWith(u')'),
                     qPrintable(text.advice));
    }
}

void TestErrorText::argumentsAreTakenInOrder()
{
    const Error error(ErrorCode::SideTooLong, {QStringLiteral("a.png"), QStringLiteral("40000"),
                                               QStringLiteral("10"), QStringLiteral("30000")});
    QCOMPARE(errorText(error).what,
             QStringLiteral("\"a.png\" is 40000 x 10 pixels; a side may have at most 30000."));
}

void TestErrorText::aPercentSignInAFileNameIsNotAPlace()
{
    const Error error(ErrorCode::InputUnreadable,
                      {QStringLiteral("100%2.png"), QStringLiteral("denied")});
    QCOMPARE(errorText(error).what, QStringLiteral("\"100%2.png\" cannot be read: denied."));
}

void TestErrorText::kindsFollowTheCodes()
{
    QCOMPARE(errorKind(ErrorCode::BadArgument), ErrorKind::Usage);
    QCOMPARE(errorKind(ErrorCode::InputMissing), ErrorKind::Input);
    QCOMPARE(errorKind(ErrorCode::TooMuchMemory), ErrorKind::Input);
    QCOMPARE(errorKind(ErrorCode::ModelMissing), ErrorKind::Model);
    QCOMPARE(errorKind(ErrorCode::EngineMissing), ErrorKind::Model);
    QCOMPARE(errorKind(ErrorCode::OutputExists), ErrorKind::Output);
    QCOMPARE(errorKind(ErrorCode::MetadataNotWritten), ErrorKind::Output);
    QCOMPARE(errorKind(ErrorCode::OutOfMemory), ErrorKind::Memory);
    QCOMPARE(errorKind(ErrorCode::Cancelled), ErrorKind::Cancelled);
    QCOMPARE(errorKind(ErrorCode::Internal), ErrorKind::Internal);
}

QTEST_APPLESS_MAIN(TestErrorText)
#include "tst_errortext.moc"

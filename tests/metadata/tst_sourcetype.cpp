// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/sourcetype.h"

#include <QtTest>

using namespace heirloom;

class TestSourceType : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void generativeOperationsAreMarkedAsSuch()
    {
        for (const char *id : {"upscale", "inpaint", "colorize", "faces"})
            QCOMPARE(editKind(QString::fromLatin1(id), true),
                     EditKind::CompositeWithTrainedAlgorithmicMedia);
        QCOMPARE(editKind(QStringLiteral("denoise"), true), EditKind::AlgorithmicallyEnhanced);
        QCOMPARE(editKind(QStringLiteral("geometry"), false), EditKind::HumanEdits);
        QCOMPARE(editKind(QStringLiteral("convert"), false), EditKind::None);
    }

    void aClassicalTwinIsNeverStrongerThanTheNetwork()
    {
        for (const QString &id : knownOperations())
            QVERIFY2(editKind(id, false) <= editKind(id, true), qPrintable(id));
    }

    void unknownOperationsAreMarkedRatherTooMuch()
    {
        QCOMPARE(editKind(QStringLiteral("of the future"), true),
                 EditKind::CompositeWithTrainedAlgorithmicMedia);
        QCOMPARE(editKind(QStringLiteral("of the future"), false),
                 EditKind::AlgorithmicallyEnhanced);
    }

    void addressesAreWrittenWithHttpAndReadInAnySpelling()
    {
        QCOMPARE(sourceTypeUri(QStringLiteral("print")),
                 QStringLiteral("http://cv.iptc.org/newscodes/digitalsourcetype/print"));
        QCOMPARE(sourceTypeUri({}), QString());
        for (const char *uri : {"http://cv.iptc.org/newscodes/digitalsourcetype/print",
                                "https://cv.iptc.org/newscodes/digitalsourcetype/print",
                                "https://cv.iptc.org/newscodes/digitalsourcetype/print/", "print"})
            QCOMPARE(sourceTypeTermOf(QString::fromLatin1(uri)), QStringLiteral("print"));
    }

    void noTermIsEverWeakened()
    {
        for (const QString &old : knownSourceTypes() + QStringList{QStringLiteral("unheardOf")}) {
            QCOMPARE(strongerSourceType(old, EditKind::None), old);
            // The strongest of ours replaces what says less, and a second time changes nothing.
            for (const EditKind kind : {EditKind::HumanEdits, EditKind::AlgorithmicallyEnhanced,
                                        EditKind::CompositeWithTrainedAlgorithmicMedia}) {
                const QString once = strongerSourceType(old, kind);
                QCOMPARE(strongerSourceType(once, kind), once);
                QCOMPARE(strongerSourceType(once, EditKind::HumanEdits), once);
            }
        }
        QCOMPARE(strongerSourceType(QStringLiteral("digitalCreation"),
                                    EditKind::AlgorithmicallyEnhanced),
                 QStringLiteral("digitalCreation"));
    }

    void everyTermHasALabel()
    {
        for (const QString &term : knownSourceTypes()) {
            QVERIFY2(sourceTypeLabel(term) != term, qPrintable(term));
            QVERIFY(!sourceTypeLabel(term).isEmpty());
        }
        QCOMPARE(sourceTypeLabel(QStringLiteral("unheardOf")), QStringLiteral("unheardOf"));
    }
};

QTEST_GUILESS_MAIN(TestSourceType)
#include "tst_sourcetype.moc"

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/ledger.h"

#include <QtTest>

using namespace heirloom;

class TestLedger : public QObject
{
    Q_OBJECT

    static LedgerEntry entry(const char *operation, EditKind kind)
    {
        LedgerEntry e;
        e.operation = QString::fromLatin1(operation);
        e.method = QStringLiteral("m");
        e.alteration = kind;
        return e;
    }

private Q_SLOTS:
    void anEntrySurvivesItsFields()
    {
        LedgerEntry e = entry("inpaint", EditKind::CompositeWithTrainedAlgorithmicMedia);
        e.parameters = {{QStringLiteral("grow"), 3},
                        {QStringLiteral("name"), QStringLiteral("ä \"q\" <b>")}};
        e.strength = 62.5;
        e.modelId = QStringLiteral("id");
        e.modelVersion = QStringLiteral("1.2");
        e.modelSha256 = QString(64, u'f');
        e.changedShare = 0.0125;
        e.warnings = {QStringLiteral("a"), QStringLiteral("b")};
        e.when = QStringLiteral("2026-01-02T03:04:05Z");
        e.software = QStringLiteral("Heirloom 1");
        LedgerEntry back;
        for (const LedgerField &field : ledgerFields(e))
            setLedgerField(back, field.name, field.text);
        QCOMPARE(back.operation, e.operation);
        QCOMPARE(back.method, e.method);
        QCOMPARE(back.parameters.value(QStringLiteral("grow")).toInt(), 3);
        QCOMPARE(back.parameters.value(QStringLiteral("name")),
                 e.parameters.value(QStringLiteral("name")));
        QCOMPARE(back.strength, e.strength);
        QCOMPARE(back.modelId, e.modelId);
        QCOMPARE(back.modelVersion, e.modelVersion);
        QCOMPARE(back.modelSha256, e.modelSha256);
        QCOMPARE(back.changedShare, e.changedShare);
        QCOMPARE(back.alteration, e.alteration);
        QCOMPARE(back.warnings, e.warnings);
        QCOMPARE(back.when, e.when);
        QCOMPARE(back.software, e.software);
    }

    void theStrongestVisibleEditCounts()
    {
        LedgerEntry faces = entry("faces", EditKind::CompositeWithTrainedAlgorithmicMedia);
        const LedgerEntry tone = entry("tone", EditKind::HumanEdits);
        QCOMPARE(strongestEdit({tone, faces}), EditKind::CompositeWithTrainedAlgorithmicMedia);
        faces.strength = 0;
        QCOMPARE(strongestEdit({tone, faces}), EditKind::HumanEdits);
        faces.strength = 100;
        faces.changedShare = 0;
        QCOMPARE(strongestEdit({faces}), EditKind::None);
        QCOMPARE(strongestEdit({}), EditKind::None);
    }

    void aShortLedgerIsKeptWhole()
    {
        LedgerEntry e = entry("tone", EditKind::HumanEdits);
        e.warnings = {QStringLiteral("w")};
        const FittedLedger kept = fitted({e, e});
        QCOMPARE(kept.entries.size(), 2);
        QCOMPARE(kept.omitted, 0);
        QCOMPARE(kept.entries[0].warnings.size(), 1);
    }

    void aLongLedgerLosesDetailsFirstThenOldClassicalEntries()
    {
        QList<LedgerEntry> all;
        for (int i = 0; i < 300; ++i) {
            LedgerEntry e = entry("tone", EditKind::HumanEdits);
            e.method = QString::number(i);
            e.warnings = {QString(200, u'w')};
            if (i == 0)
                e.modelId = QStringLiteral("network");
            all << e;
        }
        const FittedLedger kept = fitted(all, 8000);
        QVERIFY(kept.omitted > 0);
        QCOMPARE(kept.omitted + kept.entries.size(), 300);
        QCOMPARE(kept.entries.first().modelId, QStringLiteral("network"));
        QCOMPARE(kept.entries.last().method, QStringLiteral("299"));
        QVERIFY(kept.entries.last().warnings.isEmpty());
    }

    void theCaptionSpeaksOnlyOfWhatWasInvented()
    {
        LedgerEntry up = entry("upscale", EditKind::CompositeWithTrainedAlgorithmicMedia);
        QCOMPARE(ledgerCaption({up}), QStringLiteral("enlarged; detail is a computer's guess"));
        up.alteration = EditKind::HumanEdits; // Lanczos
        QCOMPARE(ledgerCaption({up}), QString());
        QVERIFY(!ledgerCaption({entry("new", EditKind::CompositeWithTrainedAlgorithmicMedia)})
                     .isEmpty());
    }

    void everyKnownOperationHasALabel()
    {
        for (const QString &id : knownOperations())
            QVERIFY2(operationLabel(id) != id, qPrintable(id));
    }
};

QTEST_GUILESS_MAIN(TestLedger)
#include "tst_ledger.moc"

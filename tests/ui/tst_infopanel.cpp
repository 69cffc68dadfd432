// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivedit.h"
#include "metadata/exivreader.h"
#include "panels/infopanel.h"
#include "ui/windowharness.h"
#include "widgets/histogramview.h"

#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <numeric>

using namespace heirloom;
using namespace heirloom::test;

class TestInfoPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void typedWordsAreWrittenIntoTheExportedFile();
    void eachPhotoHasItsOwnWords();
    void photosOwnWordsComeBack();
    void histogramCountsEveryPixelOnce();
};

void TestInfoPanel::typedWordsAreWrittenIntoTheExportedFile()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.find<QPlainTextEdit>("captionField")->setPlainText(QStringLiteral("Am Fluss"));
    auto *people = h.find<QLineEdit>("peopleField");
    people->setText(QStringLiteral("Anna; Jan, Müller"));
    h.find<QLineEdit>("dateField")->setText(QStringLiteral("about 1935"));
    Q_EMIT people->editingFinished();
    QVERIFY(h.window->isWindowModified());
    ExportOptions options;
    options.path = h.folder.filePath(QStringLiteral("words.jpg"));
    h.session->exportTo(options);
    QVERIFY(h.waitFor([&] { return !h.session->isModified(); }));
    const MetadataEdits written = editableFields(readMetadataFile(options.path));
    QCOMPARE(written.caption, QStringLiteral("Am Fluss"));
    QCOMPARE(written.people, (QStringList{QStringLiteral("Anna"), QStringLiteral("Jan, Müller")}));
    QCOMPARE(written.date, QStringLiteral("about 1935"));
    QVERIFY(!h.window->isWindowModified());
}

void TestInfoPanel::eachPhotoHasItsOwnWords()
{
    WindowHarness h;
    h.window->openPaths(h.samples);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    // Typed, and the other tab clicked without leaving the field.
    h.find<QLineEdit>("placeField")->setText(QStringLiteral("Kraków"));
    h.trigger(ActionId::NextPhoto);
    QCOMPARE(h.find<QLineEdit>("placeField")->text(), QString());
    QCOMPARE(h.workspace->at(0)->metadataEdits().place, QStringLiteral("Kraków"));
    QVERIFY(h.workspace->at(1)->metadataEdits().place.isEmpty());
    h.trigger(ActionId::NextPhoto);
    QCOMPARE(h.find<QLineEdit>("placeField")->text(), QStringLiteral("Kraków"));
}

void TestInfoPanel::photosOwnWordsComeBack()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *back = h.find<QPushButton>("ownWordsButton");
    QVERIFY(back->isHidden());
    auto *place = h.find<QLineEdit>("placeField");
    place->setText(QStringLiteral("Kraków"));
    Q_EMIT place->editingFinished();
    QVERIFY(!back->isHidden());
    back->click();
    QVERIFY(place->text().isEmpty());
    QVERIFY(!h.session->isModified());
}

void TestInfoPanel::histogramCountsEveryPixelOnce()
{
    HistogramView view;
    QImage image(10, 4, QImage::Format_ARGB32);
    image.fill(QColor(255, 0, 0));
    image.setPixelColor(0, 0, QColor(0, 255, 0));
    image.setPixelColor(1, 0, QColor(0, 0, 0, 0));
    view.setPicture(image);
    QCOMPARE(view.counts(1)[255], 38);
    QCOMPARE(view.counts(2)[255], 1);
    for (int c = 0; c < 4; ++c)
        QCOMPARE(std::accumulate(view.counts(c).begin(), view.counts(c).end(), 0), 39);
    view.setPicture({});
    QCOMPARE(view.counts(0)[0], 0);
}

QTEST_MAIN(TestInfoPanel)
#include "tst_infopanel.moc"

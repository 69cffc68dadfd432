// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person writes about a photo, as exiftool reads it from the file.
#include "metadata/exiftool.h"
#include "metadata/exivedit.h"
#include "metadata/exivreader.h"
#include "metadata/exivwriter.h"
#include "metadata/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace heirloom;

class TestExivEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsWrittenWhereOthersLook();
    void datesInWordsAndExactOnes_data();
    void datesInWordsAndExactOnes();
    void whatWasNotEditedStays();
    void emptyFieldsGoFromEveryPlace();
    void writtenFieldsReadBackTheSame();
    void nothingEditedIsNothingChanged();
    void jsonKeepsAll();

private:
    static MetadataEdits full()
    {
        MetadataEdits e;
        e.caption = QStringLiteral("Großmutter am Fluss \u2013 日本");
        e.people = {QStringLiteral("Anna Kowalska"), QStringLiteral("Jan, Müller; \"Hans\"")};
        e.place = QStringLiteral("Kraków");
        e.date = QStringLiteral("1935-07-21");
        return e;
    }
    static QJsonObject read(const Metadata &metadata)
    {
        const auto file = withMetadata(encodedSample(FileFormat::Jpeg), FileFormat::Jpeg, metadata);
        return file ? exiftoolReads(*file) : QJsonObject();
    }
    static QString value(const QJsonObject &tags, const char *name)
    {
        const QJsonValue v = tags.value(QLatin1String(name));
        return v.isDouble() ? QString::number(v.toInt()) : v.toString();
    }
};

void TestExivEdit::everythingIsWrittenWhereOthersLook()
{
    const auto edited = withEdits({}, full());
    QVERIFY(edited);
    const QJsonObject tags = read(*edited);
    QCOMPARE(value(tags, "XMP-dc:Description"), full().caption);
    QCOMPARE(value(tags, "IPTC:Caption-Abstract"), full().caption);
    const QJsonArray people = tags.value(QStringLiteral("XMP-iptcExt:PersonInImage")).toArray();
    QCOMPARE(people.size(), 2);
    QCOMPARE(people.at(0).toString(), full().people.at(0));
    QCOMPARE(people.at(1).toString(), full().people.at(1));
    QCOMPARE(value(tags, "XMP-photoshop:City"), full().place);
    QCOMPARE(value(tags, "IPTC:City"), full().place);
    QCOMPARE(value(tags, "XMP-photoshop:DateCreated"), QStringLiteral("1935:07:21"));
    QCOMPARE(value(tags, "IPTC:DateCreated"), QStringLiteral("1935:07:21"));
}

void TestExivEdit::datesInWordsAndExactOnes_data()
{
    QTest::addColumn<QString>("date");
    QTest::addColumn<QString>("xmp");
    QTest::addColumn<QString>("iptc");
    QTest::addColumn<QString>("circa");
    QTest::newRow("words") << "about 1935" << "" << "" << "about 1935";
    QTest::newRow("year") << "1935" << "1935" << "" << "";
    QTest::newRow("month") << "1935-07" << "1935:07" << "" << "";
    QTest::newRow("day") << "1935-07-21" << "1935:07:21" << "1935:07:21" << "";
    QTest::newRow("no such day") << "1935-02-30" << "" << "" << "1935-02-30";
}

void TestExivEdit::datesInWordsAndExactOnes()
{
    QFETCH(QString, date);
    QFETCH(QString, xmp);
    QFETCH(QString, iptc);
    QFETCH(QString, circa);
    MetadataEdits e;
    e.date = QStringLiteral("1999-01-02"); // another one stood there before
    const auto before = withEdits({}, e);
    QVERIFY(before);
    e.date = date;
    const auto after = withEdits(*before, e);
    QVERIFY(after);
    const QJsonObject tags = read(*after);
    QCOMPARE(value(tags, "XMP-photoshop:DateCreated"), xmp);
    QCOMPARE(value(tags, "IPTC:DateCreated"), iptc);
    const QJsonObject print = tags.value(QStringLiteral("XMP-iptcExt:ArtworkOrObject"))
                                  .toArray()
                                  .at(0)
                                  .toObject();
    QCOMPARE(print.value(QStringLiteral("AOCircaDateCreated")).toString(), circa);
    QCOMPARE(editableFields(*after).date, date);
}

void TestExivEdit::whatWasNotEditedStays()
{
    const Metadata rich = readMetadata(richPhoto());
    MetadataEdits e = editableFields(rich);
    e.place = QStringLiteral("Elsewhere");
    const auto edited = withEdits(rich, e);
    QVERIFY(edited);
    QCOMPARE(edited->exif, rich.exif);
    QJsonObject before = read(rich);
    QJsonObject after = read(*edited);
    QCOMPARE(value(after, "XMP-photoshop:City"), e.place);
    for (const char *changed : {"XMP-photoshop:City", "IPTC:City", "IPTC:CodedCharacterSet",
                                // Without a declared character set exiftool guesses; now it is
                                // declared.
                                "IPTC:Caption-Abstract", "File:CurrentIPTCDigest", "File:FileSize",
                                "XMP-x:XMPToolkit", "ExifTool:ExifToolVersion"}) {
        before.remove(QLatin1String(changed));
        after.remove(QLatin1String(changed));
    }
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (it.key().startsWith(QLatin1String("System:")) ||
            it.key() == QLatin1String("SourceFile") ||
            it.key().startsWith(QLatin1String("File:")))
            continue;
        QVERIFY2(after.value(it.key()) == it.value(), qPrintable(it.key()));
    }
}

void TestExivEdit::emptyFieldsGoFromEveryPlace()
{
    const auto edited = withEdits({}, full());
    QVERIFY(edited);
    const auto emptied = withEdits(*edited, {});
    QVERIFY(emptied);
    const QJsonObject tags = read(*emptied);
    for (const char *name :
         {"XMP-dc:Description", "IPTC:Caption-Abstract", "XMP-iptcExt:PersonInImage",
          "XMP-photoshop:City", "IPTC:City", "XMP-photoshop:DateCreated", "IPTC:DateCreated"})
        QVERIFY2(!tags.contains(QLatin1String(name)), name);
    QCOMPARE(editableFields(*emptied), MetadataEdits());
}

void TestExivEdit::writtenFieldsReadBackTheSame()
{
    MetadataEdits e = full();
    e.date = QStringLiteral("in the summer of 1935 or 1936");
    e.place = QString(60, u'ü'); // longer than IIM's field
    const auto edited = withEdits(readMetadata(richPhoto()), e);
    QVERIFY(edited);
    QCOMPARE(editableFields(*edited), e);
    const auto file = withMetadata(encodedSample(FileFormat::Jpeg), FileFormat::Jpeg, *edited);
    QVERIFY(file);
    QCOMPARE(editableFields(readMetadata(*file)), e);
}

void TestExivEdit::nothingEditedIsNothingChanged()
{
    const Metadata rich = readMetadata(richPhoto());
    const auto same = withEdits(rich, editableFields(rich));
    QVERIFY(same);
    QCOMPARE(same->xmp, rich.xmp);
    QCOMPARE(same->iptc, rich.iptc);
    QCOMPARE(same->exif, rich.exif);
}

void TestExivEdit::jsonKeepsAll()
{
    QCOMPARE(MetadataEdits::fromJson(full().toJson()), full());
    QCOMPARE(MetadataEdits::fromJson({}), MetadataEdits());
}

QTEST_MAIN(TestExivEdit)
#include "tst_exivedit.moc"

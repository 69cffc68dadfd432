// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "inference/modelpack.h"
#include "inference/modelpins.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;

class TestModelPack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPackOfTheProjectIsReadable();
    void everyPackOfTheProjectIsPinned();
    void readsEveryField();
    void missingKeyIsNamed_data();
    void missingKeyIsNamed();
    void withoutPreviewTileItIsTheBestTile();
    void onlyByNameMayBeMissing();
    void wrongValueIsNamed_data();
    void wrongValueIsNamed();
    void binsOfChromaAreRead();
    void tileNoteMayBeMissing();
    void garbageIsDamaged();
    void missingFileIsDamaged();
};

namespace
{

QString packsFolder()
{
    return QStringLiteral(HEIRLOOM_SOURCE_DIR "/models");
}

QStringList packIds()
{
    QStringList ids;
    for (const QString &name : QDir(packsFolder()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFile::exists(packsFolder() + u'/' + name + QStringLiteral("/model.json")))
            ids.append(name);
    return ids;
}

QJsonObject example()
{
    QFile file(packsFolder() + QStringLiteral("/ffdnet-color/model.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                          : QJsonObject();
}

Result<ModelPack> parsed(const QJsonObject &object)
{
    return ModelPack::parse(QJsonDocument(object).toJson(), QStringLiteral("/x/ffdnet-color"));
}

/// The object with the member at a dotted path replaced, or removed by an undefined value.
QJsonObject with(QJsonObject object, const QString &path, const QJsonValue &value)
{
    const QString key = path.section(u'.', 0, 0);
    const QString rest = path.section(u'.', 1);
    const QString name = key.section(u'[', 0, 0);
    if (rest.isEmpty()) {
        if (value.isUndefined())
            object.remove(name);
        else
            object.insert(name, value);
    } else if (key.contains(u'[')) {
        QJsonArray array = object.value(name).toArray();
        array[0] = with(array[0].toObject(), rest, value);
        object.insert(name, array);
    } else {
        object.insert(name, with(object.value(name).toObject(), rest, value));
    }
    return object;
}

} // namespace

void TestModelPack::everyPackOfTheProjectIsReadable()
{
    QVERIFY(packIds().size() >= 4);
    for (const QString &id : packIds()) {
        const auto pack = ModelPack::read(packsFolder() + u'/' + id);
        QVERIFY2(pack.has_value(),
                 pack ? "" : qPrintable(errorSentence(pack.error()) + pack.error().details));
        QCOMPARE(pack->id, id);
    }
}

void TestModelPack::everyPackOfTheProjectIsPinned()
{
    const std::vector<ModelPin> pins = compiledModelPins();
    QCOMPARE(qsizetype(pins.size()), packIds().size());
    for (const ModelPin &pin : pins) {
        const auto pack = ModelPack::read(packsFolder() + u'/' + pin.id);
        QVERIFY(pack.has_value());
        QCOMPARE(pin.sha256, pack->sha256);
        QCOMPARE(pin.size, pack->size);
    }
}

void TestModelPack::readsEveryField()
{
    QJsonObject json = example();
    json = with(json, QStringLiteral("precision"), QStringLiteral("fp16-weights"));
    json = with(json, QStringLiteral("input.fixed_size"), QJsonArray{320, 240});
    json = with(json, QStringLiteral("tile_note"), QStringLiteral("measured"));
    json = with(json, QStringLiteral("self_test.expected.samples"),
                QJsonArray{QJsonArray{1, 2, 3, 0.25}});
    const auto pack = parsed(json);
    QVERIFY(pack.has_value());
    QCOMPARE(pack->task, ModelTask::Denoise);
    QCOMPARE(modelTaskName(pack->task), QStringLiteral("denoise"));
    QCOMPARE(pack->version.segmentCount(), 3);
    QCOMPARE(pack->licence, json.value(QStringLiteral("licence")).toString());
    QCOMPARE(pack->trainingData, json.value(QStringLiteral("training_data")).toString());
    QCOMPARE(pack->citation, json.value(QStringLiteral("citation")).toString());
    QVERIFY(pack->halfWeights);
    QCOMPARE(pack->input.channels, QStringLiteral("RGB"));
    QCOMPARE(pack->input.multipleOf, 2);
    QCOMPARE(*pack->input.fixedSize, QSize(320, 240));
    QCOMPARE(int(pack->extraInputs.size()), 1);
    const ModelPack::ExtraInput *sigma = pack->extraInput(QStringLiteral("sigma"));
    QVERIFY(sigma && sigma->kind == ModelPack::ExtraInput::Kind::Scalar);
    QVERIFY(sigma->maximum > sigma->defaultValue && sigma->defaultValue > sigma->minimum);
    QVERIFY(!pack->extraInput(QStringLiteral("mask")));
    QCOMPARE(pack->output.meaning, ModelPack::Output::Meaning::Picture);
    QCOMPARE(pack->output.scale, 1);
    QCOMPARE(pack->tileNote, QStringLiteral("measured"));
    QCOMPARE(int(pack->selfTest.mean.size()), 3);
    QCOMPARE(pack->selfTest.samples[0].x, 3);
    QCOMPARE(pack->selfTest.samples[0].value, 0.25);
    QCOMPARE(pack->filePath(), QStringLiteral("/x/ffdnet-color/") + pack->file);
}

void TestModelPack::missingKeyIsNamed_data()
{
    QTest::addColumn<QString>("path");
    const QJsonObject json = example();
    for (const QString &key : json.keys())
        if (key != u"tile_note" && key != u"preview_tile") // these two may be missing
            QTest::newRow(qPrintable(key)) << key;
    for (const char *part : {"input", "output", "self_test"})
        for (const QString &key : json.value(QLatin1String(part)).toObject().keys())
            QTest::addRow("%s.%s", part, qPrintable(key)) << QLatin1String(part) + u'.' + key;
}

void TestModelPack::withoutPreviewTileItIsTheBestTile()
{
    const QJsonObject json = example();
    QVERIFY(json.contains(QStringLiteral("preview_tile")));
    const auto pack =
        parsed(with(json, QStringLiteral("preview_tile"), QJsonValue::Undefined));
    QVERIFY(pack.has_value());
    QCOMPARE(pack->previewTile, pack->bestTile);
}

void TestModelPack::onlyByNameMayBeMissing()
{
    const QString key = QStringLiteral("only_by_name");
    QVERIFY(!parsed(example())->onlyByName);
    QVERIFY(parsed(with(example(), key, true))->onlyByName);
    QVERIFY(!parsed(with(example(), key, 1)).has_value());
}

void TestModelPack::missingKeyIsNamed()
{
    QFETCH(QString, path);
    const auto pack = parsed(with(example(), path, QJsonValue::Undefined));
    QVERIFY(!pack.has_value());
    QCOMPARE(pack.error().code, ErrorCode::ModelDamaged);
    QVERIFY2(pack.error().arguments[1].contains(QStringLiteral("\"%1\" is missing").arg(path)),
             qPrintable(pack.error().arguments[1]));
}

void TestModelPack::wrongValueIsNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("value");
    const auto row = [](const char *path, const QJsonValue &value) {
        QTest::addRow("%s = %s", path,
                      QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).constData())
            << QString::fromLatin1(path) << value;
    };
    row("format", 2);
    row("id", QStringLiteral("../evil"));
    row("id", QStringLiteral("other-id"));
    row("version", QStringLiteral("1.0"));
    row("version", QStringLiteral("1.0.0-beta"));
    row("task", QStringLiteral("juggle"));
    row("name", QStringLiteral(""));
    row("name", 7);
    row("file", QStringLiteral("../x.pt"));
    row("file", QStringLiteral("a\\x.pt"));
    row("file", QStringLiteral(".hidden"));
    row("sha256", QStringLiteral("ABC"));
    row("sha256", QString(64, u'Z'));
    row("size", -1);
    row("size", 1.5);
    row("precision", QStringLiteral("int4"));
    row("input", 3);
    row("input.layout", QStringLiteral("NHWC"));
    row("input.range", QJsonArray{1, 0});
    row("input.range", QJsonArray{0});
    row("input.multiple_of", 0);
    row("input.minimum_side", 0);
    row("input.tileable", QStringLiteral("yes"));
    row("input.fixed_size", QJsonArray{10});
    row("input.fixed_size", QJsonArray{10, 1e9});
    row("extra_inputs", QJsonObject());
    row("extra_inputs[0].kind", QStringLiteral("cube"));
    row("extra_inputs[0].default", 99);
    row("output.scale", 0);
    row("output.scale", 1000);
    row("output.meaning", QStringLiteral("poem"));
    row("best_tile", 0);
    row("halo", -1);
    row("halo", 1e6);
    row("self_test.extra", QJsonArray());
    row("self_test.expected", QJsonObject());
}

void TestModelPack::wrongValueIsNamed()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, value);
    const auto pack = parsed(with(example(), path, value));
    QVERIFY(!pack.has_value());
    QCOMPARE(pack.error().code, ErrorCode::ModelDamaged);
    QVERIFY2(pack.error().arguments[1].contains(u'"' + path),
             qPrintable(pack.error().arguments[1]));
}

void TestModelPack::binsOfChromaAreRead()
{
    QJsonObject chroma =
        with(example(), QStringLiteral("output.meaning"), QStringLiteral("chroma"));
    QVERIFY(
        parsed(chroma).error().arguments[1].contains(QStringLiteral("\"output.bins\" is missing")));
    const QString key = QStringLiteral("output.bins");
    const auto pack = parsed(with(chroma, key, QJsonArray{QJsonArray{-0.25, 0.5}}));
    QVERIFY(pack.has_value()); // three channels: two of chroma and one
    QCOMPARE(pack->output.bins, (std::vector<std::array<float, 2>>{{-0.25F, 0.5F}}));
    for (const QJsonArray &wrong :
         {QJsonArray{}, QJsonArray{QJsonArray{1, 2}, QJsonArray{3, 4}}, QJsonArray{1},
          QJsonArray{QJsonArray{1}}, QJsonArray{QJsonArray{1, QStringLiteral("2")}}}) {
        const auto refused = parsed(with(chroma, key, wrong));
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().arguments[1].contains(QStringLiteral("\"output.bins\"")));
    }
}

void TestModelPack::tileNoteMayBeMissing()
{
    QVERIFY(
        parsed(with(example(), QStringLiteral("tile_note"), QJsonValue::Undefined)).has_value());
}

void TestModelPack::garbageIsDamaged()
{
    for (const QByteArray &json : {QByteArray(), QByteArray("hello"), QByteArray("[1]"),
                                   QByteArray("{\"format\":"), QByteArray(100000, '[')}) {
        const auto pack = ModelPack::parse(json, QStringLiteral("/x/p"));
        QVERIFY(!pack.has_value());
        QCOMPARE(pack.error().code, ErrorCode::ModelDamaged);
        QCOMPARE(pack.error().arguments[0], QStringLiteral("p"));
    }
}

void TestModelPack::missingFileIsDamaged()
{
    const QTemporaryDir dir;
    QCOMPARE(ModelPack::read(dir.path()).error().code, ErrorCode::ModelDamaged);
    QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("model.json"))); // a folder of that name
    QCOMPARE(ModelPack::read(dir.path()).error().code, ErrorCode::ModelDamaged);
}

QTEST_GUILESS_MAIN(TestModelPack)
#include "tst_modelpack.moc"

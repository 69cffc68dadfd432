// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelpack.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>

#include <array>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

constexpr int knownFormat = 1;
constexpr qint64 largestJson = 1 << 20;
/// A colorizer's answer has two planes of chroma and one for each bin.
constexpr int mostChannels = 512;
constexpr double largestExact = 9007199254740992.0; // 2^53: JSON numbers are doubles

constexpr std::array taskNames = {"upscale", "denoise", "restore", "colorize", "inpaint",
                                  "scratch", "cutout",  "face",    "style",    "tone"};
constexpr std::array meaningNames = {"picture", "residual", "matte", "mask", "chroma", "curves"};

/// Reads members of one JSON object. The first thing that is wrong is kept and everything after it
/// is read as empty, so that the caller asks once, at the end.
class Reader
{
public:
    Reader(QJsonObject object, QString path, QString &problem)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_problem(problem)
    {
    }

    QString text(const char *key, bool mayBeEmpty = false)
    {
        const QJsonValue value = member(key);
        if (!value.isString())
            return wrong(key, QStringLiteral("is not text")), QString();
        if (value.toString().isEmpty() && !mayBeEmpty)
            wrong(key, QStringLiteral("is empty"));
        return value.toString();
    }

    QString optionalText(const char *key)
    {
        return m_object.contains(QLatin1String(key)) ? text(key, true) : QString();
    }

    double number(const char *key, double least = -1e9, double most = 1e9)
    {
        return checkedNumber(member(key), key, least, most);
    }

    qint64 integer(const char *key, double least, double most)
    {
        const double value = number(key, least, most);
        if (value != std::floor(value))
            wrong(key, QStringLiteral("is not a whole number"));
        return qint64(value);
    }

    qint64 optionalInteger(const char *key, double least, double most, qint64 otherwise)
    {
        return m_object.contains(QLatin1String(key)) ? integer(key, least, most) : otherwise;
    }

    bool boolean(const char *key)
    {
        const QJsonValue value = member(key);
        if (!value.isBool())
            wrong(key, QStringLiteral("is not true or false"));
        return value.toBool();
    }

    bool optionalBoolean(const char *key)
    {
        return m_object.contains(QLatin1String(key)) && boolean(key);
    }

    QJsonArray array(const char *key)
    {
        const QJsonValue value = member(key);
        if (!value.isArray())
            wrong(key, QStringLiteral("is not a list"));
        return value.toArray();
    }

    std::vector<double> numbers(const char *key, double least = -1e9, double most = 1e9)
    {
        std::vector<double> result;
        for (const QJsonValue &value : array(key))
            result.push_back(checkedNumber(value, key, least, most));
        return result;
    }

    void range(const char *key, double &minimum, double &maximum)
    {
        const std::vector<double> pair = numbers(key);
        if (pair.size() != 2 || pair[0] >= pair[1])
            return wrong(key, QStringLiteral("is not [least, most]"));
        minimum = pair[0];
        maximum = pair[1];
    }

    template <size_t N>
    int word(const char *key, const std::array<const char *, N> &words)
    {
        const QString value = text(key);
        for (size_t i = 0; i < N; ++i)
            if (value == QLatin1String(words[i]))
                return int(i);
        wrong(key, QStringLiteral("is \"%1\", which is not known").arg(value));
        return 0;
    }

    QString channels(const char *key)
    {
        const QString value = text(key);
        if (value.size() > mostChannels)
            wrong(key, QStringLiteral("names too many channels"));
        return value;
    }

    Reader object(const char *key)
    {
        const QJsonValue value = member(key);
        if (!value.isObject())
            wrong(key, QStringLiteral("is not an object"));
        return {value.toObject(), m_path + QLatin1String(key) + u'.', m_problem};
    }

    Reader element(const char *key, int index, const QJsonValue &value)
    {
        const QString path = QStringLiteral("%1%2[%3]").arg(m_path, QLatin1String(key)).arg(index);
        if (!value.isObject() && m_problem.isEmpty())
            m_problem = QStringLiteral("\"%1\" is not an object").arg(path);
        return {value.toObject(), path + u'.', m_problem};
    }

    QJsonValue member(const char *key)
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (value.isUndefined())
            wrong(key, QStringLiteral("is missing"));
        return value;
    }

    void wrong(const char *key, const QString &what)
    {
        if (m_problem.isEmpty())
            m_problem = QStringLiteral("\"%1%2\" %3").arg(m_path, QLatin1String(key), what);
    }

private:
    double checkedNumber(const QJsonValue &value, const char *key, double least, double most)
    {
        if (!value.isDouble()) {
            wrong(key, QStringLiteral("is not a number"));
            return least;
        }
        const double number = value.toDouble();
        if (!(number >= least && number <= most)) {
            wrong(key,
                  QStringLiteral("is %1, not within %2 to %3").arg(number).arg(least).arg(most));
            return least;
        }
        return number;
    }

    QJsonObject m_object;
    QString m_path;
    QString &m_problem;
};

ModelPack::Input readInput(Reader reader)
{
    ModelPack::Input input;
    input.channels = reader.channels("channels");
    if (reader.text("layout") != u"NCHW")
        reader.wrong("layout", QStringLiteral("is not NCHW"));
    input.colorSpace = reader.text("colour_space");
    reader.range("range", input.minimum, input.maximum);
    input.multipleOf = int(reader.integer("multiple_of", 1, 256));
    input.minimumSide = int(reader.integer("minimum_side", 1, 8192));
    input.tileable = reader.boolean("tileable");
    if (!reader.member("fixed_size").isNull()) {
        const std::vector<double> size = reader.numbers("fixed_size", 1, 8192);
        if (size.size() == 2)
            input.fixedSize = QSize(int(size[0]), int(size[1]));
        else
            reader.wrong("fixed_size", QStringLiteral("is not [width, height]"));
    }
    return input;
}

ModelPack::ExtraInput readExtraInput(Reader reader)
{
    ModelPack::ExtraInput extra;
    extra.name = reader.text("name");
    extra.meaning = reader.text("meaning");
    reader.range("range", extra.minimum, extra.maximum);
    constexpr std::array kinds = {"scalar", "plane"};
    extra.kind = ModelPack::ExtraInput::Kind(reader.word("kind", kinds));
    if (extra.kind == ModelPack::ExtraInput::Kind::Plane)
        extra.channels = reader.channels("channels");
    else
        extra.defaultValue = reader.number("default", extra.minimum, extra.maximum);
    return extra;
}

ModelPack::Output readOutput(Reader reader)
{
    ModelPack::Output output;
    output.channels = reader.channels("channels");
    output.scale = int(reader.integer("scale", 1, 16));
    reader.range("range", output.minimum, output.maximum);
    output.meaning = ModelPack::Output::Meaning(reader.word("meaning", meaningNames));
    if (output.meaning != ModelPack::Output::Meaning::Chroma)
        return output;
    for (const QJsonValue &value : reader.array("bins")) {
        const QJsonArray bin = value.toArray();
        if (bin.size() != 2 || !bin[0].isDouble() || !bin[1].isDouble()) {
            reader.wrong("bins", QStringLiteral("has one that is not [u, v]"));
            return output;
        }
        output.bins.push_back({float(bin[0].toDouble()), float(bin[1].toDouble())});
    }
    if (qsizetype(output.bins.size()) + 2 != output.channels.size())
        reader.wrong("bins",
                     QStringLiteral("does not have one for each channel after the first two"));
    return output;
}

ModelPack::SelfTest readSelfTest(Reader reader, const ModelPack &pack)
{
    ModelPack::SelfTest test;
    test.width = int(reader.integer("width", 1, 8192));
    test.height = int(reader.integer("height", 1, 8192));
    test.seed = quint32(reader.integer("seed", 0, std::numeric_limits<quint32>::max()));
    test.noise = reader.number("noise", 0, 1);
    test.tolerance = reader.number("tolerance", 0, 1);
    test.extra = reader.numbers("extra");
    if (test.extra.size() != pack.extraInputs.size())
        reader.wrong("extra", QStringLiteral("does not have one number for each extra input"));

    Reader expected = reader.object("expected");
    for (double side : expected.numbers("shape", 1, 1 << 20))
        test.shape.append(int(side));
    if (test.shape.size() != 4)
        expected.wrong("shape", QStringLiteral("does not have four sizes"));
    const size_t channels = size_t(pack.output.channels.size());
    const auto perChannel = [&](const char *key) {
        std::vector<double> values = expected.numbers(key);
        if (values.size() != channels)
            expected.wrong(key, QStringLiteral("does not have one number for each channel"));
        return values;
    };
    test.mean = perChannel("mean");
    test.deviation = perChannel("deviation");
    test.minimum = perChannel("minimum");
    test.maximum = perChannel("maximum");
    for (const QJsonValue &value : expected.array("samples")) {
        const QJsonArray sample = value.toArray();
        if (sample.size() != 4) {
            expected.wrong("samples", QStringLiteral("has one that is not [channel, y, x, value]"));
            break;
        }
        test.samples.push_back({sample[0].toInt(-1), sample[1].toInt(-1), sample[2].toInt(-1),
                                sample[3].toDouble(std::numeric_limits<double>::quiet_NaN())});
    }
    return test;
}

bool isHexDigest(const QString &text)
{
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f');
           });
}

bool isId(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](QChar c) {
               return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-';
           });
}

QVersionNumber readVersion(Reader &reader)
{
    const QString text = reader.text("version");
    qsizetype end = 0;
    const QVersionNumber version = QVersionNumber::fromString(text, &end);
    if (version.segmentCount() != 3 || end != text.size())
        reader.wrong("version", QStringLiteral("is not three numbers with dots between them"));
    return version;
}

} // namespace

QString modelTaskName(ModelTask task)
{
    return QLatin1String(taskNames[size_t(task)]);
}

const ModelPack::ExtraInput *ModelPack::extraInput(const QString &inputName) const
{
    for (const ExtraInput &extra : extraInputs)
        if (extra.name == inputName)
            return &extra;
    return nullptr;
}

Result<ModelPack> ModelPack::parse(const QByteArray &json, const QString &folder)
{
    const QString folderName = folder.section(u'/', -1);
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parseError);
    if (!document.isObject())
        return fail(ErrorCode::ModelDamaged,
                    {folderName, QStringLiteral("model.json: %1").arg(parseError.errorString())});

    QString problem;
    Reader reader(document.object(), {}, problem);
    // First of all: a later format may have renamed anything else.
    reader.integer("format", 1, knownFormat);

    ModelPack pack;
    pack.folder = folder;
    pack.id = reader.text("id");
    if (!isId(pack.id))
        reader.wrong("id", QStringLiteral("is not made of a-z, 0-9 and -"));
    else if (pack.id != folderName)
        reader.wrong("id", QStringLiteral("is not the folder's name"));
    pack.version = readVersion(reader);
    pack.task = ModelTask(reader.word("task", taskNames));
    pack.onlyByName = reader.optionalBoolean("only_by_name");
    pack.name = reader.text("name");
    pack.description = reader.text("description");
    pack.author = reader.text("author");
    pack.licence = reader.text("licence");
    pack.licenceUrl = reader.text("licence_url", true);
    pack.source = reader.text("source");
    pack.citation = reader.text("citation", true);
    pack.trainingData = reader.text("training_data");
    pack.file = reader.text("file");
    if (pack.file.contains(u'/') || pack.file.contains(u'\\') || pack.file.startsWith(u'.'))
        reader.wrong("file", QStringLiteral("is not a plain file name"));
    pack.sha256 = reader.text("sha256").toLatin1();
    if (!isHexDigest(QString::fromLatin1(pack.sha256)))
        reader.wrong("sha256", QStringLiteral("is not 64 lower-case hex digits"));
    pack.size = reader.integer("size", 0, largestExact);
    constexpr std::array precisions = {"fp32", "fp16-weights"};
    pack.halfWeights = reader.word("precision", precisions) == 1;
    pack.input = readInput(reader.object("input"));
    const QJsonArray extras = reader.array("extra_inputs");
    for (qsizetype i = 0; i < extras.size(); ++i)
        pack.extraInputs.push_back(
            readExtraInput(reader.element("extra_inputs", int(i), extras[i])));
    pack.output = readOutput(reader.object("output"));
    pack.memoryPerInputPixel = reader.integer("memory_per_input_pixel", 0, 1e9);
    pack.bestTile = int(reader.integer("best_tile", pack.input.tileable ? 1 : 0, 8192));
    pack.previewTile = int(reader.optionalInteger("preview_tile", 1, 8192, pack.bestTile));
    pack.halo = int(reader.integer("halo", 0, 1024));
    pack.tileNote = reader.optionalText("tile_note");
    pack.selfTest = readSelfTest(reader.object("self_test"), pack);

    if (!problem.isEmpty())
        return fail(ErrorCode::ModelDamaged,
                    {folderName, QStringLiteral("model.json: %1").arg(problem)});
    return pack;
}

Result<ModelPack> ModelPack::read(const QString &folder)
{
    const QString name = folder.section(u'/', -1);
    const QString path = folder + QStringLiteral("/model.json");
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::ModelDamaged,
                    {name, QStringLiteral("model.json: %1").arg(file.errorString())}, path);
    const QByteArray json = file.read(largestJson + 1);
    if (json.size() > largestJson)
        return fail(ErrorCode::ModelDamaged,
                    {name, QStringLiteral("model.json is larger than 1 MB")}, path);
    return parse(json, folder);
}

} // namespace heirloom

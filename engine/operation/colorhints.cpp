// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorhints.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <optional>

namespace heirloom
{

namespace
{

constexpr double farthest = 1e6;
constexpr double largestRadius = 30000;
constexpr int longestSide = 30000;
constexpr int longestName = 200;
constexpr int longestNote = 4000;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::ColorHints", text);
}

struct Group {
    const char *key;
    ColorHint::Kind kind;
};
constexpr Group groups[] = {{"strokes", ColorHint::Kind::Stroke},
                            {"points", ColorHint::Kind::Point},
                            {"keep_grey", ColorHint::Kind::KeepGrey}};

/// One object of the file. Keeps the first problem that is met.
class Reader
{
public:
    Reader(QJsonObject object, QString path, std::optional<Error> &problem)
        : m_object(std::move(object))
        , m_path(std::move(path))
        , m_problem(problem)
    {
    }

    void allowOnly(const QStringList &keys)
    {
        for (auto it = m_object.begin(); it != m_object.end(); ++it) {
            if (!keys.contains(it.key()))
                wrong(it.key(), tr("only %1").arg(keys.join(QStringLiteral(", "))));
        }
    }

    bool has(const QString &key) const { return m_object.contains(key); }

    double number(const QString &key, double least, double most)
    {
        return checked(m_object.value(key), key, least, most);
    }

    QString text(const QString &key, int longest)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined())
            return {};
        if (!value.isString() || value.toString().size() > longest)
            wrong(key, tr("text of up to %1 letters").arg(longest));
        return value.toString();
    }

    bool flag(const QString &key, bool otherwise)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isBool())
            wrong(key, tr("true or false"));
        return value.toBool(otherwise);
    }

    QRgb color(const QString &key)
    {
        const QString value = m_object.value(key).toString();
        bool isHex = value.size() == 7 && value[0] == u'#';
        for (qsizetype i = 1; isHex && i < 7; ++i)
            isHex = QStringLiteral("0123456789abcdefABCDEF").contains(value[i]);
        if (!isHex)
            wrong(key, tr("a colour as \"#rrggbb\""));
        return isHex ? QColor(value).rgb() : 0;
    }

    QJsonArray list(const QString &key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isArray())
            wrong(key, tr("a list"));
        return value.toArray();
    }

    QList<QPointF> path(const QString &key) { return points(key, list(key)); }

    QList<QPolygonF> region(const QString &key)
    {
        QList<QPolygonF> result;
        for (const QJsonValue &line : list(key))
            result += QPolygonF(points(key, line.toArray()));
        return result;
    }

    void wrong(const QString &key, const QString &allowed)
    {
        if (m_problem)
            return;
        QString given = m_path + key;
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined())
            given = tr("%1 is missing").arg(given);
        else if (value.isDouble() || value.isBool())
            given += QStringLiteral(" = ") + value.toVariant().toString();
        else if (value.isString())
            given += QStringLiteral(" = ") + value.toString().left(40);
        m_problem = Error(ErrorCode::BadArgument, {given, allowed});
    }

private:
    QList<QPointF> points(const QString &key, const QJsonArray &list)
    {
        QList<QPointF> result;
        if (list.isEmpty())
            wrong(key, tr("a list of at least one [x, y]"));
        for (const QJsonValue &value : list) {
            const QJsonArray pair = value.toArray();
            if (pair.size() != 2) {
                wrong(key, tr("a list of [x, y]"));
                break;
            }
            result += QPointF(checked(pair[0], key, -farthest, farthest),
                              checked(pair[1], key, -farthest, farthest));
        }
        return result;
    }

    double checked(const QJsonValue &value, const QString &key, double least, double most)
    {
        const double number = value.toDouble(std::nan(""));
        if (number >= least && number <= most)
            return number;
        wrong(key, tr("numbers from %1 to %2").arg(least).arg(most));
        return least;
    }

    QJsonObject m_object;
    QString m_path;
    std::optional<Error> &m_problem;
};

ColorHint readHint(const QJsonObject &object, const QString &place, ColorHint::Kind kind,
                   std::optional<Error> &problem)
{
    Reader reader(object, place, problem);
    QStringList keys{QStringLiteral("radius"), QStringLiteral("name"), QStringLiteral("note"),
                     QStringLiteral("known"), QStringLiteral("hidden"), QStringLiteral("region")};
    ColorHint hint;
    hint.kind = kind;
    hint.radius = reader.number(QStringLiteral("radius"), 0.1, largestRadius);
    hint.name = reader.text(QStringLiteral("name"), longestName);
    hint.note = reader.text(QStringLiteral("note"), longestNote);
    hint.known = reader.flag(QStringLiteral("known"), true);
    hint.hidden = reader.flag(QStringLiteral("hidden"), false);
    hint.region = reader.region(QStringLiteral("region"));
    if (kind == ColorHint::Kind::Stroke) {
        keys += QStringLiteral("points");
        hint.path = reader.path(QStringLiteral("points"));
    } else {
        keys += {QStringLiteral("x"), QStringLiteral("y")};
        hint.path = {QPointF(reader.number(QStringLiteral("x"), -farthest, farthest),
                             reader.number(QStringLiteral("y"), -farthest, farthest))};
    }
    if (kind != ColorHint::Kind::KeepGrey) {
        keys += QStringLiteral("color");
        hint.color = reader.color(QStringLiteral("color"));
    }
    reader.allowOnly(keys);
    return hint;
}

QJsonArray written(const QList<QPointF> &path)
{
    QJsonArray points;
    for (const QPointF &p : path)
        points += QJsonArray{p.x(), p.y()};
    return points;
}

QJsonObject written(const ColorHint &hint)
{
    QJsonObject object{{QStringLiteral("radius"), hint.radius}};
    if (hint.kind == ColorHint::Kind::Stroke) {
        object.insert(QStringLiteral("points"), written(hint.path));
    } else {
        object.insert(QStringLiteral("x"), hint.path.first().x());
        object.insert(QStringLiteral("y"), hint.path.first().y());
    }
    if (hint.kind != ColorHint::Kind::KeepGrey)
        object.insert(QStringLiteral("color"), QColor(hint.color).name());
    if (!hint.name.isEmpty())
        object.insert(QStringLiteral("name"), hint.name);
    if (!hint.note.isEmpty())
        object.insert(QStringLiteral("note"), hint.note);
    if (!hint.known)
        object.insert(QStringLiteral("known"), false);
    if (hint.hidden)
        object.insert(QStringLiteral("hidden"), true);
    if (!hint.region.isEmpty()) {
        QJsonArray region;
        for (const QPolygonF &line : hint.region)
            region += written(line);
        object.insert(QStringLiteral("region"), region);
    }
    return object;
}

} // namespace

Result<ColorHints> ColorHints::fromJson(const QByteArray &json)
{
    if (json.trimmed().isEmpty())
        return ColorHints();
    if (json.size() > mostBytes) {
        return fail(ErrorCode::BadArgument, {tr("hints of %1 bytes").arg(json.size()),
                                             tr("up to %1 bytes").arg(mostBytes)});
    }
    QJsonParseError parsing;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsing);
    if (!document.isObject()) {
        const QString what = parsing.error == QJsonParseError::NoError
                                 ? tr("hints that are no JSON object")
                                 : tr("hints with a fault at byte %1 (%2)")
                                       .arg(parsing.offset)
                                       .arg(parsing.errorString());
        return fail(ErrorCode::BadArgument, {what, tr("a hints file, version 1")});
    }
    std::optional<Error> problem;
    Reader reader(document.object(), {}, problem);
    if (reader.number(QStringLiteral("version"), 1, 1e9) != 1)
        reader.wrong(QStringLiteral("version"), tr("1; a newer program wrote these hints"));
    ColorHints hints;
    if (reader.has(QStringLiteral("width")) || reader.has(QStringLiteral("height"))) {
        hints.size = QSize(int(reader.number(QStringLiteral("width"), 1, longestSide)),
                           int(reader.number(QStringLiteral("height"), 1, longestSide)));
    }
    qsizetype pathPoints = 0;
    for (const Group &group : groups) {
        const QString key = QLatin1String(group.key);
        const QJsonArray list = reader.list(key);
        for (qsizetype i = 0; i < list.size() && !problem; ++i) {
            const QString place = QStringLiteral("%1[%2].").arg(key).arg(i);
            if (!list[i].isObject())
                reader.wrong(key, tr("a list of objects"));
            hints.all += readHint(list[i].toObject(), place, group.kind, problem);
            pathPoints += hints.all.last().path.size();
            for (const QPolygonF &line : hints.all.last().region)
                pathPoints += line.size();
            if (hints.all.size() > mostHints || pathPoints > mostPathPoints) {
                problem = Error(
                    ErrorCode::BadArgument,
                    {tr("so many hints"),
                     tr("%1 hints with %2 points together").arg(mostHints).arg(mostPathPoints)});
            }
        }
    }
    reader.allowOnly({QStringLiteral("version"), QStringLiteral("width"), QStringLiteral("height"),
                      QStringLiteral("points"), QStringLiteral("strokes"),
                      QStringLiteral("keep_grey")});
    if (problem)
        return fail(*problem);
    return hints;
}

QByteArray ColorHints::toJson() const
{
    QJsonObject object{{QStringLiteral("version"), 1}};
    if (!size.isEmpty()) {
        object.insert(QStringLiteral("width"), size.width());
        object.insert(QStringLiteral("height"), size.height());
    }
    for (const Group &group : groups) {
        QJsonArray list;
        for (const ColorHint &hint : all) {
            if (hint.kind == group.kind && !hint.path.isEmpty())
                list += written(hint);
        }
        if (!list.isEmpty())
            object.insert(QLatin1String(group.key), list);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

ColorHints ColorHints::scaledTo(QSize picture) const
{
    ColorHints result = *this;
    result.size = picture;
    if (size.isEmpty() || size == picture)
        return result;
    const double x = double(picture.width()) / size.width();
    const double y = double(picture.height()) / size.height();
    for (ColorHint &hint : result.all) {
        for (QPointF &p : hint.path)
            p = QPointF(p.x() * x, p.y() * y);
        for (QPolygonF &line : hint.region) {
            for (QPointF &p : line)
                p = QPointF(p.x() * x, p.y() * y);
        }
        hint.radius *= std::sqrt(x * y);
    }
    return result;
}

int ColorHints::countOutside(QSize picture) const
{
    return int(std::count_if(all.begin(), all.end(), [&](const ColorHint &hint) {
        const QRectF b = QPolygonF(hint.path).boundingRect();
        return b.right() + hint.radius <= 0 || b.left() - hint.radius >= picture.width() ||
               b.bottom() + hint.radius <= 0 || b.top() - hint.radius >= picture.height();
    }));
}

int ColorHints::countShown() const
{
    return int(
        std::count_if(all.begin(), all.end(), [](const ColorHint &hint) { return !hint.hidden; }));
}

int ColorHints::countGuessed() const
{
    return int(std::count_if(all.begin(), all.end(), [](const ColorHint &hint) {
        return !hint.known && !hint.hidden;
    }));
}

} // namespace heirloom

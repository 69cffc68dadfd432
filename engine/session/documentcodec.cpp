// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/documentcodec.h"

#include "edit/sizelimits.h"
#include "session/pixelpacking.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <cmath>

namespace heirloom
{

namespace
{

using S = QLatin1String;

QString depthName(Depth depth)
{
    return depth == Depth::U8 ? S("u8") : depth == Depth::U16 ? S("u16") : S("f32");
}

QString kindName(LayerKind kind)
{
    switch (kind) {
    case LayerKind::Original:
        return S("original");
    case LayerKind::Pixel:
        return S("pixel");
    case LayerKind::Ai:
        return S("ai");
    case LayerKind::Adjustment:
        break;
    }
    return S("adjustment");
}

std::optional<LayerKind> kindFrom(const QString &name)
{
    for (const LayerKind kind :
         {LayerKind::Original, LayerKind::Pixel, LayerKind::Ai, LayerKind::Adjustment}) {
        if (kindName(kind) == name)
            return kind;
    }
    return {};
}

QJsonArray toJson(QSize size)
{
    return {size.width(), size.height()};
}

QSize sizeFrom(const QJsonValue &value)
{
    const QJsonArray array = value.toArray();
    return {array.at(0).toInt(), array.at(1).toInt()};
}

QJsonArray toJson(const Transform &transform)
{
    const QTransform &m = transform.toQTransform();
    return {m.m11(), m.m12(), m.m13(), m.m21(), m.m22(), m.m23(), m.m31(), m.m32(), m.m33()};
}

std::optional<Transform> transformFrom(const QJsonValue &value)
{
    const QJsonArray a = value.toArray();
    if (a.size() != 9)
        return {};
    const auto v = [&a](int i) { return a.at(i).toDouble(); };
    return Transform::fromQTransform(
        QTransform(v(0), v(1), v(2), v(3), v(4), v(5), v(6), v(7), v(8)));
}

} // namespace

// ---- writing -----------------------------------------------------------------------------------

namespace
{

QString addProfile(const ColorProfile &profile, DocumentParts &parts)
{
    if (profile.isSrgb())
        return S("sRGB");
    if (profile == ColorProfile::graySrgb())
        return S("gray");
    const QByteArray icc = profile.icc();
    const QString key = QString::fromLatin1(
        QCryptographicHash::hash(icc, QCryptographicHash::Sha256).toHex());
    parts.profiles.insert(key, icc);
    return key;
}

QString addPixels(const TiledBuffer &pixels, DocumentParts &parts)
{
    const QString key = pixelKey(pixels);
    parts.pixels.insert(key, pixels);
    return key;
}

QJsonObject maskToJson(const Mask &mask, DocumentParts &parts)
{
    return {{S("pixels"), addPixels(mask.pixels, parts)},
            {S("transform"), toJson(mask.transform)},
            {S("enabled"), mask.enabled}};
}

QJsonObject layerToJson(const Layer &layer, DocumentParts &parts)
{
    QJsonObject json{{S("id"), QString::number(layer.id.value())},
                     {S("kind"), kindName(layer.kind)},
                     {S("name"), layer.name},
                     {S("visible"), layer.visible},
                     {S("locked"), layer.locked},
                     {S("opacity"), layer.opacity},
                     {S("blend"), blendModeId(layer.blendMode)}};
    if (layer.kind == LayerKind::Adjustment) {
        json[S("adjustment")] = layer.adjustment.id;
        json[S("parameters")] = QJsonObject::fromVariantMap(layer.adjustment.parameters);
    } else {
        json[S("pixels")] = addPixels(layer.pixels, parts);
        json[S("profile")] = addProfile(layer.profile, parts);
        json[S("transform")] = toJson(layer.transform);
    }
    if (!layer.mask.isNull())
        json[S("mask")] = maskToJson(layer.mask, parts);
    if (layer.kind == LayerKind::Ai) {
        const AiContent &ai = layer.ai;
        json[S("ai")] = QJsonObject{{S("operation"), ai.operation},
                                    {S("method"), ai.method},
                                    {S("parameters"), QJsonObject::fromVariantMap(ai.parameters)},
                                    {S("modelId"), ai.modelId},
                                    {S("modelVersion"), ai.modelVersion},
                                    {S("modelSha256"), ai.modelSha256},
                                    {S("modelName"), ai.modelName},
                                    {S("madeFrom"), ai.madeFrom.toHex()},
                                    {S("sourceSize"), toJson(ai.sourceSize)},
                                    {S("record"), ai.record}};
    }
    return json;
}

} // namespace

QJsonObject DocumentCodec::toJson(const Snapshot &snapshot, DocumentParts &parts)
{
    const Canvas &canvas = snapshot.canvas;
    QJsonArray layers;
    for (const Layer &layer : snapshot.stack)
        layers += layerToJson(layer, parts);
    QJsonObject json{{S("size"), heirloom::toJson(canvas.size)},
                     {S("channels"), int(canvas.format.channels)},
                     {S("depth"), depthName(canvas.format.depth)},
                     {S("profile"), addProfile(canvas.profile, parts)},
                     {S("active"), QString::number(snapshot.activeLayer.value())},
                     {S("layers"), layers}};
    if (canvas.resolution.isValid())
        json[S("resolution")] = QJsonArray{canvas.resolution.x, canvas.resolution.y};
    if (!snapshot.selection.isNull())
        json[S("selection")] = maskToJson(snapshot.selection, parts);
    if (!snapshot.name.isEmpty())
        json[S("name")] = snapshot.name;
    return json;
}

DocumentCodec::Keys DocumentCodec::keysOf(const QJsonObject &json)
{
    Keys keys;
    const auto add = [](QSet<QString> &set, const QJsonValue &value) {
        const QString key = value.toString();
        if (!key.isEmpty() && key != S("sRGB") && key != S("gray"))
            set.insert(key);
    };
    add(keys.profiles, json[S("profile")]);
    add(keys.pixels, json[S("selection")].toObject()[S("pixels")]);
    for (const QJsonValue &value : json[S("layers")].toArray()) {
        const QJsonObject layer = value.toObject();
        add(keys.pixels, layer[S("pixels")]);
        add(keys.profiles, layer[S("profile")]);
        add(keys.pixels, layer[S("mask")].toObject()[S("pixels")]);
    }
    return keys;
}

// ---- reading -----------------------------------------------------------------------------------

namespace
{

/// More than anybody makes; work on a stack grows with it.
constexpr qsizetype mostLayers = 2000;

class Reader
{
public:
    Reader(const DocumentCodec::Source &source, const QString &name)
        : m_source(source)
        , m_name(name)
    {
    }

    Result<Snapshot> snapshot(const QJsonObject &json)
    {
        Snapshot result;
        Canvas &canvas = result.canvas;
        canvas.size = sizeFrom(json[S("size")]);
        const int channels = json[S("channels")].toInt();
        const QString depth = json[S("depth")].toString();
        if (!checkCanvasSize(canvas.size) || channels < 1 || channels > 4 ||
            (depth != S("u8") && depth != S("u16")))
            return damaged(QStringLiteral("the canvas"));
        canvas.format = {Channels(channels), depth == S("u8") ? Depth::U8 : Depth::U16};
        auto profile = profileOf(json[S("profile")].toString(), canvas.format);
        if (!profile)
            return fail(profile.error());
        canvas.profile = *profile;
        const QJsonArray resolution = json[S("resolution")].toArray();
        canvas.resolution = {resolution.at(0).toDouble(), resolution.at(1).toDouble()};
        if (!std::isfinite(canvas.resolution.x) || !std::isfinite(canvas.resolution.y))
            return damaged(QStringLiteral("the resolution"));
        result.name = json[S("name")].toString();
        const QJsonArray layers = json[S("layers")].toArray();
        if (layers.size() > mostLayers)
            return damaged(QStringLiteral("%1 layers").arg(layers.size()));
        for (const QJsonValue &value : layers) {
            auto read = layer(value.toObject());
            if (!read)
                return fail(read.error());
            if (result.stack.find(read->id))
                return damaged(QStringLiteral("two layers of one number"));
            if (read->kind == LayerKind::Original) {
                if (!result.stack.isEmpty())
                    return damaged(QStringLiteral("an original above other layers"));
                read->locked = true; // whatever is said
            }
            result.stack.insert(result.stack.count(), std::move(*read));
        }
        if (result.stack.isEmpty())
            return damaged(QStringLiteral("no layers"));
        if (json.contains(S("selection"))) {
            if (auto read = readMask(json[S("selection")].toObject(), result.selection); !read)
                return fail(read.error());
            result.selection.enabled = true;
        }
        result.activeLayer = LayerId(json[S("active")].toString().toULongLong());
        return result;
    }

private:
    tl::unexpected<Error> damaged(const QString &what) const
    {
        return fail(ErrorCode::InputDamaged, {m_name, what});
    }

    Result<ColorProfile> profileOf(const QString &key, PixelFormat format) const
    {
        if (key == S("sRGB"))
            return ColorProfile::sRgb();
        if (key == S("gray"))
            return ColorProfile::graySrgb();
        const auto icc = m_source.profile(key);
        if (!icc)
            return fail(icc.error());
        const auto profile = ColorProfile::fromIcc(*icc);
        if (!profile || !profile->fits(format))
            return damaged(QStringLiteral("a colour profile"));
        return *profile;
    }

    Result<void> readMask(const QJsonObject &json, Mask &mask) const
    {
        auto pixels = m_source.pixels(json[S("pixels")].toString());
        if (!pixels)
            return fail(pixels.error());
        const auto transform = transformFrom(json[S("transform")]);
        if (pixels->format() != PixelFormat{Channels::Gray, Depth::U8} || !transform)
            return damaged(QStringLiteral("a mask"));
        mask = {std::move(*pixels), *transform, json[S("enabled")].toBool(true)};
        return {};
    }

    Result<Layer> layer(const QJsonObject &json) const
    {
        Layer layer;
        const auto kind = kindFrom(json[S("kind")].toString());
        const auto blend = blendModeFromId(json[S("blend")].toString());
        layer.id = LayerId(json[S("id")].toString().toULongLong());
        layer.opacity = json[S("opacity")].toDouble(-1);
        if (!kind || !blend || !layer.id.isValid() || !(layer.opacity >= 0 && layer.opacity <= 1))
            return damaged(QStringLiteral("a layer"));
        layer.kind = *kind;
        layer.blendMode = *blend;
        layer.name = json[S("name")].toString();
        layer.visible = json[S("visible")].toBool(true);
        layer.locked = json[S("locked")].toBool();
        if (layer.kind == LayerKind::Adjustment) {
            layer.adjustment = {json[S("adjustment")].toString(),
                                json[S("parameters")].toObject().toVariantMap()};
        } else {
            auto pixels = m_source.pixels(json[S("pixels")].toString());
            if (!pixels)
                return fail(pixels.error());
            layer.pixels = std::move(*pixels);
            auto profile = profileOf(json[S("profile")].toString(), layer.pixels.format());
            if (!profile)
                return fail(profile.error());
            layer.profile = *profile;
            const auto transform = transformFrom(json[S("transform")]);
            if (!transform)
                return damaged(QStringLiteral("a layer's place"));
            layer.transform = *transform;
        }
        if (json.contains(S("mask"))) {
            if (auto read = readMask(json[S("mask")].toObject(), layer.mask); !read)
                return fail(read.error());
        }
        if (layer.kind == LayerKind::Ai) {
            const QJsonObject ai = json[S("ai")].toObject();
            layer.ai = {ai[S("operation")].toString(),
                        ai[S("method")].toString(),
                        ai[S("parameters")].toObject().toVariantMap(),
                        ai[S("modelId")].toString(),
                        ai[S("modelVersion")].toString(),
                        ai[S("modelSha256")].toString(),
                        ai[S("modelName")].toString(),
                        Fingerprint::fromHex(ai[S("madeFrom")].toString()),
                        sizeFrom(ai[S("sourceSize")]),
                        ai[S("record")].toObject()};
        }
        return layer;
    }

    const DocumentCodec::Source &m_source;
    const QString m_name;
};

} // namespace

Result<Snapshot> DocumentCodec::fromJson(const QJsonObject &json, const Source &source,
                                         const QString &name)
{
    return Reader(source, name).snapshot(json);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colormaterial.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

// A static library's resources are not there by themselves; a macro for the global namespace.
static void initMaterials()
{
    Q_INIT_RESOURCE(materials);
}

namespace heirloom
{

namespace
{

struct Words {
    const char *id;
    const char *name;
};

/// The colours are in materials.json, the words here, where translators find them.
constexpr Words groupWords[] = {
    {"skin", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Skin")},
    {"hair", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Hair")},
    {"eyes", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Eyes")},
    {"sky", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Sky and water")},
    {"foliage", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Plants")},
    {"wood", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Wood and leather")},
    {"stone", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Stone and metal")},
    {"uniform", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Uniforms")},
    {"fabric", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Clothes")},
};
constexpr Words materialWords[] = {
    {"skin-very-fair", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Very fair skin")},
    {"skin-fair", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Fair skin")},
    {"skin-ruddy", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Ruddy skin")},
    {"skin-olive", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Olive skin")},
    {"skin-tan", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Tanned skin")},
    {"skin-light-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Light brown skin")},
    {"skin-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brown skin")},
    {"skin-dark", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Dark skin")},
    {"skin-old", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Skin in old age")},
    {"lips", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Lips")},
    {"lipstick-red", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Red lipstick")},
    {"hair-black", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Black hair")},
    {"hair-dark-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Dark brown hair")},
    {"hair-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brown hair")},
    {"hair-auburn", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Auburn hair")},
    {"hair-red", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Red hair")},
    {"hair-dark-blond", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Dark blond hair")},
    {"hair-blond", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Blond hair")},
    {"hair-grey", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Grey hair")},
    {"hair-white", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "White hair")},
    {"eyes-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brown eyes")},
    {"eyes-hazel", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Hazel eyes")},
    {"eyes-green", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Green eyes")},
    {"eyes-blue", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Blue eyes")},
    {"eyes-grey", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Grey eyes")},
    {"sky-clear", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Clear sky")},
    {"sky-hazy", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Hazy sky")},
    {"sky-overcast", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Overcast sky")},
    {"sky-storm", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Storm clouds")},
    {"sky-sunset", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Evening sky")},
    {"water-sea", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Sea")},
    {"water-river", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "River")},
    {"foliage-tree", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Leaves in summer")},
    {"foliage-spring", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Leaves in spring")},
    {"foliage-conifer", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Conifers")},
    {"foliage-autumn", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Leaves in autumn")},
    {"grass-fresh", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Fresh grass")},
    {"grass-dry", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Dry grass")},
    {"flower-rose", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Roses")},
    {"wood-oak", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Oak")},
    {"wood-mahogany", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Mahogany")},
    {"wood-walnut", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Walnut")},
    {"wood-pine", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Pine")},
    {"wood-weathered", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Weathered wood")},
    {"leather-brown", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brown leather")},
    {"stone-brick", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brick")},
    {"stone-sandstone", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Sandstone")},
    {"stone-limestone", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Limestone")},
    {"stone-granite", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Granite")},
    {"stone-slate", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Slate")},
    {"stone-earth", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Bare earth")},
    {"stone-concrete", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Concrete")},
    {"metal-iron", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Iron")},
    {"metal-brass", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brass")},
    {"uniform-khaki-1900s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Khaki drill, 1900s")},
    {"uniform-field-grey-1910s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Field grey, 1910s")},
    {"uniform-horizon-blue-1910s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Horizon blue, 1910s")},
    {"uniform-khaki-serge-1910s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Khaki serge, 1910s")},
    {"uniform-olive-drab-1940s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Olive drab, 1940s")},
    {"uniform-battledress-1940s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Battledress brown, 1940s")},
    {"uniform-field-grey-1940s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Field grey-green, 1940s")},
    {"uniform-air-blue-1940s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Air force blue, 1940s")},
    {"uniform-navy", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Navy blue")},
    {"uniform-olive-green-1960s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Olive green, 1960s")},
    {"uniform-nurse-white", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Nurse's white")},
    {"fabric-black-1900s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Mourning black, 1900s")},
    {"fabric-white-linen-1900s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "White linen, 1900s")},
    {"fabric-indigo-1900s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Indigo work cloth, 1900s")},
    {"fabric-brown-tweed-1910s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Brown tweed, 1910s")},
    {"fabric-dusty-rose-1920s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Dusty rose, 1920s")},
    {"fabric-jade-1920s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Jade green, 1920s")},
    {"fabric-charcoal-suit-1930s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Charcoal suit, 1930s")},
    {"fabric-burgundy-1930s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Burgundy, 1930s")},
    {"fabric-floral-blue-1940s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Cornflower blue, 1940s")},
    {"fabric-utility-green-1940s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Utility green, 1940s")},
    {"fabric-denim-1950s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Denim, 1950s")},
    {"fabric-pastel-yellow-1950s",
     QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Pastel yellow, 1950s")},
    {"fabric-turquoise-1950s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Turquoise, 1950s")},
    {"fabric-coral-1950s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Coral, 1950s")},
    {"fabric-orange-1960s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Orange, 1960s")},
    {"fabric-pink-1960s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Bright pink, 1960s")},
    {"fabric-avocado-1970s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Avocado, 1970s")},
    {"fabric-mustard-1970s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Mustard, 1970s")},
    {"fabric-rust-1970s", QT_TRANSLATE_NOOP("heirloom::ColorMaterial", "Rust, 1970s")},
};

template <size_t N>
QString nameOf(const Words (&words)[N], const QString &id)
{
    const auto *found = std::find_if(std::begin(words), std::end(words), [&](const Words &w) {
        return id == QLatin1String(w.id);
    });
    return found == std::end(words)
               ? QString()
               : QCoreApplication::translate("heirloom::ColorMaterial", found->name);
}

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::ColorMaterial", text);
}

double luminanceOf(QRgb color)
{
    return (0.3 * qRed(color) + 0.59 * qGreen(color) + 0.11 * qBlue(color)) / 255;
}

Error wrong(qsizetype number, const QString &key, const QString &allowed)
{
    return {ErrorCode::BadArgument,
            {QStringLiteral("materials[%1].%2").arg(number).arg(key), allowed}};
}

} // namespace

QString ColorMaterial::name() const
{
    return nameOf(materialWords, id);
}

QString materialGroupName(const QString &group)
{
    return nameOf(groupWords, group);
}

QRgb ColorMaterial::at(double luminance) const
{
    const double low = luminanceOf(shadow);
    const double middle = luminanceOf(mid);
    const double high = luminanceOf(light);
    const bool isDark = luminance < middle;
    const QRgb from = isDark ? shadow : mid;
    const QRgb to = isDark ? mid : light;
    const double start = isDark ? low : middle;
    const double end = isDark ? middle : high;
    const double share = std::clamp((luminance - start) / (end - start), 0.0, 1.0);
    const auto mix = [share](int a, int b) { return int(std::lround(a + share * (b - a))); };
    return qRgb(mix(qRed(from), qRed(to)), mix(qGreen(from), qGreen(to)),
                mix(qBlue(from), qBlue(to)));
}

Result<QList<ColorMaterial>> ColorMaterial::listFromJson(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const QJsonObject object = document.object();
    if (object.value(u"version").toInt() != 1 || !object.value(u"materials").isArray())
        return fail(ErrorCode::BadArgument, {tr("a file of materials"), tr("version 1 of it")});
    const QJsonArray array = object.value(u"materials").toArray();
    QList<ColorMaterial> list;
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QJsonObject entry = array[i].toObject();
        ColorMaterial material;
        material.id = entry.value(u"id").toString();
        material.group = entry.value(u"group").toString();
        if (material.id.isEmpty() || material.group.isEmpty())
            return fail(wrong(i, QStringLiteral("id"), tr("an id and a group")));
        struct Field {
            const char *key;
            QRgb &color;
        };
        for (const Field &f : {Field{"shadow", material.shadow}, Field{"mid", material.mid},
                               Field{"light", material.light}}) {
            const QString text = entry.value(QLatin1String(f.key)).toString();
            const QColor color(text);
            if (text.size() != 7 || !text.startsWith(u'#') || !color.isValid())
                return fail(wrong(i, QLatin1String(f.key), QStringLiteral("#rrggbb")));
            f.color = color.rgb();
        }
        if (luminanceOf(material.shadow) >= luminanceOf(material.mid) ||
            luminanceOf(material.mid) >= luminanceOf(material.light))
            return fail(wrong(i, QStringLiteral("mid"), tr("colours from dark to light")));
        list += material;
    }
    return list;
}

const QList<ColorMaterial> &shippedMaterials()
{
    static const QList<ColorMaterial> materials = [] {
        initMaterials();
        QFile file(QStringLiteral(":/colours/materials.json"));
        const bool isOpen = file.open(QIODevice::ReadOnly);
        const auto list = ColorMaterial::listFromJson(isOpen ? file.readAll() : QByteArray());
        Q_ASSERT(list); // and a test reads it
        return list.value_or(QList<ColorMaterial>());
    }();
    return materials;
}

} // namespace heirloom

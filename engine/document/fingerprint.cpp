// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/fingerprint.h"

#include "document/adjustment.h"

#include "document/canvas.h"
#include "document/layerstack.h"

#include <QDataStream>
#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstring>

namespace heirloom
{

Fingerprint Fingerprint::fromHex(const QString &hex)
{
    Fingerprint fingerprint;
    fingerprint.m_bytes = QByteArray::fromHex(hex.toLatin1());
    return fingerprint;
}

FingerprintBuilder::FingerprintBuilder()
    : m_hash(QCryptographicHash::Sha256)
{
}

void FingerprintBuilder::addRaw(char kind, const QByteArray &bytes)
{
    QByteArray head;
    QDataStream stream(&head, QIODevice::WriteOnly);
    stream << qint8(kind) << qint64(bytes.size());
    m_hash.addData(head);
    m_hash.addData(bytes);
}

FingerprintBuilder &FingerprintBuilder::add(const QByteArray &bytes)
{
    addRaw('b', bytes);
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(const QString &text)
{
    addRaw('s', text.toUtf8());
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(qint64 number)
{
    addRaw('i', QByteArray::number(number));
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(double number)
{
    if (number == 0)
        number = 0; // -0 is 0
    quint64 bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    addRaw('d', QByteArray::number(bits, 16));
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(const std::array<quint64, 2> &hash)
{
    addRaw('h', QByteArray::number(hash[0], 16) + ':' + QByteArray::number(hash[1], 16));
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(const Transform &transform)
{
    const QTransform &m = transform.toQTransform();
    for (const double v :
         {m.m11(), m.m12(), m.m13(), m.m21(), m.m22(), m.m23(), m.m31(), m.m32(), m.m33()})
        add(v);
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(const Mask &mask)
{
    if (!mask.isActive()) {
        addRaw('n', {});
        return *this;
    }
    return add(mask.pixels.contentHash()).add(mask.transform);
}

FingerprintBuilder &FingerprintBuilder::add(const Fingerprint &fingerprint)
{
    addRaw('f', fingerprint.m_bytes);
    return *this;
}

FingerprintBuilder &FingerprintBuilder::add(const QVariantMap &parameters)
{
    // A map's keys are sorted, so that JSON is canonical here.
    addRaw('m',
           QJsonDocument(QJsonObject::fromVariantMap(parameters)).toJson(QJsonDocument::Compact));
    return *this;
}

Fingerprint FingerprintBuilder::result() const
{
    Fingerprint fingerprint;
    fingerprint.m_bytes = m_hash.result();
    return fingerprint;
}

Fingerprint fingerprintBelow(const Canvas &canvas, const LayerStack &stack, int index)
{
    FingerprintBuilder builder;
    builder.add(qint64(canvas.size.width()))
        .add(qint64(canvas.size.height()))
        .add(qint64(canvas.format.channels))
        .add(qint64(canvas.format.depth))
        .add(canvas.profile.isSrgb() ? QByteArray("sRGB") : canvas.profile.icc());
    for (int i = 0; i < index; ++i) {
        const Layer &layer = stack.at(i);
        if (!layer.isShown())
            continue;
        const bool adjusts = layer.kind == LayerKind::Adjustment;
        builder.add(layer.opacity).add(blendModeId(layer.blendMode)).add(layer.mask);
        if (adjusts) {
            builder.add(layer.adjustment.id).add(completeParameters(layer.adjustment));
            continue;
        }
        if (layer.replacesBelow())
            builder.add(QByteArray("replaces"));
        builder.add(layer.pixels.contentHash())
            .add(layer.transform)
            .add(layer.profile.isSrgb() ? QByteArray("sRGB") : layer.profile.icc());
    }
    return builder.result();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>
#include <QVariant>

#include <array>

namespace heirloom
{

class LayerStack;
class Transform;
struct Mask;
struct Canvas;

/// A digest that tells whether two things were made from the same. Depends on contents alone, so
/// that undo, redo and opening a project again lead back to the same value. A value; null means
/// "made from nothing known" and equals only another null.
class Fingerprint
{
public:
    Fingerprint() = default;
    bool isNull() const { return m_bytes.isEmpty(); }
    QString toHex() const { return QString::fromLatin1(m_bytes.toHex()); }
    static Fingerprint fromHex(const QString &hex);
    bool operator==(const Fingerprint &) const = default;
    auto operator<=>(const Fingerprint &other) const
    {
        return m_bytes.compare(other.m_bytes) <=> 0;
    }

private:
    friend class FingerprintBuilder;
    QByteArray m_bytes;
};

/// Collects what a result depends on, in order. Every item is added with its kind and length, so
/// that no two sequences of items look alike.
class FingerprintBuilder
{
public:
    FingerprintBuilder();
    FingerprintBuilder &add(const QByteArray &bytes);
    FingerprintBuilder &add(const QString &text);
    FingerprintBuilder &add(qint64 number);
    FingerprintBuilder &add(double number);
    FingerprintBuilder &add(const std::array<quint64, 2> &hash);
    FingerprintBuilder &add(const Transform &transform);
    FingerprintBuilder &add(const Mask &mask);
    FingerprintBuilder &add(const Fingerprint &fingerprint);
    FingerprintBuilder &add(const QVariantMap &parameters);
    Fingerprint result() const;

private:
    void addRaw(char kind, const QByteArray &bytes);
    QCryptographicHash m_hash;
};

/// What the canvas shows below the layer at index (of the whole stack when index is its size):
/// canvas and visible layers with their pixels, places, masks, opacities and blend modes. Hidden
/// layers and layers at opacity 0 do not count; neither do names, the active layer or a view.
Fingerprint fingerprintBelow(const Canvas &canvas, const LayerStack &stack, int index);

} // namespace heirloom

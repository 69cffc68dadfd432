// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "document/blendmode.h"
#include "document/fingerprint.h"
#include "document/mask.h"
#include "document/transform.h"
#include "image/colormanagement.h"
#include "image/tiledbuffer.h"

#include <QJsonObject>
#include <QString>
#include <QVariantMap>

namespace heirloom
{

enum class LayerKind {
    Original,   ///< the picture as it was opened; locked, bit-exact for ever
    Pixel,      ///< painted, pasted, merged
    Ai,         ///< the result of an operation
    Adjustment, ///< no pixels; changes what is below it (adjustment.h)
};

/// What an AI layer was made with and from.
struct AiContent {
    QString operation; ///< id, "upscale"
    QString method;    ///< pack id or the classical twin's name
    QVariantMap parameters;
    QString modelId, modelVersion, modelSha256; ///< empty for classical methods
    QString modelName;                          ///< as a person reads it
    /// Of all that the result depends on (session/, through FingerprintBuilder); the layer is out
    /// of date when computing it anew gives another value.
    Fingerprint madeFrom;
    /// Of the whole picture it was made from, which its pixels cover from edge to edge.
    QSize sourceSize;
    QJsonObject record; ///< the operation's own record, for the ledger

    bool operator==(const AiContent &) const = default;
};

/// What an adjustment does.
struct AdjustmentContent {
    QString id; ///< "levels"
    QVariantMap parameters;
    bool operator==(const AdjustmentContent &) const = default;
};

/// One layer: a plain value. Copying is cheap (tiles are shared), so that snapshots and undo hold
/// whole layers. Changed only through Document.
struct Layer {
    LayerId id; ///< given by Document when it is inserted
    LayerKind kind = LayerKind::Pixel;
    QString name;
    bool visible = true;
    bool locked = false;
    double opacity = 1; ///< 0..1; an AI layer's strength
    BlendMode blendMode = BlendMode::Normal;

    TiledBuffer pixels; ///< native pixels; null for adjustments
    ColorProfile profile;
    Transform transform; ///< layer -> canvas
    Mask mask;

    AiContent ai;                 ///< kind Ai
    AdjustmentContent adjustment; ///< kind Adjustment

    bool hasPixels() const { return !pixels.isNull(); }
    /// A result of the whole picture with transparent places: it stands in the place of what is
    /// below, alpha too (replaceRow()), instead of lying over it.
    bool replacesBelow() const
    {
        return kind == LayerKind::Ai && blendMode == BlendMode::Normal &&
               pixels.format().hasAlpha();
    }
    /// Takes part in what is shown.
    bool isShown() const;
    /// The part of the canvas it may cover; may pass the canvas's edges. Without end are an
    /// adjustment's, and those of a layer that reaches to the horizon of its projective place.
    QRect bounds() const;

    /// The pixels, place, mask and blending are the same (pointers, not pixels, are compared).
    bool looksLike(const Layer &other) const;
    bool operator==(const Layer &other) const; ///< looksLike and everything else
};

} // namespace heirloom

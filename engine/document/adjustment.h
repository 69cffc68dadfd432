// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layer.h"

#include <QList>

namespace heirloom
{

/// One parameter of an adjustment, as data, so that panels and files need no code for each.
struct AdjustmentParameter {
    enum class Kind {
        Number,
        Curve, ///< QVariantList of [x, y] lists, 0..1, x rising; at least two points
    };
    QString key;   ///< stable, English
    QString label; ///< translated
    Kind kind = Kind::Number;
    double defaultValue = 0, minimum = 0, maximum = 1, step = 0.01;
    int decimals = 0;
    QString unit;  ///< "%", "EV", "px", ""
    QString group; ///< translated heading ("Reds"); empty: none
};

/// An adjustment a layer can be: levels, curves, exposure, white-balance, shadows-highlights, hsl,
/// saturation, black-and-white, sharpen, grain. All neutral by default.
struct AdjustmentInfo {
    QString id;
    QString title;           ///< translated
    QString icon;            ///< name of an icon
    bool needsColor = false; ///< a grey canvas turns to RGB with it
    /// Canvas pixels (at full size) around a pixel that its result depends on; 0: none.
    int reach = 0;
    QList<AdjustmentParameter> parameters;
};

/// Largest radii (standard deviations of Gaussians) in canvas pixels.
inline constexpr int maxShadowRadius = 100;
inline constexpr int maxSharpenRadius = 10;

const QList<AdjustmentInfo> &adjustments();
/// Null when there is none.
const AdjustmentInfo *findAdjustment(const QString &id);
/// Defaults, overlaid with what the content has; unknown keys dropped, numbers clamped.
QVariantMap completeParameters(const AdjustmentContent &content);
bool isNeutral(const AdjustmentContent &content);

} // namespace heirloom

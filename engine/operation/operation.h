// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/rowsink.h"

#include <QJsonObject>
#include <QString>
#include <QVariantMap>

#include <memory>

namespace heirloom
{

class ModelProvider;
class TileCache;

/// One parameter of an operation, described by data so that the window, the command line, recipes
/// and the ledger need no code of their own for it.
struct Parameter {
    QString key;   ///< stable, English, used in files
    QString label; ///< translated
    QVariant defaultValue;
    QVariant minimum;
    QVariant maximum;
    QStringList choices; ///< for text parameters with a closed set
    QString unit;        ///< "px", "%", ""
};

/// Which kind of change an operation makes; decides IPTC's DigitalSourceType (metadata/ledger.h).
enum class Alteration {
    None,                                 ///< nothing visible changed (format, metadata)
    HumanEdits,                           ///< crop, rotate, levels by hand
    AlgorithmicallyEnhanced,              ///< classical or learned repair that invents nothing
    CompositeWithTrainedAlgorithmicMedia, ///< a generative network invented detail or colour
};

/// What an operation did: enough for the ledger, the JSON of the command line and the layer's name.
struct OperationRecord {
    QString operation; ///< id, e.g. "upscale"
    QString method;    ///< "realesrgan-general-x4v3" or the classical twin's name, e.g. "lanczos"
    QVariantMap parameters;
    double strength = 100;                      ///< 0..100
    QString modelId, modelVersion, modelSha256; ///< empty for classical methods
    double changedShare = 1;                    ///< share of pixels changed, 0..1
    Alteration alteration = Alteration::None;
    int tiles = 0, tilesReused = 0, tilesRetried = 0, tilesHalved = 0;
    double inferenceSeconds = 0;
    qint64 peakBytes = 0;
    QStringList warnings; ///< translated sentences: fallbacks and what the user should know
};

/// What an operation may use. Handed in by the session; no operation finds anything on its own.
struct OperationContext {
    ModelProvider *models = nullptr; ///< null: no learned method can run
    qint64 memoryBytes = 0;          ///< for one forward pass; 0: no limit
    int tile = 0;                    ///< 0: the pack's best tile
    TileCache *cache = nullptr;      ///< finished tiles of interrupted runs; null: none
    /// A region is run by itself instead of by the tiles of the picture's grid that it meets: less
    /// work for a small one, but no tile is finished that could be used again.
    bool regionAlone = false;
    quint64 seed = 0; ///< for operations that draw numbers
};

} // namespace heirloom

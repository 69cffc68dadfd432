// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "operation/pictureoperation.h"

#include <list>
#include <optional>

namespace heirloom
{

class ModelEnvironment;

/// The picture a canvas shows, as operations see it. Untagged pictures stay untagged, so that the
/// window and the command line do the same arithmetic.
OperationPicture pictureOf(const Canvas &canvas);
/// As an operation gets what is selected: all that shows at all is to be worked on, since a layer's
/// mask blends the result in. Gray U8, 0 and 255; null without a selection.
Image areaOf(const Snapshot &source);
/// The profile that a file's pixels are worked on in: its own where it fits them.
ColorProfile profileOf(const QByteArray &icc, PixelFormat format);

/// What an operation made of a source: all that is needed to put it into a layer, to know it again
/// and to bring it up to date where the source changed. A value; pixels are shared.
struct AiResult {
    /// What was below, Snapshot::sourceBelow(); its selection is where the operation was to work.
    Snapshot source;
    AiContent content;
    TiledBuffer pixels;
    OperationRecord record;
};

/// How the layer of a new result is shown.
struct AiLook {
    double opacity = 1; ///< its strength
    Mask mask;
    BlendMode blendMode = BlendMode::Normal;
    /// The selection that the mask was goes into it, in the same step: it is the layer's then.
    bool takesSelection = false;
};

/// A state in which a result is to become a layer: enlarged where the result is larger, in RGB
/// where it brings colour.
Snapshot fitted(const Snapshot &state, const AiResult &result);
/// The layer for a state of fitted(), named after what was done.
Layer layerOf(const AiResult &result, const AiLook &look, const Canvas &canvas);
/// What was done, with the model where one did it.
QString layerName(const AiContent &content);

/// Of everything a result depends on: what is visible below, operation, method, parameters and
/// model, and the source's selection where the operation works inside a mask. Otherwise a layer's
/// mask and opacity are applied to the finished result and are no part of it.
Fingerprint madeFrom(const Snapshot &source, const AiContent &content);

/// What to run; made on the GUI thread, run on the engine thread.
struct AiRun {
    Snapshot source;
    AiContent content; ///< planned; record still empty
    int reach = -1;    ///< OperationPlan::reach
    QSize target;
    std::optional<AiResult> earlier; ///< the same operation on an earlier source

    /// Plans an operation on a source. Errors: planOperation()'s.
    static Result<AiRun> plan(const Snapshot &source, const QString &operation,
                              const QVariantMap &parameters, const OperationContext &context);
    /// Where (source pixels) earlier differs from what is wanted; nothing: all has to be run.
    std::optional<QRegion> partToRun() const;
    /// Only the part where there is an earlier result, with the same bytes as all of it.
    Result<AiResult> run(const std::shared_ptr<TileStore> &store, ModelEnvironment &models,
                         const Progress &progress) const;
};

/// Results by what they were made from, the least recently used dropped beyond the budget. Pixels
/// lie in the tile store, which moves cold ones to disk. GUI thread.
class AiResults
{
public:
    static constexpr qint64 defaultBudget = qint64(4) << 30;
    explicit AiResults(qint64 budgetBytes = defaultBudget)
        : m_budget(budgetBytes)
    {
    }
    /// Null when there is none; valid until the next change.
    const AiResult *find(const Fingerprint &madeFrom);
    void insert(const AiResult &result);
    void clear() { m_results.clear(); }

private:
    qint64 m_budget;
    std::list<AiResult> m_results; ///< most recently used first
};

} // namespace heirloom

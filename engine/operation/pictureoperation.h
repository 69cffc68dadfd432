// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/operation.h"

#include <QRect>
#include <QSize>

#include <functional>
#include <memory>

namespace heirloom
{

/// The picture an operation is asked about.
struct OperationPicture {
    QSize size;
    PixelFormat format;
    QByteArray icc; ///< empty: untagged
    /// Where the operation is to work, for those that ask (inpaint): grey, the picture's size,
    /// white = there. Null: none was given.
    Image mask{};
};

/// What an operation will do to a picture, known before anything is loaded.
struct OperationPlan {
    QString operation;
    /// Complete: together with the model's hash they give the same bytes for the same picture.
    QVariantMap parameters;
    QString method;                               ///< pack id or the classical twin's name
    QString modelId, modelVersion, modelSha256;   ///< empty for classical methods
    QString modelName;                            ///< as a person reads it
    QSize target;                                 ///< of the result
    /// How far (source pixels) around a pixel its result looks; negative: everywhere.
    int reach = -1;
    QStringList warnings; ///< translated: why the twin is used, and the like
};

/// Any operation that makes a picture of the same extent out of a picture, behind one door: what
/// AI layers, previews and recipes drive. Made for one picture; one thread.
class PictureOperation
{
public:
    virtual ~PictureOperation() = default;

    virtual QSize target() const = 0;
    /// Source pixels that go through a network, halos included; 0: none do.
    virtual qint64 modelPixels() const = 0;
    /// Decides what depends on the picture's content ("auto"), before run() or runRegion(); the
    /// complete parameters are the answer. Operations without such parameters answer what they
    /// have.
    virtual Result<QVariantMap> settle(ImageSource &source, const Progress &progress) = 0;
    /// About which share of the time of settle() and run() together settle() takes, 0..1.
    virtual double settleShare() const { return 0.05; }
    /// The whole picture, top to bottom; the sink has target() and the picture's format.
    virtual Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                        const Progress &progress) = 0;
    /// Called with each finished piece: its place in target pixels, and the pixels.
    using TileSink = std::function<void(const QRect &, const Image &)>;
    /// At least region (target pixels), nearest to centre first, with the same bytes as run().
    virtual Result<OperationRecord> runRegion(ImageSource &source, const QRect &region,
                                              QPoint centre, const TileSink &finished,
                                              const Progress &progress) = 0;
};

/// A strength in per cent. Errors: BadArgument outside of 0 to 100.
Result<void> checkStrength(double strength);

/// Quick; any thread. Strength is no part of it: results are whole, strength is a layer's opacity
/// (previews and the command line give it to the operation's own function). Errors: BadArgument,
/// those of the model store, UnknownOperation as BadArgument.
Result<OperationPlan> planOperation(const QString &operation, const OperationPicture &picture,
                                    const QVariantMap &parameters, const OperationContext &context);
/// Loads what is needed. strength: percent of the change, 100 for layers.
Result<std::unique_ptr<PictureOperation>>
createOperation(const QString &operation, const OperationPicture &picture,
                const QVariantMap &parameters, double strength, const OperationContext &context);

} // namespace heirloom

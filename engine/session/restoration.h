// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layer.h"
#include "image/tiledbuffer.h"
#include "operation/pictureoperation.h"
#include "recipe/triage.h"

#include <QByteArray>

namespace heirloom
{

class ModelEnvironment;

/// A picture as it goes from step to step.
struct RestoredPicture {
    TiledBuffer pixels;
    QByteArray icc; ///< empty: untagged
    QList<OperationRecord> records; ///< of the steps so far that changed something
    QStringList warnings;           ///< translated; of the ones that found nothing to do too
};

/// Its pixels as a source; the picture outlives it.
class RestoredSource : public ImageSource
{
public:
    explicit RestoredSource(const RestoredPicture &picture)
        : m_picture(picture)
    {
    }
    QSize size() const override { return m_picture.pixels.size(); }
    PixelFormat format() const override { return m_picture.pixels.format(); }
    QByteArray icc() const override { return m_picture.icc; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override { return m_picture.pixels.read(r); }

private:
    const RestoredPicture &m_picture;
};

/// Runs the steps one after another, each on the result of the one before, as layers get their
/// results: a document's layers, flattened, are the same bytes. Strength is opacity. A step that
/// finds nothing to do leaves the picture as it is. Engine thread, or the command line's. Errors:
/// those of the operations; the picture is left alone then.
Result<RestoredPicture> restored(RestoredPicture picture, const QList<ProposedStep> &steps,
                                 ModelEnvironment &models, const Progress &progress = {});

/// How long a step takes on this machine.
struct StepTime {
    std::optional<double> seconds; ///< nothing: not known yet
    /// The pack whose speed, once measured, would tell (ModelEnvironment::measureSpeed()).
    QString unmeasured;
};

/// Of each step on a picture like this one, whose size follows the steps. Loads nothing; any
/// thread.
QList<StepTime> stepTimes(const QList<ProposedStep> &steps, OperationPicture picture,
                          ModelEnvironment &models);

/// The picture under adjustments, the first the lowest: what the same adjustment layers show of it
/// in a document. Records are left to the caller. Any thread. Errors: BadArgument (a grey picture
/// and an adjustment of colours), Cancelled.
Result<RestoredPicture> adjusted(RestoredPicture picture,
                                 const QList<AdjustmentContent> &adjustments,
                                 const Progress &progress = {});

} // namespace heirloom

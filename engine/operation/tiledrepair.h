// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/tiledrunner.h"
#include "operation/piececomposer.h"
#include "operation/pictureoperation.h"

namespace heirloom
{

/// The words and the twin of an operation that a network (a denoiser, where no other task is named)
/// does or, without one, a classical method.
struct RepairMethods {
    QString operation; ///< id
    QString twin;      ///< id
    int twinReach = 0; ///< pixels around a pixel that the twin looks at
    int extraReach = 0; ///< pixels that the learned method looks at beyond the network's halo
    QString missing;   ///< warning: no model is installed
    QString failed;    ///< warning: the model could not be loaded; %1 is the reason
    ModelTask task = ModelTask::Denoise;
    QString wanted{}; ///< "a model whose task is ..."; empty: to remove noise

    /// Of an operation that no network does.
    static RepairMethods classical(const QString &operation, const QString &method)
    {
        RepairMethods methods;
        methods.operation = operation;
        methods.twin = method;
        return methods;
    }
};

/// What will be done; the caller adds the parameters. model: pack id, the twin's, or empty for the
/// best usable pack. Any thread. Errors: ModelMissing, BadArgument (a pack for something else).
Result<OperationPlan> planRepair(const OperationPicture &picture, const QString &model,
                                 const RepairMethods &methods, const OperationContext &context);

/// A plan that can be carried out; the network is null for the twin.
struct LoadedRepair {
    OperationPlan plan;
    std::shared_ptr<Model> network;
};
/// Falls back to the twin, saying so, where the model was not named. Errors: as planRepair(), and
/// those of loading a model that was named.
Result<LoadedRepair> loadRepair(const OperationPicture &picture, const QString &model,
                                const RepairMethods &methods, const OperationContext &context);

/// How a network goes over a picture by tiles in this context.
TiledOptions tiledOptions(const OperationContext &context);
/// Translated: that tiles had to be smaller than planned; else nothing.
QStringList tiledWarnings(const TiledStatistics &statistics);

/// What a TiledRepair is made of.
struct RepairParts {
    OperationPicture picture;
    LoadedRepair loaded;
    OperationContext context;
    PieceComposer composer;
    double strength = 100;

    /// The network, or what make() gives where none is used.
    template <typename Make>
    std::shared_ptr<Model> networkOr(const Make &make) const
    {
        return loaded.network ? loaded.network : make();
    }
};

/// planRepair() with the settings' parameters, the method named in them. Settings: good ones of an
/// operation, with a model and toParameters().
template <typename Settings>
Result<OperationPlan> planRepairOf(const OperationPicture &picture, Settings settings,
                                   const RepairMethods &methods, const OperationContext &context)
{
    auto plan = planRepair(picture, settings.model, methods, context);
    if (!plan)
        return plan;
    settings.model = plan->method;
    plan->parameters = settings.toParameters();
    return plan;
}

/// What operations share that improve a picture at its own size, tile by tile, with a Model that
/// takes RGB and numbers: PieceComposer keeps 16 bits, gamut and alpha, and a region gives the same
/// bytes as the whole. Made for one picture, used on one thread.
class TiledRepair : public PictureOperation
{
public:
    QSize target() const override { return m_picture.size; }
    qint64 modelPixels() const override;
    /// Rows above the next one that run() asks a streaming source for again.
    int retainedRows() const;
    /// The record as far as it is known before the run; for encoders that write metadata first.
    OperationRecord plannedRecord() const { return record({}); }

    Result<OperationRecord> run(ImageSource &source, RowSink &sink,
                                const Progress &progress) override;
    Result<OperationRecord> runRegion(ImageSource &source, const QRect &region, QPoint centre,
                                      const TileSink &finished, const Progress &progress) override;

protected:
    /// What the constructor takes. Errors: as loadRepair(), Internal (a profile that does not fit).
    static Result<RepairParts> partsFor(const OperationPicture &picture, const QString &model,
                                        double strength, const RepairMethods &methods,
                                        const OperationContext &context);
    /// model: does the work; the parts' network only where it is handed in as such.
    TiledRepair(RepairParts parts, std::shared_ptr<Model> model);

    /// What depends on the picture has been found out.
    virtual bool isSettled() const = 0;
    /// Nothing is to be done to the picture.
    virtual bool isIdle() const = 0;
    virtual QString idleText() const = 0;
    virtual QVariantMap shownParameters() const = 0;
    virtual QMap<QString, double> scalars() const = 0;

    const OperationPlan &plan() const { return m_plan; }
    /// Another way of using the network, found better once the picture was looked at; the record
    /// says why.
    void useInstead(std::shared_ptr<Model> model, const QString &why);

private:
    bool isLearned() const { return !m_plan.modelId.isEmpty(); }
    TiledOptions options() const;
    OperationRecord record(const TiledStatistics &statistics) const;
    Result<void> checkSource(const ImageSource &source) const;
    Result<void> copy(ImageSource &source, RowSink &sink, const Progress &progress) const;

    OperationPicture m_picture;
    OperationPlan m_plan;
    OperationContext m_context;
    std::shared_ptr<Model> m_model; ///< the network, or the twin
    PieceComposer m_composer;
    double m_strength;
};

} // namespace heirloom

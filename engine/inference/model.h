// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/planes.h"

#include <QMap>
#include <QPoint>
#include <QString>

#include <atomic>
#include <memory>

namespace heirloom
{

struct ModelFile;
struct ModelPack;

/// Everything one forward pass takes. The pack's model.json says which planes and scalars there
/// are; all planes have the picture's size, values as the pack's input contract says (0..1).
struct ModelInput {
    Planes image;
    QMap<QString, Planes> planes;  ///< extra inputs with pixels: mask, hints, ...
    QMap<QString, double> scalars; ///< extra inputs without: sigma, strength, ...; missing: default
    /// Where in the picture the planes begin; for methods that depend on places. Networks must not.
    QPoint origin{};
};

/// Stops and limits a forward pass from within. Shared between the thread that runs and the one
/// that cancels.
struct RunControl {
    Progress progress;                 ///< its stop and yield requests end the pass early
    qint64 budgetBytes = 0;            ///< what the pass may allocate; 0: no limit
    std::atomic<qint64> peakBytes = 0; ///< most that one pass had allocated so far
};

/// A loaded network. Knows no torch and no file, only numbers in and out, so that it could as well
/// live in another process. Used on one thread at a time (the engine thread).
class Model
{
public:
    virtual ~Model() = default;

    virtual const ModelPack &pack() const = 0;
    /// What else decides the last bits of a result ("LibTorch 1.13.1, 2 threads"); part of the key
    /// of cached results.
    virtual QString runtime() const { return {}; }

    /// One pass. Width and height must fit the pack's multiple and minimum. Errors: Cancelled when
    /// a stop or a yield was asked for during it; OutOfMemory when the budget was spent;
    /// BadArgument when the input does not fit the pack; ModelFailed otherwise. After any of them
    /// the model can be used again.
    virtual Result<Planes> run(const ModelInput &input, RunControl &control) = 0;
};

/// How often something more urgent went first, and for how long.
struct Interruptions {
    int count = 0;
    double seconds = 0;
};

/// What run() says when it is left to finish: a pass that made room for something more urgent is
/// begun again once that is done. interruptions: added to, where given. Errors: those of run(), but
/// Cancelled only when a stop was asked for, and ModelFailed as well when pass after pass ends
/// early although nobody asked.
Result<Planes> answerOf(Model &model, const ModelInput &input, RunControl &control,
                        Interruptions *interruptions = nullptr);

/// Makes Models of files that ModelStore has approved; the implementations that compute are plugins
/// loaded at the first inference (inference/chainplugin, inference/torchplugin).
class ModelBackend
{
public:
    virtual ~ModelBackend() = default;

    virtual QString name() const = 0;       ///< "LibTorch 1.13.1"
    virtual void setThreads(int count) = 0; ///< 0: all cores
    /// Null where this backend is not made for such a network. Errors: ModelRefused (the graph uses
    /// an operator that is not allowed), ModelDamaged.
    virtual Result<std::unique_ptr<Model>> load(const ModelFile &file) = 0;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

#include <memory>
#include <optional>
#include <vector>

namespace heirloom
{

/// The classical ways to fill a hole from its rim.
enum class ClassicalFill {
    Membrane,     ///< Laplace's equation in the hole, from coarse to fine
    Telea,        ///< A. Telea, "An Image Inpainting Technique Based on the Fast Marching Method", 2004
    NavierStokes, ///< M. Bertalmio, A. Bertozzi, G. Sapiro, CVPR 2001
};

QString classicalFillName(ClassicalFill fill);
/// The way back; nothing for other names.
std::optional<ClassicalFill> classicalFillNamed(const QString &name);

/// Name of the extra plane that every fill takes: 1 in the hole, 0 outside; what the picture holds
/// in the hole is not looked at.
inline const QString holePlane = QStringLiteral("mask");
/// Name of the extra number: half of the hole's width, in pixels.
inline const QString holeHalfWidth = QStringLiteral("half_width");

/// 1 for each pixel in a hole, row by row.
std::vector<quint8> unknownOf(const Planes &mask);
/// The input's holePlane. Errors: Internal (id: whose input has none of the picture's size).
Result<const Planes *> holesOf(const ModelInput &input, const QString &id);

/// A picture's known values and where they are missing (1), at one of several sizes.
struct HoleLevel {
    Planes values;
    std::vector<quint8> unknown;
};
/// Half the size; the mean of what is known in each two by two.
HoleLevel halved(const HoleLevel &fine);
/// The missing values of a level from the coarser one, bilinear between its centres.
void interpolate(HoleLevel &fine, const HoleLevel &coarse);

/// Fills holes in the picture's own encoded values, any number of channels, by one of the methods
/// above. A piece without a pixel to start from becomes mid-grey. A value; any thread.
void fillHoles(Planes &picture, const Planes &mask, ClassicalFill fill);

/// A classical fill behind the door of a network.
class ClassicalFiller : public Model
{
public:
    explicit ClassicalFiller(ClassicalFill fill);
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

private:
    ClassicalFill m_fill;
    ModelPack m_pack;
};

/// Fills with a denoiser as the picture's prior: the membrane, then a few rounds in which the whole
/// piece is denoised, less each time, and the known pixels are put back (S. Venkatakrishnan, C.
/// Bouman, B. Wohlberg, "Plug-and-Play Priors for Model Based Reconstruction", GlobalSIP 2013; here
/// over-relaxed). Where the known pixels are grey, so is the fill.
class DenoiserFiller : public Model
{
public:
    explicit DenoiserFiller(std::shared_ptr<Model> denoiser);
    const ModelPack &pack() const override { return m_pack; }
    QString runtime() const override { return m_denoiser->runtime(); }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Most rounds that a piece takes.
    static int mostRounds();

private:
    std::shared_ptr<Model> m_denoiser;
    ModelPack m_pack;
};

/// Fills with a network that improves Telea's fill (radius 3) of the hole.
class NetworkFiller : public Model
{
public:
    explicit NetworkFiller(std::shared_ptr<Model> network);
    const ModelPack &pack() const override { return m_pack; }
    QString runtime() const override { return m_network->runtime(); }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

private:
    std::shared_ptr<Model> m_network;
    ModelPack m_pack;
};

} // namespace heirloom

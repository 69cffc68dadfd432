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
    Membrane, ///< Laplace's equation in the hole, from coarse to fine
    Telea,    ///< A. Telea, "An Image Inpainting Technique Based on the Fast Marching Method", 2004
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

/// A way to fill holes behind the door of a network: takes a picture (RGB), its holePlane and
/// holeHalfWidth, and gives the picture filled. Errors, besides those of the way itself: Internal
/// (no holePlane of the picture's size), ModelFailed. Used on one thread.
class HoleFiller : public Model
{
public:
    const ModelPack &pack() const final { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) final;

protected:
    /// A method without a network.
    HoleFiller(const QString &id, qint64 memoryPerInputPixel);
    /// One that a network has a part in. way: tells its cached tiles from those of the network
    /// itself, and of other ways to use it.
    HoleFiller(const ModelPack &network, const QByteArray &way);
    /// holes: the input's holePlane. May throw OpenCV's exceptions.
    virtual Result<Planes> fill(const ModelInput &input, const Planes &holes,
                                RunControl &control) = 0;

private:
    ModelPack m_pack;
};

/// Fills by one of the methods above.
class ClassicalFiller : public HoleFiller
{
public:
    explicit ClassicalFiller(ClassicalFill fill);

protected:
    Result<Planes> fill(const ModelInput &input, const Planes &holes, RunControl &control) override;

private:
    ClassicalFill m_fill;
};

/// Fills with a denoiser as the picture's prior: the membrane, then a few rounds in which the whole
/// piece is denoised, less each time, and the known pixels are put back (S. Venkatakrishnan, C.
/// Bouman, B. Wohlberg, "Plug-and-Play Priors for Model Based Reconstruction", GlobalSIP 2013; here
/// over-relaxed). Where the known pixels are grey, so is the fill.
class DenoiserFiller : public HoleFiller
{
public:
    explicit DenoiserFiller(std::shared_ptr<Model> denoiser);
    QString runtime() const override { return m_denoiser->runtime(); }

    /// Most rounds that a piece takes.
    static int mostRounds();

protected:
    Result<Planes> fill(const ModelInput &input, const Planes &holes, RunControl &control) override;

private:
    std::shared_ptr<Model> m_denoiser;
};

/// Fills with a network that improves Telea's fill (radius 3) of the hole.
class NetworkFiller : public HoleFiller
{
public:
    explicit NetworkFiller(std::shared_ptr<Model> network);
    QString runtime() const override { return m_network->runtime(); }

protected:
    Result<Planes> fill(const ModelInput &input, const Planes &holes, RunControl &control) override;

private:
    std::shared_ptr<Model> m_network;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorize.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <array>
#include <cmath>

namespace heirloom::test
{

inline constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
inline const QString packId = QStringLiteral("scripted-colorizer");

/// Paints everything in one chroma, sure of the first of two bins by a share, and keeps what it was
/// asked.
class ChromaModel : public Model
{
public:
    ChromaModel()
    {
        m_pack = scriptedPack(packId);
        m_pack.task = ModelTask::Colorize;
        m_pack.input.channels = QStringLiteral("L");
        m_pack.input.tileable = false;
        m_pack.input.multipleOf = 32;
        ModelPack::ExtraInput extra;
        extra.kind = ModelPack::ExtraInput::Kind::Plane;
        extra.name = QStringLiteral("hints");
        extra.channels = QStringLiteral("UVMG");
        m_pack.extraInputs.push_back(extra);
        extra.name = QStringLiteral("propagated");
        extra.channels = QStringLiteral("UVR");
        m_pack.extraInputs.push_back(extra);
        m_pack.output.channels = QStringLiteral("UVPP");
        m_pack.output.scale = 1;
        m_pack.output.meaning = ModelPack::Output::Meaning::Chroma;
        m_pack.output.bins = {{-0.3F, 0.2F}, {0.3F, -0.1F}};
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        ++runs;
        asked = input;
        if (cancels > 0 && cancels-- > 0)
            return fail(ErrorCode::Cancelled);
        if (stops || control.progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        Planes out(answerChannels, input.image.width, input.image.height);
        const float values[] = {chroma.u, chroma.v, sure, 1 - sure};
        for (int c = 0; c < answerChannels; ++c)
            std::fill_n(out.plane(c), out.planeSize(), values[c]);
        for (int y = 0; y < out.height; ++y) {
            for (int x = 0; x < out.width; ++x)
                out.row(0, y)[x] += ramp * float(x) / float(out.width);
        }
        return out;
    }

    Chroma chroma{-0.1F, 0.1F};
    float ramp = 0; ///< how much more of u there is at the right than at the left
    float sure = 0.7F;
    int answerChannels = 4;
    int runs = 0;
    int cancels = 0; ///< so many passes make room for something else
    bool stops = false;
    ModelInput asked;

private:
    ModelPack m_pack;
};

/// Takes the left half of every picture for its subject.
class HalfSubjectModel : public Model
{
public:
    HalfSubjectModel()
    {
        m_pack = scriptedPack(QStringLiteral("scripted-cutout"));
        m_pack.task = ModelTask::Cutout;
        m_pack.input.fixedSize = QSize(64, 64);
        m_pack.input.tileable = false;
        m_pack.output.channels = QStringLiteral("A");
        m_pack.output.scale = 1;
        m_pack.output.meaning = ModelPack::Output::Meaning::Matte;
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override
    {
        ++runs;
        asked = input;
        if (cancels > 0 && cancels-- > 0)
            return fail(ErrorCode::Cancelled);
        if (control.progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (fails)
            return fail(ErrorCode::OutOfMemory);
        Planes matte(1, 64, answerHeight);
        for (int y = 0; y < matte.height; ++y)
            std::fill_n(matte.row(0, y), 32, value);
        return matte;
    }

    int runs = 0;
    int cancels = 0; ///< so many passes make room for something else
    bool fails = false;
    int answerHeight = 64;
    float value = 1;
    ModelInput asked;

private:
    ModelPack m_pack;
};

class ChromaProvider : public ModelProvider
{
public:
    std::vector<ModelPack> packs(ModelTask task) const override
    {
        if (task == ModelTask::Cutout && cutout)
            return {cutout->pack()};
        return task == ModelTask::Colorize ? std::vector{model->pack()} : std::vector<ModelPack>();
    }
    Result<ModelPack> pack(const QString &id) const override
    {
        if (id != packId)
            return fail(ErrorCode::ModelMissing, {id});
        return model->pack();
    }
    Result<std::shared_ptr<Model>> load(const QString &id) override
    {
        if (cutout && id == cutout->pack().id)
            return std::shared_ptr<Model>(cutout);
        if (id != packId || broken)
            return fail(ErrorCode::ModelDamaged, {id, QStringLiteral("scripted")});
        return std::shared_ptr<Model>(model);
    }
    std::shared_ptr<ChromaModel> model = std::make_shared<ChromaModel>();
    std::shared_ptr<HalfSubjectModel> cutout; ///< null: no such pack
    bool broken = false;
};

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

inline std::optional<Done> colored(const Image &image, const ColorizeSettings &settings,
                                   ModelProvider *models = nullptr, const QByteArray &icc = {})
{
    OperationContext context;
    context.models = models;
    auto made = Colorize::create({image.size(), image.format(), icc}, settings, context);
    if (!made)
        return {};
    StreamedSource looked(image, 0, icc);
    StreamedSource source(image, 0, icc);
    const auto parameters = (*made)->settle(looked, {});
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

inline ColorHint point(double x, double y, QRgb color, double radius = 4)
{
    ColorHint hint;
    hint.path = {{x, y}};
    hint.radius = radius;
    hint.color = color;
    return hint;
}

inline ColorizeSettings with(const QList<ColorHint> &hints,
                             const QString &model = Colorize::twinId())
{
    ColorizeSettings settings;
    settings.hints.all = hints;
    settings.model = model;
    return settings;
}

inline double lumAt(const Image &image, int x, int y)
{
    return 0.3 * sampleAt(image, x, y, 0) + 0.59 * sampleAt(image, x, y, 1) +
           0.11 * sampleAt(image, x, y, 2);
}

inline double worstLumChange(const Image &a, const Image &b)
{
    double worst = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            worst = std::max(worst, std::abs(lumAt(a, x, y) - lumAt(b, x, y)));
    }
    return worst;
}

/// W3C Compositing, SetLum, in double precision.
inline std::array<double, 3> colorOver(QRgb color, double luminance)
{
    std::array<double, 3> c{qRed(color) / 255.0, qGreen(color) / 255.0, qBlue(color) / 255.0};
    const auto lum = [](const auto &v) { return 0.3 * v[0] + 0.59 * v[1] + 0.11 * v[2]; };
    const double shift = luminance - lum(c);
    for (double &v : c)
        v += shift;
    const double l = lum(c);
    const double low = *std::min_element(c.begin(), c.end());
    const double high = *std::max_element(c.begin(), c.end());
    for (double &v : c) {
        if (low < 0)
            v = l + (v - l) * l / (l - low);
        if (high > 1)
            v = l + (v - l) * (1 - l) / (high - l);
    }
    return c;
}

inline Image greyPhoto(QSize size, Depth depth = Depth::U8, quint32 seed = 1)
{
    return photoPicture(size, {Channels::Gray, depth}, seed).converted({Channels::Rgb, depth});
}

} // namespace heirloom::test

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QSize>
#include <QString>
#include <QVersionNumber>

#include <array>
#include <optional>
#include <vector>

namespace heirloom
{

enum class ModelTask {
    Upscale,
    Denoise,
    Restore,
    Colorize,
    Inpaint,
    Scratch,
    Cutout,
    Face,
    Style,
    Tone,
};

/// The word model.json and the command line use: "upscale", "denoise", ...
QString modelTaskName(ModelTask task);

/// What a model pack says about itself: models/README.md, "model.json, format 1". A value without
/// behaviour; ModelStore decides whether the file beside it is to be trusted.
struct ModelPack {
    struct Input {
        QString channels; ///< one letter a channel: "RGB", "L"
        QString colorSpace;
        double minimum = 0, maximum = 1;
        int multipleOf = 1;
        int minimumSide = 1;
        std::optional<QSize> fixedSize;
        bool tileable = true;

        bool operator==(const Input &) const = default;
    };

    struct ExtraInput {
        enum class Kind { Scalar, Plane };
        QString name;
        Kind kind = Kind::Scalar;
        QString channels; ///< planes only
        double minimum = 0, maximum = 1;
        double defaultValue = 0; ///< scalars only
        QString meaning;

        bool operator==(const ExtraInput &) const = default;
    };

    struct Output {
        enum class Meaning { Picture, Residual, Matte, Mask, Chroma, Curves };
        QString channels;
        int scale = 1;
        double minimum = 0, maximum = 1; ///< nominal; networks overshoot
        Meaning meaning = Meaning::Picture;
        /// Of chroma: the (B - Lum, R - Lum) whose probability each channel after the two of
        /// chroma tells.
        std::vector<std::array<float, 2>> bins;

        bool operator==(const Output &) const = default;
    };

    struct SelfTest {
        struct Sample {
            int channel = 0, y = 0, x = 0;
            double value = 0;

            bool operator==(const Sample &) const = default;
        };
        int width = 0, height = 0;
        quint32 seed = 0;
        double noise = 0;
        std::vector<double> extra;
        QList<int> shape; ///< 1, C, H, W
        std::vector<double> mean, deviation, minimum, maximum;
        std::vector<Sample> samples;
        double tolerance = 0;

        bool operator==(const SelfTest &) const = default;
    };

    QString id;
    QVersionNumber version;
    ModelTask task = ModelTask::Upscale;
    QString name, description, author;
    QString licence, licenceUrl, source, citation, trainingData;
    QString file; ///< name, without a folder
    QByteArray sha256;
    qint64 size = 0;
    bool halfWeights = false; ///< weights are float16 and become float32 after loading
    bool onlyByName = false;  ///< runs only where asked for by its id, as it invents texture, say
    Input input;
    std::vector<ExtraInput> extraInputs;
    Output output;
    qint64 memoryPerInputPixel = 0;
    int bestTile = 0;
    int previewTile = 0; ///< for a region; smaller than bestTile only where no pixel depends on it
    int halo = 0;
    QString tileNote;
    SelfTest selfTest;
    QString folder; ///< where model.json was found, absolute

    QString filePath() const { return folder + u'/' + file; }
    const ExtraInput *extraInput(const QString &inputName) const;

    bool operator==(const ModelPack &) const = default;

    /// Errors: ModelDamaged, naming the key and what is wrong with it.
    static Result<ModelPack> parse(const QByteArray &json, const QString &folder);
    /// Reads folder/model.json (at most 1 MB).
    static Result<ModelPack> read(const QString &folder);
};

} // namespace heirloom

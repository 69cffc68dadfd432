// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/selftest.h"

#include "inference/modelpack.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::SelfTest", text);
}

struct Statistics {
    double mean = 0, deviation = 0, minimum = 0, maximum = 0;
};

Statistics statistics(const Planes &planes, int channel)
{
    const float *values = planes.plane(channel);
    const size_t count = planes.planeSize();
    Statistics s{0, 0, values[0], values[0]};
    for (size_t i = 0; i < count; ++i) {
        s.mean += values[i];
        s.minimum = std::min(s.minimum, double(values[i]));
        s.maximum = std::max(s.maximum, double(values[i]));
    }
    s.mean /= double(count);
    for (size_t i = 0; i < count; ++i)
        s.deviation += (values[i] - s.mean) * (values[i] - s.mean);
    s.deviation = std::sqrt(s.deviation / double(count));
    return s;
}

ModelInput selfTestInput(const ModelPack &pack)
{
    const ModelPack::SelfTest &test = pack.selfTest;
    ModelInput input;
    input.image = selfTestPicture(int(pack.input.channels.size()), test.width, test.height,
                                  test.seed, test.noise);
    for (size_t i = 0; i < pack.extraInputs.size(); ++i) {
        const ModelPack::ExtraInput &extra = pack.extraInputs[i];
        if (extra.kind == ModelPack::ExtraInput::Kind::Scalar) {
            input.scalars.insert(extra.name, test.extra[i]);
        } else {
            Planes planes(int(extra.channels.size()), test.width, test.height);
            std::fill(planes.values.begin(), planes.values.end(), float(test.extra[i]));
            input.planes.insert(extra.name, planes);
        }
    }
    return input;
}

/// What is off first, or an empty text. Comparisons are written so that NaN is off.
QString difference(const ModelPack::SelfTest &test, const Planes &output)
{
    if (test.shape != QList<int>{1, output.channels, output.height, output.width} ||
        size_t(output.channels) != test.mean.size())
        return tr("the self-test's result has another size");
    const auto off = [&](double value, double expected) {
        return !(std::abs(value - expected) <= test.tolerance);
    };
    for (int c = 0; c < output.channels; ++c) {
        const Statistics s = statistics(output, c);
        const size_t i = size_t(c);
        const std::array<std::pair<double, double>, 4> pairs = {{{s.mean, test.mean[i]},
                                                                 {s.deviation, test.deviation[i]},
                                                                 {s.minimum, test.minimum[i]},
                                                                 {s.maximum, test.maximum[i]}}};
        for (const auto &[value, expected] : pairs)
            if (off(value, expected))
                return tr("the self-test gives %1 where %2 is expected").arg(value).arg(expected);
    }
    for (const ModelPack::SelfTest::Sample &sample : test.samples) {
        if (sample.channel < 0 || sample.channel >= output.channels || sample.y < 0 ||
            sample.y >= output.height || sample.x < 0 || sample.x >= output.width)
            return tr("the self-test names a place outside the result");
        const double value = output.row(sample.channel, sample.y)[sample.x];
        if (off(value, sample.value))
            return tr("the self-test gives %1 where %2 is expected").arg(value).arg(sample.value);
    }
    return {};
}

} // namespace

Planes selfTestPicture(int channels, int width, int height, quint32 seed, double noise)
{
    constexpr std::array disc = {0.85, 0.55, 0.25};
    Planes planes(channels, width, height);
    quint32 state = seed;
    const qint64 m = std::min(width, height);
    for (int c = 0; c < channels; ++c) {
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                state = state * 1664525U + 1013904223U;
                const double r = (state >> 8) / 16777216.0;
                const double u = width > 1 ? double(x) / (width - 1) : 0;
                const double v = height > 1 ? double(y) / (height - 1) : 0;
                const qint64 dx = 2 * qint64(x) - (width - 1);
                const qint64 dy = 2 * qint64(y) - (height - 1);
                const std::array gradient = {u, v, (u + v) / 2};
                const size_t k = size_t(c % 3);
                double value =
                    25 * (dx * dx + dy * dy) <= 9 * m * m ? disc[k] : 0.15 + 0.5 * gradient[k];
                value += noise * (r - 0.5);
                planes.row(c, y)[x] = float(std::clamp(value, 0.0, 1.0));
            }
        }
    }
    return planes;
}

Result<void> runSelfTest(Model &model, const Progress &progress)
{
    RunControl control;
    control.progress = progress;
    const ModelPack &pack = model.pack();
    const Result<Planes> output = model.run(selfTestInput(pack), control);
    if (!output)
        return fail(output.error());
    if (const QString problem = difference(pack.selfTest, *output); !problem.isEmpty())
        return fail(ErrorCode::ModelFailed, {pack.id, problem});
    return {};
}

} // namespace heirloom

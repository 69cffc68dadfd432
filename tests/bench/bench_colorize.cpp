// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person waits for while placing colour hints: making the picture small once, an answer to a
// moved hint with the visible 1280 x 720 pixels painted (median and longest of 100), and the whole
// picture painted. A generated photo of 24 megapixels, 8 bit.
//
//   bench_colorize [MEGAPIXELS [MODEL]]
#include "core/errortext.h"
#include "operation/colorize.h"
#include "session/modelenvironment.h"
#include "session/uprightsource.h"
#include "support/testpictures.h"

#include <QCoreApplication>
#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>

using namespace heirloom;

namespace
{

template <typename Work>
double milliseconds(const Work &work)
{
    QElapsedTimer timer;
    timer.start();
    if (const auto done = work(); !done) {
        std::fprintf(stderr, "%s\n", qPrintable(errorSentence(done.error())));
        std::exit(1);
    }
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const double megapixels = argc > 1 ? std::atof(argv[1]) : 24;
    const int height = int(std::sqrt(megapixels * 1e6 * 2 / 3));
    const QSize size(height * 3 / 2, height);
    const Image photo =
        test::photoPicture(size, {Channels::Gray, Depth::U8}).converted({Channels::Rgb, Depth::U8});
    MemorySource source(photo, {});
    ModelEnvironment models{ModelEnvironment::Options{}};
    ColorizeSettings settings;
    if (argc > 2)
        settings.model = QString::fromLocal8Bit(argv[2]);
    ColorHint hint;
    hint.path = {{size.width() / 2.0, size.height() / 2.0}};
    hint.radius = size.width() / 100.0;
    hint.color = qRgb(180, 70, 60);
    settings.hints.all = {hint};
    std::unique_ptr<Colorize> tool;
    const double opened = milliseconds([&]() -> Result<void> {
        auto made = Colorize::create({size, photo.format(), {}}, settings, models.context());
        if (!made)
            return fail(made.error());
        tool = std::move(*made);
        return tool->prepare(source, {});
    });
    const double first = milliseconds([&] { return tool->answer(settings, {}); });
    const QRect seen(size.width() / 3, size.height() / 3, 1280, 720);
    std::vector<double> answers;
    std::vector<double> moves;
    for (int i = 0; i < 100; ++i) {
        settings.hints.all[0].path[0] += QPointF(size.width() / 400.0, i % 2 ? 9 : -9);
        answers.push_back(milliseconds([&] { return tool->answer(settings, {}); }));
        Image part = photo.copied(seen);
        moves.push_back(answers.back() +
                        milliseconds([&] { return tool->paint(part, seen.topLeft()); }));
    }
    std::sort(answers.begin(), answers.end());
    std::sort(moves.begin(), moves.end());
    Image whole = photo;
    const double all = milliseconds([&] { return tool->paint(whole, {0, 0}); });
    std::printf("%d x %d: open %.0f ms, first answer %.0f ms\n"
                "a hint moved: answer %.1f ms, with 1280 x 720 painted %.1f ms (median of 100), "
                "longest %.1f ms\nall painted %.0f ms\n",
                size.width(), size.height(), opened, first, answers[50], moves[50], moves[99], all);
    return 0;
}

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Retouches a photo by a list of strokes, as a hand would with the tools, to look at what comes
// out:
//
//   retouch_photo PHOTO STROKES RESULT.png
//
// STROKES has one stroke a line: a tool, the brush's size, for clone and heal the way to the
// source, for dodge the exposure (below 0 burns), then the places it goes through, in pixels of the
// photo:
//
//   spot 9 218,33 262,62          heal 20 40,0 100,90         clone 20 -30,10 50,50
//   dodge 60 0.4 120,80 160,90    sharpen 40 200,100          soften 40 200,100
//
// Prints the time of each stroke.
#include "document/compositor.h"
#include "edit/history.h"
#include "edit/retouch.h"
#include "paint/strokepath.h"

#include <QElapsedTimer>
#include <QFile>
#include <QImage>
#include <QStringList>
#include <QTextStream>

#include <cstdio>
#include <optional>

using namespace heirloom;

namespace
{

QPointF point(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char(','));
    return {parts.value(0).toDouble(), parts.value(1).toDouble()};
}

/// Takes what belongs to the tool from the words; nothing when there is no such tool.
std::optional<StrokeSourceMaker> sourceFor(const QString &tool, QStringList &words)
{
    constexpr SampleFrom from = SampleFrom::CurrentAndBelow;
    if (tool == QLatin1String("spot"))
        return healSpots(from);
    if (tool == QLatin1String("heal") && !words.isEmpty())
        return healFrom(point(words.takeFirst()), from);
    if (tool == QLatin1String("clone") && !words.isEmpty())
        return cloneFrom(point(words.takeFirst()), from);
    if (tool == QLatin1String("dodge") && !words.isEmpty())
        return dodgeOrBurn({ToneRange::Midtones, words.takeFirst().toDouble()}, from);
    if (tool == QLatin1String("sharpen"))
        return changeDetail({LocalDetail::Kind::Sharpen, 0.8, 1.5}, from);
    if (tool == QLatin1String("soften"))
        return changeDetail({LocalDetail::Kind::Blur, 1, 2}, from);
    return {};
}

bool stroke(Document &document, History &history, const QString &line)
{
    QStringList words = line.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() < 3)
        return false;
    StrokeStart start;
    start.layer = document.activeLayer();
    start.text = words.takeFirst();
    Brush brush;
    brush.setSize(words.takeFirst().toDouble());
    brush.setSmoothing(0);
    brush.setHardness(start.text == QLatin1String("dodge") ? 0 : 0.7);
    const auto source = sourceFor(start.text, words);
    if (!source || words.isEmpty())
        return false;
    start.source = *source;
    QElapsedTimer timer;
    timer.start();
    auto painted = PaintStroke::begin(history, start);
    if (!painted)
        return false;
    StrokePath path(brush);
    (*painted)->add(path.begin(point(words.first()), 1));
    for (int i = 1; i < words.size(); ++i)
        (*painted)->add(path.moveTo(point(words[i]), 1));
    (*painted)->add(path.end());
    const double drawn = double(timer.nsecsElapsed()) / 1e6;
    (*painted)->finish();
    std::printf("%-8s %6.1f ms drawing, %6.1f ms at release\n", qPrintable(start.text), drawn,
                double(timer.nsecsElapsed()) / 1e6 - drawn);
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "retouch_photo PHOTO STROKES RESULT.png\n");
        return 2;
    }
    const QImage photo =
        QImage(QString::fromLocal8Bit(argv[1])).convertToFormat(QImage::Format_RGB888);
    QFile script(QString::fromLocal8Bit(argv[2]));
    if (photo.isNull() || !script.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "the photo or the strokes cannot be read\n");
        return 3;
    }
    Image pixels(photo.size(), {Channels::Rgb, Depth::U8});
    for (int y = 0; y < photo.height(); ++y)
        std::copy_n(photo.constScanLine(y), 3 * photo.width(), pixels.samples<quint8>(y));
    const auto store = TileStore::create(qint64(1) << 30, {});
    const auto document = Document::fromOriginal(TiledBuffer::fromImage(pixels, store),
                                                 ColorProfile::sRgb(), {300, 300});
    History history;
    history.begin(document.get(), QStringLiteral("Open"));
    QTextStream lines(&script);
    for (QString line; lines.readLineInto(&line);) {
        if (!line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('#')) &&
            !stroke(*document, history, line)) {
            std::fprintf(stderr, "not understood: %s\n", qPrintable(line));
            return 2;
        }
    }
    Compositor compositor(store);
    compositor.setState(document->snapshot());
    const Image result = compositor.render(document->canvas().rect());
    QImage out(photo.size(), QImage::Format_RGB888);
    for (int y = 0; y < out.height(); ++y)
        std::copy_n(result.constSamples<quint8>(y), 3 * out.width(), out.scanLine(y));
    return out.save(QString::fromLocal8Bit(argv[3])) ? 0 : 5;
}

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long the retouching algorithms take on one thread: a spot of 100 pixels healed by texture of
// its own choice, and the gradient-domain clone alone, up to a megapixel. Then what a click and
// what a dragged event hold the window's thread for, in a 24-megapixel document of five layers.
#include "document/compositor.h"
#include "edit/documenteditor.h"
#include "edit/retouch.h"
#include "paint/blemishes.h"
#include "paint/seamlessclone.h"
#include "paint/spotheal.h"
#include "paint/spotsource.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace heirloom;

namespace
{

/// Median of several runs, in ms.
template <typename F>
double median(F &&run)
{
    std::vector<double> times;
    for (int i = 0; i < 7; ++i) {
        QElapsedTimer timer;
        timer.start();
        run();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

Image disc(QSize size, double radius)
{
    return test::blemishMask(size, QRect(QPoint(0, 0), size).center(), radius, 1);
}

void spot(const char *name, test::Texture texture, int diameter)
{
    const QRect area = spotSurroundings(QRect(2000, 2000, diameter, diameter), {6000, 4000});
    const Image mask = disc(area.size(), diameter / 2.0);
    const Image picture = test::blemished(test::texturePicture(texture, area.size(), 1), mask, 1)
                              .converted({Channels::Rgb, Depth::F32});
    std::printf("%-7s %4d px spot: search %6.1f ms, whole heal %6.1f ms\n", name, diameter,
                median([&] { findSpotSources(picture, mask); }),
                median([&] { spotHealed(picture, mask); }));
}

void clone(int diameter)
{
    const QSize size(diameter + 20, diameter + 20);
    const auto f32 = [](const Image &image) {
        return image.converted({Channels::Rgb, Depth::F32});
    };
    const Image target = f32(test::texturePicture(test::Texture::Skin, size, 1));
    const Image source = f32(test::texturePicture(test::Texture::Sky, size, 2));
    const Image mask = disc(size, diameter / 2.0);
    std::printf("seamless clone of %4d px: %7.1f ms\n", diameter,
                median([&] { seamlesslyCloned(target, source, mask); }));
}

/// Five layers: the Original, pixels of the whole size half transparent, a small layer, an
/// adjustment and the Retouch layer that the first stroke makes above it.
class Desk
{
public:
    Desk()
    {
        const QSize size(6000, 4000);
        const Image tile = test::texturePicture(test::Texture::Skin, {512, 512}, 3);
        const auto filled = [&](QSize whole, PixelFormat format) {
            TiledBuffer pixels(whole, format, m_store);
            for (int y = 0; y < whole.height(); y += tile.height()) {
                for (int x = 0; x < whole.width(); x += tile.width())
                    pixels.write({x, y}, tile.converted(format));
            }
            return pixels;
        };
        const PixelFormat rgb{Channels::Rgb, Depth::U8};
        m_document = Document::fromOriginal(filled(size, rgb), ColorProfile::sRgb(), {300, 300});
        m_history.begin(m_document.get(), QStringLiteral("Open"));
        DocumentEditor edit(m_history);
        const auto layer = [&](QSize whole) {
            const auto id = edit.addPixels(filled(whole, rgb.withAlpha(true)), ColorProfile::sRgb(),
                                           {}, QStringLiteral("layer"));
            edit.setOpacity(*id, 0.5);
        };
        layer(size);
        layer({3000, 2000});
        edit.addAdjustment({QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.2}}},
                           QStringLiteral("light"));
        m_window.setState(m_document->snapshot());
        paint(healSpots(SampleFrom::CurrentAndBelow), {800, 800}, 40); // makes the fifth layer
    }

    /// One click or drag: ms of the window's thread at press, for an event (median) and at release,
    /// with what the window composes anew.
    void paint(const StrokeSourceMaker &source, QPointF at, double diameter, int moves = 0,
               const char *name = nullptr)
    {
        m_window.render(view(at)); // it has been looked at
        QElapsedTimer timer;
        timer.start();
        const auto lap = [&] {
            m_window.setState(m_document->snapshot());
            m_window.render(view(at));
            return double(timer.nsecsElapsed()) / 1e6;
        };
        StrokeStart start;
        start.layer = m_document->activeLayer();
        start.source = source;
        auto stroke = PaintStroke::begin(m_history, start);
        if (!stroke)
            std::abort();
        const auto touch = [&](QPointF place) {
            const Dab dab{place, diameter, 0.7, 1, 1};
            (*stroke)->add(std::span(&dab, 1));
        };
        touch(at);
        const double pressed = lap();
        std::vector<double> events;
        for (int i = 1; i <= moves; ++i) {
            timer.restart();
            touch(at + QPointF(12 * i, 3 * i));
            events.push_back(lap());
        }
        timer.restart();
        (*stroke)->finish();
        const double released = lap();
        std::sort(events.begin(), events.end());
        if (name)
            std::printf("%-24s press %6.1f ms, event %6.1f ms, release %6.1f ms\n", name, pressed,
                        events.empty() ? 0.0 : events[events.size() / 2], released);
    }

private:
    static QRect view(QPointF at)
    {
        return QRect(at.toPoint() - QPoint(400, 300), QSize(800, 600));
    }

    std::shared_ptr<TileStore> m_store = TileStore::create(qint64(2) << 30, {});
    std::unique_ptr<Document> m_document;
    History m_history;
    Compositor m_window{m_store};
};

} // namespace

int main()
{
    for (const int diameter : {30, 100, 300}) {
        spot("skin", test::Texture::Skin, diameter);
        spot("fabric", test::Texture::Fabric, diameter);
    }
    for (const int diameter : {100, 300, 1000})
        clone(diameter);
    Desk desk;
    constexpr SampleFrom below = SampleFrom::CurrentAndBelow;
    desk.paint(healSpots(below), {2500, 1500}, 100, 0, "spot heal, 100 px");
    desk.paint(healSpots(below), {2700, 2500}, 100, 20, "spot heal, drag 100 px");
    desk.paint(healFrom({150, 40}, below), {3500, 1500}, 100, 0, "heal, 100 px");
    desk.paint(healFrom({150, 40}, below), {1500, 2500}, 100, 20, "heal, drag 100 px");
    desk.paint(cloneFrom({150, 40}, below), {4500, 2500}, 200, 20, "clone, drag 200 px");
    desk.paint(dodgeOrBurn({}, below), {4500, 1500}, 200, 20, "dodge, drag 200 px");
    desk.paint(changeDetail({}, below), {1500, 3500}, 200, 20, "sharpen, drag 200 px");
}

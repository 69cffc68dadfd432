// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/retouch.h"

#include "document/compositor.h"
#include "paint/healsource.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// Layer pixels beside a layer from which can be taken: a bound where the canvas is thousands of
/// times larger than one of them.
constexpr int farthest = 16384;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Retouch", text);
}

/// The layers that are taken from.
LayerStack sampled(const StrokeGround &ground, SampleFrom from)
{
    const LayerStack &all = ground.picture.stack;
    if (from == SampleFrom::All)
        return all;
    const LayerStack stack = all.below(all.indexOf(ground.layer) + 1);
    if (from == SampleFrom::CurrentAndBelow)
        return stack;
    LayerStack one;
    if (const Layer *layer = stack.find(ground.chosen); layer && layer->hasPixels()) {
        Layer alone = *layer;
        alone.visible = true;
        alone.opacity = 1;
        alone.blendMode = BlendMode::Normal;
        alone.mask = {};
        one.insert(0, std::move(alone));
    }
    return one;
}

/// Composites on demand, in the coordinates and colours of one layer.
class Composite
{
public:
    /// origin: where the canvas's first pixel lies in the layer's pixels.
    Composite(const Canvas &canvas, QPoint origin, const LayerStack &stack,
              std::shared_ptr<TileStore> store)
        : m_compositor(std::move(store))
        , m_rect(origin, canvas.size)
        , m_format(canvas.format.withDepth(Depth::F32))
    {
        m_compositor.setState(canvas, stack);
    }
    Image read(const QRect &r)
    {
        Image image(r.size(), m_format);
        image.fill(0);
        const QRect inside = r & m_rect;
        if (!inside.isEmpty())
            image.paste(
                m_compositor.render(inside.translated(-m_rect.topLeft())).converted(m_format),
                inside.topLeft() - r.topLeft());
        return image;
    }

private:
    Compositor m_compositor;
    QRect m_rect;
    PixelFormat m_format;
};

/// Fails when there is nothing to be seen.
Result<PictureReader> readerFor(const StrokeGround &ground, SampleFrom from)
{
    const PixelFormat format = ground.before.format().withAlpha(true);
    if (ground.target != StrokeTarget::Pixels) {
        return PictureReader([pixels = ground.before, format](const QRect &r) {
            Image image(r.size(), format.withDepth(Depth::F32));
            image.fill(0);
            const QRect inside = r & pixels.rect();
            image.paste(pixels.read(inside).converted(image.format()),
                        inside.topLeft() - r.topLeft());
            return image;
        });
    }
    const LayerStack stack = sampled(ground, from);
    if (std::none_of(stack.begin(), stack.end(), [](const Layer &l) {
            return l.isShown() && l.hasPixels();
        }))
        return fail(ErrorCode::BadArgument,
                    {tr("nothing to take pixels from"),
                     tr("a layer with pixels, or another choice of \"Sample\"")});
    Snapshot picture = ground.picture;
    picture.stack = stack;
    Canvas canvas = picture.canvas;
    // The layer and what the canvas shows beside it.
    const Transform toLayer = ground.toCanvas.inverted();
    const QRect all = (ground.before.rect() | toLayer.mapBounds(picture.canvas.rect())) &
                      ground.before.rect().adjusted(-farthest, -farthest, farthest, farthest);
    canvas.size = all.size();
    canvas.format = format;
    canvas.profile = ground.profile;
    picture = picture.onCanvas(canvas,
                               toLayer.then(Transform::translation(-all.left(), -all.top())));
    // What a layer and the way back make is no move at all.
    LayerStack exact;
    for (Layer layer : picture.stack) {
        layer.transform = layer.transform.rounded();
        if (!layer.mask.isNull())
            layer.mask.transform = layer.mask.transform.rounded();
        exact.insert(exact.count(), std::move(layer));
    }
    const auto composite =
        std::make_shared<Composite>(canvas, all.topLeft(), exact, ground.before.store());
    return PictureReader([composite](const QRect &r) { return composite->read(r); });
}

/// Canvas offsets in the layer's pixels.
QPoint offsetOn(const StrokeGround &ground, QPointF offset)
{
    const Transform back = ground.toCanvas.inverted();
    return (back.map(offset) - back.map(QPointF(0, 0))).toPoint();
}

using Made = Result<std::shared_ptr<const StrokeSource>>;

/// What is seen, changed by a function of rectangles with reach pixels around them.
template <typename F>
StrokeSourceMaker changed(SampleFrom from, int reach, F change)
{
    return [=](const StrokeGround &ground) -> Made {
        auto picture = readerFor(ground, from);
        if (!picture)
            return fail(picture.error());
        const QRect all(QPoint(0, 0), ground.before.size());
        const auto effect = [read = *picture, all, reach, change](const QRect &r) {
            const QRect area = r.adjusted(-reach, -reach, reach, reach) & all;
            const Image part = change(read(area));
            Image image(r.size(), part.format());
            image.fill(0);
            image.paste(part, area.topLeft() - r.topLeft());
            return image;
        };
        return std::make_shared<PictureSource>(ground.before.format(), effect);
    };
}

/// The part of a stroke that lies on a pupil.
class PupilSource : public StrokeSource
{
public:
    /// mask: its first pixel lies at an origin, in the target's pixels.
    PupilSource(PixelFormat target, Image mask, QPoint origin, PictureReader effect)
        : m_mask(std::move(mask))
        , m_origin(origin)
        , m_effect(target, std::move(effect))
    {
    }
    void blend(const StrokeSpan &span) const override
    {
        std::vector<quint16> coverage(size_t(span.count), 0);
        const int y = span.y - m_origin.y();
        for (int i = 0; i < span.count; ++i) {
            const int x = span.x + i - m_origin.x();
            if (m_mask.rect().contains(x, y))
                coverage[size_t(i)] =
                    quint16(span.coverage[i] * m_mask.constSamples<quint8>(y)[x] / 255);
        }
        StrokeSpan part = span;
        part.coverage = coverage.data();
        m_effect.blend(part);
    }

private:
    Image m_mask;
    QPoint m_origin;
    PictureSource m_effect;
};

} // namespace

StrokeSourceMaker cloneFrom(QPointF offset, SampleFrom from)
{
    return [=](const StrokeGround &ground) -> Made {
        auto picture = readerFor(ground, from);
        if (!picture)
            return fail(picture.error());
        const auto cloned = [read = *picture, by = offsetOn(ground, offset)](const QRect &r) {
            return read(r.translated(by));
        };
        return std::make_shared<PictureSource>(ground.before.format(), cloned);
    };
}

StrokeSourceMaker healFrom(QPointF offset, SampleFrom from)
{
    return [=](const StrokeGround &ground) -> Made {
        auto picture = readerFor(ground, from);
        if (!picture)
            return fail(picture.error());
        return HealSource::fromOffset(ground.before.format(), ground.before.size(), *picture,
                                      offsetOn(ground, offset));
    };
}

StrokeSourceMaker healSpots(SampleFrom from)
{
    return [=](const StrokeGround &ground) -> Made {
        auto picture = readerFor(ground, from);
        if (!picture)
            return fail(picture.error());
        return HealSource::fromSurroundings(ground.before.format(), ground.before.size(), *picture);
    };
}

StrokeSourceMaker dodgeOrBurn(const DodgeBurn &how, SampleFrom from)
{
    return changed(from, 0, [how](const Image &part) { return dodgedOrBurned(part, how); });
}

StrokeSourceMaker changeDetail(const LocalDetail &how, SampleFrom from)
{
    return changed(from, how.reach(),
                   [how](const Image &part) { return withLocalDetail(part, how); });
}

StrokeSourceMaker removeRedEye(QPointF click, double largest, double darkness, SampleFrom from)
{
    return [=](const StrokeGround &ground) -> Made {
        const auto none = [] {
            return fail(ErrorCode::BadArgument,
                        {tr("no red pupil at this place"),
                         tr("a click on a pupil that a flash has made red, with a brush that is "
                            "not smaller than it")});
        };
        if (ground.before.format().isGray())
            return none();
        auto picture = readerFor(ground, from);
        if (!picture)
            return fail(picture.error());
        const Transform back = ground.toCanvas.inverted();
        const QPointF place = back.map(click);
        const double radius = largest * std::sqrt(back.scaleX() * back.scaleY());
        const int reach = int(std::ceil(2.5 * radius)) + 8;
        const QPoint at(int(std::floor(place.x())), int(std::floor(place.y())));
        const QRect area = QRect(at - QPoint(reach, reach), at + QPoint(reach, reach)) &
                           QRect(QPoint(0, 0), ground.before.size());
        if (!area.contains(at))
            return none();
        const auto pupil = findRedPupil((*picture)(area), at - area.topLeft(), radius,
                                        std::max(4.0, radius / 4));
        if (!pupil)
            return none();
        const auto effect = [read = *picture, darkness](const QRect &r) {
            Image mask(r.size(), {Channels::Gray, Depth::U8});
            mask.fill(255);
            return withoutRedEye(read(r), {{}, 0, mask}, darkness);
        };
        return std::make_shared<PupilSource>(ground.before.format(), pupil->mask, area.topLeft(),
                                             effect);
    };
}

} // namespace heirloom

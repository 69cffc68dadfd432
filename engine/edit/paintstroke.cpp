// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/paintstroke.h"

#include "document/rendition.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::PaintStroke", text);
}

/// W3C Lum, as everywhere where colour becomes grey without a profile.
float grayOf(const QColor &color)
{
    return 0.3F * float(color.redF()) + 0.59F * float(color.greenF()) +
           0.11F * float(color.blueF());
}

Result<std::array<float, 3>> inColorsOf(const ColorProfile &profile, PixelFormat format,
                                        const QColor &color)
{
    const QColor rgb = color.toRgb();
    const std::array<float, 3> values{float(rgb.redF()), float(rgb.greenF()), float(rgb.blueF())};
    if (format.isGray() ? profile == ColorProfile::graySrgb() : profile.isSrgb())
        return format.isGray() ? std::array<float, 3>{grayOf(rgb), 0, 0} : values;
    const auto transform =
        ColorTransform::create(ColorProfile::sRgb(), {Channels::Rgb, Depth::F32}, profile,
                               {format.isGray() ? Channels::Gray : Channels::Rgb, Depth::F32});
    if (!transform)
        return fail(transform.error());
    std::array<float, 3> converted{};
    transform->apply(values.data(), converted.data(), 1);
    return converted;
}

/// The same pixels with alpha, all of it opaque.
TiledBuffer withAlpha(const TiledBuffer &pixels)
{
    TiledBuffer result(pixels.size(), pixels.format().withAlpha(true), pixels.store());
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            const QRect place = pixels.tileRect({x, y});
            result.write(place.topLeft(), pixels.read(place).converted(result.format()));
        }
    }
    return result;
}

} // namespace

StrokeSourceMaker paintWith(const QColor &color)
{
    return [color](const StrokeGround &ground) -> Result<std::shared_ptr<const StrokeSource>> {
        const PixelFormat format = ground.before.format();
        if (ground.target == StrokeTarget::Selection)
            return std::make_shared<ColorSource>(format, std::array{1.F, 0.F, 0.F});
        if (ground.target == StrokeTarget::Mask)
            return std::make_shared<ColorSource>(format,
                                                 std::array{grayOf(color.toRgb()), 0.F, 0.F});
        const auto values = inColorsOf(ground.profile, format, color);
        if (!values)
            return fail(values.error());
        return std::make_shared<ColorSource>(format, *values);
    };
}

StrokeSourceMaker erase()
{
    return [](const StrokeGround &ground) -> Result<std::shared_ptr<const StrokeSource>> {
        const PixelFormat format = ground.before.format();
        if (ground.target != StrokeTarget::Pixels)
            return std::make_shared<ColorSource>(format, std::array<float, 3>{});
        return std::make_shared<EraserSource>(format);
    };
}

bool PaintStroke::isPaintable(const Layer &layer)
{
    return layer.kind == LayerKind::Pixel && layer.hasPixels() && !layer.locked &&
           layer.pixels.format().depth != Depth::F32;
}

PaintStroke::PaintStroke(History &history, const StrokeStart &start)
    : m_history(history)
    , m_document(history.document())
    , m_text(start.text)
{
}

Result<std::unique_ptr<PaintStroke>> PaintStroke::begin(History &history, const StrokeStart &start)
{
    history.settle();
    std::unique_ptr<PaintStroke> stroke(new PaintStroke(history, start));
    stroke->m_before = stroke->m_document->snapshot();
    if (const auto ready = stroke->prepare(start); !ready) {
        stroke->m_document->restore(stroke->m_before);
        return fail(ready.error());
    }
    stroke->m_isOpen = true;
    history.open([raw = stroke.get()] { raw->finish(); });
    return stroke;
}

PaintStroke::~PaintStroke()
{
    cancel();
}

Result<void> PaintStroke::prepare(const StrokeStart &start)
{
    const Layer *found = m_document->layer(start.layer);
    if (!found)
        return fail(ErrorCode::BadArgument,
                    {tr("a layer that is gone"), tr("a layer of this picture")});
    if (start.target == StrokeTarget::Selection)
        return prepareSelection(start);
    const bool onMask = start.target == StrokeTarget::Mask;
    if (onMask && found->locked)
        return fail(ErrorCode::LayerLocked, {found->name});
    if (onMask && found->mask.isNull())
        return fail(ErrorCode::BadArgument, {found->name, tr("a layer that has a mask")});
    if (!onMask && start.erases && !isPaintable(*found))
        return fail(ErrorCode::BadArgument,
                    {found->name, tr("a painted layer that is not locked, or a mask")});
    if (!onMask && !isPaintable(*found)) {
        makeLayer(start.bringsColor);
        found = m_document->layer(m_ground.layer);
    } else if (!onMask && !found->visible) {
        return fail(ErrorCode::BadArgument, {found->name, tr("a layer that is shown")});
    } else if (!onMask && start.erases && !found->pixels.format().hasAlpha()) {
        m_document->setPixels(found->id, withAlpha(found->pixels));
        found = m_document->layer(start.layer);
    }
    m_ground.layer = found->id;
    m_ground.chosen = start.layer;
    m_ground.target = start.target;
    m_ground.before = onMask ? found->mask.pixels : found->pixels;
    m_ground.profile = found->profile;
    m_ground.toCanvas = onMask ? found->mask.transform : found->transform;
    m_ground.picture = m_document->snapshot();

    auto source = start.source(m_ground);
    if (!source)
        return fail(source.error());
    Stroke::Limit limit;
    if (const Mask &selection = m_before.selection; !selection.isNull()) {
        m_selection = std::make_shared<Rendition>();
        m_selection->setMask(selection.pixels,
                             selection.transform.then(m_ground.toCanvas.inverted()).rounded(),
                             m_ground.before.size());
        limit = [here = m_selection](const QRect &area) -> const TiledBuffer & {
            return here->level(0, area);
        };
    }
    m_stroke = std::make_unique<Stroke>(m_ground.before, m_ground.toCanvas.toQTransform(),
                                        std::move(*source), std::move(limit));
    return {};
}

Result<void> PaintStroke::prepareSelection(const StrokeStart &start)
{
    const QSize canvas = m_document->canvas().size;
    const Mask &selection = m_before.selection;
    m_ground.layer = m_ground.chosen = start.layer;
    m_ground.target = start.target;
    // A selection's own place may be another than the canvas's.
    m_ground.before = selection.isNull()
                          ? Mask::uniform(canvas, 0, m_document->store()).pixels
                          : selection.laidOn(canvas).pixels;
    m_ground.picture = m_before;
    auto source = start.source(m_ground);
    if (!source)
        return fail(source.error());
    m_stroke = std::make_unique<Stroke>(m_ground.before, QTransform(), std::move(*source),
                                        Stroke::Limit());
    return {};
}

void PaintStroke::makeLayer(bool bringsColor)
{
    if (bringsColor && m_before.canvas.format.isGray())
        m_document->restore(m_before.inColor());
    const Canvas canvas = m_document->canvas();
    Layer layer;
    layer.name = tr("Retouch");
    layer.pixels = TiledBuffer(canvas.size, canvas.format.withAlpha(true), m_document->store());
    layer.profile = canvas.profile;
    const int index = m_document->stack().indexOf(m_document->activeLayer()) + 1;
    m_ground.layer = m_document->insertLayer(index, std::move(layer));
    m_document->setActiveLayer(m_ground.layer);
    m_madeLayer = true;
}

void PaintStroke::add(std::span<const Dab> dabs)
{
    if (isOpen() && !m_stroke->add(dabs).isEmpty())
        show();
}

void PaintStroke::show()
{
    if (m_ground.target == StrokeTarget::Selection)
        return m_document->setSelection({m_stroke->pixels(), {}, true});
    const Layer *layer = m_document->layer(m_ground.layer);
    if (!layer)
        return;
    if (m_ground.target == StrokeTarget::Pixels)
        return m_document->setPixels(layer->id, m_stroke->pixels());
    Mask mask = layer->mask;
    mask.pixels = m_stroke->pixels();
    m_document->setMask(layer->id, mask);
}

void PaintStroke::finish()
{
    if (!isOpen())
        return;
    m_stroke->finish();
    if (m_stroke->pixels().sharesAllTilesWith(m_ground.before))
        return cancel(); // not a byte differs; a layer that was made for it goes again
    m_isOpen = false;
    m_history.close();
    show();
    m_history.record(m_text, m_before);
    m_history.seal();
}

void PaintStroke::cancel()
{
    if (!isOpen())
        return;
    m_isOpen = false;
    m_history.close();
    m_document->restore(m_before);
}

} // namespace heirloom

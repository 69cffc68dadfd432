// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "support/testpictures.h"

namespace heirloom::test
{

/// A state with every kind of layer, masks and places; what opens as it was written has them all.
struct RichOptions {
    QSize size{300, 280};
    PixelFormat format{Channels::Rgb, Depth::U8};
    bool adjustment = true;
    bool colorModes = true; ///< also Color and Luminosity
};

inline Snapshot richDocument(const std::shared_ptr<TileStore> &store,
                             const RichOptions &options = {})
{
    const QSize size = options.size;
    auto document = Document::fromOriginal(
        TiledBuffer::fromImage(photoPicture(size, options.format), store), ColorProfile::sRgb(),
        {300, 300});
    const auto add = [&](const QString &name, const Image &pixels, BlendMode mode, double opacity) {
        Layer layer;
        layer.name = name;
        layer.pixels = TiledBuffer::fromImage(pixels, store);
        layer.profile = ColorProfile::sRgb();
        layer.blendMode = mode;
        layer.opacity = opacity;
        return layer;
    };
    const PixelFormat rgba = options.format.withAlpha(true);
    Layer layer = add(QStringLiteral("multiply"), photoPicture(size / 2, rgba, 3),
                      BlendMode::Multiply, 0.7);
    layer.transform = Transform::translation(40, 30);
    document->insertLayer(1, layer);
    layer = add(QStringLiteral("screen, masked"), photoPicture(size, options.format, 4),
                BlendMode::Screen, 0.4);
    layer.mask.pixels = TiledBuffer::fromImage(
        gradientPicture(size, {Channels::Gray, Depth::U8}), store);
    document->insertLayer(2, layer);
    layer = add(QStringLiteral("enlarged <&\">"), photoPicture(size / 4, options.format, 5),
                BlendMode::Normal, 0.5);
    layer.kind = LayerKind::Ai;
    layer.transform = Transform::scaling(size / 4, size);
    layer.ai.operation = QStringLiteral("upscale");
    layer.ai.method = QStringLiteral("scripted");
    layer.ai.parameters = {{QStringLiteral("scale"), 4.0}};
    layer.ai.sourceSize = size / 16;
    layer.ai.madeFrom = Fingerprint::fromHex(QString(64, u'a'));
    document->insertLayer(3, layer);
    if (options.colorModes) {
        layer = add(QStringLiteral("color"), photoPicture(size / 3, options.format, 6),
                    BlendMode::Color, 0.6);
        layer.transform = Transform::translation(10, 100);
        document->insertLayer(4, layer);
    }
    if (options.adjustment) {
        Layer light;
        light.kind = LayerKind::Adjustment;
        light.name = QStringLiteral("light");
        light.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.5}}};
        document->insertLayer(document->stack().count(), light);
    }
    layer = add(QStringLiteral("hidden, turned"), photoPicture(size / 5, options.format, 7),
                BlendMode::Overlay, 1);
    layer.visible = false;
    layer.locked = true;
    layer.transform = Transform::rotation(12.3, {30, 30});
    document->insertLayer(document->stack().count(), layer);
    Mask selection;
    selection.pixels = TiledBuffer::fromImage(
        gradientPicture(size / 2, {Channels::Gray, Depth::U8}), store);
    selection.transform = Transform::rotation(7, {20, 40});
    document->setSelection(selection);
    return document->snapshot();
}

/// The same with grey profiles where the canvas is grey, as an opened grey picture has them.
inline Snapshot grayAware(const Snapshot &state)
{
    if (!state.canvas.format.isGray())
        return state;
    Snapshot gray = state;
    gray.canvas.profile = ColorProfile::graySrgb();
    gray.stack = {};
    for (Layer layer : state.stack) {
        if (layer.hasPixels())
            layer.profile = ColorProfile::graySrgb();
        gray.stack.insert(gray.stack.count(), layer);
    }
    return gray;
}

} // namespace heirloom::test

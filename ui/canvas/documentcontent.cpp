// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/documentcontent.h"

#include "canvas/heatoverlay.h"
#include "document/compositor.h"
#include "document/document.h"
#include "session/comparison.h"

namespace heirloom
{

DocumentContent::DocumentContent(Document &document, QObject *parent)
    : CanvasContent(parent)
    , m_document(document)
    , m_after(std::make_unique<Compositor>(document.store()))
    , m_before(std::make_unique<Compositor>(document.store()))
{
    update();
    connect(&document, &Document::selectionChanged, this, [this] {
        if (const QRect region = updateMask(); !region.isEmpty())
            Q_EMIT changed(region);
    });
    connect(&document, &Document::changed, this, [this] {
        const QSize before = m_canvas;
        const QRect region = update() | updateMask();
        if (size() != before)
            Q_EMIT changed();
        else if (!region.isEmpty())
            Q_EMIT changed(region);
    });
}

DocumentContent::~DocumentContent() = default;

/// The part of the canvas that looks different on either side.
QRect DocumentContent::update()
{
    m_canvas = m_document.canvas().size;
    QRect region =
        m_after->setState(m_document.canvas(), m_document.stack(), m_document.activeLayer());
    if (m_single)
        region |= m_single->setState(m_document.canvas(), m_document.stack());
    return region | updateBefore();
}

QRect DocumentContent::updateBefore()
{
    if (!m_comparison)
        return m_before->setState(m_document.canvas(), m_document.stack().originalOnly());
    const Comparison::Before before = m_comparison->before();
    m_before->setSolo(before.alone);
    return m_before->setState(before.state.canvas, before.state.stack);
}

void DocumentContent::setComparison(const Comparison *comparison)
{
    if (m_comparison)
        disconnect(m_comparison, nullptr, this, nullptr);
    m_comparison = comparison;
    const auto refresh = [this] {
        updateBefore();
        Q_EMIT changed();
    };
    if (comparison)
        connect(comparison, &Comparison::changed, this, refresh);
    refresh();
}

void DocumentContent::setAlone(LayerId layer)
{
    if (layer == m_alone)
        return;
    m_alone = layer;
    m_single.reset();
    if (layer.isValid()) {
        m_single = std::make_unique<Compositor>(m_document.store());
        m_single->setSolo(layer);
        m_single->setState(m_document.canvas(), m_document.stack());
    }
    Q_EMIT changed();
}

void DocumentContent::setOverlay(std::shared_ptr<const HeatOverlay> overlay)
{
    if (overlay == m_overlay)
        return;
    m_overlay = std::move(overlay);
    Q_EMIT changed();
}

void DocumentContent::overlayChanged()
{
    Q_EMIT changed();
}

void DocumentContent::setMaskShown(const std::optional<MaskShown> &shown)
{
    if (shown == (m_mask ? std::optional(m_mask->shown()) : std::nullopt))
        return;
    m_mask = shown ? std::make_unique<MaskView>(*shown) : nullptr;
    updateMask();
    Q_EMIT changed();
}

QRect DocumentContent::updateMask()
{
    if (!m_mask)
        return {};
    const LayerId id = m_mask->shown().layer;
    const Layer *layer = m_document.layer(id);
    const Mask mask = !id.isValid() ? m_document.selection() : layer ? layer->mask : Mask();
    return m_mask->setMask(mask, m_document.canvas().size);
}

void DocumentContent::paintMask(QImage &tile, int level, QPoint index)
{
    if (m_mask)
        m_mask->paintOver(tile, level, index);
}

QSize DocumentContent::size() const
{
    return m_document.canvas().size;
}

bool DocumentContent::hasAlpha() const
{
    return m_document.canvas().format.hasAlpha();
}

QImage DocumentContent::tile(Side side, int level, QPoint index)
{
    const QRect r(index * tileSide, QSize(tileSide, tileSide));
    if (side == Side::Before)
        return m_before->renderScreen(r, level);
    QImage image = shown().renderScreen(r, level);
    if (m_overlay)
        m_overlay->paintOver(image, level, index);
    paintMask(image, level, index);
    return image;
}

QString DocumentContent::label(Side side) const
{
    if (side == Side::After || !m_comparison)
        return CanvasContent::label(side);
    return m_comparison->with() == Comparison::With::Original
               ? tr("Before: %1").arg(m_comparison->label())
               : m_comparison->label();
}

QList<QImage> DocumentContent::tiles(Side side, int level, const QList<QPoint> &indices)
{
    if (side == Side::Before)
        return m_before->renderScreenTiles(indices, level);
    QList<QImage> images = shown().renderScreenTiles(indices, level);
    for (qsizetype i = 0; i < images.size(); ++i) {
        if (m_overlay)
            m_overlay->paintOver(images[i], level, indices[i]);
        paintMask(images[i], level, indices[i]);
    }
    return images;
}

QList<int> DocumentContent::pixelValues(QPoint pixel)
{
    const Image one = shown().render(QRect(pixel, QSize(1, 1)));
    QList<int> values;
    for (int c = 0; !one.isNull() && c < one.format().channelCount(); ++c) {
        values << (one.format().depth == Depth::U16 ? int(one.constSamples<quint16>(0)[c])
                                                    : int(one.constSamples<quint8>(0)[c]));
    }
    return values;
}

QColor DocumentContent::screenColor(QPoint pixel)
{
    const QImage one = shown().renderScreen(QRect(pixel, QSize(1, 1)));
    return one.isNull() ? QColor() : one.pixelColor(0, 0);
}

QImage DocumentContent::thumbnail(int side)
{
    int level = 0;
    while (level + 1 < m_after->levelCount()) {
        const QSize next = m_after->levelSize(level + 1);
        if (next.width() < side && next.height() < side)
            break;
        ++level;
    }
    const QImage small =
        m_after->renderScreen(QRect(QPoint(0, 0), m_after->levelSize(level)), level);
    return small.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace heirloom

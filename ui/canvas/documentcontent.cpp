// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/documentcontent.h"

#include "document/compositor.h"
#include "document/document.h"

namespace heirloom
{

DocumentContent::DocumentContent(Document &document, QObject *parent)
    : CanvasContent(parent)
    , m_document(document)
    , m_after(std::make_unique<Compositor>(document.store()))
    , m_before(std::make_unique<Compositor>(document.store()))
{
    update();
    connect(&document, &Document::changed, this, [this] {
        const QSize before = m_canvas;
        const QRect region = update();
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
    return m_after->setState(m_document.canvas(), m_document.stack(), m_document.activeLayer()) |
           m_before->setState(m_document.canvas(), m_document.stack().originalOnly());
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
    return (side == Side::After ? m_after : m_before)->renderScreen(r, level);
}

QList<QImage> DocumentContent::tiles(Side side, int level, const QList<QPoint> &indices)
{
    return (side == Side::After ? m_after : m_before)->renderScreenTiles(indices, level);
}

QList<int> DocumentContent::pixelValues(QPoint pixel)
{
    const Image one = m_after->render(QRect(pixel, QSize(1, 1)));
    QList<int> values;
    for (int c = 0; !one.isNull() && c < one.format().channelCount(); ++c) {
        values << (one.format().depth == Depth::U16 ? int(one.constSamples<quint16>(0)[c])
                                                    : int(one.constSamples<quint8>(0)[c]));
    }
    return values;
}

QColor DocumentContent::screenColor(QPoint pixel)
{
    const QImage one = m_after->renderScreen(QRect(pixel, QSize(1, 1)));
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

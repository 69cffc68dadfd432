// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/clonetool.h"

#include "tools/overlay.h"

#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr double crossArm = 9, crossGap = 3; ///< logical pixels
/// A larger brush shows no source under it: that many pixels would be read at each move.
constexpr int largestPreview = 700;
constexpr double previewOpacity = 0.75;

} // namespace

CloneTool::CloneTool(Kind kind, QObject *parent)
    : RetouchTool(parent)
    , m_kind(kind)
{
}

void CloneTool::setAligned(bool aligned)
{
    if (aligned == m_isAligned)
        return;
    m_isAligned = aligned;
    m_offset.reset();
    if (isActive())
        refresh();
    else
        Q_EMIT changed();
}

std::optional<QPointF> CloneTool::sourceFor(QPointF canvas) const
{
    if (m_offset && (m_isAligned || m_isPainting))
        return canvas + *m_offset;
    return m_source;
}

void CloneTool::entered()
{
    RetouchTool::entered();
    m_isPainting = false;
    if (std::exchange(m_canvas, host().canvasSize()) != host().canvasSize()) {
        m_source.reset();
        m_offset.reset();
    }
}

QString CloneTool::hint() const
{
    if (!m_source)
        return tr("Alt+click where to take from");
    return m_kind == Kind::Heal
               ? tr("Alt+click takes from elsewhere; matched to its place when you let go")
               : tr("Alt+click takes from elsewhere; Shift+click works along a line");
}

std::optional<StrokeStart> CloneTool::strokeStart(const PointerInput &input)
{
    const auto source = sourceFor(input.canvas);
    if (!source) {
        host().setStatus(tr("Nothing to take from yet: Alt+click first says from where."));
        return {};
    }
    m_offset = *source - input.canvas;
    StrokeStart start;
    start.source = m_kind == Kind::Heal ? healFrom(*m_offset, sampleFrom())
                                        : cloneFrom(*m_offset, sampleFrom());
    start.text = m_kind == Kind::Heal ? tr("Heal") : tr("Clone");
    m_isPainting = true;
    return start;
}

void CloneTool::pressedWithAlt(const PointerInput &input)
{
    m_source = input.canvas;
    m_offset.reset();
    host().setStatus(hint());
    refresh();
}

void CloneTool::strokeEnded()
{
    m_isPainting = false;
}

void CloneTool::cancelled()
{
    m_isPainting = false;
    RetouchTool::cancelled();
}

void CloneTool::began(const PointerInput &input)
{
    follow(input.canvas);
    RetouchTool::began(input);
}

void CloneTool::dragged(const PointerInput &input)
{
    follow(input.canvas);
    RetouchTool::dragged(input);
}

void CloneTool::hover(const PointerInput &input)
{
    follow(input.canvas);
    RetouchTool::hover(input);
}

void CloneTool::pointerLeft()
{
    follow({});
    RetouchTool::pointerLeft();
}

QRectF CloneTool::crossArea() const
{
    const auto source = m_at ? sourceFor(*m_at) : m_source;
    if (!source)
        return {};
    const QPointF at = host().toView().map(*source);
    const double reach = crossArm + 3;
    return QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach);
}

void CloneTool::follow(std::optional<QPointF> canvas)
{
    const QRectF before = crossArea();
    m_at = canvas;
    for (const QRectF &area : {before, crossArea()}) {
        if (!area.isEmpty())
            host().updateOverlay(area);
    }
}

/// What would come under the brush, inside its outline.
void CloneTool::paintPreview(QPainter &painter, QPointF offset)
{
    const double radius = brush().size() / 2;
    if (2 * radius > largestPreview || 2 * radius < 3)
        return;
    const QRect area = QRectF(m_at->x() + offset.x() - radius, m_at->y() + offset.y() - radius,
                              2 * radius, 2 * radius)
                           .toAlignedRect();
    const QTransform toView = host().toView();
    QPainterPath outline;
    outline.addEllipse(*m_at, radius, radius);
    painter.save();
    painter.setClipPath(toView.map(outline), Qt::IntersectClip);
    painter.setOpacity(previewOpacity * brush().opacity());
    painter.setRenderHint(QPainter::SmoothPixmapTransform, toView.m11() < 1);
    painter.setTransform(QTransform::fromTranslate(-offset.x(), -offset.y()) * toView, true);
    painter.drawImage(area.topLeft(), host().pixels(area));
    painter.restore();
}

void CloneTool::paint(QPainter &painter)
{
    const auto source = m_at ? sourceFor(*m_at) : m_source;
    if (source && m_at && !isInGesture())
        paintPreview(painter, *source - *m_at);
    RetouchTool::paint(painter);
    if (!source)
        return;
    const QPointF at = host().toView().map(*source);
    const double hair = 1 / host().pixelRatio();
    painter.save();
    for (const auto &[color, width] : {std::pair{QColor(0, 0, 0, 190), 3 * hair},
                                       std::pair{QColor(255, 255, 255, 245), hair}}) {
        painter.setPen(QPen(color, width));
        for (const QPointF way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
            painter.drawLine(at + way * crossGap, at + way * crossArm);
    }
    painter.restore();
}

} // namespace heirloom

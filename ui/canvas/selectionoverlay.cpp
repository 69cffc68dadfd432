// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/selectionoverlay.h"

#include "canvas/canvasview.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QTimerEvent>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int stepMilliseconds = 160;
constexpr int dash = 4; ///< device pixels, at one to one
constexpr quint8 inside = 128;

/// Dark and light stripes from corner to corner: a line along x or y in them is dashed.
QImage stripes(int length, int phase)
{
    const int side = 2 * length;
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            image.setPixel(x, y, (x + y + phase) % side < length ? 0xff101010 : 0xfff4f4f4);
    }
    return image;
}

} // namespace

SelectionOverlay::SelectionOverlay(CanvasView &canvas)
    : QWidget(&canvas)
    , m_canvas(canvas)
{
    setObjectName(QStringLiteral("selectionOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    canvas.installEventFilter(this);
    connect(&canvas, &CanvasView::viewChanged, this, &SelectionOverlay::retrace);
    connect(&canvas, &CanvasView::compareModeChanged, this, &SelectionOverlay::showOrHide);
    lower();
    hide();
}

void SelectionOverlay::setSelection(const Mask &selection, QSize canvas)
{
    m_has = !selection.isNull() && !canvas.isEmpty();
    m_size = canvas;
    m_rendition = {};
    if (m_has)
        m_rendition.setMask(selection.pixels, selection.transform, canvas);
    retrace();
    showOrHide();
}

void SelectionOverlay::setOffset(QPointF offset)
{
    if (offset == m_offset)
        return;
    m_offset = offset;
    update();
}

void SelectionOverlay::setWanted(bool wanted)
{
    m_isWanted = wanted;
    showOrHide();
}

bool SelectionOverlay::isSelected(QPoint pixel)
{
    const QRect r(pixel, QSize(1, 1));
    if (!m_has || !QRect(QPoint(0, 0), m_size).contains(pixel))
        return false;
    return m_rendition.level(0, r).read(r).constSamples<quint8>(0)[0] >= inside;
}

void SelectionOverlay::showOrHide()
{
    const bool shown = m_has && m_isWanted && m_canvas.compareMode() != CompareMode::Blink &&
                       !m_canvas.isOriginalShown();
    if (shown) {
        setGeometry(m_canvas.rect());
        lower();
    }
    setVisible(shown);
    const bool walks = shown && window()->isActiveWindow() &&
                       style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0;
    if (walks && !m_timer.isActive())
        m_timer.start(stepMilliseconds, this);
    else if (!walks)
        m_timer.stop();
}

bool SelectionOverlay::eventFilter(QObject *, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::WindowActivate:
    case QEvent::WindowDeactivate:
    case QEvent::Show:
    case QEvent::StyleChange:
        if (event->type() == QEvent::Resize)
            retrace();
        showOrHide();
        break;
    default:
        break;
    }
    return false;
}

double SelectionOverlay::scale() const
{
    return m_canvas.viewport().scale();
}

void SelectionOverlay::retrace()
{
    m_isTraced = false;
    if (isVisible() || m_has)
        showOrHide();
    update();
}

const QList<QLine> &SelectionOverlay::lines()
{
    if (!m_isTraced)
        trace();
    return m_lines;
}

/// Each stretch between an inside and an outside pixel of the level, across and down.
void SelectionOverlay::trace()
{
    m_isTraced = true;
    m_lines.clear();
    if (!m_has)
        return;
    int level = 0;
    while (scale() * (1 << level) < 0.75 &&
           std::max(m_size.width(), m_size.height()) >> (level + 1) > 0)
        ++level;
    const int step = 1 << level;
    const QRect visible = m_canvas.viewport().visiblePixels();
    const QSize size = CanvasContent::levelSize(m_size, level);
    const QRect area = QRect(QPoint(visible.left() / step - 1, visible.top() / step - 1),
                             QPoint(visible.right() / step + 1, visible.bottom() / step + 1)) &
                       QRect(QPoint(0, 0), size);
    if (area.isEmpty())
        return;
    const Image values = m_rendition.level(level, area).read(area);
    const Viewport &viewport = m_canvas.viewport();
    // Beside the canvas there is nothing: its edges are edges here.
    const auto in = [&](int x, int y) {
        return QRect(QPoint(0, 0), area.size()).contains(x, y) &&
               values.constSamples<quint8>(y)[x] >= inside;
    };
    const auto device = [&](int x, int y) {
        const QPointF canvas(std::min((area.left() + x) * step, m_size.width()),
                             std::min((area.top() + y) * step, m_size.height()));
        return viewport.toDevice(canvas).toPoint();
    };
    // Rows between pixels, then columns; the outermost only where the canvas ends there.
    const bool edges[] = {area.top() == 0, area.bottom() + 1 == size.height(), area.left() == 0,
                          area.right() + 1 == size.width()};
    for (int y = 0; y <= area.height(); ++y) {
        if ((y == 0 && !edges[0]) || (y == area.height() && !edges[1]))
            continue;
        int from = -1;
        for (int x = 0; x <= area.width(); ++x) {
            const bool edge = x < area.width() && in(x, y - 1) != in(x, y);
            if (edge && from < 0)
                from = x;
            if (!edge && from >= 0) {
                m_lines.emplace_back(device(from, y), device(x, y));
                from = -1;
            }
        }
    }
    for (int x = 0; x <= area.width(); ++x) {
        if ((x == 0 && !edges[2]) || (x == area.width() && !edges[3]))
            continue;
        int from = -1;
        for (int y = 0; y <= area.height(); ++y) {
            const bool edge = y < area.height() && in(x - 1, y) != in(x, y);
            if (edge && from < 0)
                from = y;
            if (!edge && from >= 0) {
                m_lines.emplace_back(device(x, from), device(x, y));
                from = -1;
            }
        }
    }
}

void SelectionOverlay::paintEvent(QPaintEvent *)
{
    if (m_heldBack && m_heldBack())
        return;
    const double ratio = devicePixelRatioF();
    const int length = std::max(2, int(std::lround(dash * ratio)));
    QPainter painter(this);
    painter.setClipRect(QRectF(m_canvas.afterOffset() / ratio, 0, width(), height()));
    painter.scale(1 / ratio, 1 / ratio);
    const QPointF moved = m_offset * scale();
    painter.translate(std::round(m_canvas.afterOffset() + moved.x()), std::round(moved.y()));
    QPen pen(QBrush(stripes(length, m_phase)), std::max(1.0, std::round(ratio)));
    pen.setCapStyle(Qt::SquareCap);
    painter.setPen(pen);
    painter.drawLines(lines());
}

void SelectionOverlay::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    if (!window()->isActiveWindow() || !isVisible())
        return showOrHide();
    ++m_phase;
    QRect around;
    for (const QLine &line : lines())
        around |= QRect(line.p1(), line.p2()).normalized();
    const double ratio = devicePixelRatioF();
    const QPointF moved = m_offset * scale() + QPointF(m_canvas.afterOffset(), 0);
    update(QRectF((QPointF(around.topLeft()) + moved) / ratio, QSizeF(around.size()) / ratio)
               .toAlignedRect()
               .adjusted(-3, -3, 3, 3));
}

} // namespace heirloom

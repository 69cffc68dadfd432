// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/croptool.h"

#include "tools/overlay.h"
#include "widgets/sizetext.h"

#include <QLineF>

#include <cmath>

namespace heirloom
{

using cropframe::Grip;

namespace
{

constexpr Grip grips[] = {Grip::TopLeft,     Grip::TopRight, Grip::BottomRight, Grip::BottomLeft,
                          Grip::Top,         Grip::Right,    Grip::Bottom,      Grip::Left};

Qt::CursorShape cursorFor(Grip grip)
{
    switch (grip) {
    case Grip::TopLeft:
    case Grip::BottomRight:
        return Qt::SizeFDiagCursor;
    case Grip::TopRight:
    case Grip::BottomLeft:
        return Qt::SizeBDiagCursor;
    case Grip::Top:
    case Grip::Bottom:
        return Qt::SizeVerCursor;
    case Grip::Left:
    case Grip::Right:
        return Qt::SizeHorCursor;
    case Grip::Inside:
        return Qt::SizeAllCursor;
    default:
        return Qt::CrossCursor;
    }
}

QRectF onView(const ToolHost &host, const QRect &frame)
{
    return overlay::snapped(host.toView().mapRect(QRectF(frame)), host.pixelRatio());
}

} // namespace

QSize CropTool::canvasSize() const
{
    return isActive() ? host().canvasSize() : QSize();
}

bool CropTool::isWhole() const
{
    return m_frame == QRect(QPoint(0, 0), canvasSize());
}

bool CropTool::canApply() const
{
    return isActive() && !m_frame.isEmpty() && !isWhole();
}

void CropTool::entered()
{
    m_base = QRect(QPoint(0, 0), host().canvasSize());
    m_grip = Grip::None;
    host().setCursor(Qt::CrossCursor);
    host().setStatus(tr("Drag the frame or draw a new one. Enter crops, Esc gives up."));
    fitAspect();
}

void CropTool::reset()
{
    entered();
    show();
}

void CropTool::show()
{
    refresh();
}

void CropTool::fitAspect()
{
    m_frame = m_base.isEmpty() ? m_base
                               : cropframe::largestWithin(m_base, m_options.current().aspect);
}

void CropTool::setFrame(const QRect &frame)
{
    const QRect inside = frame & QRect(QPoint(0, 0), canvasSize());
    if (inside.isEmpty() || inside == m_frame || isInGesture())
        return;
    m_frame = m_base = inside;
    show();
}

void CropTool::setOptions(const CropOptions &options)
{
    if (options == m_options.latest())
        return;
    const bool atOnce = m_options.set(options, isInGesture());
    if (atOnce && isActive())
        fitAspect();
    show();
}

void CropTool::turnAspect()
{
    CropOptions options = m_options.latest();
    options.aspect.transpose();
    options.paper.transpose();
    setOptions(options);
}

QString CropTool::readout() const
{
    if (m_frame.isEmpty() || !isActive())
        return {};
    const QString pixels = pixelsText(m_frame.size());
    const QSizeF paper = m_options.current().paper;
    if (!paper.isEmpty()) {
        return tr("%1, %2 at %3 dpi")
            .arg(pixels, centimetresText(paper))
            .arg(std::lround(m_frame.width() / (paper.width() / 2.54)));
    }
    const Resolution resolution = host().resolution();
    return resolution.isValid() ? tr("%1, %2").arg(pixels, printText(m_frame.size(), resolution))
                                : pixels;
}

Grip CropTool::gripAt(QPointF view) const
{
    const QTransform toView = host().toView();
    for (const Grip grip : grips) {
        if (QLineF(toView.map(cropframe::place(m_frame, grip)), view).length() <= overlay::reach)
            return grip;
    }
    // A frame of everything cannot be moved: inside it a new one is drawn.
    return !isWhole() && toView.mapRect(QRectF(m_frame)).contains(view) ? Grip::Inside
                                                                        : Grip::None;
}

void CropTool::hover(const PointerInput &input)
{
    host().setCursor(cursorFor(gripAt(input.view)));
}

void CropTool::began(const PointerInput &input)
{
    m_start = m_frame;
    m_from = input.canvas;
    m_grip = gripAt(input.view);
    m_offset = m_grip == Grip::None ? QPointF() : cropframe::place(m_frame, m_grip) - m_from;
}

void CropTool::dragged(const PointerInput &input)
{
    const QSize canvas = host().canvasSize();
    QSizeF aspect = m_options.current().aspect;
    const bool keeps = input.modifiers & Qt::ShiftModifier;
    if (aspect.isEmpty() && keeps)
        aspect = m_grip == Grip::None ? QSizeF(1, 1) : QSizeF(m_start.size());
    if (m_grip == Grip::Inside) {
        const QPointF by = input.canvas - m_from;
        m_frame = cropframe::moved(
            m_start, QPoint(int(std::lround(by.x())), int(std::lround(by.y()))), canvas);
    } else if (m_grip == Grip::None) {
        // A click that trembles is no frame.
        const QPointF way = host().toView().map(m_from) - input.view;
        if (m_frame == m_start && std::hypot(way.x(), way.y()) < 4)
            return;
        m_frame = cropframe::spanned(m_from.toPoint(), input.canvas, aspect, canvas);
    } else {
        m_frame = cropframe::pulled(m_start, m_grip, input.canvas + m_offset, aspect, canvas);
    }
    show();
}

void CropTool::ended(const PointerInput &input)
{
    m_grip = Grip::None;
    if (m_frame != m_start)
        m_base = m_frame;
    if (m_options.takeLatest())
        fitAspect();
    hover(input);
    show();
}

void CropTool::cancelled()
{
    m_frame = m_start;
    m_grip = Grip::None;
    if (m_options.takeLatest())
        fitAspect();
    show();
}

void CropTool::nudge(QPoint by)
{
    m_frame = m_base = cropframe::moved(m_frame, by, host().canvasSize());
    show();
}

bool CropTool::wantsOwnKey(int key, Qt::KeyboardModifiers modifiers) const
{
    return key == Qt::Key_X && !(modifiers & Qt::ShiftModifier);
}

bool CropTool::ownKey(int, Qt::KeyboardModifiers)
{
    turnAspect();
    return true;
}

void CropTool::paint(QPainter &painter)
{
    if (m_frame.isEmpty())
        return;
    const double ratio = host().pixelRatio();
    const QRectF shown = onView(host(), m_frame);
    overlay::veil(painter, host().toView().mapRect(QRectF(QPointF(0, 0), host().canvasSize())),
                  shown);
    overlay::guides(painter, shown, 3, 3, ratio);
    overlay::outline(painter, shown, ratio);
    for (const Grip grip : grips)
        overlay::handle(painter, host().toView().map(cropframe::place(m_frame, grip)),
                        grip == m_grip);
    overlay::words(painter, shown, readout(), host().viewRect());
}

} // namespace heirloom

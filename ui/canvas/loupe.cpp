// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/loupe.h"

#include "canvas/canvasview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int frameWidth = 2;
constexpr int keyStep = 10;

} // namespace

Loupe::Loupe(CanvasView &canvas, CanvasTiles &tiles)
    : QWidget(&canvas)
    , m_canvas(canvas)
    , m_tiles(tiles)
{
    setObjectName(QStringLiteral("loupe"));
    setAccessibleName(tr("Preview at 100 %"));
    setToolTip(tr("Drag over the picture to preview another part"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeAllCursor);
    setAttribute(Qt::WA_OpaquePaintEvent);
    hide();
    resize(preferredSize);
}

void Loupe::setScale(double scale)
{
    m_scale = scale;
    refresh();
}

void Loupe::setCaption(const QString &text)
{
    m_caption = text;
    update();
}

void Loupe::setPieces(const QList<PreviewPiece> &pieces)
{
    m_pieces = pieces;
    update();
}

void Loupe::refresh()
{
    const Viewport &view = m_canvas.viewport();
    const double ratio = devicePixelRatioF();
    m_viewport.setViewSize({int(std::ceil(width() * ratio)), int(std::ceil(height() * ratio))});
    m_viewport.setPictureSize(view.pictureSize());
    m_viewport.zoomAtCenter(m_scale);
    m_viewport.centerOn(view.toPicture(QRectF(geometry()).center() * ratio));
    update();
}

void Loupe::keepInside()
{
    const QSize room = m_canvas.size() - QSize(24, 24);
    resize(preferredSize.boundedTo(room));
    moveInside(pos());
}

void Loupe::moveToMiddle()
{
    keepInside();
    moveInside(QPoint((m_canvas.width() - width()) / 2, (m_canvas.height() - height()) / 2));
}

void Loupe::moveInside(QPoint corner)
{
    // Its middle may go anywhere on the canvas, so that every corner of the picture is reached.
    const QPoint half(width() / 2, height() / 2);
    move(std::clamp(corner.x(), -half.x(), std::max(-half.x(), m_canvas.width() - half.x())),
         std::clamp(corner.y(), -half.y(), std::max(-half.y(), m_canvas.height() - half.y())));
}

void Loupe::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double ratio = devicePixelRatioF();
    const QTransform device = painter.deviceTransform();
    const Side side = m_canvas.isOriginalShown() ? Side::Before : Side::After;
    Frame frame;
    paintFrame(frame, m_tiles, side, m_viewport, QColor(0x20, 0x20, 0x20), m_pieces);
    painter.save();
    painter.translate((std::ceil(device.dx() - 1e-6) - device.dx()) / ratio,
                      (std::ceil(device.dy() - 1e-6) - device.dy()) / ratio);
    painter.scale(1 / ratio, 1 / ratio);
    painter.drawImage(0, 0, frame.image);
    painter.restore();

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 150), frameWidth * 2));
    painter.drawRect(rect());
    painter.setPen(
        QPen(hasFocus() ? palette().color(QPalette::Highlight) : QColor(Qt::white), frameWidth));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    if (m_caption.isEmpty())
        return;
    const QFontMetricsF metrics(font());
    QRectF pill(0, 0, std::min(metrics.horizontalAdvance(m_caption) + 20, width() - 16.0),
                metrics.height() + 8);
    pill.moveBottomLeft({8, height() - 8.0});
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 170));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(Qt::white);
    painter.drawText(pill.adjusted(10, 0, -10, 0), Qt::AlignVCenter,
                     metrics.elidedText(m_caption, Qt::ElideRight, pill.width() - 20));
}

void Loupe::resizeEvent(QResizeEvent *)
{
    refresh();
}

void Loupe::moveEvent(QMoveEvent *)
{
    refresh();
    if (isVisible())
        Q_EMIT moved();
}

void Loupe::showEvent(QShowEvent *)
{
    refresh();
}

void Loupe::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    m_grab = event->position().toPoint();
}

void Loupe::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return event->ignore();
    moveInside(mapToParent(event->position().toPoint()) - m_grab);
}

void Loupe::keyPressEvent(QKeyEvent *event)
{
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? keyStep * 10 : keyStep;
    switch (event->key()) {
    case Qt::Key_Left:
        return moveInside(pos() - QPoint(step, 0));
    case Qt::Key_Right:
        return moveInside(pos() + QPoint(step, 0));
    case Qt::Key_Up:
        return moveInside(pos() - QPoint(0, step));
    case Qt::Key_Down:
        return moveInside(pos() + QPoint(0, step));
    default:
        QWidget::keyPressEvent(event);
    }
}

void Loupe::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the canvas zooms
}

} // namespace heirloom

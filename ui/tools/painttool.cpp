// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/painttool.h"

#include "tools/paintcolors.h"

#include <QLocale>
#include <QPainter>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr double hardnessStep = 0.25;
/// Two digits that come so soon are one number of percent.
constexpr int digitMilliseconds = 700;
/// An outline this small is hard to find by itself; one this large is mostly out of sight.
constexpr double smallOutline = 8, largeOutline = 160;
constexpr double crossArm = 5;
/// Logical pixels of a drag down from hard to soft.
constexpr double hardnessDrag = 200;

bool isModifier(int key)
{
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt ||
           key == Qt::Key_Meta || key == Qt::Key_AltGr;
}

} // namespace

PaintTool::PaintTool(QObject *parent)
    : Tool(parent)
{
}

PaintTool::~PaintTool() = default;

void PaintTool::setBrush(const Brush &brush)
{
    if (brush == m_brush.latest())
        return;
    m_brush.set(brush, isInGesture() && m_gesture == Gesture::Stroke);
    if (isActive()) {
        showStatus();
        refresh();
    }
    Q_EMIT brushChanged();
}

void PaintTool::stepSize(bool larger)
{
    Brush next = brush();
    next.setSize(Brush::nextSize(next.size(), larger));
    setBrush(next);
}

void PaintTool::stepHardness(bool harder)
{
    Brush next = brush();
    next.setHardness(next.hardness() + (harder ? hardnessStep : -hardnessStep));
    setBrush(next);
}

bool PaintTool::giveUpStroke()
{
    if (!isInGesture())
        return false;
    cancelGesture();
    return true;
}

void PaintTool::entered()
{
    m_stroke.reset();
    m_path.reset();
    m_lastEnd.reset();
    m_gesture = Gesture::None;
    host().setCursor(Qt::CrossCursor);
    showStatus();
}

void PaintTool::left()
{
    m_stroke.reset(); // cancelled
    m_path.reset();
    m_gesture = Gesture::None;
    m_pointer.reset();
}

QString PaintTool::hint() const
{
    return tr("Shift+click draws a line; Alt+click picks a colour");
}

void PaintTool::showStatus()
{
    const QLocale locale;
    const auto percent = [&](double share) {
        return locale.toString(int(std::lround(share * 100)));
    };
    host().setStatus(tr("%1 px, hardness %2 %, opacity %3 %. %4")
                         .arg(locale.toString(std::round(brush().size() * 10) / 10),
                              percent(brush().hardness()), percent(brush().opacity()), hint()));
}

// ---- strokes -----------------------------------------------------------------------------------

bool PaintTool::takesRightButton(Qt::KeyboardModifiers modifiers) const
{
    return modifiers.testFlag(Qt::AltModifier);
}

void PaintTool::pressedWithAlt(const PointerInput &input)
{
    const auto color = host().colorAt(input.canvas);
    if (color && host().colors())
        host().colors()->setForeground(*color);
}

void PaintTool::began(const PointerInput &input)
{
    moveOutline(input.view);
    m_gesture = Gesture::None;
    if (input.button == Qt::RightButton) {
        m_gesture = Gesture::Size;
        m_sizeFrom = input.view;
        m_sizedBrush = brush();
        return;
    }
    if (input.modifiers.testFlag(Qt::AltModifier)) {
        m_gesture = Gesture::Alt;
        return pressedWithAlt(input);
    }
    m_brush.takeLatest();
    auto start = strokeStart(input);
    m_stroke = start ? host().beginStroke(std::move(*start)) : nullptr;
    if (!m_stroke)
        return;
    m_gesture = Gesture::Stroke;
    m_path = std::make_unique<StrokePath>(m_brush.current());
    if (m_stroke->madeLayer())
        host().setStatus(tr("Painting on a new layer, \"Retouch\": nothing else here can be "
                            "painted on."));
    if (input.modifiers.testFlag(Qt::ShiftModifier) && m_lastEnd) {
        m_stroke->add(m_path->begin(*m_lastEnd, input.pressure));
        m_stroke->add(m_path->lineTo(input.canvas, input.pressure));
    } else {
        m_stroke->add(m_path->begin(input.canvas, input.pressure));
    }
    m_lastEnd = input.canvas;
}

void PaintTool::dragged(const PointerInput &input)
{
    if (m_gesture == Gesture::Size) {
        const double scale = std::hypot(host().toView().m11(), host().toView().m12());
        const QPointF by = input.view - m_sizeFrom;
        Brush sized = m_sizedBrush;
        sized.setSize(m_sizedBrush.size() + 2 * by.x() / scale);
        sized.setHardness(m_sizedBrush.hardness() - by.y() / hardnessDrag);
        return setBrush(sized);
    }
    moveOutline(input.view);
    if (m_gesture == Gesture::Alt)
        return pressedWithAlt(input);
    if (m_gesture != Gesture::Stroke)
        return;
    m_stroke->add(m_path->moveTo(input.canvas, input.pressure));
    m_lastEnd = input.canvas;
}

void PaintTool::ended(const PointerInput &input)
{
    if (m_gesture == Gesture::Stroke) {
        // A pen lets go with no pressure: the last one that it drew with counts.
        if (m_lastEnd && *m_lastEnd != input.canvas && input.pressure > 0)
            m_stroke->add(m_path->moveTo(input.canvas, input.pressure));
        m_stroke->add(m_path->end());
        m_lastEnd = input.canvas;
        m_stroke->finish();
        m_stroke.reset();
        m_path.reset();
        strokeEnded();
    }
    m_gesture = Gesture::None;
    m_brush.takeLatest();
    refresh();
}

void PaintTool::cancelled()
{
    if (m_gesture == Gesture::Size)
        setBrush(m_sizedBrush);
    m_stroke.reset();
    m_path.reset();
    m_gesture = Gesture::None;
    m_brush.takeLatest();
    showStatus();
    refresh();
}

// ---- keys --------------------------------------------------------------------------------------

bool PaintTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    // While something is drawn no command may change the picture below it.
    if (isInGesture())
        return !isModifier(key);
    const bool plain = !(modifiers & ~Qt::KeyboardModifiers(Qt::KeypadModifier));
    return plain && key >= Qt::Key_0 && key <= Qt::Key_9;
}

bool PaintTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
    if (!isInGesture())
        takeDigit(key - Qt::Key_0);
    else if (key == Qt::Key_Escape || (key == Qt::Key_Z && modifiers == Qt::ControlModifier))
        giveUpStroke();
    return true;
}

void PaintTool::takeDigit(int digit)
{
    const bool second = m_sinceDigit.isValid() && !m_sinceDigit.hasExpired(digitMilliseconds);
    int percent = digit == 0 ? 100 : digit * 10;
    if (second) {
        percent = std::max(1, m_digit * 10 + digit);
        m_sinceDigit.invalidate();
    } else {
        m_sinceDigit.start();
        m_digit = digit;
    }
    Brush next = brush();
    next.setOpacity(percent / 100.0);
    setBrush(next);
}

// ---- the outline -------------------------------------------------------------------------------

void PaintTool::hover(const PointerInput &input)
{
    moveOutline(input.view);
}

void PaintTool::pointerLeft()
{
    if (!isInGesture())
        moveOutline(std::nullopt);
}

QRectF PaintTool::outlineArea() const
{
    if (!m_pointer)
        return {};
    const double scale = std::hypot(host().toView().m11(), host().toView().m12());
    const double radius = std::max(brush().size() * scale / 2, smallOutline) + crossArm + 3;
    return QRectF(m_pointer->x() - radius, m_pointer->y() - radius, 2 * radius, 2 * radius);
}

void PaintTool::moveOutline(std::optional<QPointF> view)
{
    const QRectF before = outlineArea();
    m_pointer = view;
    const QRectF area = before.united(outlineArea());
    if (!area.isEmpty())
        host().updateOverlay(area);
}

void PaintTool::paint(QPainter &painter)
{
    if (!m_pointer)
        return;
    const double scale = std::hypot(host().toView().m11(), host().toView().m12());
    const double radius = brush().size() * scale / 2;
    const QPointF at = m_gesture == Gesture::Size ? m_sizeFrom : *m_pointer;
    const double hair = 1 / host().pixelRatio();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // Dark, then light inside it: one of them is seen on any ground.
    for (const auto &[color, width] : {std::pair{QColor(0, 0, 0, 170), 3 * hair},
                                       std::pair{QColor(255, 255, 255, 235), hair}}) {
        painter.setPen(QPen(color, width));
        painter.drawEllipse(at, radius, radius);
        if (m_gesture == Gesture::Size && brush().hardness() > 0 && brush().hardness() < 1)
            painter.drawEllipse(at, radius * brush().hardness(), radius * brush().hardness());
        if (2 * radius < smallOutline) {
            const double from = smallOutline / 2 + 1, to = from + crossArm;
            for (const QPointF way : {QPointF(1, 0), QPointF(-1, 0), QPointF(0, 1), QPointF(0, -1)})
                painter.drawLine(at + way * from, at + way * to);
        } else if (2 * radius > largeOutline) {
            painter.drawLine(at - QPointF(crossArm, 0), at + QPointF(crossArm, 0));
            painter.drawLine(at - QPointF(0, crossArm), at + QPointF(0, crossArm));
        }
    }
    painter.restore();
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/hinttool.h"

#include "tools/overlay.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double strokeFrom = 8; ///< logical pixels; a shorter drag is a shaky click
constexpr double strokeStep = 3; ///< logical pixels between points of a stroke
constexpr qsizetype longestPath = 4000;
constexpr double dot = 6.5;       ///< radius of a hint's mark, logical pixels
constexpr double pointer = 26;    ///< radius of the ring around a place, logical pixels
constexpr double wheelStep = 1.2; ///< radius for one notch
constexpr double leastRadius = 0.5;
constexpr int wheelRest = 350; ///< ms after which turns of the wheel are one step

} // namespace

HintTool::HintTool(QObject *parent)
    : Tool(parent)
{
    m_wheelRests.setSingleShot(true);
    m_wheelRests.setInterval(wheelRest);
    connect(&m_wheelRests, &QTimer::timeout, this, [this] { tell(tr("Reach of a hint")); });
}

// ---- the hints ---------------------------------------------------------------------------------

void HintTool::setHints(const ColorHints &hints, const Transform &toCanvas)
{
    m_toCanvas = toCanvas;
    if (isInGesture() || m_wheelRests.isActive())
        return;
    if (!(hints == m_hints)) {
        // The same one stays selected, wherever it is in the list now.
        const int before = m_selected;
        const ColorHint kept = m_selected >= 0 ? m_hints.all[m_selected] : ColorHint();
        m_hints = hints;
        m_hovered = -1;
        if (before >= 0) {
            m_selected = int(m_hints.all.indexOf(kept));
            Q_EMIT selectedChanged();
        }
    }
    refresh();
}

void HintTool::select(int hint)
{
    hint = hint < m_hints.all.size() ? hint : -1;
    if (hint == m_selected)
        return;
    m_selected = hint;
    Q_EMIT selectedChanged();
    refresh();
}

void HintTool::replace(int hint, const ColorHint &value)
{
    if (hint < 0 || hint >= m_hints.all.size())
        return;
    m_hints.all[hint] = value;
    sortKinds();
    refresh();
}

void HintTool::setAll(const QList<ColorHint> &all)
{
    m_hints.all = all;
    m_hovered = -1;
    if (m_selected >= all.size())
        select(-1);
    sortKinds();
    refresh();
}

void HintTool::removeSelected()
{
    if (m_selected < 0)
        return;
    flush();
    m_hints.all.removeAt(m_selected);
    m_hovered = -1;
    m_selected = -1;
    Q_EMIT selectedChanged();
    tell(tr("Remove a hint"));
}

/// As a file has them, so that what comes back from the document is the same list.
void HintTool::sortKinds()
{
    const auto kept = m_selected >= 0 ? std::optional(m_hints.all[m_selected]) : std::nullopt;
    std::stable_sort(m_hints.all.begin(), m_hints.all.end(),
                     [](const ColorHint &a, const ColorHint &b) { return a.kind < b.kind; });
    if (kept)
        m_selected = int(m_hints.all.indexOf(*kept));
}

void HintTool::tell(const QString &text)
{
    m_wheelRests.stop();
    sortKinds();
    refresh();
    Q_EMIT settled(text);
}

void HintTool::flush()
{
    if (m_wheelRests.isActive())
        tell(tr("Reach of a hint"));
}

bool HintTool::takeBack()
{
    if (isInGesture()) {
        cancelGesture();
        return true;
    }
    flush();
    return m_takeBack && m_takeBack();
}

// ---- the hand ----------------------------------------------------------------------------------

void HintTool::entered()
{
    m_hovered = -1;
    m_gesture = Gesture::None;
    host().setCursor(Qt::CrossCursor);
    showStatus();
}

void HintTool::showStatus()
{
    if (!isActive())
        return;
    host().setStatus(m_isPicking
                         ? tr("Click takes the colour there, on any open photo; Esc gives up")
                         : tr("Click adds a hint, drag moves one or paints, right-click removes"));
}

void HintTool::setPicking(bool picking)
{
    m_isPicking = picking;
    showStatus();
}

void HintTool::setMarksShown(bool shown)
{
    m_areMarksShown = shown;
    refresh();
}

void HintTool::setVeil(const QImage &veil)
{
    m_veil = veil;
    refresh();
}

void HintTool::setPointedAt(const std::optional<QPointF> &place)
{
    m_pointedAt = place;
    refresh();
}

void HintTool::left()
{
    m_wheelRests.stop();
    if (m_gesture != Gesture::None)
        cancelled();
}

void HintTool::hover(const PointerInput &input)
{
    const int hovered = hintAt(input.view);
    if (hovered == m_hovered)
        return;
    m_hovered = hovered;
    host().setCursor(hovered >= 0 ? Qt::PointingHandCursor : Qt::CrossCursor);
    refresh();
}

bool HintTool::takesRightButton(Qt::KeyboardModifiers) const
{
    return m_hovered >= 0;
}

void HintTool::began(const PointerInput &input)
{
    flush();
    m_gesture = Gesture::None;
    m_before = m_hints;
    m_from = input.view;
    m_hasMoved = false;
    if (m_isHeld)
        return;
    if (m_isPicking && input.button == Qt::LeftButton) {
        m_gesture = Gesture::Pick;
        return;
    }
    const int hit = hintAt(input.view);
    if (input.button == Qt::RightButton) {
        m_gesture = hit >= 0 ? Gesture::Remove : Gesture::None;
        return select(hit);
    }
    if (hit >= 0) {
        m_gesture = Gesture::Move;
        m_grabbed = toPicture(input.canvas);
        m_atGrab = m_hints.all[hit];
        return select(hit);
    }
    if (!QRectF(QPointF(0, 0), QSizeF(host().canvasSize())).contains(input.canvas)) {
        m_gesture = Gesture::None;
        return select(-1);
    }
    m_gesture = Gesture::Add;
    m_pointedAt.reset();
    m_hints.all.append(newHint(input));
    m_selected = int(m_hints.all.size()) - 1;
    Q_EMIT moving();
    refresh();
}

ColorHint HintTool::newHint(const PointerInput &input) const
{
    ColorHint hint;
    if (m_selected >= 0 && input.modifiers.testFlag(Qt::ShiftModifier)) {
        hint = m_hints.all[m_selected];
        if (hint.kind == ColorHint::Kind::Stroke)
            hint.kind = ColorHint::Kind::Point;
    } else {
        hint.radius = m_newRadius;
        hint.color = host().colorAt(input.canvas).value_or(QColor(Qt::gray)).rgb();
    }
    hint.path = {toPicture(input.canvas)};
    return hint;
}

void HintTool::dragged(const PointerInput &input)
{
    if (m_gesture != Gesture::Move && m_gesture != Gesture::Add)
        return;
    const double way = QLineF(m_from, input.view).length();
    ColorHint &hint = m_hints.all[m_selected];
    if (m_gesture == Gesture::Move) {
        if (!m_hasMoved && way < strokeFrom / 2)
            return;
        const QPointF by = toPicture(input.canvas) - m_grabbed;
        for (qsizetype i = 0; i < hint.path.size(); ++i)
            hint.path[i] = m_atGrab.path[i] + by;
    } else {
        if (!m_hasMoved && way < strokeFrom)
            return;
        const QTransform toView = m_toCanvas.toQTransform() * host().toView();
        if (QLineF(toView.map(hint.path.last()), input.view).length() < strokeStep ||
            hint.path.size() >= longestPath)
            return;
        if (hint.kind == ColorHint::Kind::KeepGrey) // grey paint keeps as grey
            hint.color = qRgb(128, 128, 128);
        hint.kind = ColorHint::Kind::Stroke;
        hint.path.append(toPicture(input.canvas));
    }
    m_hasMoved = true;
    Q_EMIT moving();
    refresh();
}

void HintTool::ended(const PointerInput &input)
{
    const Gesture gesture = std::exchange(m_gesture, Gesture::None);
    if (gesture == Gesture::Pick) {
        if (const auto color = host().colorAt(input.canvas)) {
            setPicking(false);
            Q_EMIT picked(*color);
        }
    } else if (gesture == Gesture::Remove) {
        if (hintAt(input.view) == m_selected)
            removeSelected();
    } else if (gesture == Gesture::Move && m_hasMoved) {
        tell(tr("Move a hint"));
    } else if (gesture == Gesture::Add) {
        const bool isStroke = m_hints.all[m_selected].kind == ColorHint::Kind::Stroke;
        tell(isStroke ? tr("Paint a hint") : tr("Add a hint"));
        Q_EMIT selectedChanged();
    }
}

void HintTool::cancelled()
{
    m_gesture = Gesture::None;
    m_hints = m_before;
    if (m_selected >= m_hints.all.size())
        m_selected = -1;
    Q_EMIT selectedChanged();
    Q_EMIT takenBack();
    refresh();
}

bool HintTool::wheel(const PointerInput &input, double notches)
{
    const int hit = hintAt(input.view);
    if (hit < 0 || isInGesture())
        return false;
    if (hit != m_selected)
        flush();
    select(hit);
    const QSize canvas = host().canvasSize();
    const double most = std::max(leastRadius, std::max(canvas.width(), canvas.height()) / 4.0);
    ColorHint &hint = m_hints.all[hit];
    hint.radius = std::clamp(hint.radius * std::pow(wheelStep, notches), leastRadius, most);
    m_wheelRests.start();
    Q_EMIT moving();
    refresh();
    return true;
}

bool HintTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    if (key == Qt::Key_Escape)
        return isInGesture() || m_isPicking || m_selected >= 0;
    return m_selected >= 0 && (key == Qt::Key_Delete || key == Qt::Key_Backspace ||
                               !arrow(key, modifiers).isNull());
}

bool HintTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
    if (key == Qt::Key_Escape) {
        if (isInGesture()) {
            cancelGesture();
        } else if (m_isPicking) {
            setPicking(false);
            Q_EMIT pickingGivenUp();
        } else {
            select(-1);
        }
    } else if (isInGesture()) {
        return true;
    } else if (const QPoint by = arrow(key, modifiers); !by.isNull()) {
        flush();
        ColorHint &hint = m_hints.all[m_selected];
        for (QPointF &p : hint.path)
            p = toPicture(m_toCanvas.map(p) + by);
        tell(tr("Move a hint"));
    } else {
        removeSelected();
    }
    return true;
}

// ---- what is seen ------------------------------------------------------------------------------

QPolygonF HintTool::viewPath(const QList<QPointF> &points) const
{
    const QTransform toView = m_toCanvas.toQTransform() * host().toView();
    QPolygonF path;
    for (const QPointF &p : points)
        path << toView.map(p);
    return path;
}

double HintTool::viewRadius(const ColorHint &hint) const
{
    return hint.radius * m_toCanvas.scaleX() * host().toView().m11();
}

int HintTool::hintAt(QPointF view) const
{
    int nearest = -1;
    if (!m_areMarksShown)
        return nearest;
    double least = overlay::reach;
    for (int i = 0; i < m_hints.all.size(); ++i) {
        if (m_hints.all[i].hidden && i != m_selected)
            continue;
        const QPolygonF path = viewPath(m_hints.all[i].path);
        for (const QPointF &p : path) {
            const double way = QLineF(p, view).length();
            if (way <= least) {
                least = way;
                nearest = i;
            }
        }
    }
    return nearest;
}

void HintTool::paint(QPainter &painter)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QTransform toView = m_toCanvas.toQTransform() * host().toView();
    if (!m_veil.isNull() && !m_hints.size.isEmpty()) {
        painter.save();
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.setTransform(toView, true);
        painter.drawImage(QRectF(QPointF(0, 0), QSizeF(m_hints.size)), m_veil);
        painter.restore();
    }
    if (m_pointedAt) {
        const QPointF at = toView.map(*m_pointedAt);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 5));
        painter.drawEllipse(at, pointer, pointer);
        painter.setPen(QPen(QColor(255, 190, 80), 2.5));
        painter.drawEllipse(at, pointer, pointer);
    }
    if (!m_areMarksShown)
        return painter.restore();
    for (int i = 0; i < m_hints.all.size(); ++i) {
        if (i != m_selected && !m_hints.all[i].hidden)
            paintHint(painter, m_hints.all[i], false);
    }
    if (m_selected >= 0)
        paintHint(painter, m_hints.all[m_selected], true);
    painter.restore();
}

void HintTool::paintHint(QPainter &painter, const ColorHint &hint, bool selected) const
{
    const QPolygonF path = viewPath(hint.path);
    if (path.isEmpty())
        return;
    for (const QPolygonF &line : hint.region) {
        if (selected)
            overlay::outline(painter, viewPath(line), host().pixelRatio());
    }
    const bool isGrey = hint.kind == ColorHint::Kind::KeepGrey;
    const QColor color = isGrey ? QColor(128, 128, 128) : QColor::fromRgb(hint.color);
    const QColor dark(0, 0, 0, 150);
    if (path.size() > 1) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(dark, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(path);
        painter.setPen(QPen(selected ? QColor(Qt::white) : color, 2.5, Qt::SolidLine, Qt::RoundCap,
                            Qt::RoundJoin));
        painter.drawPolyline(path);
    }
    const QPointF at = path.first();
    const double reach = viewRadius(hint);
    if (selected && reach > dot + 2) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(dark, 2.5));
        painter.drawEllipse(at, reach, reach);
        painter.setPen(QPen(QColor(255, 255, 255, 220), 1));
        painter.drawEllipse(at, reach, reach);
    }
    const double radius = selected ? dot + 1.5 : dot;
    painter.setPen(QPen(dark, selected ? 5 : 3.5));
    painter.setBrush(color);
    painter.drawEllipse(at, radius, radius);
    painter.setPen(QPen(QColor(255, 255, 255, selected ? 255 : 210), selected ? 2.2 : 1.3));
    painter.drawEllipse(at, radius, radius);
    if (isGrey) {
        const double r = radius * 0.6;
        painter.drawLine(at + QPointF(-r, r), at + QPointF(r, -r));
    }
}

} // namespace heirloom

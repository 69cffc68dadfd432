// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curveeditor.h"

#include "document/tonefilters.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double margin = 6;
constexpr double dotRadius = 4.5;
constexpr double reach = 12;          ///< pixels from a point that still mean it
constexpr double dropDistance = 30;   ///< pixels outside that throw a point away
constexpr double closest = 1.0 / 255; ///< of two points along x
constexpr double keyStep = 1.0 / 255;

} // namespace

CurveEditor::CurveEditor(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setToolTip(tr("Click to add a point, drag it to bend the curve, drag it out to remove it"));
    setWhatsThis(
        tr("Left is dark, right is light; higher is lighter in the result. Arrow keys move "
           "the chosen point, Page up and Page down choose another, Delete removes it."));
}

QVariantList CurveEditor::points() const
{
    QVariantList list;
    for (const QPointF &p : m_points)
        list << QVariant(QVariantList{p.x(), p.y()});
    return list;
}

void CurveEditor::setPoints(const QVariantList &points)
{
    if (m_dragging)
        return;
    std::vector<QPointF> fresh;
    for (const QVariant &entry : points)
        fresh.emplace_back(entry.toList().value(0).toDouble(), entry.toList().value(1).toDouble());
    if (fresh.size() < 2)
        return;
    m_points = std::move(fresh);
    m_current = std::min(m_current, m_points.size() - 1);
    update();
}

QRectF CurveEditor::plot() const
{
    return QRectF(rect()).adjusted(margin, margin, -margin, -margin);
}

QPointF CurveEditor::toWidget(QPointF point) const
{
    const QRectF r = plot();
    return {r.left() + point.x() * r.width(), r.bottom() - point.y() * r.height()};
}

QPointF CurveEditor::toCurve(QPointF position) const
{
    const QRectF r = plot();
    return {(position.x() - r.left()) / r.width(), (r.bottom() - position.y()) / r.height()};
}

void CurveEditor::movePoint(size_t i, QPointF to)
{
    const double low = i == 0 ? 0 : m_points[i - 1].x() + closest;
    const double high = i + 1 == m_points.size() ? 1 : m_points[i + 1].x() - closest;
    m_points[i] = {std::clamp(to.x(), low, std::max(low, high)), std::clamp(to.y(), 0.0, 1.0)};
    update();
    Q_EMIT changed();
}

void CurveEditor::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF r = plot();
    painter.fillRect(r, palette().base());
    painter.setPen(QPen(palette().color(QPalette::Mid), 1));
    for (int i = 0; i <= 4; ++i) {
        painter.drawLine(toWidget({i / 4.0, 0}), toWidget({i / 4.0, 1}));
        painter.drawLine(toWidget({0, i / 4.0}), toWidget({1, i / 4.0}));
    }
    const ToneCurve curve(points());
    QPainterPath path(toWidget({0, curve.at(0)}));
    for (int i = 1; i <= int(r.width()); ++i) {
        const double x = i / r.width();
        path.lineTo(toWidget({x, std::clamp(curve.at(x), 0.0, 1.0)}));
    }
    painter.setPen(QPen(palette().color(QPalette::Text), 1.8));
    painter.drawPath(path);
    for (size_t i = 0; i < m_points.size(); ++i) {
        const bool current = hasFocus() && i == m_current;
        painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
        painter.setBrush(palette().color(current ? QPalette::Highlight : QPalette::Base));
        painter.drawEllipse(toWidget(m_points[i]), dotRadius, dotRadius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(palette().color(QPalette::Highlight), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(r.adjusted(-2, -2, 2, 2));
    }
}

void CurveEditor::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF at = event->position();
    size_t nearest = 0;
    double best = reach;
    bool found = false;
    for (size_t i = 0; i < m_points.size(); ++i) {
        const QPointF away = toWidget(m_points[i]) - at;
        if (const double d = std::hypot(away.x(), away.y()); d <= best) {
            best = d;
            nearest = i;
            found = true;
        }
    }
    m_dragging = true;
    if (found) {
        m_current = nearest;
        update();
        return;
    }
    const QPointF p = toCurve(at);
    const auto after = std::find_if(m_points.begin(), m_points.end(),
                                    [&p](const QPointF &q) { return q.x() > p.x(); });
    m_current = size_t(m_points.insert(after, p) - m_points.begin());
    movePoint(m_current, p);
}

void CurveEditor::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragging)
        movePoint(m_current, toCurve(event->position()));
}

void CurveEditor::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_dragging, false))
        return;
    if (!isEnd(m_current) &&
        !QRectF(rect())
             .adjusted(-dropDistance, -dropDistance, dropDistance, dropDistance)
             .contains(event->position()))
        removeCurrent();
    Q_EMIT committed();
}

void CurveEditor::mouseDoubleClickEvent(QMouseEvent *)
{
    m_points = {{0, 0}, {1, 1}};
    m_current = 0;
    update();
    Q_EMIT changed();
    Q_EMIT committed();
}

void CurveEditor::removeCurrent()
{
    if (isEnd(m_current))
        return;
    m_points.erase(m_points.begin() + qsizetype(m_current));
    m_current = std::min(m_current, m_points.size() - 1);
    update();
    Q_EMIT changed();
}

void CurveEditor::keyPressEvent(QKeyEvent *event)
{
    const double step = keyStep * (event->modifiers() & Qt::ShiftModifier ? 10 : 1);
    QPointF by;
    switch (event->key()) {
    case Qt::Key_Left:
        by = {-step, 0};
        break;
    case Qt::Key_Right:
        by = {step, 0};
        break;
    case Qt::Key_Up:
        by = {0, step};
        break;
    case Qt::Key_Down:
        by = {0, -step};
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        m_current = (m_current + m_points.size() + (event->key() == Qt::Key_PageUp ? 1 : -1)) %
                    m_points.size();
        return update();
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        removeCurrent();
        Q_EMIT committed();
        return;
    default:
        return QWidget::keyPressEvent(event);
    }
    movePoint(m_current, m_points[m_current] + by);
    Q_EMIT committed();
}

} // namespace heirloom

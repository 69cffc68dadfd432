// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/referenceview.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double wheelStep = 1.25;
constexpr double mostScale = 16;

} // namespace

ReferenceView::ReferenceView(QWidget *parent)
    : QWidget(parent)
{
    setMinimumSize(120, 90);
    setCursor(Qt::CrossCursor);
    setAccessibleName(tr("Reference photo"));
    setToolTip(tr("A click takes a colour for the selected hint; the wheel zooms, a drag moves"));
}

void ReferenceView::setPicture(const QImage &picture)
{
    m_picture = picture;
    fit();
}

double ReferenceView::fittingScale() const
{
    if (m_picture.isNull())
        return 1;
    return std::min({1.0, double(width()) / m_picture.width(),
                     double(height()) / m_picture.height()});
}

void ReferenceView::fit()
{
    m_fits = true;
    m_scale = fittingScale();
    setPlace({});
}

void ReferenceView::setPlace(QPointF topLeft)
{
    const auto along = [](double at, double picture, double view) {
        return picture <= view ? (view - picture) / 2 : std::clamp(at, view - picture, 0.0);
    };
    m_topLeft = {along(topLeft.x(), m_picture.width() * m_scale, width()),
                 along(topLeft.y(), m_picture.height() * m_scale, height())};
    update();
}

void ReferenceView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, m_scale < 2);
    painter.drawImage(QRectF(m_topLeft, QSizeF(m_picture.size()) * m_scale), m_picture);
}

void ReferenceView::resizeEvent(QResizeEvent *)
{
    m_fits ? fit() : setPlace(m_topLeft);
}

void ReferenceView::wheelEvent(QWheelEvent *event)
{
    const double notches = event->angleDelta().y() / 120.0;
    const double least = fittingScale();
    const double scale =
        std::clamp(m_scale * std::pow(wheelStep, notches), least, std::max(least, mostScale));
    const QPointF at = event->position();
    const QPointF topLeft = at - (at - m_topLeft) * (scale / m_scale);
    m_scale = scale;
    m_fits = scale <= least;
    setPlace(topLeft);
    event->accept();
}

void ReferenceView::mousePressEvent(QMouseEvent *event)
{
    m_from = event->position();
    m_topLeftBefore = m_topLeft;
    m_hasMoved = false;
}

void ReferenceView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF by = event->position() - m_from;
    m_hasMoved = m_hasMoved || by.manhattanLength() >= QApplication::startDragDistance();
    if (m_hasMoved)
        setPlace(m_topLeftBefore + by);
}

void ReferenceView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_hasMoved || event->button() != Qt::LeftButton)
        return;
    const QPointF at = (event->position() - m_topLeft) / m_scale;
    const QPoint pixel(int(std::floor(at.x())), int(std::floor(at.y())));
    if (m_picture.rect().contains(pixel))
        Q_EMIT picked(m_picture.pixelColor(pixel));
}

void ReferenceView::mouseDoubleClickEvent(QMouseEvent *)
{
    fit();
    m_hasMoved = true; // its release takes no colour
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/viewport.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

void Viewport::setViewSize(QSize devicePixels)
{
    if (m_view == devicePixels)
        return;
    m_view = devicePixels;
    if (m_fitting)
        fit();
}

void Viewport::setPictureSize(QSize pixels)
{
    if (m_picture == pixels)
        return;
    m_picture = pixels;
    if (m_fitting)
        fit();
    else
        keepInside();
}

double Viewport::fitScale() const
{
    if (m_view.isEmpty() || m_picture.isEmpty())
        return 1;
    const auto room = [](int side) {
        return double(side > 20 * fitMargin ? side - 2 * fitMargin : side);
    };
    const double both = std::min(room(m_view.width()) / m_picture.width(),
                                 room(m_view.height()) / m_picture.height());
    return std::clamp(both, minimumScale, maximumFitScale);
}

void Viewport::fit()
{
    m_fitting = true;
    m_scale = fitScale();
    m_center = {m_picture.width() / 2.0, m_picture.height() / 2.0};
}

void Viewport::zoomAt(QPointF device, double scale)
{
    const QPointF fixed = toPicture(device);
    m_fitting = false;
    m_scale = std::clamp(scale, minimumScale, maximumScale);
    m_center = fixed - (device - middle()) / m_scale;
    keepInside();
}

void Viewport::panBy(QPointF devicePixels)
{
    m_fitting = false;
    m_center -= devicePixels / m_scale;
    keepInside();
}

void Viewport::centerOn(QPointF picturePoint)
{
    m_fitting = false;
    m_center = picturePoint;
    keepInside();
}

void Viewport::pictureGrew(QSize newSize)
{
    if (m_picture.isEmpty() || newSize.isEmpty()) {
        setPictureSize(newSize);
        return;
    }
    const double x = double(newSize.width()) / m_picture.width();
    const double y = double(newSize.height()) / m_picture.height();
    m_picture = newSize;
    if (m_fitting) {
        fit();
        return;
    }
    m_center = {m_center.x() * x, m_center.y() * y};
    m_scale = std::clamp(m_scale / std::sqrt(x * y), minimumScale, maximumScale);
    keepInside();
}

void Viewport::keepInside()
{
    // The middle of the view stays over the picture, so it can never be lost from sight.
    m_center.setX(std::clamp(m_center.x(), 0.0, double(m_picture.width())));
    m_center.setY(std::clamp(m_center.y(), 0.0, double(m_picture.height())));
}

QPointF Viewport::translation() const
{
    const QPointF t = middle() - m_center * m_scale;
    return {std::round(t.x()), std::round(t.y())};
}

QPointF Viewport::toPicture(QPointF device) const
{
    return (device - translation()) / m_scale;
}

QPointF Viewport::toDevice(QPointF picture) const
{
    return picture * m_scale + translation();
}

QRectF Viewport::toDevice(const QRectF &picture) const
{
    return {toDevice(picture.topLeft()), picture.size() * m_scale};
}

QRect Viewport::visiblePixels() const
{
    const QPointF a = toPicture(QPointF(0, 0));
    const QPointF b = toPicture(QPointF(m_view.width(), m_view.height()));
    const QRect r(QPoint(int(std::floor(a.x())), int(std::floor(a.y()))),
                  QPoint(int(std::ceil(b.x())) - 1, int(std::ceil(b.y())) - 1));
    return r & QRect(QPoint(0, 0), m_picture);
}

double Viewport::nextStep(double scale, bool larger)
{
    static constexpr double ladder[] = {0.01, 0.02, 0.03, 0.05, 0.07, 0.1,  0.15, 0.2,
                                        0.25, 0.33, 0.5,  0.67, 1.0,  1.5,  2.0,  3.0,
                                        4.0,  6.0,  8.0,  12.0, 16.0, 24.0, 32.0};
    // A little slack, so that 66.7 % counts as the step 67 %.
    if (larger) {
        for (const double step : ladder) {
            if (step > scale * 1.01)
                return step;
        }
        return maximumScale;
    }
    for (auto it = std::rbegin(ladder); it != std::rend(ladder); ++it) {
        if (*it < scale / 1.01)
            return *it;
    }
    return minimumScale;
}

} // namespace heirloom

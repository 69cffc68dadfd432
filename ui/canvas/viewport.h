// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>

namespace heirloom
{

/// Which part of a picture a view shows, and how large: pure arithmetic in device pixels, no
/// widget. scale is device pixels to one picture pixel, so 1 is 100 % on every screen. The
/// translation is always whole device pixels: at 100 % picture pixels and screen pixels coincide.
class Viewport
{
public:
    static constexpr double minimumScale = 0.01;
    static constexpr double maximumScale = 32;
    /// A tiny picture fills the window only so far: blurs larger than this tell nobody anything.
    static constexpr double maximumFitScale = 4;
    /// Device pixels that a fitted picture keeps free on each side where the view is large.
    static constexpr int fitMargin = 16;

    /// Both keep what is in the middle; while fitting, the scale follows.
    void setViewSize(QSize devicePixels);
    void setPictureSize(QSize pixels);
    QSize viewSize() const { return m_view; }
    QSize pictureSize() const { return m_picture; }

    double scale() const { return m_scale; }
    QPointF center() const { return m_center; }
    bool isFitting() const { return m_fitting; }

    /// The whole picture, and on from then also when the sizes change.
    void fit();
    /// To a scale, keeping the picture point under this device point where it is.
    void zoomAt(QPointF device, double scale);
    void zoomAtCenter(double scale) { zoomAt(middle(), scale); }
    void panBy(QPointF devicePixels);
    void centerOn(QPointF picturePoint);
    /// The picture has grown by a factor (enlarged): shows the same part at the same size.
    void pictureGrew(QSize newSize);

    QPointF toPicture(QPointF device) const;
    QPointF toDevice(QPointF picture) const;
    QRectF toDevice(const QRectF &picture) const;
    /// The picture's pixels that are visible, cut off at its edges.
    QRect visiblePixels() const;
    /// The scale of fit().
    double fitScale() const;

    /// The next step of a zoom ladder: 50, 67, 100, 150, 200 ... per cent.
    static double nextStep(double scale, bool larger);

private:
    QPointF middle() const { return {m_view.width() / 2.0, m_view.height() / 2.0}; }
    QPointF translation() const;
    void keepInside();

    QSize m_view;
    QSize m_picture;
    double m_scale = 1;
    QPointF m_center;
    bool m_fitting = true;
};

} // namespace heirloom

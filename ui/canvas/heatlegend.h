// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/heatoverlay.h"

#include <QFrame>

class QAction;
class QLabel;
class QSlider;

namespace heirloom
{

class RampBar;

/// What the colours of a heat overlay mean, and its figures in words, in the lower left corner of
/// the canvas; with a slider for its opacity and a small menu. A child of the canvas; GUI thread.
class HeatLegend : public QFrame
{
    Q_OBJECT

public:
    explicit HeatLegend(QWidget *canvas);

    /// Appears, with no figures yet.
    void begin(const QString &title, HeatOverlay::Scale scale);
    /// The main figure, and more of them for who wants to know; said to screen readers too.
    void setFigures(const QString &figure, const QString &more);
    QString figure() const;
    QString more() const;
    void setSavable(bool savable);
    double opacity() const;

Q_SIGNALS:
    void opacityChanged(double opacity);
    void saveRequested();
    void closeRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QLabel *m_title;
    RampBar *m_ramp;
    QLabel *m_figure;
    QLabel *m_more;
    QSlider *m_opacity;
    QAction *m_save;
};

} // namespace heirloom

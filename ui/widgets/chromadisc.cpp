// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chromadisc.h"

#include "operation/chromafield.h"

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

constexpr int side = 104;
constexpr double mostChroma = 0.62; ///< at the edge; few things in old photographs have more
constexpr double curve = 1.5;       ///< quiet colours, which are most, get the room
constexpr double keyStep = 0.04;

} // namespace

ChromaDisc::ChromaDisc(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("chromaDisc"));
    setAccessibleName(tr("Colours of this brightness"));
    setToolTip(tr("The colours this place can have: grey in the middle, stronger outwards"));
    setWhatsThis(toolTip());
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setFixedSize(side, side);
}

QSize ChromaDisc::sizeHint() const
{
    return {side, side};
}

double ChromaDisc::radius() const
{
    return std::min(width(), height()) / 2.0 - 3;
}

QPointF ChromaDisc::toPosition(QPointF widget) const
{
    return (widget - QPointF(width() / 2.0, height() / 2.0)) / radius();
}

QPointF ChromaDisc::toWidget(QPointF position) const
{
    return position * radius() + QPointF(width() / 2.0, height() / 2.0);
}

QColor ChromaDisc::colorAt(QPointF position) const
{
    const double r = std::hypot(position.x(), position.y());
    const double chroma = r > 0 ? mostChroma * std::pow(std::min(r, 1.0), curve) / r : 0;
    float rgb[3];
    joinChroma(float(m_luminance),
               {float(-chroma * position.y()), float(chroma * position.x())}, rgb);
    return QColor::fromRgbF(std::clamp(rgb[0], 0.0F, 1.0F), std::clamp(rgb[1], 0.0F, 1.0F),
                            std::clamp(rgb[2], 0.0F, 1.0F));
}

void ChromaDisc::setLuminance(double luminance)
{
    if (luminance == m_luminance)
        return;
    m_luminance = luminance;
    m_disc = {};
    update();
}

void ChromaDisc::setColor(const QColor &color)
{
    const Chroma chroma = chromaOver(color.rgb(), float(m_luminance));
    const double strength = std::hypot(chroma.u, chroma.v);
    const double r = std::min(std::pow(strength / mostChroma, 1 / curve), 1.0);
    m_mark = strength > 0 ? QPointF(chroma.v, -chroma.u) / strength * r : QPointF();
    update();
}

void ChromaDisc::moveTo(QPointF position)
{
    const double r = std::hypot(position.x(), position.y());
    m_mark = r > 1 ? position / r : position;
    update();
    Q_EMIT moving(color());
}

void ChromaDisc::paintEvent(QPaintEvent *)
{
    const double ratio = devicePixelRatioF();
    if (m_disc.isNull() || m_disc.size() != size() * ratio) {
        m_disc = QImage(size() * ratio, QImage::Format_RGB32);
        for (int y = 0; y < m_disc.height(); ++y) {
            auto *row = reinterpret_cast<QRgb *>(m_disc.scanLine(y));
            for (int x = 0; x < m_disc.width(); ++x)
                row[x] = colorAt(toPosition(QPointF(x + 0.5, y + 0.5) / ratio)).rgb();
        }
        m_disc.setDevicePixelRatio(ratio);
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath circle;
    circle.addEllipse(QPointF(width() / 2.0, height() / 2.0), radius(), radius());
    painter.save();
    painter.setClipPath(circle);
    painter.drawImage(QPointF(0, 0), m_disc);
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid),
                        hasFocus() ? 2 : 1));
    painter.drawPath(circle);
    const QPointF at = toWidget(m_mark);
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3));
    painter.drawEllipse(at, 5, 5);
    painter.setPen(QPen(Qt::white, 1.5));
    painter.drawEllipse(at, 5, 5);
}

void ChromaDisc::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveTo(toPosition(event->position()));
}

void ChromaDisc::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        moveTo(toPosition(event->position()));
}

void ChromaDisc::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT chosen(color());
}

void ChromaDisc::keyPressEvent(QKeyEvent *event)
{
    QPointF by;
    switch (event->key()) {
    case Qt::Key_Left:
        by = {-keyStep, 0};
        break;
    case Qt::Key_Right:
        by = {keyStep, 0};
        break;
    case Qt::Key_Up:
        by = {0, -keyStep};
        break;
    case Qt::Key_Down:
        by = {0, keyStep};
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    moveTo(m_mark + by);
    Q_EMIT chosen(color());
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogramview.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int opaqueEnough = 128;

int brightness(QRgb p)
{
    return (2126 * qRed(p) + 7152 * qGreen(p) + 722 * qBlue(p) + 5000) / 10000;
}

} // namespace

HistogramView::HistogramView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("histogram"));
    setAccessibleName(tr("Histogram"));
    setToolTip(tr("How much of the picture is dark (left) and light (right)"));
    setWhatsThis(tr("How much of the picture is dark (left) and how much is light (right). The "
                    "lines are red, green and blue. A hill cut off at an edge means that shadows "
                    "or lights have no detail left."));
    setMinimumHeight(64);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HistogramView::setPicture(const QImage &picture)
{
    m_counts = {};
    m_most = 0;
    const QImage image = picture.convertToFormat(QImage::Format_ARGB32);
    qint64 sum = 0;
    qint64 pixels = 0;
    for (int y = 0; y < image.height(); ++y) {
        const auto *row = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const QRgb p = row[x];
            if (qAlpha(p) < opaqueEnough)
                continue;
            const int grey = brightness(p);
            sum += grey;
            ++pixels;
            ++m_counts[0][size_t(grey)];
            ++m_counts[1][size_t(qRed(p))];
            ++m_counts[2][size_t(qGreen(p))];
            ++m_counts[3][size_t(qBlue(p))];
        }
    }
    // One white border or black frame would flatten all the rest: the ends do not set the height.
    for (const Counts &counts : m_counts)
        m_most = std::max(m_most, *std::max_element(counts.begin() + 1, counts.end() - 1));
    setAccessibleDescription(
        pixels > 0 ? tr("Mean brightness %1 of 255").arg(sum / pixels) : QString());
    update();
}

void HistogramView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.fillRect(area, palette().color(QPalette::Base));
    if (m_most > 0) {
        const auto outline = [&](const Counts &counts) {
            QPainterPath path(area.bottomLeft());
            for (int i = 0; i < 256; ++i) {
                const double height =
                    area.height() * std::min(1.0, double(counts[size_t(i)]) / m_most);
                path.lineTo(area.left() + area.width() * (i + 0.5) / 256, area.bottom() - height);
            }
            path.lineTo(area.bottomRight());
            return path;
        };
        QColor grey = palette().color(QPalette::WindowText);
        grey.setAlpha(90);
        painter.fillPath(outline(m_counts[0]), grey);
        const QColor lines[] = {QColor(0xd0, 0x50, 0x48), QColor(0x48, 0xa0, 0x50),
                                QColor(0x50, 0x78, 0xd8)};
        const bool colored = m_counts[1] != m_counts[2] || m_counts[2] != m_counts[3];
        for (size_t c = 0; colored && c < 3; ++c) {
            painter.setPen(QPen(lines[c], 1));
            painter.drawPath(outline(m_counts[c + 1]));
        }
    }
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(area);
}

} // namespace heirloom

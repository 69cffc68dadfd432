// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/exportcaption.h"

#include <QFontMetrics>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>

#include <algorithm>

namespace heirloom
{

int captionHeight(QSize picture)
{
    return std::clamp(std::min(picture.width(), picture.height()) / 22, 16, 400);
}

Result<Image> captionStrip(const QString &text, QSize picture, PixelFormat format)
{
    if (!qobject_cast<QGuiApplication *>(QCoreApplication::instance()))
        return fail(ErrorCode::Internal, {QStringLiteral("a caption needs fonts")});
    const QSize size(picture.width(), captionHeight(picture));
    QImage canvas(size, QImage::Format_RGB32);
    canvas.fill(Qt::white);
    {
        QPainter painter(&canvas);
        QFont font = painter.font();
        font.setPixelSize(std::max(8, size.height() * 6 / 10));
        painter.setFont(font);
        painter.setPen(QColor(40, 40, 40));
        const int margin = size.height() / 3;
        const QRect place = canvas.rect().adjusted(margin, 0, -margin, 0);
        const QString line =
            QFontMetrics(font).elidedText(text, Qt::ElideRight, std::max(1, place.width()));
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, line);
    }
    Image strip(size, {Channels::Rgb, Depth::U8});
    for (int y = 0; y < size.height(); ++y) {
        const auto *in = reinterpret_cast<const QRgb *>(canvas.constScanLine(y));
        quint8 *out = strip.samples<quint8>(y);
        for (int x = 0; x < size.width(); ++x, out += 3) {
            out[0] = quint8(qRed(in[x]));
            out[1] = quint8(qGreen(in[x]));
            out[2] = quint8(qBlue(in[x]));
        }
    }
    return strip.converted(format);
}

} // namespace heirloom

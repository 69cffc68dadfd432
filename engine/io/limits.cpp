// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstring>

namespace heirloom
{

Result<void> checkSize(const QString &name, qint64 width, qint64 height, const ReadLimits &limits)
{
    if (width <= 0 || height <= 0) {
        return fail(ErrorCode::InputDamaged,
                    {name, QCoreApplication::translate("heirloom::Io", "its size is %1 x %2 pixels")
                               .arg(width)
                               .arg(height)});
    }
    if (width > limits.maxSide || height > limits.maxSide) {
        return fail(ErrorCode::SideTooLong, {name, QString::number(width), QString::number(height),
                                             QString::number(limits.maxSide)});
    }
    if (width * height > limits.maxPixels) {
        return fail(ErrorCode::TooManyPixels,
                    {name, QString::number(width), QString::number(height),
                     QString::number((width * height + 500'000) / 1'000'000),
                     QString::number(limits.maxPixels / 1'000'000)});
    }
    return {};
}

Result<void> checkMemory(const QString &name, qint64 bytesNeeded, const ReadLimits &limits)
{
    if (bytesNeeded <= limits.memoryBytes)
        return {};
    return fail(ErrorCode::TooMuchMemory, {name, QString::number((bytesNeeded >> 20) + 1),
                                           QString::number(limits.memoryBytes >> 20)});
}

void fillMissing(Image &image, int firstRow)
{
    const PixelFormat format = image.format();
    const int channels = format.channelCount();
    for (int y = std::max(0, firstRow); y < image.height(); ++y) {
        for (qsizetype i = 0; i < qsizetype(image.width()) * channels; ++i) {
            const bool alpha = format.hasAlpha() && i % channels == channels - 1;
            if (format.depth == Depth::U8)
                image.samples<quint8>(y)[i] = alpha ? 255 : 128;
            else
                image.samples<quint16>(y)[i] = alpha ? 65535 : 32896;
        }
    }
}

void noteMissingRows(ImageInfo &info, qint64 firstRow)
{
    for (Notice &notice : info.notices) {
        if (notice.kind == Notice::Kind::MissingRows) {
            notice.number = std::min(notice.number, firstRow);
            return;
        }
    }
    info.notices.append({Notice::Kind::MissingRows, firstRow, {}});
}

int rowsWithin(qint64 bytes, qint64 bytesPerRow)
{
    return int(std::clamp<qint64>(bytes / std::max<qint64>(1, bytesPerRow), 1, 30000));
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/viewscaler.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace heirloom
{

namespace
{

/// For each view pixel of one axis: the two source pixels and the second's share in 1/256; first
/// is -1 beyond the canvas.
struct Tap {
    int first = -1;
    int second = -1;
    int share = 0;
};

std::vector<Tap> taps(int count, double start, double scale, double extent, int origin, int size)
{
    std::vector<Tap> list(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
        const double position = start + (i + 0.5) / scale;
        if (position < 0 || position >= extent)
            continue;
        Tap &tap = list[size_t(i)];
        auto inside = [&](int p) { return std::clamp(p - origin, 0, size - 1); };
        if (scale >= 1) {
            tap.first = tap.second = inside(int(std::floor(position)));
            continue;
        }
        const double left = std::floor(position - 0.5);
        tap.first = inside(int(left));
        tap.second = inside(int(left) + 1);
        tap.share = int(std::lround((position - 0.5 - left) * 256));
    }
    return list;
}

/// Two rows mixed, channel by channel.
HEIRLOOM_VECTORISED void mixRows(const quint8 *a, const quint8 *b, int share, quint8 *out,
                                 int count)
{
    const int rest = 256 - share;
    for (int i = 0; i < count; ++i)
        out[i] = quint8((a[i] * rest + b[i] * share + 128) >> 8);
}

quint32 mixed(quint32 a, quint32 b, quint32 share)
{
    const quint32 rest = 256 - share;
    const quint32 even =
        ((a & 0xFF00FF) * rest + (b & 0xFF00FF) * share + 0x800080) >> 8 & 0xFF00FF;
    const quint32 odd =
        ((a >> 8 & 0xFF00FF) * rest + (b >> 8 & 0xFF00FF) * share + 0x800080) & 0xFF00FF00;
    return even | odd;
}

} // namespace

QRect ViewScaler::sourceRect(QSize view, QPointF topLeft, double scale)
{
    const QPoint first(int(std::floor(topLeft.x() - 0.5)), int(std::floor(topLeft.y() - 0.5)));
    const QPoint last(int(std::floor(topLeft.x() + view.width() / scale + 0.5)),
                      int(std::floor(topLeft.y() + view.height() / scale + 0.5)));
    return QRect(first, last);
}

void ViewScaler::scale(const QImage &source, QPoint origin, QSizeF extent, QPointF topLeft,
                       double scale, QImage &out)
{
    const auto columns =
        taps(out.width(), topLeft.x(), scale, extent.width(), origin.x(), source.width());
    const auto rows =
        taps(out.height(), topLeft.y(), scale, extent.height(), origin.y(), source.height());
    // The columns that lie on the canvas are one run.
    const auto isInside = [](const Tap &tap) { return tap.first >= 0; };
    const auto begin = std::find_if(columns.begin(), columns.end(), isInside);
    const auto end = std::find_if_not(begin, columns.end(), isInside);
    const int left = int(begin - columns.begin());
    const int right = int(end - columns.begin());

    std::vector<quint32> line(size_t(source.width()));
    const quint32 *previous = nullptr;
    for (int y = 0; y < out.height(); ++y) {
        auto *to = reinterpret_cast<quint32 *>(out.scanLine(y));
        const Tap &row = rows[size_t(y)];
        if (row.first < 0 || left == right) {
            std::memset(to, 0, size_t(out.width()) * 4);
            previous = nullptr;
            continue;
        }
        std::memset(to, 0, size_t(left) * 4);
        std::memset(to + right, 0, size_t(out.width() - right) * 4);
        if (scale >= 1) {
            if (previous && y > 0 && rows[size_t(y) - 1].first == row.first) {
                std::memcpy(to + left, previous + left, size_t(right - left) * 4);
            } else {
                const auto *in = reinterpret_cast<const quint32 *>(source.constScanLine(row.first));
                if (scale == 1 && columns[size_t(left)].first + right - left <= source.width())
                    std::memcpy(to + left, in + columns[size_t(left)].first,
                                size_t(right - left) * 4);
                else
                    for (int x = left; x < right; ++x)
                        to[x] = in[columns[size_t(x)].first];
            }
            previous = to;
            continue;
        }
        mixRows(source.constScanLine(row.first), source.constScanLine(row.second), row.share,
                reinterpret_cast<quint8 *>(line.data()), source.width() * 4);
        for (int x = left; x < right; ++x) {
            const Tap &tap = columns[size_t(x)];
            to[x] = mixed(line[size_t(tap.first)], line[size_t(tap.second)], quint32(tap.share));
        }
    }
}

} // namespace heirloom

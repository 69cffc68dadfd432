// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/uprightsource.h"

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

constexpr int BandRows = 64;

/// Where the stored pixel (x, y) of a picture of the stored size lies when it is upright.
struct Turn {
    QPoint origin; ///< of stored (0, 0)
    QPoint alongX; ///< one step to the right in the file
    QPoint alongY; ///< one step down in the file
};

Turn turnFor(Orientation orientation, QSize stored)
{
    const int w = stored.width() - 1;
    const int h = stored.height() - 1;
    switch (orientation) {
    case Orientation::Upright:
        return {{0, 0}, {1, 0}, {0, 1}};
    case Orientation::MirrorHorizontal:
        return {{w, 0}, {-1, 0}, {0, 1}};
    case Orientation::Rotate180:
        return {{w, h}, {-1, 0}, {0, -1}};
    case Orientation::MirrorVertical:
        return {{0, h}, {1, 0}, {0, -1}};
    case Orientation::Transpose:
        return {{0, 0}, {0, 1}, {1, 0}};
    case Orientation::Rotate90:
        return {{h, 0}, {0, 1}, {-1, 0}};
    case Orientation::Transverse:
        return {{h, w}, {0, -1}, {-1, 0}};
    case Orientation::Rotate270:
        return {{0, w}, {0, -1}, {1, 0}};
    }
    return {{0, 0}, {1, 0}, {0, 1}};
}

template <int Bytes>
void scatterRow(const std::byte *in, std::byte *out, qsizetype step, int width)
{
    for (int x = 0; x < width; ++x, in += Bytes, out += step)
        std::memcpy(out, in, Bytes);
}

void scatter(const std::byte *in, std::byte *out, qsizetype step, int width, int bytes)
{
    switch (bytes) {
    case 1:
        return scatterRow<1>(in, out, step, width);
    case 2:
        return scatterRow<2>(in, out, step, width);
    case 3:
        return scatterRow<3>(in, out, step, width);
    case 4:
        return scatterRow<4>(in, out, step, width);
    case 6:
        return scatterRow<6>(in, out, step, width);
    case 8:
        return scatterRow<8>(in, out, step, width);
    default:
        for (int x = 0; x < width; ++x, in += bytes, out += step)
            std::memcpy(out, in, size_t(bytes));
    }
}

void mirror(Image &rows)
{
    const Image straight = rows;
    const int bytes = rows.format().bytesPerPixel();
    for (int y = 0; y < rows.height(); ++y) {
        scatter(straight.constRow(y), rows.row(y) + qsizetype(rows.width() - 1) * bytes, -bytes,
                rows.width(), bytes);
    }
}

/// Puts rows of a stored picture, from y on, where they lie in the upright one.
void placeRows(const Image &rows, int y, const Turn &turn, Image &upright)
{
    const qsizetype pixel = upright.format().bytesPerPixel();
    const auto offset = [&](QPoint p) { return p.y() * upright.bytesPerRow() + p.x() * pixel; };
    std::byte *base = upright.row(0);
    for (int row = 0; row < rows.height(); ++row) {
        scatter(rows.constRow(row), base + offset(turn.origin + (y + row) * turn.alongY),
                offset(turn.alongX), rows.width(), int(pixel));
    }
}

} // namespace

RowSource::RowSource(ImageReader &reader, bool mirrored, int retainedRows)
    : m_reader(reader)
    , m_mirrored(mirrored)
    , m_retained(std::max(0, retainedRows))
{
}

Result<Image> RowSource::read(const QRect &r)
{
    if (r.top() < m_first)
        return fail(ErrorCode::Internal, {QStringLiteral("rows asked for again too late")});
    if (auto done = advance(r.top(), r.bottom() + 1); !done)
        return fail(done.error());
    const QRect part = r.translated(0, -m_first);
    return part == m_rows.rect() ? m_rows : m_rows.copied(part);
}

Result<void> RowSource::advance(int top, int end)
{
    const int have = m_first + (m_rows.isNull() ? 0 : m_rows.height());
    if (end <= have)
        return {};
    // What was read last stays, so that the next rectangle may begin retainedRows above its end.
    const int keep = std::clamp(std::min(top, have - m_retained), m_first, have);
    Image rows(QSize(size().width(), end - keep), format());
    if (keep < have)
        rows.paste(m_rows.copied(QRect(0, keep - m_first, size().width(), have - keep)), {0, 0});
    m_rows = {};
    for (int y = have; y < end;) {
        auto band = m_reader.readRows(end - y);
        if (!band)
            return fail(band.error());
        if (band->isNull())
            return fail(ErrorCode::Internal, {QStringLiteral("the reader ended early")});
        if (m_mirrored)
            mirror(*band);
        rows.paste(*band, {0, y - keep});
        y += band->height();
    }
    m_rows = std::move(rows);
    m_first = keep;
    return {};
}

Result<Image> readUpright(ImageReader &reader, Orientation orientation, const Progress &progress)
{
    const QSize stored = reader.info().size;
    Image out(orientedSize(stored, orientation), reader.info().format);
    const Turn turn = turnFor(orientation, stored);
    for (int y = 0; y < stored.height();) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const auto band = reader.readRows(BandRows);
        if (!band)
            return fail(band.error());
        if (band->isNull())
            return fail(ErrorCode::Internal, {QStringLiteral("the reader ended early")});
        placeRows(*band, y, turn, out);
        y += band->height();
        progress.report(double(y) / stored.height());
    }
    return out;
}

Image upright(const Image &stored, Orientation orientation)
{
    Image out(orientedSize(stored.size(), orientation), stored.format());
    placeRows(stored, 0, turnFor(orientation, stored.size()), out);
    return out;
}

} // namespace heirloom

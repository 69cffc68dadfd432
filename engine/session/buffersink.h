// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/rowsink.h"
#include "image/tiledbuffer.h"

namespace heirloom
{

/// Rows into a tiled buffer, which is taken when they are complete. One thread.
class BufferSink : public RowSink
{
public:
    BufferSink(QSize size, PixelFormat format, std::shared_ptr<TileStore> store)
        : m_buffer(size, format, std::move(store))
    {
    }

    QSize size() const override { return m_buffer.size(); }
    PixelFormat format() const override { return m_buffer.format(); }
    Result<void> write(const Image &rows) override
    {
        m_buffer.write({0, m_next}, rows);
        m_next += rows.height();
        return {};
    }
    Result<void> finish() override
    {
        if (m_next != m_buffer.height())
            return fail(ErrorCode::Internal, {QStringLiteral("rows are missing")});
        return {};
    }
    TiledBuffer take() { return std::move(m_buffer); }

private:
    TiledBuffer m_buffer;
    int m_next = 0;
};

} // namespace heirloom

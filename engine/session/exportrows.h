// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/colormanagement.h"
#include "image/resample.h"
#include "image/rowsink.h"

#include <functional>
#include <optional>

namespace heirloom
{

/// Rows scaled on their way: takes rows of one size, hands rows of another to the next sink. Keeps
/// only the rows it still needs. The next sink must outlive it.
class ResizeSink : public RowSink
{
public:
    ResizeSink(QSize source, RowSink &next);

    QSize size() const override { return m_source; }
    PixelFormat format() const override { return m_next.format(); }
    Result<void> write(const Image &rows) override;
    /// Does not finish the next sink.
    Result<void> finish() override;

private:
    QSize m_source;
    RowSink &m_next;
    Resampler m_resampler;
    Image m_rows; ///< source rows from m_first on
    int m_first = 0;
    int m_done = 0; ///< target rows handed on
};

/// Rows changed one by one: profile, depth, channels; what becomes transparent-less is laid on
/// white.
class ConvertSink : public RowSink
{
public:
    /// transform: none when only the layout changes.
    ConvertSink(PixelFormat in, std::optional<ColorTransform> transform, RowSink &next);

    QSize size() const override { return m_next.size(); }
    PixelFormat format() const override { return m_in; }
    Result<void> write(const Image &rows) override;
    Result<void> finish() override { return {}; }

private:
    PixelFormat m_in;
    std::optional<ColorTransform> m_transform;
    RowSink &m_next;
};

/// The picture on white, without alpha.
Image flattenedOnWhite(const Image &image);

/// A number that depends on every byte and its place; for comparing what was written with what is
/// read again (no defence against anybody).
class PixelDigest
{
public:
    void add(const Image &rows);
    quint64 value() const { return m_value; }

private:
    quint64 m_value = 0x9e3779b97f4a7c15;
};

} // namespace heirloom

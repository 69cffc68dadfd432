// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "image/imagesource.h"
#include "io/imagereader.h"

#include <memory>

namespace heirloom
{

/// A reader's rows as a source that streams from top to bottom, mirrored where asked. Keeps the
/// last rows that may be asked for again. The reader must outlive it. One thread.
class RowSource : public ImageSource
{
public:
    RowSource(ImageReader &reader, bool mirrored, int retainedRows);

    QSize size() const override { return m_reader.info().size; }
    PixelFormat format() const override { return m_reader.info().format; }
    QByteArray icc() const override { return m_reader.info().icc; }
    bool isRandomAccess() const override { return false; }
    int retainedRows() const override { return m_retained; }
    /// Errors: the reader's; Internal when the rectangle lies above what is kept.
    Result<Image> read(const QRect &r) override;

private:
    Result<void> advance(int top, int end);

    ImageReader &m_reader;
    bool m_mirrored;
    int m_retained;
    Image m_rows; ///< rows m_first .. m_first + height - 1, whole width
    int m_first = 0;
};

/// A picture in memory as a source.
class MemorySource : public ImageSource
{
public:
    MemorySource(Image image, QByteArray icc)
        : m_image(std::move(image))
        , m_icc(std::move(icc))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return m_icc; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override
    {
        return r == m_image.rect() ? m_image : m_image.copied(r);
    }

private:
    Image m_image;
    QByteArray m_icc;
};

/// A picture in memory as its orientation says. Any thread.
Image upright(const Image &stored, Orientation orientation);
/// All rows of a reader, turned upright while they are read, so that only one copy is in memory.
Result<Image> readUpright(ImageReader &reader, Orientation orientation, const Progress &progress);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imagesource.h"
#include "image/rowsink.h"

namespace heirloom::test
{

/// A picture in memory that may be read anywhere.
class WholeSource : public ImageSource
{
public:
    explicit WholeSource(Image image, QByteArray icc = {})
        : m_image(std::move(image))
        , m_icc(std::move(icc))
    {
    }
    QSize size() const override { return m_image.size(); }
    PixelFormat format() const override { return m_image.format(); }
    QByteArray icc() const override { return m_icc; }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override { return m_image.copied(r); }

protected:
    Image m_image;
    QByteArray m_icc;
};

/// A picture that insists on the contract of streaming sources: refuses rows above what it keeps.
class StreamedSource : public WholeSource
{
public:
    StreamedSource(Image image, int retained, QByteArray icc = {})
        : WholeSource(std::move(image), std::move(icc))
        , m_retained(retained)
    {
    }
    bool isRandomAccess() const override { return false; }
    int retainedRows() const override { return m_retained; }
    Result<Image> read(const QRect &r) override
    {
        if (r.top() < m_end - m_retained)
            return fail(ErrorCode::Internal, {QStringLiteral("asked too late")});
        m_end = std::max(m_end, r.bottom() + 1);
        return m_image.copied(r);
    }

private:
    int m_retained;
    int m_end = 0;
};

/// Gathers rows.
class WholeSink : public RowSink
{
public:
    WholeSink(QSize size, PixelFormat format)
        : image(size, format)
    {
    }
    QSize size() const override { return image.size(); }
    PixelFormat format() const override { return image.format(); }
    Result<void> write(const Image &rows) override
    {
        image.paste(rows, {0, next});
        next += rows.height();
        return {};
    }
    Result<void> finish() override { return {}; }

    Image image;
    int next = 0;
};

} // namespace heirloom::test

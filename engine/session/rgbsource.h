// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/colormanagement.h"
#include "image/imagesource.h"

#include <memory>

namespace heirloom
{

/// Whether an operation has to be given a picture of this format as RGB
/// (OperationInfo::bringsColor).
bool needsRgbSource(const QString &operation, PixelFormat format);

/// A grey picture as RGB in sRGB, converted while it is read. source must outlive it; takes
/// rectangles in the order that source takes them. One thread.
class RgbSource : public ImageSource
{
public:
    /// Errors: Internal (a profile that cannot be converted).
    static Result<std::unique_ptr<RgbSource>> create(ImageSource &source);

    QSize size() const override { return m_source.size(); }
    PixelFormat format() const override { return m_source.format().asRgb(); }
    /// Untagged where the source was.
    QByteArray icc() const override;
    bool isRandomAccess() const override { return m_source.isRandomAccess(); }
    int retainedRows() const override { return m_source.retainedRows(); }
    Result<Image> read(const QRect &r) override;

private:
    RgbSource(ImageSource &source, ColorTransform transform);

    ImageSource &m_source;
    ColorTransform m_transform;
};

} // namespace heirloom

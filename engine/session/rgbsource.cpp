// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/rgbsource.h"

#include "operation/registry.h"

namespace heirloom
{

bool needsRgbSource(const QString &operation, PixelFormat format)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info && info->bringsColor && format.isGray();
}

RgbSource::RgbSource(ImageSource &source, ColorTransform transform)
    : m_source(source)
    , m_transform(std::move(transform))
{
}

Result<std::unique_ptr<RgbSource>> RgbSource::create(ImageSource &source)
{
    ColorProfile profile = ColorProfile::forUntagged(source.format());
    if (const auto named = ColorProfile::fromIcc(source.icc());
        named && named->fits(source.format()))
        profile = *named;
    auto transform = ColorTransform::create(profile, source.format(), ColorProfile::sRgb(),
                                            source.format().asRgb());
    if (!transform)
        return fail(transform.error());
    return std::unique_ptr<RgbSource>(new RgbSource(source, std::move(*transform)));
}

QByteArray RgbSource::icc() const
{
    return m_source.icc().isEmpty() ? QByteArray() : ColorProfile::sRgb().icc();
}

Result<Image> RgbSource::read(const QRect &r)
{
    auto pixels = m_source.read(r);
    if (!pixels)
        return pixels;
    return m_transform.apply(*pixels);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/screencopy.h"

#include "document/compositor.h"
#include "edit/sizelimits.h"
#include "image/colormanagement.h"
#include "image/qtbridge.h"

#include <QColorSpace>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr int BandRows = 256;

} // namespace

Result<QImage> screenCopy(const Snapshot &snapshot, const std::shared_ptr<TileStore> &store,
                          const Progress &progress)
{
    const Canvas &canvas = snapshot.canvas;
    if (auto fits = checkSizeAgainst(canvas.size, maxCopiedPixels); !fits)
        return fail(fits.error());
    const PixelFormat format{canvas.format.hasAlpha() ? Channels::Rgba : Channels::Rgb, Depth::U8};
    const auto transform =
        ColorTransform::create(canvas.profile, canvas.format, ColorProfile::sRgb(), format);
    if (!transform)
        return fail(transform.error());
    CompositorSource source(snapshot, store);
    Image whole(canvas.size, format);
    for (int y = 0; y < canvas.size.height(); y += BandRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int count = std::min(BandRows, canvas.size.height() - y);
        const auto band = source.read(QRect(0, y, canvas.size.width(), count));
        if (!band)
            return fail(band.error());
        whole.paste(transform->apply(*band), QPoint(0, y));
        progress.report(double(y + count) / canvas.size.height());
    }
    QImage image = toQImage(whole);
    image.setColorSpace(QColorSpace(QColorSpace::SRgb));
    return image;
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layer.h"

#include <QImage>

namespace heirloom
{

/// A small picture of a layer's own pixels (fits into side x side), sampled, so that it costs a few
/// milliseconds whatever the layer's size. Null for layers without pixels. Any thread.
QImage layerThumbnail(const TiledBuffer &pixels, const ColorProfile &profile, int side);

/// A thumbnail of pixels of this size in quarter turns and mirrors as they lie on the canvas; what
/// tilts them less is left out.
QImage turnedAsOnCanvas(const QImage &thumbnail, QSize size, const Transform &transform);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

#include <optional>

namespace heirloom
{

/// The JPEG quality (1..100, on the scale of the Independent JPEG Group's tables) whose traces the
/// pixels carry, whatever file they lie in: the luminance's 8x8 cosine coefficients of such a
/// picture sit at multiples of the table's steps (Z. Fan, R. de Queiroz, "Identification of Bitmap
/// Compression History", IEEE Trans. Image Processing 12, 2003). Nothing where there is no trace:
/// never compressed, resized or turned by an angle since, or compressed so well that rounding hides
/// it (from about 93 on). Blocks may begin anywhere, as after a crop. Looks at bands spread over
/// the picture, read from top to bottom; the same picture gives the same number. Errors: the
/// source's, Cancelled. Any thread.
Result<std::optional<int>> estimateJpegQuality(ImageSource &source, const Progress &progress = {});

} // namespace heirloom

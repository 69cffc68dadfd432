// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// Where writing is: pieces of strokes of like height and width that follow each other in a line,
/// after the rules of thumb of B. Epshtein, E. Ofek, Y. Wexler, "Detecting Text in Natural Scenes
/// with Stroke Width Transform", CVPR 2010, without their transform. Dark on bright and bright on
/// dark, lines that lean up to about a quarter; letters from 6 to 60 pixels high in a picture of at
/// most 1600 pixels a side, to which larger ones are reduced. Not handwriting that is joined. Gray
/// U8 of the picture's size, 255 = a line of text, with a little around it. Reads the picture once
/// from top to bottom. Errors: the source's, Cancelled, Internal. Any thread.
Result<Image> findText(ImageSource &source, const Progress &progress = {});

} // namespace heirloom

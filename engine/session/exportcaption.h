// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/image.h"

#include <QString>

namespace heirloom
{

/// Height of the white strip under a picture of this size.
int captionHeight(QSize picture);

/// The strip: one line of dark text on white, made shorter with an ellipsis where it does not fit.
/// Needs a QGuiApplication (fonts); errors: Internal without one.
Result<Image> captionStrip(const QString &text, QSize picture, PixelFormat format);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/imageinfo.h"

namespace heirloom
{

/// How many bytes of a file's beginning recognise() wants.
inline constexpr int signatureBytes = 4096;

/// What a file is, by its first bytes (its name only tells apart the TIFF-based RAW files). Formats
/// that are known but not read each have their own error.
Result<FileFormat> recognise(const QByteArray &head, const QString &name);

} // namespace heirloom

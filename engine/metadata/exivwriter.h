// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "metadata/metadata.h"

namespace heirloom
{

/// Puts prepared blocks (preparedForExport()) into an encoded JPEG, PNG, TIFF or WebP in memory and
/// returns the new bytes. The ICC profile that the encoder wrote stays as it is. Metadata that the
/// encoder wrote is replaced, except a TIFF's own structure. Error: MetadataNotWritten (also above
/// metadataMemoryLimit, and for formats that hold none); name is for its sentence. Any thread.
Result<QByteArray> withMetadata(const QByteArray &encoded, FileFormat format,
                                const Metadata &prepared, const QString &name = {});

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"

namespace heirloom
{

/// What a photo says now in the fields that can be edited; XMP first, then IPTC-IIM, then EXIF.
/// What cannot be parsed is empty. Any thread.
MetadataEdits editableFields(const Metadata &metadata);

/// The same metadata with these fields instead. Fields that are as they were are not touched; an
/// empty one goes from every place it stood in. Error: MetadataNotWritten. Any thread.
Result<Metadata> withEdits(const Metadata &metadata, const MetadataEdits &edits);

} // namespace heirloom

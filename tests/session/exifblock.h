// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace heirloom::test
{

/// The smallest EXIF block that names an orientation (one directory, one entry, little-endian).
inline QByteArray exifWithOrientation(int orientation)
{
    QByteArray block("II\x2a\0\x08\0\0\0", 8);
    block += QByteArray("\x01\0", 2);                   // one entry
    block += QByteArray("\x12\x01\x03\0\x01\0\0\0", 8); // Orientation, SHORT, one value
    block += char(orientation);
    block += QByteArray("\0\0\0", 3);
    block += QByteArray("\0\0\0\0", 4); // no further directory
    return block;
}

} // namespace heirloom::test

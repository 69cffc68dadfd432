// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/metadata.h"

namespace heirloom
{

bool profileFits(const QByteArray &icc, const PixelFormat &format)
{
    // ICC.1:2022, 7.2: bytes 16..19 name the colour space of the device side.
    if (icc.size() < 128)
        return false;
    return icc.mid(16, 4) == (format.isGray() ? "GRAY" : "RGB ");
}

} // namespace heirloom

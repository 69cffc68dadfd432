// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace heirloom::test
{

/// ICC profiles made on the spot, for tests of colour and of keeping profiles.
QByteArray srgbProfile();
/// RGB, with Adobe RGB's primaries and gamma.
QByteArray wideGamutProfile();
/// Grey with gamma 2.2.
QByteArray grayProfile();
/// CMYK by a coarse table, exactly as "255 - min(255, ink + black)" of sRGB would look.
QByteArray cmykProfile();

} // namespace heirloom::test

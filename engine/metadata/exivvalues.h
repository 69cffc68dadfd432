// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <initializer_list>
#include <string>

namespace Exiv2
{
class IptcData;
class XmpData;
} // namespace Exiv2

namespace heirloom
{

// Single values as a person reads them; empty where there are none. The lock of ExivSession is
// held.

/// UTF-8, without spaces at the ends.
QString exivText(const std::string &bytes);
/// The default language's text of a language alternative, or a plain value.
QString xmpText(const Exiv2::XmpData &xmp, const char *key);
QString iptcText(const Exiv2::IptcData &iptc, const char *key);
/// The first that is not empty.
QString firstOf(std::initializer_list<QString> texts);

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivsession.h"

#include "core/log.h"
#include "metadata/ledger.h"

#include <exiv2/exiv2.hpp>

namespace heirloom
{

namespace
{

void toLog(int, const char *message)
{
    qCDebug(logEngine, "exiv2: %s", message);
}

void start()
{
    Exiv2::LogMsg::setHandler(toLog);
    Exiv2::XmpParser::initialize();
    // Exiv2 would write "iptcExt:", which is legal, but simple scanners look for this prefix.
    Exiv2::XmpProperties::registerNs("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt");
    Exiv2::XmpProperties::registerNs(ledgerNamespace, ledgerPrefix);
    Exiv2::enableBMFF(true); // where the library was built with it; others answer no
}

} // namespace

std::unique_lock<std::mutex> exivSession()
{
    static std::mutex mutex;
    static std::once_flag once;
    std::unique_lock lock(mutex);
    std::call_once(once, start);
    return lock;
}

} // namespace heirloom

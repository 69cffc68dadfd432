// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "passivewait.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <cstdlib>
#include <unistd.h>
#endif

namespace heirloom
{

void ensurePassiveWaiting(char **argv)
{
#ifdef Q_OS_LINUX
    if (std::getenv("OMP_WAIT_POLICY"))
        return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    // Only returns when it fails; then it is merely slower.
    execv("/proc/self/exe", argv);
#else
    Q_UNUSED(argv)
#endif
}

} // namespace heirloom

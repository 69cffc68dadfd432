// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include "io/savefile.h"

#include <QtGlobal>

#include <thread>

#ifdef Q_OS_UNIX
#include <csignal>
#include <pthread.h>
#include <unistd.h>
#endif

namespace heirloom
{

Interrupt::Interrupt()
{
#ifdef Q_OS_UNIX
    std::signal(SIGPIPE, SIG_IGN);
    // All threads started later inherit the mask, so only the thread below takes these signals,
    // outside any handler: a stop request runs callbacks and may not be made inside one.
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([source = m_source, set]() mutable {
        int signal = 0;
        sigwait(&set, &signal);
        source.request_stop();
        sigwait(&set, &signal);
        SaveFile::removeTemporariesInSignalHandler();
        _exit(130);
    }).detach();
#endif
}

} // namespace heirloom

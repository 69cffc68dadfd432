// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include "io/savefile.h"

#include <QtGlobal>

#include <thread>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#endif

namespace heirloom
{

#ifdef Q_OS_UNIX
namespace
{

int wakeUp = -1; ///< the end of the pipe that the handler writes to

/// Runs on any thread: libraries (OpenBLAS) start threads of their own before main(), which no
/// signal mask of ours reaches. A stop request runs callbacks and may not be made in here.
void onSignal(int)
{
    const int kept = errno;
    [[maybe_unused]] const auto written = write(wakeUp, "!", 1);
    errno = kept;
}

/// False at the pipe's end, which never comes while this program runs.
bool waitForSignal(int end)
{
    char byte = 0;
    ssize_t got = 0;
    do {
        got = read(end, &byte, 1);
    } while (got < 0 && errno == EINTR);
    return got == 1;
}

} // namespace
#endif

Interrupt::Interrupt()
{
#ifdef Q_OS_UNIX
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return; // Ctrl-C then ends the program as it does any other
    wakeUp = ends[1];
    std::thread([source = m_source, end = ends[0]]() mutable {
        if (!waitForSignal(end))
            return;
        source.request_stop();
        if (!waitForSignal(end))
            return;
        SaveFile::removeTemporariesInSignalHandler();
        _exit(130);
    }).detach();
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaction(signal, &action, nullptr);
#endif
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QJsonObject>
#include <QString>

namespace heirloom
{

/// Exit codes; scripts depend on them.
enum ExitCode {
    ExitDone = 0,
    ExitUsage = 2,
    ExitInput = 3,
    ExitModel = 4,
    ExitOutput = 5,
    ExitMemory = 6,
    ExitSomeFailed = 7,
    ExitInternal = 70,
    ExitInterrupted = 130,
};
ExitCode exitCodeFor(const Error &error);

/// Where text goes: results to standard output, everything else to standard error. A value; the
/// main thread, and the progress of the thread that works.
class Console
{
public:
    explicit Console(bool quiet = false)
        : m_quiet(quiet)
    {
    }

    /// A line of result. False when standard output was closed.
    bool result(const QString &line) const;
    bool result(const QJsonObject &object) const;
    /// Something to know; not with --quiet.
    void note(const QString &text) const;
    void warning(const QString &text) const;
    /// Always said.
    void error(const QString &text) const;
    void error(const Error &error) const;

    bool isQuiet() const { return m_quiet; }

    /// Standard error is a terminal.
    static bool isTerminal();

private:
    bool m_quiet;
};

} // namespace heirloom

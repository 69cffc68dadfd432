// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

namespace heirloom::test
{

/// What one of the Python scripts beside the tests said of a file.
struct ScriptResult {
    int code = -1;
    QString text;
};

inline ScriptResult runScript(const char *name, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    // Debian's Python, which has PIL; another one may be first on the path.
    process.start(QStringLiteral("/usr/bin/python3"),
                  QStringList{QStringLiteral("-B"),
                              QStringLiteral(HEIRLOOM_SOURCE_DIR "/tests/session/") +
                                  QLatin1String(name)} +
                      arguments);
    if (!process.waitForFinished(600'000))
        return {-1, process.errorString()};
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAll()).trimmed()};
}

} // namespace heirloom::test

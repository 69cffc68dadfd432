// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

#include "core/errortext.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace heirloom
{

namespace
{

bool print(std::FILE *file, const QString &text)
{
    const QByteArray line = text.toUtf8() + '\n';
    const bool good =
        std::fwrite(line.constData(), 1, size_t(line.size()), file) == size_t(line.size());
    return std::fflush(file) == 0 && good;
}

} // namespace

ExitCode exitCodeFor(const Error &error)
{
    switch (errorKind(error.code)) {
    case ErrorKind::Usage:
        return ExitUsage;
    case ErrorKind::Input:
        return ExitInput;
    case ErrorKind::Model:
        return ExitModel;
    case ErrorKind::Output:
        return ExitOutput;
    case ErrorKind::Memory:
        return ExitMemory;
    case ErrorKind::Cancelled:
        return ExitInterrupted;
    case ErrorKind::Internal:
        return ExitInternal;
    }
    return ExitInternal;
}

bool Console::result(const QString &line) const
{
    return print(stdout, line);
}

bool Console::result(const QJsonObject &object) const
{
    return result(QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact)));
}

void Console::note(const QString &text) const
{
    if (!m_quiet)
        print(stderr, text);
}

void Console::warning(const QString &text) const
{
    if (!m_quiet)
        print(stderr, QCoreApplication::translate("heirloom::Console", "Note: %1").arg(text));
}

void Console::error(const QString &text) const
{
    print(stderr, QStringLiteral("heirloom-cli: %1").arg(text));
}

void Console::error(const Error &error) const
{
    this->error(errorSentence(error));
}

bool Console::isTerminal()
{
#ifdef Q_OS_UNIX
    return isatty(STDERR_FILENO) != 0;
#else
    return false;
#endif
}

} // namespace heirloom

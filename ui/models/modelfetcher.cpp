// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/modelfetcher.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace heirloom
{

namespace
{

constexpr int patience = 2000; ///< ms between the polite stop and the other one

bool isInBuildTree()
{
    return QCoreApplication::applicationDirPath().startsWith(QStringLiteral(HEIRLOOM_BINARY_DIR));
}

} // namespace

ModelFetcher::ModelFetcher(QString program, QString folder, QObject *parent)
    : QObject(parent)
    , m_program(std::move(program))
    , m_folder(std::move(folder))
{
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &ModelFetcher::readLines);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_messages += QString::fromUtf8(m_process.readAllStandardError()); });
    connect(&m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        readLines();
        const bool complete = status == QProcess::NormalExit && code == 0;
        Q_EMIT finished(complete, m_stopped ? QString() : m_messages.trimmed());
    });
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            Q_EMIT finished(false, m_process.errorString());
    });
}

ModelFetcher::~ModelFetcher()
{
    m_process.disconnect(this);
    if (isRunning()) {
        m_process.terminate();
        if (!m_process.waitForFinished(patience))
            m_process.kill();
        m_process.waitForFinished(patience);
    }
}

QString ModelFetcher::standardProgram()
{
    const QString candidates[] = {
        isInBuildTree() ? QStringLiteral(HEIRLOOM_SOURCE_DIR "/models/fetch") : QString(),
        QStringLiteral(HEIRLOOM_DATA_DIR "/models/fetch")};
    for (const QString &path : candidates) {
        if (!path.isEmpty() && QFileInfo(path).isFile())
            return path;
    }
    return {};
}

QString ModelFetcher::standardFolder()
{
    if (isInBuildTree())
        return QStringLiteral(HEIRLOOM_BINARY_DIR "/models");
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) +
           QStringLiteral("/models");
}

void ModelFetcher::start(const QStringList &ids)
{
    m_messages.clear();
    m_stopped = false;
    QStringList arguments{m_program, QStringLiteral("--out"), m_folder};
    for (const QString &id : ids)
        arguments << QStringLiteral("--only") << id;
    QDir().mkpath(m_folder);
    m_process.start(QStringLiteral("python3"), arguments);
}

void ModelFetcher::stop()
{
    m_stopped = true;
    m_process.terminate();
}

void ModelFetcher::readLines()
{
    const QStringList lines =
        QString::fromUtf8(m_process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        Q_EMIT said(line.trimmed());
}

} // namespace heirloom

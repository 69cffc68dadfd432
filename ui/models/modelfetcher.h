// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>

namespace heirloom
{

/// Runs models/fetch as a child process: the only use of the network there is, and only when the
/// user has asked for it. GUI thread.
class ModelFetcher : public QObject
{
    Q_OBJECT

public:
    /// program empty: this installation cannot fetch.
    ModelFetcher(QString program, QString folder, QObject *parent = nullptr);
    ~ModelFetcher() override;

    /// The script of the source tree or of the installation, whichever this program belongs to.
    static QString standardProgram();
    static QString standardFolder();

    bool isPossible() const { return !m_program.isEmpty(); }
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    QString folder() const { return m_folder; }
    void start(const QStringList &ids);
    void stop();

Q_SIGNALS:
    /// A line of what the script says.
    void said(const QString &line);
    void finished(bool complete, const QString &messages);

private:
    void readLines();

    QString m_program;
    QString m_folder;
    QProcess m_process;
    QString m_messages;
    bool m_stopped = false;
};

} // namespace heirloom

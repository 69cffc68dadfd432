// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recovery.h"

#include "core/log.h"
#include "session/recoveryjournal.h"
#include "session/recoverywriter.h"
#include "session/workspace.h"

#include <QDir>
#include <QStandardPaths>
#include <QUuid>

#include <memory>
#include <utility>

namespace heirloom
{

namespace
{

const QString journalEnding = QStringLiteral(".journal");

} // namespace

/// A journal that was left behind, with its lock.
struct Recovery::Claim {
    QString path;
    std::shared_ptr<QLockFile> lock;
    RecoverySummary summary;
    // Filled by the engine thread while the work is read:
    RecoveryJournal::Continued continued;
    RecoveryIndex index;
    int lost = 0;
};

QString Recovery::standardFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) +
           QStringLiteral("/recovery");
}

QString Recovery::folderIn(const QString &chosen)
{
    return chosen.isEmpty() ? standardFolder() : chosen + QStringLiteral("/heirloom-recovery");
}

Recovery::Recovery(Workspace &workspace, const Options &options, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
    , m_options(options)
    , m_writer(std::make_unique<RecoveryWriter>(options.retryMs))
{
    connect(&workspace, &Workspace::opened, this, &Recovery::watch);
    connect(&workspace, &Workspace::aboutToClose, this, &Recovery::end);
    connect(m_writer.get(), &RecoveryWriter::written, this, [this](quint64 id, quint64 revision) {
        for (RecoveryJournal *journal : m_journals) {
            if (journal->id() == id)
                journal->written(revision);
        }
        if (m_failing.remove(id) && m_failing.isEmpty())
            Q_EMIT on();
    });
    connect(m_writer.get(), &RecoveryWriter::failed, this, [this](quint64 id, const Error &error) {
        const bool isNew = m_failing.isEmpty();
        m_failing.insert(id);
        if (!isNew)
            return;
        qCWarning(logEngine) << "recovery is off:" << error.arguments;
        Q_EMIT off(error);
    });
}

Recovery::~Recovery()
{
    for (RecoveryJournal *journal : m_journals) {
        if (journal->isSpare())
            journal->remove();
    }
    m_writer.reset(); // writes what waits
}

// ---- photos that are open ----------------------------------------------------------------------

void Recovery::watch(EditorSession *session)
{
    begin(session);
    connect(session, &EditorSession::documentReplaced, this, [this, session] {
        end(session);
        if (session->hasDocument())
            begin(session);
    });
}

void Recovery::begin(EditorSession *session)
{
    if (const ClaimPointer claim = m_opening.take(session)) {
        claim->continued.file = std::make_unique<RecoveryFile>(
            claim->path, m_options.file, claim->index, std::move(claim->lock));
        m_journals.insert(session, new RecoveryJournal(*session, *m_writer,
                                                       std::move(claim->continued), this));
        Q_EMIT restored(session, claim->lost);
        return;
    }
    const QString path = m_options.folders.first() + u'/' +
                         QUuid::createUuid().toString(QUuid::WithoutBraces) + journalEnding;
    m_journals.insert(session,
                      new RecoveryJournal(*session, *m_writer, path, m_options.file, this));
}

void Recovery::end(EditorSession *session)
{
    RecoveryJournal *journal = m_journals.take(session);
    if (!journal)
        return;
    journal->remove();
    if (m_failing.remove(journal->id()) && m_failing.isEmpty())
        Q_EMIT on();
    delete journal;
}

bool Recovery::isKept(const EditorSession &session) const
{
    const RecoveryJournal *journal = m_journals.value(const_cast<EditorSession *>(&session));
    return !journal || journal->isWritten();
}

// ---- what was left behind ----------------------------------------------------------------------

std::vector<Recovery::ClaimPointer> Recovery::scan(const QStringList &folders)
{
    std::vector<ClaimPointer> claims;
    for (const QString &folder : folders) {
        const QDir dir(folder);
        for (const QString &name : dir.entryList({u'*' + journalEnding}, QDir::Files, QDir::Time)) {
            auto claim = std::make_shared<Claim>();
            claim->path = dir.filePath(name);
            claim->lock = RecoveryFile::lock(claim->path);
            if (!claim->lock)
                continue; // of a program that is running
            QFile::remove(claim->path + QStringLiteral(".new"));
            const auto reader = RecoveryReader::open(claim->path);
            if (!reader)
                continue;
            claim->summary = (*reader)->summary();
            const RecoverySummary &summary = claim->summary;
            const bool isSaved = !summary.isUnsaved &&
                                 (summary.isEmpty || QFile::exists(summary.projectPath));
            if (summary.isNewer || !isSaved)
                claims.push_back(claim);
            else
                QFile::remove(claim->path);
        }
        // Locks of programs that were stopped before they wrote anything.
        for (const QString &name :
             dir.entryList({QStringLiteral("*.lock")}, QDir::Files | QDir::Hidden)) {
            const QString journal = dir.filePath(name.chopped(5) + journalEnding);
            if (!QFile::exists(journal))
                RecoveryFile::lock(journal);
        }
    }
    return claims;
}

void Recovery::look()
{
    m_writer->run([this, folders = m_options.folders] {
        // Emptied where it arrives: a copy of the call may outlive it on the writer's thread, and
        // would keep the journals locked.
        const auto claims = std::make_shared<std::vector<ClaimPointer>>(scan(folders));
        QMetaObject::invokeMethod(
            this,
            [this, claims] {
                const auto found = std::exchange(*claims, {});
                m_found.insert(m_found.end(), found.begin(), found.end());
                Q_EMIT looked();
            },
            Qt::QueuedConnection);
    });
}

const RecoverySummary &Recovery::summary(int i) const
{
    return m_found[size_t(i)]->summary;
}

QStringList Recovery::takeNewer()
{
    QStringList names;
    std::erase_if(m_found, [&names](const ClaimPointer &claim) {
        if (claim->summary.isNewer)
            names << claim->summary.name;
        return claim->summary.isNewer;
    });
    return names;
}

void Recovery::restoreAll()
{
    bool front = true;
    for (const ClaimPointer &claim : std::exchange(m_found, {})) {
        restore(claim, front);
        front = false;
    }
}

void Recovery::restore(const ClaimPointer &claim, bool front)
{
    m_workspace.open(
        [this, claim](EditorSession &session) {
            m_opening.insert(&session, claim);
            connect(&session, &QObject::destroyed, this,
                    [this, gone = &session] { m_opening.remove(gone); });
            return session.openRecovered(
                claim->summary.name,
                [claim, store = session.tileStore()](
                    const Progress &progress) -> Result<RecoveredWork> {
                    auto reader = RecoveryReader::open(claim->path);
                    if (!reader)
                        return fail(reader.error());
                    auto work = (*reader)->read(store, progress);
                    if (work) {
                        claim->continued.states = (*reader)->stateNumbers();
                        claim->continued.named = (*reader)->namedNumbers();
                        claim->continued.lastNumber = (*reader)->lastNumber();
                        claim->index = (*reader)->verified();
                        claim->lost = work->lost;
                    }
                    return work;
                });
        },
        front);
}

void Recovery::discardAll()
{
    for (const ClaimPointer &claim : std::exchange(m_found, {})) {
        m_writer->run([claim] {
            QFile::remove(claim->path);
            claim->lock.reset();
        });
    }
}

void Recovery::keepAll()
{
    m_found.clear();
}

} // namespace heirloom

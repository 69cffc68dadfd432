// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/recoveryfile.h"
#include "session/recoveryreader.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace heirloom
{

class EditorSession;
class RecoveryJournal;
class RecoveryWriter;
class Workspace;

/// Keeps the unsaved work on every open photo in a journal on disk, so that a crash loses no
/// finished step, and gives back what a crash left behind. Closing a photo removes its journal.
/// Journals of a running program are never touched by another one. Made by the composition root
/// beside the workspace, which outlives it; GUI thread.
class Recovery : public QObject
{
    Q_OBJECT

public:
    struct Options {
        QStringList folders; ///< journals are written into the first and looked for in all
        RecoveryFile::Options file;
        int retryMs = 15000; ///< after the disk refused
    };
    /// The user's own folder for it.
    static QString standardFolder();
    /// The one inside a folder that the user chose; the standard one when that is empty.
    static QString folderIn(const QString &chosen);

    Recovery(Workspace &workspace, const Options &options, QObject *parent = nullptr);
    /// Work that was neither saved nor closed stays on the disk.
    ~Recovery() override;

    /// Whether everything that was done to a photo is on the disk.
    bool isKept(const EditorSession &session) const;

    /// Looks for what was left behind, in the background; looked() follows.
    void look();
    /// What was found and not answered yet. It is this program's until it is answered.
    int count() const { return int(m_found.size()); }
    const RecoverySummary &summary(int i) const;
    /// Opens all as photos that are modified; journals whose work cannot be read stay.
    void restoreAll();
    void discardAll();
    /// They will be found again.
    void keepAll();
    /// Of those that a newer version wrote: its names. They are kept, and no longer counted.
    QStringList takeNewer();

Q_SIGNALS:
    void looked();
    /// lost: steps of it that were damaged.
    void restored(heirloom::EditorSession *session, int lost);
    /// Nothing is kept any more, until on().
    void off(const heirloom::Error &error);
    void on();

private:
    struct Claim;
    using ClaimPointer = std::shared_ptr<Claim>;

    static std::vector<ClaimPointer> scan(const QStringList &folders);
    void watch(EditorSession *session);
    void begin(EditorSession *session);
    void end(EditorSession *session);
    void restore(const ClaimPointer &claim, bool front);

    Workspace &m_workspace;
    const Options m_options;
    std::unique_ptr<RecoveryWriter> m_writer;
    std::vector<ClaimPointer> m_found;
    QHash<EditorSession *, ClaimPointer> m_opening; ///< being read
    QHash<EditorSession *, RecoveryJournal *> m_journals;
    QSet<quint64> m_failing; ///< ids of the writer
};

} // namespace heirloom

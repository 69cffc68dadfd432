// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/recoverytarget.h"
#include "session/recoverywriter.h"

#include <QObject>
#include <QPointer>

#include <vector>

namespace heirloom
{

class Document;
class EditorSession;

/// Follows one open photo: what its journal has to hold after each step goes to the writer, and the
/// history hears which steps are still on their way. Nothing is written before the first change.
/// Owned by Recovery; GUI thread, on which a step costs a comparison and a copy of pointers.
class RecoveryJournal : public QObject
{
    Q_OBJECT

public:
    /// A photo that was opened; path is the journal's.
    RecoveryJournal(EditorSession &session, RecoveryWriter &writer, const QString &path,
                    const RecoveryFile::Options &options, QObject *parent = nullptr);
    /// One whose work was recovered: goes on with the journal that it was read from.
    struct Continued {
        std::unique_ptr<RecoveryFile> file;
        std::vector<quint64> states, named; ///< their numbers
        quint64 lastNumber = 0;             ///< the highest ever used
    };
    RecoveryJournal(EditorSession &session, RecoveryWriter &writer, Continued continued,
                    QObject *parent = nullptr);

    RecoveryWriter::Id id() const { return m_id; }
    /// The latest target is on the disk.
    bool isWritten() const { return m_written == m_revision; }
    /// Nothing is in it that would be lost.
    bool isSpare() const;
    /// The photo was closed: nothing of it stays on the disk.
    void remove();
    void written(quint64 revision);

private:
    void follow(EditorSession &session);
    void begin();
    void stepRecorded();
    void namedChanged();
    void collectNamed();
    bool isCurrent() const; ///< the session still shows the photo that this is about
    void saved();
    void send();
    void showPending();
    bool isSaved() const;
    RecoveryTarget::State made(const QString &text, const Snapshot &state);

    QPointer<EditorSession> m_session;
    const Document *m_document = nullptr;
    RecoveryWriter &m_writer;
    RecoveryWriter::Id m_id = 0;
    std::vector<RecoveryTarget::State> m_states, m_named;
    std::shared_ptr<const OpenedPhoto> m_photo;
    quint64 m_number = 0;
    quint64 m_revision = 0; ///< of the latest target
    quint64 m_written = 0;
    /// What the project on disk has.
    quint64 m_savedNumber = 0;
    MetadataEdits m_savedWords;
    bool m_isNamedSaved = false;
    bool m_isUnsaved = true; ///< as the latest target says
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoveryjournal.h"

#include "edit/history.h"
#include "session/editorsession.h"
#include "session/openedphoto.h"

namespace heirloom
{

namespace
{

bool isSame(const RecoveryState &known, const QString &text, const Snapshot &state)
{
    return known.text == text && known.state.activeLayer == state.activeLayer &&
           known.state.name == state.name && known.state.sameState(state);
}

} // namespace

RecoveryJournal::RecoveryJournal(EditorSession &session, RecoveryWriter &writer,
                                 const QString &path, const RecoveryFile::Options &options,
                                 QObject *parent)
    : QObject(parent)
    , m_session(&session)
    , m_writer(writer)
    , m_id(writer.add(std::make_unique<RecoveryFile>(path, options)))
{
    follow(session);
}

RecoveryJournal::RecoveryJournal(EditorSession &session, RecoveryWriter &writer,
                                 Continued continued, QObject *parent)
    : QObject(parent)
    , m_session(&session)
    , m_writer(writer)
    , m_id(writer.add(std::move(continued.file)))
    , m_number(continued.lastNumber)
{
    follow(session);
    const History &history = session.history();
    const auto known = [](quint64 number, const QString &text, const Snapshot &state) {
        return std::make_shared<const RecoveryState>(RecoveryState{number, text, state, 0});
    };
    for (int i = 0; i <= history.count(); ++i)
        m_states.push_back(known(continued.states[size_t(i)], history.text(i), history.state(i)));
    for (size_t i = 0; i < history.snapshots().size(); ++i) {
        const Snapshot &named = history.snapshots()[i];
        m_named.push_back(known(continued.named[i], named.name, named));
    }
}

void RecoveryJournal::follow(EditorSession &session)
{
    auto photo = std::make_shared<OpenedPhoto>(session.photo());
    photo->pixels = {};
    m_photo = std::move(photo);
    m_document = session.document();
    connect(&session.history(), &History::recorded, this, &RecoveryJournal::stepRecorded);
    connect(&session.history(), &History::snapshotsChanged, this, &RecoveryJournal::namedChanged);
    connect(&session, &EditorSession::metadataChanged, this, &RecoveryJournal::send);
    connect(&session, &EditorSession::saved, this, &RecoveryJournal::saved);
}

RecoveryTarget::State RecoveryJournal::made(const QString &text, const Snapshot &state)
{
    return std::make_shared<const RecoveryState>(
        RecoveryState{++m_number, text, state, m_revision + 1});
}

bool RecoveryJournal::isCurrent() const
{
    return m_session && m_session->document() == m_document &&
           m_session->history().document() == m_document;
}

/// The states of the history that are not known yet; the first time, all.
void RecoveryJournal::begin()
{
    if (m_states.empty())
        collectNamed();
    const History &history = m_session->history();
    for (int i = int(m_states.size()); i <= history.count(); ++i)
        m_states.push_back(made(history.text(i), history.state(i)));
}

void RecoveryJournal::stepRecorded()
{
    if (!isCurrent())
        return;
    const History &history = m_session->history();
    // Steps are appended, merged into the newest, or cut off behind the present one: only the
    // present one can be another than it was.
    if (m_states.size() > size_t(history.count()) + 1)
        m_states.resize(size_t(history.count()) + 1);
    begin();
    const int i = history.index();
    RecoveryTarget::State &present = m_states[size_t(i)];
    if (!isSame(*present, history.text(i), history.state(i)))
        present = made(history.text(i), history.state(i));
    send();
    showPending();
}

void RecoveryJournal::collectNamed()
{
    std::vector<RecoveryTarget::State> now;
    for (const Snapshot &named : m_session->history().snapshots()) {
        const auto known = std::find_if(m_named.begin(), m_named.end(), [&](const auto &state) {
            return isSame(*state, named.name, named);
        });
        now.push_back(known == m_named.end() ? made(named.name, named) : *known);
    }
    m_named = std::move(now);
}

void RecoveryJournal::namedChanged()
{
    if (!isCurrent())
        return;
    const auto before = m_named;
    collectNamed();
    if (m_named == before)
        return;
    m_isNamedSaved = false;
    send();
}

void RecoveryJournal::saved()
{
    if (m_states.empty() || !isCurrent()) // nothing happened since it was opened
        return;
    // Not when steps came while it was being saved.
    if (!m_session->isModified()) {
        m_savedNumber = m_states[size_t(m_session->history().index())]->number;
        m_savedWords = m_session->metadataEdits();
        m_isNamedSaved = true;
    }
    send();
}

bool RecoveryJournal::isSaved() const
{
    return m_isNamedSaved && m_savedWords == m_session->metadataEdits() &&
           m_savedNumber == m_states[size_t(m_session->history().index())]->number;
}

bool RecoveryJournal::isSpare() const
{
    return m_states.empty() || !m_isUnsaved;
}

void RecoveryJournal::send()
{
    if (!isCurrent())
        return;
    begin();
    RecoveryTarget target;
    target.revision = ++m_revision;
    target.states = m_states;
    target.index = m_session->history().index();
    target.named = m_named;
    target.photo = m_photo;
    target.words = m_session->metadataEdits();
    target.projectPath = m_session->projectPath();
    target.isUnsaved = m_isUnsaved = !isSaved();
    m_writer.write(m_id, std::move(target));
}

void RecoveryJournal::showPending()
{
    if (!isCurrent())
        return;
    QSet<int> pending;
    for (size_t i = 0; i < m_states.size(); ++i) {
        if (m_states[i]->revision > m_written)
            pending.insert(int(i));
    }
    m_session->history().setPending(pending);
}

void RecoveryJournal::written(quint64 revision)
{
    m_written = std::max(m_written, revision);
    showPending();
}

void RecoveryJournal::remove()
{
    m_session = nullptr;
    m_writer.remove(m_id);
}

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/statecommand.h"

namespace heirloom
{

StateCommand::StateCommand(Document &document, Snapshot before, Snapshot after, const QString &text,
                           CommandId id, LayerId layer, bool startsAnew)
    : QUndoCommand(text)
    , m_document(document)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_id(id)
    , m_layer(layer)
    , m_startsAnew(startsAnew)
{
}

void StateCommand::undo()
{
    m_document.restore(m_before);
}

void StateCommand::redo()
{
    if (m_isDone)
        m_document.restore(m_after);
    m_isDone = true;
}

bool StateCommand::mergeWith(const QUndoCommand *next)
{
    const auto *later = static_cast<const StateCommand *>(next);
    if (later->m_startsAnew || later->m_layer != m_layer)
        return false;
    m_after = later->m_after;
    setText(later->text());
    setObsolete(m_before.sameState(m_after));
    return true;
}

} // namespace heirloom

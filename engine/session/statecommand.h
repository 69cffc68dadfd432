// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"

#include <QUndoCommand>

namespace heirloom
{

/// One step between two whole states of a document, which share what did not change. Pushed after
/// the change was made, so the first redo does nothing. Owned by the undo stack; the document
/// outlives it. GUI thread.
class StateCommand : public QUndoCommand
{
public:
    StateCommand(Document &document, Snapshot before, Snapshot after, const QString &text)
        : QUndoCommand(text)
        , m_document(document)
        , m_before(std::move(before))
        , m_after(std::move(after))
    {
    }

    void undo() override { m_document.restore(m_before); }
    void redo() override
    {
        if (m_isDone)
            m_document.restore(m_after);
        m_isDone = true;
    }

private:
    Document &m_document;
    Snapshot m_before;
    Snapshot m_after;
    bool m_isDone = false;
};

} // namespace heirloom

// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "edit/commandids.h"

#include <QUndoCommand>

namespace heirloom
{

/// One step between two whole states of a document, which share what did not change. Pushed after
/// the change was made, so the first redo does nothing. Steps of one id and layer merge, and one
/// that leads back to where it began vanishes. Owned by the undo stack of a History; the document
/// outlives it. GUI thread.
class StateCommand : public QUndoCommand
{
public:
    StateCommand(Document &document, Snapshot before, Snapshot after, const QString &text,
                 CommandId id = CommandId::Other, LayerId layer = {}, bool startsAnew = true);

    void undo() override;
    void redo() override;
    int id() const override { return int(m_id); }
    bool mergeWith(const QUndoCommand *next) override;

    const Snapshot &before() const { return m_before; }
    const Snapshot &after() const { return m_after; }

private:
    Document &m_document;
    Snapshot m_before;
    Snapshot m_after;
    CommandId m_id;
    LayerId m_layer;
    bool m_startsAnew; ///< does not merge into the step before it
    bool m_isDone = false;
};

} // namespace heirloom

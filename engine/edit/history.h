// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/document.h"
#include "edit/commandids.h"

#include <QSet>
#include <QUndoStack>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace heirloom
{

/// A document's past and future: named steps with the whole state after each (states share every
/// tile that did not change, cold tiles are spilled by the tile store and never dropped), and named
/// snapshots. Only finished work gets in. Owned by the session beside the document, which outlives
/// it; GUI thread.
class History : public QObject
{
    Q_OBJECT

public:
    explicit History(QObject *parent = nullptr);
    ~History() override;

    /// Forgets everything and begins anew with this document (null: none), in whose present state
    /// text says how it came about.
    void begin(Document *document, const QString &text = {});
    struct Step {
        QString text;
        Snapshot state;
    };
    /// The same with a past and a future, states 0 to the last of steps (at least one); the
    /// document takes the state at index. Never counts as saved.
    void begin(Document *document, const std::vector<Step> &steps, int index);
    /// Null when nothing is open.
    Document *document() const { return m_document; }
    /// For undo and redo actions and the clean state; push only through record().
    QUndoStack &undoStack() { return m_stack; }

    /// Takes what was done to the document since before as one step. Nothing is recorded when
    /// nothing changed. With an id, it merges with the newest step of the same id and layer unless
    /// seal() was called in between (a slider drag is one step).
    void record(const QString &text, const Snapshot &before, CommandId id = CommandId::Other,
                LayerId layer = {});
    void seal();

    /// Something is changing the document bit by bit and will be one step when it is done (a
    /// stroke); finish makes it that at once. One at a time.
    void open(std::function<void()> finish);
    void close() { m_finish = nullptr; }
    /// Finishes what is open. Whoever else is about to change the document calls this first, so
    /// that no step holds half of another one.
    void settle();

    /// States are numbered 0 (as opened) to count(); index() is the present one.
    int count() const { return m_stack.count(); }
    int index() const { return m_stack.index(); }
    /// What led to state i; of 0: what was opened.
    QString text(int i) const;
    const Snapshot &state(int i) const;
    void jumpTo(int i);

    /// Whether state i still waits for a recovery journal to write it; never without a journal,
    /// which says so here.
    bool isPending(int i) const { return m_pending.contains(i); }
    void setPending(const QSet<int> &states);

    /// Bytes of pixels that only earlier and later states hold, not the present one.
    qint64 bytes() const;

    /// Named states, oldest first. Not undoable themselves; going back to one is a step.
    const std::vector<Snapshot> &snapshots() const { return m_snapshots; }
    void addSnapshot(const QString &name);
    void renameSnapshot(int i, const QString &name);
    void removeSnapshot(int i);
    void restoreSnapshot(int i);
    void setSnapshots(std::vector<Snapshot> snapshots); ///< of an opened project

Q_SIGNALS:
    /// Steps or the present one changed.
    void changed();
    /// The newest step was recorded or merged into, or another one became the present one: what a
    /// recovery journal writes.
    void recorded();
    void snapshotsChanged();
    void pendingChanged();

private:
    Document *m_document = nullptr;
    QUndoStack m_stack;
    std::vector<Snapshot> m_snapshots;
    Snapshot m_start;
    QString m_startText;
    QSet<int> m_pending;
    std::function<void()> m_finish; ///< of what is open
    bool m_sealed = true; ///< the next step starts anew
};

} // namespace heirloom

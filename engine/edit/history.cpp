// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/history.h"

#include "edit/statecommand.h"

#include <QCoreApplication>

namespace heirloom
{

History::History(QObject *parent)
    : QObject(parent)
{
    connect(&m_stack, &QUndoStack::indexChanged, this, [this] {
        if (!m_document)
            return;
        m_sealed = true; // what comes after going back is never part of an earlier drag
        Q_EMIT changed();
        Q_EMIT recorded();
    });
}

History::~History()
{
    m_document = nullptr;
}

void History::begin(Document *document, const QString &text)
{
    m_document = nullptr;
    m_stack.clear();
    m_snapshots.clear();
    m_pending.clear();
    m_document = document;
    m_start = document ? document->snapshot() : Snapshot{};
    m_startText = text;
    m_sealed = true;
    Q_EMIT changed();
    Q_EMIT snapshotsChanged();
}

void History::begin(Document *document, const std::vector<Step> &steps, int index)
{
    document->restore(steps.front().state);
    begin(document, steps.front().text);
    m_document = nullptr; // nobody is told of what is not new
    for (size_t i = 1; i < steps.size(); ++i) {
        m_stack.push(new StateCommand(*document, steps[i - 1].state, steps[i].state, steps[i].text));
    }
    m_stack.setIndex(index);
    m_stack.resetClean();
    document->restore(steps[size_t(index)].state);
    m_document = document;
    Q_EMIT changed();
}

void History::setPending(const QSet<int> &states)
{
    if (m_pending == states)
        return;
    m_pending = states;
    Q_EMIT pendingChanged();
}

void History::record(const QString &text, const Snapshot &before, CommandId id, LayerId layer)
{
    const Snapshot after = m_document->snapshot();
    if (before.sameState(after))
        return;
    const int steps = count();
    const int step = index();
    m_stack.push(new StateCommand(*m_document, before, after, text, id, layer, m_sealed));
    m_sealed = false;
    if (count() == steps && index() == step) { // merged: the stack tells nobody
        Q_EMIT changed();
        Q_EMIT recorded();
    }
}

void History::seal()
{
    m_sealed = true;
}

QString History::text(int i) const
{
    return i == 0 ? m_startText : m_stack.text(i - 1);
}

const Snapshot &History::state(int i) const
{
    return i == 0 ? m_start : static_cast<const StateCommand *>(m_stack.command(i - 1))->after();
}

void History::jumpTo(int i)
{
    m_stack.setIndex(i);
}

qint64 History::bytes() const
{
    // Each state is compared with its neighbour on the way to the present one: what differs is
    // held by history alone.
    qint64 total = 0;
    const auto difference = [](const TiledBuffer &kept, const TiledBuffer &other) {
        if (kept.isNull())
            return qint64(0);
        qint64 bytes = 0;
        const int pixel = kept.format().bytesPerPixel();
        for (const QPoint tile : kept.changedTiles(other)) {
            if (!kept.constantPixel(tile))
                bytes += qint64(TileSize) * TileSize * pixel;
        }
        return bytes;
    };
    const auto cost = [&](const Snapshot &state, const Snapshot &towards) {
        for (const Layer &layer : state.stack) {
            const Layer *same = towards.stack.find(layer.id);
            total += difference(layer.pixels, same ? same->pixels : TiledBuffer());
            total += difference(layer.mask.pixels, same ? same->mask.pixels : TiledBuffer());
        }
    };
    for (int i = 0; i < index(); ++i)
        cost(state(i), state(i + 1));
    for (int i = count(); i > index(); --i)
        cost(state(i), state(i - 1));
    return total;
}

void History::addSnapshot(const QString &name)
{
    m_snapshots.push_back(m_document->snapshot(name));
    Q_EMIT snapshotsChanged();
}

void History::renameSnapshot(int i, const QString &name)
{
    m_snapshots[size_t(i)].name = name;
    Q_EMIT snapshotsChanged();
}

void History::removeSnapshot(int i)
{
    m_snapshots.erase(m_snapshots.begin() + i);
    Q_EMIT snapshotsChanged();
}

void History::restoreSnapshot(int i)
{
    const Snapshot before = m_document->snapshot();
    const Snapshot &target = m_snapshots[size_t(i)];
    m_document->restore(target);
    record(QCoreApplication::translate("heirloom::History", "Back to \"%1\"").arg(target.name),
           before);
}

void History::setSnapshots(std::vector<Snapshot> snapshots)
{
    m_snapshots = std::move(snapshots);
    Q_EMIT snapshotsChanged();
}

} // namespace heirloom
